"""How areas went between types from one period to another, where their borders stayed the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from samsyn.explore.areatypes import types
from samsyn.statistics.query import Release
from samsyn.statistics.query.series import SAME

SHOWN = 12  # areas that moved the most, in each direction
LEAST = 0.005  # of an area that comes from another, below which it does not count


@dataclass(frozen=True)
class Flows:
    """Areas with their type in two periods.

    `pairs` has `area` and `name` as they are in the later period, `municipality`, `before` and
    `after`, `z_before`, `z_after`, `uncertain` in either, and `people`. `left_out` are the areas
    of the earlier period that cannot be followed, and `moved` whether that is since borders
    changed in between; `known` whether the release knows how areas of the two correspond.
    """

    pairs: pl.DataFrame
    left_out: int
    moved: bool
    known: bool

    @property
    def same(self) -> int:
        """How many areas kept their type."""
        return self.pairs.filter(pl.col("before") == pl.col("after")).height

    def towards(self, end: int) -> pl.DataFrame:
        """The areas that went towards type 1 or type 5, the furthest first."""
        step, drift = pl.col("after") - pl.col("before"), pl.col("z_after") - pl.col("z_before")
        # The index is high where the type is low.
        went = (step, -drift) if end == 5 else (-step, drift)
        return self.pairs.filter(went[0] > 0).sort(*went, descending=True).head(SHOWN)


@lru_cache(types.KEPT)
def between(release: Release, within: str | None, since: str, until: str) -> Flows:
    """What became of the areas of a place from one period to another."""
    place = types.of_place(release, within)
    earlier = place.filter(pl.col("period") == since)
    later = place.filter(pl.col("period") == until)
    followed, known = _followed(release, earlier, later)
    pairs = (
        earlier.select("area", before="type", z_before="z", unsure_before="uncertain")
        .join(followed, on="area")
        .drop("area")
        .rename({"target": "area"})
        .join(
            later.select(
                "area", "name", "municipality", "people", after="type", z_after="z",
                unsure_after="uncertain",
            ),
            on="area",
        )
        .with_columns(
            uncertain=pl.col("unsure_before").fill_null(False)
            | pl.col("unsure_after").fill_null(False)
        )
        .select(
            "area", "name", "municipality", "before", "after", "z_before", "z_after", "uncertain",
            "people",
        )
        .sort("area")
    )  # fmt: skip
    moved = _vintages(earlier) != _vintages(later)
    return Flows(pairs, earlier.height - pairs.height, moved, known)


def _vintages(frame: pl.DataFrame) -> set[str]:
    return set(frame["area"].str.split("/").list.get(1).unique())


def _followed(
    release: Release, earlier: pl.DataFrame, later: pl.DataFrame
) -> tuple[pl.DataFrame, bool]:
    """`area` and `target`: which later area an earlier one is; and whether that is known.

    An area is the same where its borders are: in one vintage by its key, else where nearly all of
    it lies in an area of the later vintage to which nothing else has come.
    """
    areas = earlier.select("area")
    if _vintages(earlier) == _vintages(later):
        return areas.with_columns(target=pl.col("area")), True
    crosswalk = release.crosswalk()
    share = pl.coalesce("population_share", "area_share")
    into = crosswalk.join(later.select(target="area"), on="target", how="semi").join(
        areas, on="area", how="semi"
    )
    alone = into.filter(share > LEAST).group_by("target").agg(sources=pl.len())
    same = into.filter(share >= SAME).join(
        alone.filter(pl.col("sources") == 1), on="target", how="semi"
    )
    return same.select("area", "target"), into.height > 0
