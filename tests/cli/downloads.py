"""A folder as an analyst has it: a made-up table of three real municipalities, and what is in what.

Figures are drawn at random; the places are named so that the messages can be read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl

from tests.statistics.sources.exports import NOTES, write_export

MUNICIPALITIES = {"1480": "Göteborg", "1487": "Vänersborg", "1488": "Trollhättan"}
REGSO = {
    f"{code}R00{number}": f"{name} {part}"
    for code, name in MUNICIPALITIES.items()
    for number, part in ((1, "norra"), (2, "södra"))
}
DESO = {f"{regso[:4]}A00{regso[-1]}{n}": regso for regso in REGSO for n in (1, 2, 3)}
GROUPS = ("svensk bakgrund", "utländsk bakgrund", "totalt")
FIRST = next(iter(DESO))
HEADING = 5  # rows above the values of the table

Cells = Mapping[tuple[str, ...], object]


def cells() -> dict[tuple[str, ...], object]:
    """The counts of each DeSO, year, background and sex."""
    numbers = random.Random(1)
    made: dict[tuple[str, ...], object] = {}
    for deso in DESO:
        parts = [numbers.randint(600, 999), numbers.randint(200, 599)]
        for group, count in zip(GROUPS, [*parts, sum(parts)], strict=True):
            made[deso, "2022", group, "totalt"] = count
    return made


def renamed(made: Cells, old: str, new: str) -> Cells:
    """The same with another label in the place of one."""
    return {tuple(new if label == old else label for label in key): made[key] for key in made}


def background(
    path: Path,
    made: Cells | None = None,
    deso: Sequence[str] = tuple(DESO),
    groups: Sequence[str] = GROUPS,
) -> Path:
    """The table of background as Statistikdatabasen exports it."""
    return write_export(
        path,
        {"region": list(deso)},
        {"år": ["2022"], "utländsk/svensk bakgrund": list(groups), "kön": ["totalt"]},
        made or cells(),
        subject="Folkmängden per region",
        notes=["000005FE" if note == "00000XYZ" else note for note in NOTES],
    )


def edited(path: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> Path:
    """A workbook changed by hand."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    book.close()
    return path


def links(path: Path) -> Path:
    """Which DeSO lies in which RegSO and municipality."""
    rows = ["Kommun,Kommunnamn,DeSO_2018,RegSO_2020,RegSOkod_2020"]
    for deso, regso in DESO.items():
        name = MUNICIPALITIES[deso[:4]]
        rows.append(f"{deso[:4]},{name},{deso},{REGSO[regso]},{regso}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
