"""Where a small area lies: its type, its neighbours, its parts, and its borders over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from samsyn.explore.place.finding import Found
from samsyn.publish.maps.classes import TYPES
from samsyn.publish.numbers import number

# Where types change: standard deviations of the index from the mean of all RegSO.
LIMITS: Final = (2.0, 1.0, 0.0, -1.0)


@dataclass(frozen=True)
class Near:
    """A neighbour or a part, with its type where it has one."""

    name: str
    address: str
    type: int
    label: str
    note: str


@dataclass(frozen=True)
class TypeOf:
    """The type of a RegSO, as published and as computed, and how far the borders are."""

    name: str
    address: str
    published: int
    computed: int
    published_label: str
    computed_label: str
    period: str
    z: str
    up: str
    down: str
    uncertain: bool


@dataclass(frozen=True)
class Vintage:
    """Another vintage of the same borders, and what of this area lies in which of its areas."""

    vintage: str
    address: str
    newer: bool
    values: bool
    parts: tuple[Near, ...]


def type_of(place: Found) -> TypeOf | None:
    """The type of the area, or of the RegSO that it lies in; None where there is none."""
    layout, types, language = place.gathered.layout, place.gathered.types, place.language
    key = place.area.area if place.area.kind == "regso" else place.area.parent
    at = layout.position.get(key or "")
    if at is None or key is None or not types.type[at]:
        return None
    published, computed, z = int(types.published[at]), int(types.computed[at]), float(types.z[at])
    up, down = _distances(z, computed)
    return TypeOf(
        name=layout.names[at],
        address=place.links.place(key),
        published=published,
        computed=computed,
        published_label=_label(published, language),
        computed_label=_label(computed, language),
        period=types.period.get(key.rpartition("/")[0], ""),
        z=number(None if math.isnan(z) else z, "index", language, 2),
        up=_told(up, computed - 1, language),
        down=_told(down, computed + 1, language),
        uncertain=bool(types.uncertain[at]),
    )


def neighbours(place: Found) -> list[Near]:
    """The areas that share a border with the area, those with the longest first."""
    layout = place.gathered.layout
    there = place.gathered.borders.neighbours(layout.position[place.area.area])
    return [near(place, layout.keys[at]) for at in there]


def parts(place: Found) -> list[Near]:
    """The areas that the area consists of."""
    layout = place.gathered.layout
    level = layout.parts_level(place.area)
    if level is None or place.area.kind == "deso":
        return []
    return [near(place, layout.keys[at]) for at in layout.parts(place.area.area, level).tolist()]


def near(place: Found, key: str, note: str = "") -> Near:
    """An area with its type."""
    layout = place.gathered.layout
    at = layout.position[key]
    of = int(place.gathered.types.type[at])
    return Near(layout.names[at], place.links.place(key), of, _label(of, place.language), note)


def vintages(place: Found) -> list[Vintage]:
    """The other vintages of an area's borders, through the crosswalk, the newest first."""
    area, layout = place.area, place.gathered.layout
    there = layout.vintages.get((area.kind, area.code), (area.vintage,))
    every = {v for v in there if v != area.vintage}
    targets = place.gathered.borders.successors.get(area.area, [])
    every |= {key.split("/")[1] for key, _share in targets}
    found = []
    for vintage in sorted(every - {area.vintage}, reverse=True):
        level = f"{area.kind}/{vintage}"
        own = f"{level}/{area.code}"
        found.append(
            Vintage(
                vintage=vintage,
                address=place.links.place(own) if own in layout.position else "",
                newer=vintage > area.vintage,
                values=level in layout.covered.get(area.kind, ()),
                parts=tuple(
                    near(place, key, number(share, "share", place.language, 0))
                    for key, share in targets
                    if key.startswith(f"{level}/") and share > 0
                ),
            )
        )
    return found


def _label(of: int, language: str) -> str:
    return TYPES[str(of)][language][2:] if of else ""


def _distances(z: float, of: int) -> tuple[float | None, float | None]:
    """How far the index lies from the next type above and below; None at the ends."""
    if math.isnan(z) or not of:
        return None, None
    up = LIMITS[of - 2] - z if of > 1 else None
    down = z - LIMITS[of - 1] if of < 5 else None
    return up, down


def _told(distance: float | None, of: int, language: str) -> str:
    if distance is None:
        return ""
    return _("%(distance)s standardavvikelser till typ %(type)s") % {
        "distance": number(distance, "index", language, 2),
        "type": of,
    }
