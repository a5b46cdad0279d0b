"""What an indicator is: a reviewed entry in `definitions`, one file for each focus area.

An entry has everything that a page about the indicator says, in Swedish and English, and how it is
made: as a share of counts, as a figure that a source publishes ready-made, or derived by Samsyn.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators.codes import FOCUS_AREAS, UNITS, Text
from samsyn.statistics.indicators.entries import check_entry

__all__ = [
    "FOCUS_AREAS", "UNITS", "Indicator", "Origin", "indicator", "indicator_of", "indicators",
]  # fmt: skip


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
    a figure that is published ready-made; a numerator alone is the count itself. `fallback` are
    other sums that count the same people as the numerator, tried in order where it lacks a period.
    `derived` says that Samsyn computes it and no source publishes it. `better` is higher, lower or
    neither. `lowest_level` is the smallest kind of area it exists for. `breaks` are periods at
    which the series breaks, each with a text in both languages. `next_review` is None for a user's
    own indicator.
    """

    id: str
    name: Text
    explanation: Text
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
    numerator_name: Text
    denominator_name: Text
    breaks: tuple[tuple[str, Text], ...]
    caveats: Text
    version: int
    author: str
    next_review: date | None

    @property
    def counted(self) -> bool:
        """Whether it is made of counts, and can be summed to larger areas without loss."""
        return bool(self.numerator)

    @property
    def unit_name(self) -> Text:
        """What the unit is called."""
        swedish, english, _ = UNITS[self.unit]
        return {"sv": swedish, "en": english}

    @property
    def number_format(self) -> str:
        """How a value is written: its decimals, with a % sign where it is a share."""
        return UNITS[self.unit][2]

    def overdue(self, today: date) -> bool:
        """Whether its definition should have been reviewed before this day."""
        return self.next_review is not None and self.next_review < today


def indicator_of(
    name: str, focus_area: str, entry: Mapping[str, Any], where: str = ""
) -> Indicator:
    """An indicator from an entry of the catalogue; `where` is its file.

    Raises InputError that names the entry and the field that is missing, unknown or wrong.
    """
    check_entry(name, entry, where=where)
    return assembled(name, focus_area, entry)


def assembled(name: str, focus_area: str, entry: Mapping[str, Any]) -> Indicator:
    """An indicator from an entry that was checked; what the entry leaves out is empty."""
    return Indicator(
        id=name,
        name=_both(entry.get("name")),
        explanation=_both(entry.get("explanation")),
        focus_area=focus_area,
        perspectives=tuple(entry.get("perspectives", ())),
        unit=entry["unit"],
        better=entry.get("better", "neither"),
        lowest_level=entry.get("lowest_level", "deso"),
        origins=tuple(
            Origin(
                origin["publisher"],
                origin.get("table", ""),
                tuple(origin.get("titles", ())),
                float(origin.get("scale", 1.0)),
            )
            for origin in entry.get("origin", ())
        ),
        numerator=tuple(entry.get("numerator", ())),
        denominator=tuple(entry.get("denominator", ())),
        fallback=tuple(tuple(counts) for counts in entry.get("fallback", ())),
        derived=entry.get("derived", False),
        numerator_name=_both(entry.get("numerator_name")),
        denominator_name=_both(entry.get("denominator_name")),
        breaks=tuple((str(b["period"]), _both(b["text"])) for b in entry.get("break", ())),
        caveats=_both(entry.get("caveats")),
        version=entry.get("version", 1),
        author=entry.get("author", ""),
        next_review=entry.get("next_review"),
    )


def _both(told: Text | None) -> Text:
    """A text in Swedish and English; where one language lacks it, that of the other."""
    swedish, english = ((told or {}).get(language, "").strip() for language in ("sv", "en"))
    return {"sv": swedish or english, "en": english or swedish}


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator of the catalogue by its id, in the order of the files."""
    found: dict[str, Indicator] = {}
    folder = files("samsyn.statistics.indicators") / "definitions"
    for area in FOCUS_AREAS:
        path = folder / f"{area}.toml"
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise InputError(f"indicator {name} is defined twice")
            found[name] = indicator_of(name, area, entry, path.name)
    return found


def indicator(name: str, catalogue: Mapping[str, Indicator] | None = None) -> Indicator:
    """The indicator of that id, in the catalogue that is given or the one of the package.

    Raises InputError that suggests ids that are near.
    """
    there = indicators() if catalogue is None else catalogue
    if name in there:
        return there[name]
    asked = name.strip().casefold().replace(" ", "_").replace("-", "_")
    near = [other for other in there if asked and asked in other]
    near += [
        other.id
        for other in there.values()
        if asked and any(asked in text.casefold().replace(" ", "_") for text in other.name.values())
    ]
    near += get_close_matches(asked, there, n=3, cutoff=0.6)
    suggested = list(dict.fromkeys(near))[:3]
    hint = (
        f"Did you mean {' or '.join(suggested)}?"
        if suggested
        else "samsyn indicators lists those that there are"
    )
    raise InputError(f'There is no indicator "{name}". {hint}')
