"""What the dimensions of a table are: areas, periods, measures, sex or age."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import Role

NAMES: Final[Mapping[Role, frozenset[str]]] = {
    "area": frozenset(
        {
            "region", "regioner", "område", "områden", "kommun", "kommuner", "län", "deso",
            "regso", "area", "municipality", "county", "geografi", "geography", "regionkod",
            "områdeskod", "kommunkod",
        }
    ),
    "period": frozenset(
        {
            "år", "year", "månad", "month", "kvartal", "quarter", "tid", "time", "period",
            "vecka", "week", "läsår", "termin",
        }
    ),
    "measure": frozenset(
        {"tabellinnehåll", "contents", "observations", "nyckeltal", "measure", "content"}
    ),
    "sex": frozenset({"kön", "sex", "gender"}),
    "age": frozenset({"ålder", "age", "åldersgrupp", "åldersklass", "åldersgrupper"}),
}  # fmt: skip
AREA_CODE: Final = r"^(?:\d{4}[ABC]\d{4}|\d{4}R\d{3}|\d{4}|\d{2})(?:_\w+)?(?:\s|$)"
# 2022, 2022M03, 2022K1, 2022-03, 2021/22, 2019-2022
PERIOD: Final = r"^(?:1[89]|20)\d{2}(?:[MKQHVWT]\d{1,2}|[-/–](?:\d{2}|\d{4}))?$"
SEXES: Final = frozenset(
    {"män", "kvinnor", "totalt", "men", "women", "total", "man", "kvinna", "pojkar", "flickor"}
)
AGE: Final = r"^(?:\d{1,3}\s*[-–]\s*\d{1,3}|\d{1,3}\+?|\d{1,3}\s*-)\s*(?:år|years).*$|^totalt?\b.*$"


def role_of_name(name: str) -> Role | None:
    """The role that a dimension's name tells, as "kön" or "ålder vid årets slut"; None for none."""
    words = name.strip().casefold().split()
    for role, names in NAMES.items():
        if words and words[0].strip(",.:()") in names and (len(words) < 3 or role == "age"):
            return role
    return None


def looks_like_periods(labels: pl.Series) -> bool:
    """Whether every label is a year or a part of one."""
    there = labels.drop_nulls().str.strip_chars()
    return bool(len(there)) and bool(there.str.contains(PERIOD).all())


def name_from_labels(labels: pl.Series) -> str | None:
    """What a dimension without a name is, as its labels tell; None where they do not."""
    there = labels.drop_nulls().str.strip_chars().unique()
    if not len(there):
        return None
    if looks_like_periods(there):
        return "år"
    if set(there.str.to_lowercase()) <= SEXES:
        return "kön"
    if there.str.contains(AGE).all():
        return "ålder"
    # Names of RegSO stand with their municipality: "Kiruna (Triangeln)".
    if there.str.contains(AREA_CODE).all() or there.str.contains(r"^\S.* \(.+\)$").all():
        return "region"
    return None


def roles_of(dimensions: Sequence[str], frame: pl.DataFrame, name: str) -> dict[Role, str]:
    """Which dimension has which role, by its name or else by its labels.

    Raises InputError where there are no areas or no periods among them.
    """
    roles: dict[Role, str] = {}
    for dimension in dimensions:
        role = role_of_name(dimension)
        if role is not None:
            roles.setdefault(role, dimension)
    others = [dimension for dimension in dimensions if dimension not in roles.values()]
    if "area" not in roles:
        coded = [d for d in others if bool(_labels(frame, d).str.contains(AREA_CODE).all())]
        if coded:
            roles["area"] = max(coded, key=lambda d: _labels(frame, d).len())
    if "period" not in roles:
        dated = [d for d in others if looks_like_periods(_labels(frame, d))]
        if dated:
            roles["period"] = dated[0]
    there = f"It has: {', '.join(dimensions)}"
    if "area" not in roles:
        raise InputError(f"{name} has no column or heading of areas (region). {there}")
    if "period" not in roles:
        raise InputError(
            f"{name} has no column or heading of periods (år). {there}. Save the table with its "
            'periods, or write period = "2022" for the file in samsyn.toml'
        )
    return roles


def _labels(frame: pl.DataFrame, dimension: str) -> pl.Series:
    return frame.get_column(dimension).drop_nulls().unique()


def tidy_label(text: str | None) -> str:
    """A label without outer spaces and runs of them."""
    return re.sub(r"\s+", " ", text or "").strip()
