"""The six focus areas with their indicators: a row for each that the place has a figure of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from samsyn.explore.components import evidence
from samsyn.explore.place.finding import Found
from samsyn.explore.place.gathered import Sheet
from samsyn.explore.place.gathered.layout import Positions
from samsyn.explore.place.rows import Markup, filled, tag
from samsyn.publish.charts import strip_of
from samsyn.publish.intervals import wilson_of
from samsyn.publish.numbers import DASH, NO_VALUE, number, quantity
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, Indicator

# Intervals narrower than this, in shares, say no more than the figure itself.
NARROW: Final = 0.02
# What the section on unevenness tells by itself, for the places that it is of.
TOLD: Final = frozenset({"inequality_index"})
LARGE: Final = frozenset({"municipality", "county", "country"})


@dataclass(frozen=True)
class Beside:
    """What a figure is set beside: "Länet", with its figure."""

    label: str
    value: str


@dataclass(frozen=True)
class Row:
    """An indicator in a place.

    `word` stands where there is no value, `low` and `high` are the ends of the parts. `of_parts`
    says that only these have figures.
    """

    id: str
    name: str
    address: str
    value: str
    word: str
    interval: str
    period: str
    estimated: bool
    strip: str
    low: str
    high: str
    of_parts: bool
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class Focus:
    """A focus area: its rows, and the indicators of it that the place has no figure of."""

    id: str
    name: str
    rows: tuple[Row, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """What all rows of a page share: where the dots are, and what the figures stand beside."""

    place: Found
    at: int
    dots: Positions
    dots_level: str | None
    beside: tuple[tuple[str, int, str], ...]


def context(place: Found) -> Context:
    """Of a large place the dots are its parts; of a small one its neighbours in the municipality.

    It stands beside those that it lies in.
    """
    layout, area = place.gathered.layout, place.area
    if area.kind in LARGE:
        level = layout.parts_level(area)
        dots = layout.parts(area.area, level) if level else np.array([], dtype=np.intp)
    else:
        level = place.level
        if area.kind == "custom":
            level = next((of for (one, of) in layout.inside if one == area.area), level)
        dots = layout.parts(area.municipality or "", level)
    labels = [
        (_("Kommunen"), area.municipality if area.kind not in LARGE else None),
        (_("Länet"), area.county if area.kind == "municipality" else None),
        (_("Riket"), layout.country if area.kind != "country" else None),
    ]
    beside = tuple(
        (label, layout.position[key], layout.name(key))
        for label, key in labels
        if key and key in layout.position
    )
    return Context(place, layout.position[area.area], dots, level, beside)


def focus_areas(place: Found) -> list[Focus]:
    """The focus areas in the order of the catalogue, users' own last; empty ones are left out."""
    told, large = context(place), place.area.kind in LARGE
    figures = place.gathered.figures
    found: dict[str, tuple[list[Row], list[str]]] = {name: ([], []) for name in FOCUS_AREA_NAMES}
    for name in place.release.indicators:
        entry = place.release.indicator(name)
        if entry is None or entry.unit == "class" or (name in TOLD and large):
            continue
        rows, lacking = found.setdefault(entry.focus_area, ([], []))
        period = figures.period(name, place.level)
        parts_only = period is None
        if parts_only and large and told.dots_level:
            period = figures.period(name, told.dots_level)
        made = _row(told, entry, period, parts_only=parts_only) if period else None
        if made is None:
            lacking.append(entry.name[place.language])
        else:
            rows.append(made)
    return [
        Focus(name, FOCUS_AREA_NAMES[name][place.language], tuple(rows), tuple(lacking))
        for name, (rows, lacking) in found.items()
        if rows or lacking
    ]


def _row(told: Context, entry: Indicator, period: str, *, parts_only: bool) -> Row | None:
    """The row of an indicator; None where there is nothing to show of the place or its parts.

    `parts_only` says that no place of its kind has the indicator, and smaller ones have.
    """
    place, language = told.place, told.place.language
    sheet = place.gathered.figures.sheet(entry.id, period)
    value, status = float(sheet.value[told.at]), sheet.status_of(told.at)
    known = not math.isnan(value)
    if not known and not parts_only and status in {None, "missing"}:
        return None
    parts = sheet.value[told.dots]
    dots: list[float] = np.sort(parts[~np.isnan(parts)]).tolist()
    if parts_only and not dots:
        return None
    # How many live in the place and in the country does not go on one axis with its parts.
    several = entry.unit != "persons" or place.area.kind not in LARGE
    marks = [(place.name, value)] if known and several else []
    beside = []
    for label, at, name in told.beside:
        other = float(sheet.value[at])
        if not math.isnan(other):
            beside.append(Beside(label, number(other, entry.unit, language)))
            if entry.unit != "persons":
                marks.append((name, other))
    return Row(
        id=entry.id,
        name=entry.name[language],
        address=place.links.indicator(entry.id),
        value=quantity(value, entry.unit, language) if known else "",
        word="" if known else _word(status, language),
        interval=_interval(sheet, told.at, entry, language) if known else "",
        period=period,
        estimated=status == "estimated",
        strip=strip_of(dots, marks, entry.unit, language, own=known)
        if dots or len(marks) > 1
        else "",
        low=number(dots[0], entry.unit, language) if dots else "",
        high=number(dots[-1], entry.unit, language) if dots else "",
        of_parts=not known and status is None,
        beside=tuple(beside),
    )


def _word(status: str | None, language: str) -> str:
    """Why there is no value."""
    if status is None:
        return _("bara per område")
    return NO_VALUE.get(status, NO_VALUE["missing"])[language]


def _interval(sheet: Sheet, at: int, entry: Indicator, language: str) -> str:
    """The interval of a share in whole per cent, where the counts are small enough to matter."""
    if entry.unit != "share" or not entry.counted:
        return ""
    ends = wilson_of(float(sheet.numerator[at]), float(sheet.denominator[at]))
    if ends is None or ends[1] - ends[0] < NARROW:
        return ""
    low, high = (number(end, "share", language, 0) for end in ends)
    return f"{low.rstrip('% ').strip()}{DASH}{high}"


def html(place: Found, rows: Sequence[Row]) -> str:
    """The rows as the page shows them."""
    # Every row unfolds to a page below that of the place.
    above, _sep, query = place.links.place(place.area.area).partition("?")
    end = f"/?{query}" if query else "/"
    return filled(
        "indicator", (_cells(place, row, f"{above}visa/indicator-{row.id}{end}") for row in rows)
    )


def _cells(place: Found, row: Row, fold: str) -> dict[str, str]:
    if row.value:
        value = tag("<b>{value}</b>", value=row.value)
        if row.estimated:
            value = tag("<b>{about} {value}</b>", about=_("omkring"), value=row.value)
        if row.interval:
            value = tag("{value} <span>{interval}</span>", value=value, interval=row.interval)
    else:
        value = tag("<i>{word}</i>", word=row.word)
    ends = tag(
        '<p class="range"><span>{low}</span><span>{high}</span></p>', low=row.low, high=row.high
    )
    return {
        "address": row.address,
        "name": row.name,
        "value": value,
        "period": row.period,
        "strip": Markup(row.strip),
        "ends": ends if row.low else "",
        "beside": Markup(
            " ".join(tag("<span>{l} {v}</span>", l=one.label, v=one.value) for one in row.beside)
        ),
        "fold": fold,
        "use": evidence.link(
            place.release.name, row.id, "" if row.of_parts else place.area.area, row.period
        ),
    }
