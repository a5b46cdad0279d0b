"""Which map a place has: its parts by type, or by a figure; small areas in their municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from samsyn.explore.place.finding import Found
from samsyn.measure.errors import InputError
from samsyn.publish.about import about
from samsyn.publish.maps import Map, by_type, by_value, place_map
from samsyn.publish.maps.sizes import Size
from samsyn.publish.wording import people_by_type

# What is shown by value: of municipalities, and of DeSO.
VALUES: Final = {
    "municipality": ("inequality_index", "low_economic_standard_share", "population"),
    "deso": ("socioeconomic_index", "low_economic_standard_share", "population"),
}


@dataclass(frozen=True)
class Shown:
    """What the map of a place shows: areas of a level, by type or by an indicator, and its size."""

    level: str
    by: str
    size: Size


def shown(place: Found) -> Shown | None:
    """What the map shows; None where no borders are known."""
    layout, area = place.gathered.layout, place.area
    where = area.area
    if area.kind in {"country", "county"}:
        levels = [layout.level_of("municipality")]
    elif area.kind == "municipality":
        levels = [layout.level_of("regso"), layout.level_of("deso")]
    elif area.kind == "regso":
        levels, where = [place.level], area.municipality or ""
    else:
        own = place.level if area.kind == "deso" else layout.parts_level(area)
        levels, where = [own], area.municipality or ""
    for level in levels:
        size = place.gathered.map_sizes.get((where, level or ""))
        by = _by(place, level) if level else None
        if level and size and by:
            return Shown(level, by, size)
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


def drawn_map(place: Found, *, dark: bool = False, bare: bool = False) -> Map:
    """The map of a place. Raises InputError where no borders are known."""
    told = shown(place)
    if told is None:
        raise InputError("no borders")
    area, language, release = place.area, place.language, place.release
    large = area.kind in {"country", "county", "municipality"}
    within = area.area if large else (area.municipality or area.area)
    name = place.name if large else place.gathered.layout.name(area.municipality)
    if told.by == "types":
        found = people_by_type(release, within, place.gathered.types.period[told.level])
        classes = by_type(found, language)
        title = _("Områdestyper i %(place)s") % {"place": name}
    else:
        entry = release.indicator(told.by)
        period = place.gathered.figures.period(told.by, told.level)
        found = release.values(told.by, level=told.level, within=within, period=period)
        classes = by_value(found, language)
        subject = entry.name[language] if entry else told.by
        title = _("%(name)s i %(place)s") % {"name": subject, "place": name}
    return place_map(
        release, area, told.level, classes, about(release, title, language, frames=[found]),
        bare=bare, legend=not bare, dark=dark,
        named=None if large else (area.area,),
    )  # fmt: skip
