"""What is uncertain or missing about a place, and why: never hidden, never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.explore.place.finding import Found
from samsyn.explore.place.focus import Focus, context
from samsyn.explore.place.gathered.figures import STATUSES
from samsyn.publish.findings import Told, told
from samsyn.statistics.indicators import LEVEL_NAMES

SECRET: Final = STATUSES.index("secret")
ESTIMATED: Final = STATUSES.index("estimated")


@dataclass(frozen=True)
class Unsure:
    """What is uncertain, what the checks found, and the indicators that are missing."""

    notes: tuple[str, ...]
    findings: tuple[Told, ...]
    lacking: tuple[str, ...]


def unsure(place: Found, focus: Sequence[Focus]) -> Unsure:
    """What to keep in mind about the place."""
    there = place.gathered.findings.get(place.area.area, [])
    return Unsure(
        notes=tuple(note for note in _notes(place, focus) if note),
        findings=tuple(told(row["message"] or "", place.language, place.release) for row in there),
        lacking=tuple(name for one in focus for name in one.lacking),
    )


def _notes(place: Found, focus: Sequence[Focus]) -> list[str]:
    return [
        _hidden(place),
        _estimated(place),
        _older(place, focus),
        _crossed(place),
        _stand_in(place),
    ]


def _counted(place: Found, status: int) -> tuple[int, int]:
    """How many figures of the parts, and of how many indicators, have a status."""
    dots = context(place)
    if dots.dots_level is None or not len(dots.dots):
        return 0, 0
    figures = place.gathered.figures
    found = [
        int(np.count_nonzero(figures.sheet(name, period).status[dots.dots] == status))
        for name in place.release.indicators
        if (period := figures.period(name, dots.dots_level))
    ]
    return sum(found), sum(1 for one in found if one)


def _hidden(place: Found) -> str:
    values, of = _counted(place, SECRET)
    if not values:
        return ""
    told = ngettext(
        "%(values)s siffra för områdena är dold av sekretess, i %(of)s av "
        "indikatorerna: så få personer ligger bakom att de kunde kännas igen.",
        "%(values)s siffror för områdena är dolda av sekretess, i %(of)s av "
        "indikatorerna: så få personer ligger bakom att de kunde kännas igen.",
        values,
    )
    return told % {"values": values, "of": of}


def _estimated(place: Found) -> str:
    at = place.gathered.layout.position[place.area.area]
    figures, release = place.gathered.figures, place.release
    names = [
        entry.name[place.language]
        for name in release.indicators
        if (period := figures.period(name, place.level))
        and figures.sheet(name, period).status[at] == ESTIMATED
        and (entry := release.indicator(name)) is not None
    ]
    if not names:
        return ""
    return _("Uppskattade av källan eller räknade ur avrundade tal: %(names)s.") % {
        "names": "; ".join(names)
    }


def _older(place: Found, focus: Sequence[Focus]) -> str:
    """The indicators whose newest figure is older than that of the others."""
    rows = [row for one in focus for row in one.rows]
    newest = max((row.period for row in rows), default="")
    old = [f"{row.name} ({row.period})" for row in rows if _year(row.period) < _year(newest) - 3]
    if not old:
        return ""
    return _("Äldre än de andra siffrorna: %(names)s.") % {"names": "; ".join(old)}


def _crossed(place: Found) -> str:
    """That figures over time cross new borders of the areas."""
    found = [
        f"{LEVEL_NAMES[kind][place.language]} "
        f"({', '.join(sorted(one.partition('/')[2] for one in levels))})"
        for kind, levels in place.gathered.layout.covered.items()
        if kind in {"regso", "deso"} and len(levels) > 1
    ]
    if not found:
        return ""
    return _(
        "Områdenas gränser har ändrats: %(levels)s. Där en linje korsar nya gränser är det utmärkt."
    ) % {"levels": ", ".join(found)}


def _stand_in(place: Found) -> str:
    """That the types computed for a small area rest on a component that stands in."""
    key = place.area.area if place.area.kind == "regso" else place.area.parent
    at = place.gathered.layout.position.get(key or "")
    if place.area.kind not in {"regso", "deso"} or at is None:
        return ""
    if not place.gathered.types.stand_in[at]:
        return ""
    return _(
        "Den beräknade områdestypen har andelen arbetslösa i stället för långvarigt ekonomiskt "
        "bistånd eller långtidsarbetslöshet, som inte är publicerat per område."
    )


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdecimal() else 0
