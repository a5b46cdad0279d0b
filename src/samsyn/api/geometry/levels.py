"""The levels that have borders: which vintage a kind of area means, and what its areas are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release

KEPT: Final = 24
KINDS: Final = ("country", "county", "municipality", "regso", "deso")


@dataclass(frozen=True)
class Level:
    """One vintage of a kind of area in a release, such as regso/2020.

    Two of the same folder are the same, so that what is made of one is kept for the other.
    """

    folder: str
    kind: str
    vintage: str
    release: Release = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """Kind and vintage."""
        return f"{self.kind}/{self.vintage}"


@dataclass(frozen=True)
class _Kind:
    """A kind of area in a release."""

    folder: str
    name: str
    release: Release = field(compare=False, repr=False)


@lru_cache(KEPT)
def _vintages(kind: _Kind) -> tuple[str, ...]:
    """The vintages of a kind that have borders, the newest with values first."""
    release = kind.release
    there = release.areas(kind.name).get_column("vintage").unique().to_list()
    drawn = [one for one in there if has_shapes(release, f"{kind.name}/{one}")]
    known = release.coverage.filter(pl.col("kind") == kind.name, pl.col("known") > 0)
    with_values = set(known.get_column("vintage"))
    return tuple(sorted(drawn, key=lambda one: (one in with_values, one), reverse=True))


def has_shapes(release: Release, level: str) -> bool:
    """Whether borders of a level are known."""
    try:
        return not release.shapes(level, "coarse").is_empty()
    except InputError:
        return False


def levels(release: Release) -> dict[str, tuple[str, ...]]:
    """The kinds that have borders, the largest first, each with its vintages."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        try:
            there = _vintages(_Kind(str(release.folder), kind, release))
        except InputError:
            continue  # the release has no such areas
        if there:
            found[kind] = there
    return found


def level(release: Release, kind: str, vintage: str | None = None) -> Level | None:
    """The level of a kind, of a vintage or else the newest with values; None where none is."""
    there: Sequence[str] = levels(release).get(kind, ())
    if not there or (vintage is not None and vintage not in there):
        return None
    return Level(str(release.folder), kind, vintage or there[0], release)
