"""Indicators of an area's own composition, and of a region's segregation, as observations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.areas.keys import LEVELS
from samsyn.statistics.assembly.pieces import worst
from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import OBSERVATIONS

INEQUALITY_INDEX: Final = "inequality_index"
TENURE_MIX: Final = "tenure_mix"
CONCENTRATION_AT_EXTREMES: Final = "concentration_at_extremes"


def tenure_mix(grouping: Grouping, counts: pl.DataFrame) -> pl.DataFrame:
    """Normalised entropy of the grouping's groups in every area that has counts.

    0 where all dwellings are of one tenure, 1 where all tenures are equally common. Observations
    of the indicator `tenure_mix`; without numerator and denominator, since it cannot be summed.
    """
    from samsyn.measure import local_entropy

    def entropy(table: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        return {"value": local_entropy(table, normalised=True)}

    return _of_areas(TENURE_MIX, grouping, counts, entropy)


def concentration_at_extremes(grouping: Grouping, counts: pl.DataFrame) -> pl.DataFrame:
    """People in the highest class less those in the lowest over everyone, in every area (ICE).

    From -1, all in the lowest class, to 1, all in the highest. The numerator is that difference,
    so that areas can be summed. Observations of the indicator `concentration_at_extremes`.
    """

    def extremes(table: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        from samsyn.measure import local_concentration_at_extremes

        return {
            "value": local_concentration_at_extremes(table),
            "numerator": table[:, -1] - table[:, 0],
            "denominator": table.sum(axis=1),
        }

    return _of_areas(CONCENTRATION_AT_EXTREMES, grouping, counts, extremes)


def inequality_index(indices: pl.DataFrame, grouping: Grouping) -> pl.DataFrame:
    """How unevenly people of low and high economic standard live over a region's areas.

    The dissimilarity of the grouping's first group against the one it is set against, as it
    stands in `indices` (schema INDICES), for municipalities, counties and the country. The units
    are in each period those that give most regions a value, and of these the finest and newest.
    """
    chosen = indices.filter(
        pl.col("grouping") == grouping.id,
        pl.col("index") == "dissimilarity",
        pl.col("group") == grouping.first_group,
        pl.col("against") == grouping.first_against,
        ~pl.col("units").str.starts_with("municipality/"),
    )
    kind, vintage = (pl.col("units").str.split("/").list.get(i) for i in (0, 1))
    best = (
        chosen.group_by("period", "units")
        .agg(known=pl.col("value").count())
        .with_columns(depth=kind.replace_strict(list(LEVELS), range(len(LEVELS))))
        .sort("period", -pl.col("known").cast(pl.Int64), "depth", -vintage.cast(pl.Int32))
        .unique("period", keep="first", maintain_order=True)
    )
    return observations_of(
        chosen.join(best, on=["period", "units"], how="semi").select(
            pl.lit(INEQUALITY_INDEX).alias("indicator"),
            pl.col("region").alias("area"),
            "period",
            "value",
            pl.when(pl.col("value").is_null())
            .then(pl.lit("missing"))
            .otherwise(pl.lit("ok"))
            .alias("status"),
        )
    )


def _of_areas(
    indicator: str,
    grouping: Grouping,
    counts: pl.DataFrame,
    measured: Callable[[NDArray[np.float64]], dict[str, NDArray[np.float64]]],
) -> pl.DataFrame:
    """Observations of what is measured of each area's counts (U, G).

    The status is the worst of the counts'; where one of them is not known there is no value.
    """
    groups = list(grouping.groups)
    group, count, status = pl.col("group"), pl.col("count"), pl.col("status")
    table = (
        counts.filter(pl.col("sex") == "total", pl.col("age") == "total", group.is_in(groups))
        .group_by("area", "period")
        .agg(
            *[count.filter(group == name).first().alias(name) for name in groups],
            pl.when(pl.len() == len(groups)).then(worst(status)).otherwise(pl.lit("missing")),
        )
        .with_columns(pl.lit(indicator).alias("indicator"))
    )
    complete = pl.all_horizontal(pl.col(groups).is_not_null())
    known = table.filter(complete)
    numbers = measured(known.select(groups).to_numpy().astype(np.float64))
    found = known.with_columns(
        pl.Series(name, values, dtype=pl.Float64).fill_nan(None) for name, values in numbers.items()
    )
    # Where nobody lives there is nothing to say, though everything is known.
    found = found.with_columns(
        pl.when(pl.col("value").is_null())
        .then(pl.lit("not_applicable"))
        .otherwise("status")
        .alias("status")
    )
    return observations_of(pl.concat([found, table.filter(~complete)], how="diagonal"))


def observations_of(found: pl.DataFrame) -> pl.DataFrame:
    """Computed observations from rows with indicator, area, period, value and status."""
    rest = {"sex": "total", "age": "total", "method": "computed"}
    found = found.with_columns(pl.lit(text).alias(name) for name, text in rest.items())
    lacking = [name for name in OBSERVATIONS if name not in found.columns]
    return (
        found.with_columns(pl.lit(None).alias(name) for name in lacking)
        .select(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items())
        .sort("indicator", "area", "period")
    )
