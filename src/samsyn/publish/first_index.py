"""The index by which a grouping is told first: how unevenly its groups live, in one number."""

from __future__ import annotations

from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import Grouping
from samsyn.statistics.query import Release

# The areas that people are counted in, the smallest first: of several the first tells most.
UNITS: Final = ("deso", "regso", "municipality")
# The groupings that are told first, by what they say; of each line the first that there is.
FIRST: Final = (
    ("economic_standard",), ("background", "birth_country", "birth_region"),
    ("education",), ("tenure",),
)  # fmt: skip


def rows_of(
    release: Release, grouping: Grouping, units: str, region: str | None = None
) -> pl.DataFrame | None:
    """Rows of a grouping's first index over units of a kind; None where the release has none.

    Where two vintages of the units have the same period the newer stands.
    """
    index = grouping.first_index
    assert index is not None
    try:
        rows = release.indices(grouping.id, units, index=index, within=region)
    except InputError:
        return None
    if region is not None:
        rows = rows.filter(pl.col("region") == region)
    # An index of all groups together has no group of its own.
    together = rows.filter(pl.col("group").is_null())
    if together.height:
        rows = together
    else:
        against = grouping.first_against
        rows = rows.filter(
            pl.col("group") == grouping.first_group,
            pl.col("against").is_null() if against is None else pl.col("against") == against,
        )
    return (
        rows.sort("region", "period", "units")
        .unique(["region", "period"], keep="last", maintain_order=True)
        .drop_nulls("value")
    )
