"""Which levels, borders and periods an indicator has values for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.query import Release

# What is shown where nothing is chosen: the first of these that there is.
FIRST = ("municipality", "county", "regso", "deso", "custom", "country")

LEVELS = {
    "country": gettext_noop("Hela landet"),
    "county": gettext_noop("Län"),
    "municipality": gettext_noop("Kommuner"),
    "regso": gettext_noop("RegSO"),
    "deso": gettext_noop("DeSO"),
    "custom": gettext_noop("Egna områden"),
}


def level_name(kind: str, vintage: str | None = None) -> str:
    """What a level is called, with the year of its borders where that is told."""
    name = _(LEVELS[kind])
    if vintage is None:
        return name
    return _("%(level)s, gränser från %(year)s") % {"level": name, "year": vintage}


@dataclass(frozen=True)
class Level:
    """A kind of area in one vintage: the periods with values, and how many areas have them.

    `periods` go from the oldest; `areas` says for each how many there are and how many are known.
    """

    kind: str
    vintage: str
    periods: tuple[str, ...]
    areas: Mapping[str, tuple[int, int]]
    told: bool  # whether the kind has other vintages, so that the vintage must be told

    @property
    def key(self) -> str:
        """The level as a release is asked for it."""
        return f"{self.kind}/{self.vintage}"

    @property
    def asked(self) -> str:
        """The level as addresses have it."""
        return self.key if self.told else self.kind

    @property
    def name(self) -> str:
        """What it is called."""
        return level_name(self.kind, self.vintage if self.told else None)

    @property
    def most(self) -> tuple[int, int]:
        """Areas, and areas with a value, in the newest period."""
        return self.areas[self.periods[-1]]


@lru_cache(1_024)
def levels(release: Release, subject: str) -> tuple[Level, ...]:
    """The levels that have a known value of an indicator, from the largest areas, newest first."""
    rows = release.coverage.filter((pl.col("subject") == subject) & (pl.col("known") > 0))
    found: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    columns = ("kind", "vintage", "period", "areas", "known")
    for kind, vintage, period, areas, known in rows.select(columns).sort("period").iter_rows():
        found.setdefault((kind, vintage), {})[period] = (areas, known)
    order = [kind for kind in reversed(KINDS) if kind != "custom"] + ["custom"]
    kinds = [kind for kind, _vintage in found]
    newest = sorted(found, key=lambda pair: pair[1], reverse=True)
    pairs = sorted(newest, key=lambda pair: order.index(pair[0]))
    return tuple(
        Level(kind, vintage, tuple(found[kind, vintage]), found[kind, vintage],
              kinds.count(kind) > 1)
        for kind, vintage in pairs
    )  # fmt: skip


def first(there: tuple[Level, ...]) -> Level:
    """The level to show where none is chosen."""
    return next(level for kind in FIRST for level in there if level.kind == kind)


def years(periods: tuple[str, ...]) -> str:
    """Periods in a few signs: 2022, or 2012–2024."""
    return periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"


def all_periods(there: tuple[Level, ...]) -> tuple[str, ...]:
    """The periods of all levels, from the oldest."""
    return tuple(sorted({period for level in there for period in level.periods}))
