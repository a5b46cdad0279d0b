"""How much of a region's segregation lies between its areas of each size, and within them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.derive.stacks import REGION_LEVELS, Stack, stacks
from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import DECOMPOSITION

# What rounding leaves of a region without segregation is not to be divided.
NOTHING: Final = 1e-12
MEASURES: Final = {"mutual_information": "m", "multigroup_theil_h": "h"}


def decompose(grouping: Grouping, counts: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """M and Theil's H of each region split without remainder, of the schema DECOMPOSITION.

    A row says how much lies `between` areas of one kind `within` those of the next larger kind:
    of the country's segregation on DeSO what lies between counties, between municipalities
    within counties, between RegSO within municipalities and between DeSO within RegSO; the same
    from each county and each municipality downwards. The values add up to the index in INDICES,
    the shares to 1; a share is null where there is nothing to divide.
    """
    found = []
    if len(grouping.groups) > 1:
        for stack in stacks(grouping, counts, areas):
            for level in stack.regions["level"].unique(maintain_order=True):
                wanted = (stack.regions["level"] == level).to_numpy()
                found += _of_level(grouping, stack.of_regions(wanted), level)
    if not found:
        return pl.DataFrame(schema=DECOMPOSITION)
    return (
        pl.concat(found)
        .select(pl.col(name).cast(kind) for name, kind in DECOMPOSITION.items())
        .sort("units", "region", "period", "index", maintain_order=True)
    )


def _of_level(grouping: Grouping, stack: Stack, level: str) -> list[pl.DataFrame]:
    from samsyn.measure import nested_decomposition

    kind = stack.units.split("/")[0]
    steps = [step for step in reversed(REGION_LEVELS[: REGION_LEVELS.index(level)]) if step != kind]
    cells = [_numbered(stack, step) for step in steps]
    if kind == "deso" and not stack.rows["parent"].null_count():
        # A DeSO whose RegSO is not known has none to lie in.
        steps.append("regso")
        cells.append(_numbered(stack, "parent"))
    nested = nested_decomposition(stack.counts, cells, region=stack.region)
    rows = []
    for name, symbol in MEASURES.items():
        whole = getattr(nested, symbol)
        total = np.where(whole > NOTHING, whole, np.nan)
        for (above, below), part in zip(
            pairwise([level, *steps, kind]), nested.levels, strict=True
        ):
            value = getattr(part, symbol)
            rows.append(
                stack.regions.select(
                    pl.lit(grouping.id).alias("grouping"),
                    pl.lit(stack.units).alias("units"),
                    *["region", "period"],
                    pl.lit(name).alias("index"),
                    pl.lit(below).alias("between"),
                    pl.lit(above).alias("within"),
                    pl.Series("value", value, dtype=pl.Float64).fill_nan(None),
                    pl.Series("share", value / total, dtype=pl.Float64).fill_nan(None),
                )
            )
    return rows


def _numbered(stack: Stack, column: str) -> NDArray[np.intp]:
    """The cell of each row: the areas of a column, apart in each region and period."""
    cells = stack.rows.select(pl.struct("at", column).rank("dense") - 1).to_series()
    return cells.to_numpy().astype(np.intp)
