"""The parts of a place at both ends of the socioeconomic index, told alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.explore.place.finding import Found
from samsyn.explore.place.gathered.layout import Positions
from samsyn.explore.place.rows import filled
from samsyn.publish.maps.classes import TYPES
from samsyn.publish.numbers import number

# So many areas of each end are named; a table has all of them.
NAMED: Final = 12


@dataclass(frozen=True)
class End:
    """The areas of one type: all of them counted, those furthest out in a list of HTML."""

    type: int
    label: str
    areas: int
    people: str
    share: str
    told: str
    parts: str
    more: int


@dataclass(frozen=True)
class Type:
    """A line of the legend: a type, its areas and how many live in them."""

    type: int
    label: str
    areas: int
    people: str
    share: str


@dataclass(frozen=True)
class Ends:
    """Both ends with the legend of all five types as rows of HTML."""

    period: str
    published: bool
    types: str
    first: End
    last: End
    uncertain: int


def typed(place: Found) -> Positions:
    """The RegSO in the place that have a type."""
    layout = place.gathered.layout
    level = layout.level_of("regso")
    there = layout.parts(place.area.area, level) if level else np.array([], dtype=np.intp)
    return there[place.gathered.types.type[there] > 0]


def ends(place: Found) -> Ends | None:
    """Both ends of a municipality, a county or the country; None where no part has a type."""
    every, types, language = typed(place), place.gathered.types, place.language
    if not len(every):
        return None
    of = types.type[every]
    people = types.people[every]
    known = not np.isnan(people).any()
    total = float(people.sum()) if known else float(len(every))
    legend = []
    for one in range(1, 6):
        chosen = of == one
        living = float(people[chosen].sum()) if known else 0.0
        areas = int(chosen.sum())
        legend.append(
            Type(
                one,
                TYPES[str(one)][language][2:],
                areas,
                number(living, "persons", language) if known else "",
                number((living if known else areas) / total, "share", language, 0),
            )
        )
    at_ends = (of == 1) | (of == 5)
    level = place.gathered.layout.level_of("regso")
    return Ends(
        period=types.period.get(level or "", ""),
        published=bool((types.published[every] > 0).all()),
        types=filled(
            "type",
            (
                {
                    "type": str(one.type),
                    "label": one.label,
                    "areas": str(one.areas),
                    "people": one.people,
                    "share": one.share,
                }
                for one in legend
            ),
        ),
        first=_end(place, every[of == 1], legend[0], highest=True),
        last=_end(place, every[of == 5], legend[4], highest=False),
        uncertain=int(types.uncertain[every[at_ends]].sum()),
    )


def _end(place: Found, there: Positions, told: Type, *, highest: bool) -> End:
    """The areas of an end, those furthest out first."""
    types, layout = place.gathered.types, place.gathered.layout
    index = types.index[there]
    order = np.argsort(-index if highest else index, kind="stable")
    small = place.area.kind == "municipality"
    named = there[order][:NAMED].tolist()
    rows = [
        {
            "address": place.links.place(layout.keys[at]),
            "name": layout.names[at],
            "note": ", ".join(
                note
                for note in (
                    "" if small else layout.name(layout.municipalities[at]),
                    number(_known(types.people[at]), "persons", place.language),
                    _("osäker typ") if types.uncertain[at] else "",
                )
                if note
            ),
        }
        for at in named
    ]
    label = (
        _("Områdestyp 1: stora socioekonomiska utmaningar")
        if highest
        else _("Områdestyp 5: mycket goda socioekonomiska förutsättningar")
    )
    return End(
        told.type, label, told.areas, told.people, told.share, _told(told),
        filled("part", rows), len(there) - len(named),
    )  # fmt: skip


def _told(end: Type) -> str:
    """How many areas and people there are at an end."""
    if not end.areas:
        return _("Inget område.")
    areas = ngettext("%(areas)s område", "%(areas)s områden", end.areas) % {"areas": end.areas}
    if not end.people:
        return f"{areas} ({end.share})"
    return _("%(areas)s, %(people)s invånare (%(share)s)") % {
        "areas": areas, "people": end.people, "share": end.share,
    }  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
