"""Location quotients: how over-represented a group is in an area."""

from __future__ import annotations

import polars as pl

from samsyn.statistics.derive.stacks import stacks
from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import QUOTIENTS


def derive_quotients(grouping: Grouping, counts: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Each group's share in an area over its share in the larger area, of the schema QUOTIENTS.

    Against the municipality, the county and the country, as far as they are measured (see
    `stacks`). 1 is the larger area's share; null where nobody lives in the area, or where the
    larger one has nobody of the group.
    """
    from samsyn.measure import location_quotient

    found = []
    if len(grouping.groups) > 1:
        for stack in stacks(grouping, counts, areas):
            quotient = location_quotient(stack.counts, stack.region)
            found += [
                stack.rows.select(
                    pl.lit(grouping.id).alias("grouping"),
                    *["area", "period"],
                    pl.lit(name).alias("group"),
                    "region",
                    pl.Series("value", quotient[:, g], dtype=pl.Float64).fill_nan(None),
                )
                for g, name in enumerate(grouping.groups)
            ]
    if not found:
        return pl.DataFrame(schema=QUOTIENTS)
    return pl.concat(found).select(list(QUOTIENTS)).sort(list(QUOTIENTS)[:5])
