"""What the pages of all places of a release rest on, gathered once in each process.

A page then looks figures up instead of asking the release forty questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from samsyn.explore.place.gathered.borders import Borders, borders
from samsyn.explore.place.gathered.evenness import Spread, shares, spreads
from samsyn.explore.place.gathered.figures import Figures, Sheet, figures
from samsyn.explore.place.gathered.layout import Layout, layout
from samsyn.explore.place.gathered.types import Types, types
from samsyn.publish.maps.sizes import Size, sizes
from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance

__all__ = ["Borders", "Figures", "Gathered", "Layout", "Sheet", "Spread", "Types", "gathered"]

KEPT: Final = 3  # releases of which it is kept
# What is drawn of places of each kind.
MAPS: Final = (
    ("country", "municipality"), ("county", "municipality"), ("municipality", "regso"),
    ("municipality", "deso"),
)  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """All that is the same for every place of a release."""

    layout: Layout
    figures: Figures
    spreads: dict[tuple[str, str, str], Spread]
    shares: dict[tuple[str, str], tuple[tuple[str, str, float], ...]]
    types: Types
    borders: Borders
    sources: dict[str, tuple[Provenance, ...]]
    findings: dict[str, list[dict[str, str | None]]]
    map_sizes: dict[tuple[str, str], Size]


_one_at_a_time = Lock()


def gathered(release: Release) -> Gathered:
    """What is gathered of a release; the first who asks waits for it, and others with it."""
    with _one_at_a_time:
        return _gathered(release)


@lru_cache(KEPT)
def _gathered(release: Release) -> Gathered:
    there = layout(release)
    subjects = (*release.indicators, *release.groupings)
    drawn = [(kind, level) for kind, parts in MAPS for level in there.covered.get(parts, ())]
    return Gathered(
        layout=there,
        figures=figures(release, there),
        spreads=dict(spreads(release)),
        shares=shares(release),
        types=types(release, there),
        borders=borders(release, there),
        sources={name: tuple(release.sources_of(name)) for name in subjects},
        findings=_findings(release),
        map_sizes=sizes(release, drawn),
    )


def _findings(release: Release) -> dict[str, list[dict[str, str | None]]]:
    """What the checks found about each area."""
    found: dict[str, list[dict[str, str | None]]] = {}
    for row in release.findings.drop_nulls("area").iter_rows(named=True):
        found.setdefault(row["area"], []).append(row)
    return found
