"""What an indicator is: a reviewed entry in `definitions`, one file for each focus area.

An entry has everything that a page about the indicator says, in Swedish and English, and how it is
made: as a share of counts, or as a figure that a source publishes ready-made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from samsyn.measure.errors import InputError

FOCUS_AREAS: Final = ("housing", "education", "labour", "democracy", "crime", "health")
UNITS: Final = {
    # code: Swedish, English, and how a number is written
    "persons": ("personer", "persons", "0"),
    "share": ("procent", "per cent", "0.0%"),
    "index": ("index", "index", "0.000"),
    "tkr": ("tusen kronor", "SEK thousand", "0.0"),
    "per_100000": ("per 100 000 invånare", "per 100,000 inhabitants", "0"),
    "days": ("dagar", "days", "0.0"),
    "years": ("år", "years", "0.0"),
    "class": ("områdestyp", "area type", "0"),
}


@dataclass(frozen=True)
class Origin:
    """Where an indicator's figures come from: who publishes them, which table, which column.

    `titles` are the names that a source without codes uses (a Kolada export names its key figures
    by title only). `scale` turns the source's number into the indicator's unit: 0.01 for percent.
    """

    publisher: str
    table: str = ""
    titles: tuple[str, ...] = ()
    scale: float = 1.0


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it is called, what it means and how it is made.

    `numerator` and `denominator` are columns of counts, written grouping.group, summed; empty for
    a figure that is published ready-made; `fallback` are other sums of counts that count the same
    people, tried in order where the numerator lacks a period. `derived` says that Samsyn computes
    it from other figures and no source publishes it. `better` is higher, lower or neither. `lowest_level` is
    the smallest kind of area it exists for. `breaks` are periods at which the series breaks, each
    with a text in both languages.
    """

    id: str
    name: Mapping[str, str]
    explanation: Mapping[str, str]
    focus_area: str
    perspectives: tuple[str, ...]
    unit: str
    better: str
    lowest_level: str
    origins: tuple[Origin, ...]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    fallback: tuple[tuple[str, ...], ...]
    derived: bool
    numerator_name: Mapping[str, str]
    denominator_name: Mapping[str, str]
    breaks: tuple[tuple[str, Mapping[str, str]], ...]
    caveats: Mapping[str, str]
    version: int
    author: str
    next_review: date

    @property
    def counted(self) -> bool:
        """Whether it is made of counts, and can be summed to larger areas without loss."""
        return bool(self.numerator)


def _both(entry: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """A text in Swedish and English; empty where the entry has none."""
    told = entry.get(name, {})
    return {"sv": told.get("sv", ""), "en": told.get("en", "")}


def indicator_of(name: str, focus_area: str, entry: Mapping[str, Any]) -> Indicator:
    """An indicator from its entry. Raises InputError that names what is missing or unknown."""
    known = {
        "name", "explanation", "perspectives", "unit", "better", "lowest_level", "origin",
        "numerator", "denominator", "numerator_name", "denominator_name", "break", "caveats",
        "version", "author", "next_review", "fallback", "derived",
    }  # fmt: skip
    needed = known - {
        "numerator", "denominator", "numerator_name", "denominator_name", "break", "fallback",
        "derived",
    }  # fmt: skip
    lacking, strange = needed - entry.keys(), entry.keys() - known
    if lacking or strange:
        what = "lacks " + ", ".join(sorted(lacking)) if lacking else ""
        odd = "has the unknown " + ", ".join(sorted(strange)) if strange else ""
        raise InputError(f"indicator {name} {' and '.join(part for part in (what, odd) if part)}")
    return Indicator(
        id=name,
        name=_both(entry, "name"),
        explanation=_both(entry, "explanation"),
        focus_area=focus_area,
        perspectives=tuple(entry["perspectives"]),
        unit=entry["unit"],
        better=entry["better"],
        lowest_level=entry["lowest_level"],
        origins=tuple(
            Origin(
                origin["publisher"],
                origin.get("table", ""),
                tuple(origin.get("titles", ())),
                origin.get("scale", 1.0),
            )
            for origin in entry["origin"]
        ),
        numerator=tuple(entry.get("numerator", ())),
        denominator=tuple(entry.get("denominator", ())),
        fallback=tuple(tuple(counts) for counts in entry.get("fallback", ())),
        derived=entry.get("derived", False),
        numerator_name=_both(entry, "numerator_name"),
        denominator_name=_both(entry, "denominator_name"),
        breaks=tuple((str(b["period"]), _both(b, "text")) for b in entry.get("break", ())),
        caveats=_both(entry, "caveats"),
        version=entry["version"],
        author=entry["author"],
        next_review=entry["next_review"],
    )


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator of the catalogue by its id, in the order of the files."""
    found: dict[str, Indicator] = {}
    folder = files("samsyn.statistics.indicators") / "definitions"
    for area in FOCUS_AREAS:
        path = folder / f"{area}.toml"
        if not path.is_file():
            continue
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise InputError(f"indicator {name} is defined twice")
            found[name] = indicator_of(name, area, entry)
    return found
