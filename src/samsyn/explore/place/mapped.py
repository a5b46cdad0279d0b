"""Which map a place has: its parts by type, or by a figure; small areas in their municipality."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from samsyn.explore.components import evidence
from samsyn.explore.place.finding import Found
from samsyn.explore.place.focus import LARGE
from samsyn.measure.errors import InputError
from samsyn.publish.about import about
from samsyn.publish.maps import Map, by_type, by_value, place_map
from samsyn.publish.maps.classes import TYPES, shade
from samsyn.publish.maps.sizes import Size
from samsyn.publish.theme import theme
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release

# What is shown by value: of municipalities, and of DeSO.
VALUES: Final = {
    "municipality": ("inequality_index", "low_economic_standard_share", "population"),
    "deso": ("socioeconomic_index", "low_economic_standard_share", "population"),
}

KEPT: Final = 256  # legends of values


@dataclass(frozen=True)
class Shown:
    """What the map of a place shows: areas of a level, by type or by an indicator, and its size.

    `marked` is the area that it is about: the place, or the RegSO that it lies in where borders of
    the place itself are not known.
    """

    level: str
    by: str
    size: Size
    marked: str


def shown(place: Found) -> Shown | None:
    """What the map shows; None where no borders are known."""
    layout, area = place.gathered.layout, place.area
    where = area.area
    if area.kind in {"country", "county"}:
        levels = [(layout.level_of("municipality"), where)]
    elif area.kind == "municipality":
        levels = [(layout.level_of(kind), where) for kind in ("regso", "deso")]
    else:
        where = area.municipality or ""
        own = layout.parts_level(area) if area.kind == "custom" else place.level
        levels = [(own, area.area)]
        if area.kind == "deso" and area.parent:
            levels.append((area.parent.rpartition("/")[0], area.parent))
    for level, marked in levels:
        size = place.gathered.map_sizes.get((where, level or ""))
        by = _by(place, level) if level else None
        if level and size and by:
            return Shown(level, by, size, marked)
    return None


def _by(place: Found, level: str) -> str | None:
    kind = level.partition("/")[0]
    if kind == "regso" and level in place.gathered.types.period:
        return "types"
    names = VALUES.get(kind, VALUES["deso"])
    there = place.release.indicators
    return next(
        (one for one in names if one in there and place.gathered.figures.period(one, level)), None
    )


def use(place: Found, told: Shown) -> str:
    """The address at which a figure of the map can be used: which, of a large place, is asked."""
    large = place.area.kind in LARGE
    typed = told.by == "types"
    period = place.gathered.types.period[told.level] if typed else _period(place, told)
    return evidence.link(
        place.release.name, "area_type" if typed else told.by, "" if large else told.marked, period
    )


@dataclass(frozen=True)
class Class:
    """A line of the legend: a type, or a class of values with its colour in light and in dark."""

    label: str
    type: int
    light: str
    dark: str


def legend(place: Found, told: Shown) -> tuple[Class, ...]:
    """The legend of a map, which stands in the page and not in the picture."""
    language = place.language
    if told.by == "types":
        return tuple(Class(TYPES[str(of)][language], of, "", "") for of in range(1, 6))
    return _of_values(
        place.release, told.by, told.level, _within(place), _period(place, told), language
    )


def _within(place: Found) -> str:
    area = place.area
    return area.area if area.kind in LARGE else (area.municipality or area.area)


def _period(place: Found, told: Shown) -> str:
    return str(place.gathered.figures.period(told.by, told.level))


@lru_cache(KEPT)
def _of_values(
    release: Release, name: str, level: str, within: str, period: str, language: str
) -> tuple[Class, ...]:
    classes = by_value(release.values(name, level=level, within=within, period=period), language)
    light, dark = (shade(classes, theme(one).sequential) for one in (False, True))
    return tuple(
        Class(*told)
        for told in zip(classes.labels, [0] * len(classes.labels), light, dark, strict=True)
    )


def drawn_map(place: Found, *, dark: bool = False, bare: bool = False) -> Map:
    """The map of a place. Raises InputError where no borders are known."""
    told = shown(place)
    if told is None:
        raise InputError("no borders")
    area, language, release = place.area, place.language, place.release
    large, within = area.kind in LARGE, _within(place)
    name = place.name if large else place.gathered.layout.name(area.municipality)
    if told.by == "types":
        found = people_by_type(release, within, place.gathered.types.period[told.level])
        classes = by_type(found, language)
        title = _("Områdestyper i %(place)s") % {"place": name}
    else:
        entry = release.indicator(told.by)
        found = release.values(
            told.by, level=told.level, within=within, period=_period(place, told)
        )
        classes = by_value(found, language)
        subject = entry.name[language] if entry else told.by
        title = _("%(name)s i %(place)s") % {"name": subject, "place": name}
    about_area = area if large or told.marked == area.area else release.area(told.marked)
    return place_map(
        release, about_area, told.level, classes, about(release, title, language, frames=[found]),
        bare=bare, legend=not bare, dark=dark,
        named=None if large else (told.marked,),
    )  # fmt: skip
