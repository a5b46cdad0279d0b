"""The maps of a comparison, as its page shows them: beside each other, on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.compare.drawing import (
    DRAWN,
    map_period,
    mapped_level,
    scale,
)
from samsyn.explore.compare.selection import Place, Selection
from samsyn.explore.compare.subjects import Subject
from samsyn.measure.errors import InputError
from samsyn.publish.maps import Classes
from samsyn.publish.numbers import number
from samsyn.statistics.query import Release

ENDS = 5  # areas at each end that stand in words below a map


@dataclass(frozen=True)
class PlaceMap:
    """The map of one place: its address without the ending, and what it shows in words."""

    place: Place
    path: str
    query: str
    caption: str
    highest: tuple[tuple[str, str], ...]
    lowest: tuple[tuple[str, str], ...]
    areas: int


@dataclass(frozen=True)
class Choice:
    """Another subject that could be drawn."""

    subject: Subject
    address: str
    current: bool


@dataclass(frozen=True)
class Maps:
    """Maps of one subject, and the other subjects that could be drawn."""

    subject: Subject
    level: str
    period: str
    maps: tuple[PlaceMap, ...]
    choices: tuple[Choice, ...]
    classes: Classes


def maps(release: Release, chosen: Selection, language: str) -> Maps | None:
    """The maps of the places with parts; None where there is nothing to draw."""
    places = [place for place in chosen.places if place.kind in DRAWN]
    drawable = [one for one in chosen.subjects if mapped_level(release, one, None) is not None]
    if not places or not drawable:
        return None
    # How many live somewhere says more of the areas than of the people: other subjects go before.
    drawable.sort(key=lambda one: one.unit == "persons")
    subject = next((one for one in drawable if one.id == chosen.mapped), drawable[0])
    level = mapped_level(release, subject, chosen.level)
    assert level is not None
    period = map_period(release, subject, level, chosen.period)
    if period is None:
        return None
    classes = scale(release, subject.id, level, period, language)
    found = [_map(release, chosen, place, subject, level, period, language) for place in places]
    there = tuple(one for one in found if one is not None)
    if not there:
        return None
    return Maps(
        subject,
        level,
        period,
        there,
        tuple(
            Choice(one, f"{chosen.query(mapped=one.id)}#kartor", one == subject) for one in drawable
        ),
        classes,
    )


def _map(
    release: Release,
    chosen: Selection,
    place: Place,
    subject: Subject,
    level: str,
    period: str,
    language: str,
) -> PlaceMap | None:
    assert place.area is not None
    try:
        values = release.values(subject.id, level=level, within=place.area.area, period=period)
    except InputError:
        return None
    known = values.drop_nulls("value").sort("value", "area", descending=[True, False])
    if known.is_empty():
        return None
    few = known.height <= 2 * ENDS
    ends = known if few else known[[*range(ENDS), *range(known.height - ENDS, known.height)]]
    told = [
        (name or area.rpartition("/")[2], number(value, subject.unit, language))
        for area, name, value in ends.select("area", "name", "value").iter_rows()
    ]
    path = reverse("compare-map", args=[subject.id, "svg"]).removesuffix(".svg")
    asked = Selection((place,), (), False, period, None, None, level, chosen.release)
    return PlaceMap(
        place=place,
        path=path,
        query=asked.query(),
        caption=_("Högst: %(high)s, %(most)s. Lägst: %(low)s, %(least)s.")
        % {"high": told[0][0], "most": told[0][1], "low": told[-1][0], "least": told[-1][1]},
        highest=tuple(told if few else told[:ENDS]),
        lowest=() if few else tuple(told[-ENDS:]),
        areas=known.height,
    )
