"""The counts of a grouping laid out for `measure`: every region of every period in one table.

A unit (a DeSO, a RegSO, a municipality) stands once for each level that it is measured within, so
that one call answers for all municipalities, counties and the country in all periods.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.areas.keys import COUNTRY
from samsyn.statistics.areas.sweden import partly_there
from samsyn.statistics.indicators.groupings import Grouping

UNIT_KINDS: Final = ("deso", "regso", "municipality")
REGION_LEVELS: Final = ("municipality", "county", "country")
# A region has no index where fewer of its units than this are known.
COVERAGE: Final = 0.95

# Which region a period's unit lies in, and how often it stands: the order of a stack.
ORDER: Final = ("period", "depth", "region", "area")


@dataclass(frozen=True, eq=False)
class Stack:
    """The units of one kind and vintage, such as deso/2018, in all regions that can be measured.

    `rows` has a row for each unit in each region and period, sorted by period, level, region and
    area: `period`, `level`, `region`, `area`, `parent`, `municipality`, `county`, `x`, `y`,
    `land_area`, and `at`, the position of its region in `regions`. `counts` (U, G) and `region`
    (U,) are the same rows for `measure`. `regions` has `period`, `level` and `region`, one row for
    each R; `unmeasured` those that have units and too few that are known or lived in.
    """

    units: str
    rows: pl.DataFrame
    counts: NDArray[np.float64]
    regions: pl.DataFrame
    unmeasured: pl.DataFrame

    @property
    def region(self) -> NDArray[np.intp]:
        """The region of each row (U,), ascending."""
        return self.rows["at"].to_numpy().astype(np.intp)

    def of_regions(self, wanted: NDArray[np.bool_]) -> Stack:
        """The same with only those of the regions (R,)."""
        if wanted.all():
            return self
        place = np.cumsum(wanted) - 1
        kept = wanted[self.region]
        at = pl.Series("at", place[self.region[kept]], dtype=pl.UInt32)
        return replace(
            self,
            rows=self.rows.filter(pl.Series(kept)).with_columns(at),
            counts=self.counts[kept],
            regions=self.regions.filter(pl.Series(wanted)),
        )


def stacks(grouping: Grouping, counts: pl.DataFrame, areas: pl.DataFrame) -> Iterator[Stack]:
    """A stack for each kind and vintage of units that has counts of the grouping.

    `counts` and `areas` have the schemas COUNTS and AREAS. Counts of sex or age are left out, and
    so are groups that stand beside the composition. A unit is known in a period where every group
    has a count; a region can be measured where at least `COVERAGE` of its units are known and at
    least two of them lived in. A county or country that is only partly among the areas is not one
    of the regions. The order of the rows given makes no difference.
    """
    table = _by_unit(grouping, counts, areas)
    partial = partly_there(areas)
    if any(key.startswith("county/") for key in partial):
        partial.append(str(COUNTRY))
    kinds = table.select("kind", "vintage").unique().sort("kind", "vintage")
    for kind, vintage in kinds.iter_rows():
        here = table.filter(kind=kind, vintage=vintage)
        every = areas.filter(kind=kind, vintage=vintage)
        levels = REGION_LEVELS[REGION_LEVELS.index(kind) + 1 :] if kind in REGION_LEVELS else ()
        yield _stack(f"{kind}/{vintage}", grouping, here, every, levels or REGION_LEVELS, partial)


def _by_unit(grouping: Grouping, counts: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """A row for each unit and period with a column for each group; null where it is unknown."""
    places = areas.filter(pl.col("kind").is_in(UNIT_KINDS)).select(
        "area", "kind", "vintage", "parent", "municipality", "county", "x", "y", "land_area"
    )
    group = pl.col("group")
    return (
        counts.lazy()
        .filter(
            pl.col("sex") == "total", pl.col("age") == "total", group.is_in(list(grouping.groups))
        )
        .join(places.lazy().select("area"), on="area", how="semi")
        .group_by("area", "period")
        .agg(pl.col("count").filter(group == name).first().alias(name) for name in grouping.groups)
        .join(places.lazy(), on="area")
        .collect()
    )


def _stack(
    units: str,
    grouping: Grouping,
    table: pl.DataFrame,
    every: pl.DataFrame,
    levels: tuple[str, ...],
    partial: list[str],
) -> Stack:
    groups = list(grouping.groups)
    known = table.filter(pl.all_horizontal(pl.col(groups).is_not_null()))
    found = []
    for depth, level in enumerate(levels):
        home = _home(level)
        size = every.group_by(home.alias("region")).agg(pl.len().alias("units"))
        people = pl.sum_horizontal(groups)
        held = (
            known.with_columns(region=home)
            .group_by("period", "region")
            .agg(pl.len().alias("known"), (people > 0).sum().alias("lived"))
        )
        found.append(
            # Regions in which nothing is known at all are not there.
            held.join(size, on="region").select(
                "period",
                pl.lit(depth).alias("depth"),
                pl.lit(level).alias("level"),
                "region",
                enough=(pl.col("known") >= COVERAGE * pl.col("units") - 1e-9)
                & (pl.col("lived") > 1),
            )
        )
    whole = ~pl.col("region").is_in(partial)
    regions = pl.concat(found).filter(whole).sort("period", "depth", "region")
    measured = regions.filter("enough").drop("enough").with_row_index("at")
    rows = pl.concat(
        known.with_columns(region=_home(level), level=pl.lit(level)).join(
            measured.select("at", "depth", "level", "region", "period"),
            on=["level", "region", "period"],
        )
        for level in levels
    ).sort(ORDER)
    return Stack(
        units,
        rows.drop("depth", "kind", "vintage", *groups),
        rows.select(groups).to_numpy().astype(np.float64),
        measured.select("period", "level", "region"),
        regions.filter(~pl.col("enough")).select("period", "level", "region"),
    )


def _home(level: str) -> pl.Expr:
    """The region of a level that an area lies in."""
    return pl.lit(str(COUNTRY)) if level == "country" else pl.col(level)
