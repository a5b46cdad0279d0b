"""Ready-made comparisons: addresses to begin with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.explore.choosing import short
from samsyn.explore.compare.selection import PLACES, TYPE, Place, Selection
from samsyn.measure.errors import InputError
from samsyn.publish.wording import genitive
from samsyn.statistics.query import LATEST, Release
from samsyn.statistics.query.municipality_types import TYPES

ALIKE: Final = 4  # of the most similar that are set beside a place
KNOWN: Final = ("municipality/1488", "municipality/1485")


@dataclass(frozen=True)
class Ready:
    """A ready-made comparison."""

    title: str
    address: str


def sets(release: Release, chosen: Selection) -> list[Ready]:
    """What the first place of a selection can be set against."""
    own = next((place for place in chosen.places if place.area is not None), None)
    if own is None or own.area is None:
        return []
    found = []
    larger = larger_places(release, own)
    if larger:
        title = _("%(place)s mot större områden") % {"place": own.name}
        if own.kind == "municipality":
            title = _("%(place)s mot länet, riket och kommuntypen") % {"place": own.name}
        found.append(Ready(title, _query(chosen, [own.key, *larger])))
    alike = similar_keys(release, own.area.area)
    if alike:
        title = _("%(place)s mot de mest lika") % {"place": own.name}
        found.append(Ready(title, _query(chosen, [own.key, *alike])))
    return found


def larger_places(release: Release, own: Place) -> list[str]:
    """The keys of what a place lies in, the smallest first, and of its municipality's type."""
    assert own.area is not None
    area = own.area
    keys = [short(key) for key in (area.municipality, area.county) if key and key != area.area]
    if area.kind != "country":
        keys += [short(key) for key in release.areas("country")["area"].to_list()]
    if area.kind == "municipality" and area.type_group in TYPES:
        keys.append(f"{TYPE}/{area.type_group}")
    return keys


@lru_cache(512)
def similar_keys(release: Release, area: str) -> tuple[str, ...]:
    """The places most like one; none where there are too few of its kind."""
    try:
        found = release.similar(area, limit=ALIKE)
    except InputError:
        return ()
    return tuple(short(key) for key in found.places["area"])


def examples(release: Release, chosen: Selection) -> list[Ready]:
    """Comparisons to begin with on a page where nothing is chosen."""
    pair = _pair(release)
    if not pair:
        return []
    own = pair[0]
    compare = reverse("compare")
    names = [release.area(key).name for key in pair]
    empty = replace(chosen, places=())
    found = []
    if len(pair) > 1:
        found.append(
            Ready(
                _("%(one)s och %(other)s") % {"one": names[0], "other": names[1]},
                compare + _query(empty, list(pair)),
            )
        )
    beginning = replace(chosen, places=(Place(own, names[0], release.area(own)),))
    found += [Ready(ready.title, compare + ready.address) for ready in sets(release, beginning)]
    ends = _both_ends(release, own)
    if ends:
        title = _("%(place)s områden i båda ändar av det socioekonomiska indexet")
        found.append(
            Ready(title % {"place": _genitive(names[0])}, compare + _query(empty, [*ends, own]))
        )
    return found


def _genitive(name: str) -> str:
    return genitive(name) if (get_language() or "sv")[:2] == "sv" else f"{name}'s"


@lru_cache(4)
def _pair(release: Release) -> tuple[str, ...]:
    """Two municipalities to begin with: Trollhättan and Uddevalla, else the two largest."""
    there = {short(key) for key in release.areas("municipality")["area"]}
    if set(KNOWN) <= there:
        return KNOWN
    try:
        people = release.values("population", level="municipality", period=LATEST)
    except InputError:
        return tuple(sorted(there)[:2])
    return tuple(short(key) for key in people.sort("value", descending=True)["area"].head(2))


@lru_cache(4)
def _both_ends(release: Release, municipality: str) -> tuple[str, ...]:
    """The two areas at each end of a municipality by the socioeconomic index."""
    try:
        values = release.values(
            "socioeconomic_index", level="regso", within=municipality, period=LATEST
        )
    except InputError:
        return ()
    order = values.drop_nulls("value").sort("value", descending=True)["area"].to_list()
    if len(order) < 4:
        return ()
    return tuple(short(key) for key in (*order[:2], *order[-2:]))


def _query(chosen: Selection, keys: list[str]) -> str:
    return chosen.query(places=tuple(Place(key, "") for key in keys[:PLACES]))
