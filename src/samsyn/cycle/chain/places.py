"""Whether an area is of a place: it holds it, or lies in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import Http404

from samsyn.cycle.places import release
from samsyn.measure.errors import InputError


def plain(key: str) -> str:
    """The key of an area without the vintage of its borders: `regso/9901R001`."""
    parts = key.split("/")
    return f"{parts[0]}/{parts[-1]}"


def lineage(key: str) -> frozenset[str]:
    """An area and those that it lies in, as plain keys; itself where the release knows none."""
    there = release()
    return _lineage(None if there is None else there.name, key)


@lru_cache(maxsize=8192)
def _lineage(name: str | None, key: str) -> frozenset[str]:
    there = release(name) if name else None
    found = {plain(key), "country/00"}
    if there is not None:
        try:
            area = there.area(key)
        except InputError:
            return frozenset(found)
        above = (area.area, area.parent, area.municipality, area.county)
        found |= {plain(one) for one in above if one}
    return frozenset(found)


def meets(place: str) -> Callable[[str], bool]:
    """A test of areas: whether one holds the place or lies in it."""
    above = lineage(place)

    def of_place(area: str) -> bool:
        return plain(area) in above or plain(place) in lineage(area)

    return of_place


def known_area(key: str, of: str = "") -> str:
    """The area of a key in that release, else in the current one. Raises Http404 without one."""
    there = release(of or None)
    if there is None:
        raise Http404
    try:
        return there.area(key).area
    except InputError as error:
        raise Http404 from error


def municipality_of(key: str) -> str:
    """The municipality that an area lies in (`municipality/9901`); empty where it is larger."""
    return next((one for one in lineage(key) if one.startswith("municipality/")), "")
