"""Which areas of a release have borders, and what a map shows of where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import polars as pl

from samsyn.explore.areamap.subjects import KINDS
from samsyn.measure.errors import InputError
from samsyn.statistics.query import Area, Release

KEPT: Final = 16

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Level:
    """The areas of a kind in one vintage, such as regso/2020, in a release."""

    folder: str
    name: str
    release: Release = field(compare=False, repr=False)

    @property
    def kind(self) -> str:
        """The kind of area."""
        return self.name.partition("/")[0]

    @property
    def vintage(self) -> str:
        """The year of the borders."""
        return self.name.partition("/")[2]


@lru_cache(KEPT)
def drawn(level: Level) -> frozenset[str]:
    """The areas of a level whose borders are known."""
    try:
        return frozenset(level.release.shapes(level.name, "coarse").get_column("area"))
    except InputError:
        return frozenset()


@lru_cache(KEPT)
def called(level: Level) -> Mapping[str, str]:
    """What the areas of a level, or of all vintages of a kind, are called, by their keys."""
    return dict(level.release.areas(level.name).select("area", "name").iter_rows())


def bounds(
    release: Release, level: str, within: Area | None, known: pl.Series | None = None
) -> Bounds | None:
    """West, south, east and north of an area; without one of the areas of a level, or of `known`.

    None where no borders are known.
    """
    if within is not None and within.west is not None:
        frame = release.areas().filter(pl.col("area") == within.area)
    else:
        frame = release.areas(level, within=None if within is None else within.area)
        if known is not None and known.len():
            frame = frame.filter(pl.col("area").is_in(known.to_list()))
    edges = frame.select(
        pl.col("west").min(), pl.col("south").min(), pl.col("east").max(), pl.col("north").max()
    ).row(0)
    return None if None in edges else edges


def below(level: str, there: Mapping[str, tuple[str, ...]]) -> str | None:
    """The kind of smaller areas that a subject has figures on; None below the smallest."""
    kind = level.partition("/")[0]
    smaller = KINDS[KINDS.index(kind) + 1 :] if kind in KINDS else ()
    kinds = {name.partition("/")[0] for name in there}
    return next((one for one in smaller if one in kinds), None)


def ancestor(kind: str) -> pl.Expr:
    """The key of the area of a larger kind that an area lies in."""
    return pl.col(kind) if kind in {"municipality", "county"} else pl.col("parent")
