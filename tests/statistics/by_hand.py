"""The national files read slowly and plainly, with no code of Samsyn: what is right."""

from __future__ import annotations

import csv
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache

import openpyxl

from tests.reference import shared

DESO_FILES = {
    "households": "000005F8_20240813-152932.xlsx",
    "birth_region": "000005FB_20240813-152341.xlsx",
    "background": "000005FE_20240813-152154.xlsx",
    "age": "000005FF_20240813-152012.xlsx",
    "building": "000005LO_20240813-153750.xlsx",
    "education": "000005MO_20240813-151714.xlsx",
    "tenure": "000006OC_20240813-153146.xlsx",
    "standard": "000006TA_20240813-153551.xlsx",
    "work": "000007A8_20240813-151334.xlsx",
    "income": "000005FM_20240813-153407.xlsx",
}
POPULATION = "000005FC_20240806-102837.xlsx"


def rows_of(file: str) -> list[tuple[object, ...]]:
    """The rows of a workbook's first sheet."""
    book = openpyxl.load_workbook(shared("data", "scb_deso_2022", file), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


@cache
def deso(subject: str) -> Mapping[str, Mapping[str, float]]:
    """The figures of a table by DeSO, each by the heading that tells it from the others."""
    headings: list[str] = []
    found = {}
    for number, (first, *rest) in enumerate(rows_of(DESO_FILES[subject])):
        if first is None and number > 1 and not found:
            told = [str(cell) for cell in rest if cell is not None]
            if len(told) > len(headings) or len(set(told)) > len(set(headings)):
                headings = told
        elif isinstance(first, str) and len(first) == 9 and first[:4].isdigit():
            found[first] = {
                heading: float(str(cell))
                for heading, cell in zip(headings, rest, strict=False)
                if cell is not None and str(cell).replace(".", "").isdigit()
            }
    return found


@cache
def people_of_2023() -> Mapping[str, float]:
    """The population by DeSO; the year stands to the left of the areas."""
    return {
        code: float(str(number))
        for _, code, number, *_ in rows_of(POPULATION)
        if isinstance(code, str) and len(code) == 9 and number is not None
    }


@cache
def regso_of() -> Mapping[str, str]:
    """The code of the RegSO of each DeSO."""
    path = shared("data", "scb_regso", "koppling_deso2018_regso2020.csv")
    with path.open(encoding="utf-8-sig") as file:
        return {row["DeSO_2018"]: row["RegSOkod_2020"] for row in csv.DictReader(file)}


def plain(name: str) -> str:
    """A name's letters and digits, without marks: the link table writes a for å and ä."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in letters if c.isascii() and c.isalnum())


@cache
def regso_codes() -> Mapping[str, str]:
    """The code of each RegSO by what other files call it, as in "Ale (Nol)"."""
    path = shared("data", "scb_regso", "koppling_deso2018_regso2020.csv")
    with path.open(encoding="utf-8-sig") as file:
        return {
            plain(row["Kommunnamn"] + row["RegSO_2020"]): row["RegSOkod_2020"]
            for row in csv.DictReader(file)
        }


def regso_rows(file: str) -> list[tuple[str, dict[str, str]]]:
    """The rows of a table of RegSO, each with its code where its name tells one."""
    path = shared("data", "scb_regso", file)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(code, row) for row in rows if (code := regso_codes().get(plain(row["region"])))]


@cache
def municipality_codes() -> Mapping[str, str]:
    """Codes by name."""
    with shared("data", "municipalities.csv").open(encoding="utf-8-sig") as file:
        return {
            row["municipality_name_short"]: row["municipality_code"] for row in csv.DictReader(file)
        }


def summed(
    figures: Mapping[str, Mapping[str, float]], headings: Iterable[str], within: str
) -> float:
    """The sum of columns over the DeSO whose codes begin so (a municipality, a county, all)."""
    return sum(
        row[heading]
        for code, row in figures.items()
        for heading in headings
        if code.startswith(within)
    )


def dissimilarity(
    figures: Mapping[str, Mapping[str, float]], group: str, other: str, within: str
) -> float:
    """D of two groups over the DeSO whose codes begin so, by its definition."""
    a = summed(figures, [group], within)
    b = summed(figures, [other], within)
    total = 0.0
    for code, row in figures.items():
        if code.startswith(within):
            total += abs(row[group] / a - row[other] / b)
    return total / 2


def votes(year: str) -> Mapping[str, tuple[float, float]]:
    """Votes cast (share times voters) and voters of each municipality by code, all ages."""
    path = shared("data", "scb_turnout", "municipality_eligibleVotersAge.sqlite3")
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute(
            f"select municipality, eligibleVoters{year}, votersPercent{year} "
            "from eligibleVotersAge where gender = 'totalt' and age = 'samtliga åldrar'"
        ).fetchall()
    found = {}
    for name, voters, percent in rows:
        if isinstance(voters, int) and isinstance(percent, int):
            found[municipality_codes()[name]] = (voters * percent / 100, float(voters))
    return found


def by_regso(subject: str, headings: Iterable[str]) -> Mapping[str, float]:
    """The sum of columns over the DeSO of each RegSO."""
    wanted = list(headings)
    found: dict[str, float] = defaultdict(float)
    for code, row in deso(subject).items():
        found[regso_of()[code]] += sum(row[heading] for heading in wanted)
    return found
