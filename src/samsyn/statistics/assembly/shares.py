"""Indicators from counts: the share that some groups are of others, on every level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.statistics.assembly.pieces import OBSERVATIONS_OF_ONE, total, worst, worst_of
from samsyn.statistics.indicators.definition import Indicator

KEY = ["area", "period", "sex", "age"]


def computed(indicator: Indicator, counts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The observations of an indicator that is made of counts; none where counts are lacking.

    value = numerator / denominator, or the numerator itself where there is no denominator. The
    method is computed where the counts are published, else what the counts' is.
    """
    numerator = _sum(indicator.numerator, counts)
    if numerator is None:
        return pl.DataFrame(schema=OBSERVATIONS_OF_ONE)
    if not indicator.denominator:
        joined = numerator.with_columns(
            value=pl.col("count"), numerator=pl.lit(None, pl.Float64), denominator=pl.lit(None)
        )
        return _observations(joined)
    denominator = _sum(indicator.denominator, counts)
    if denominator is None:
        return pl.DataFrame(schema=OBSERVATIONS_OF_ONE)
    joined = numerator.join(denominator, on=KEY, suffix=":whole").with_columns(
        numerator=pl.col("count"), denominator=pl.col("count:whole")
    )
    empty = pl.col("denominator") == 0
    return _observations(
        joined.with_columns(
            value=pl.when(~empty).then(pl.col("numerator") / pl.col("denominator")),
            status=pl.when(empty)
            .then(pl.lit("not_applicable"))
            .otherwise(worst_of("status", "status:whole")),
        )
    )


def _sum(columns: Sequence[str], counts: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
    """The sum of columns of counts; what lacks one of them has no sum."""
    grouping = columns[0].split(".", 1)[0]
    groups = [name.split(".", 1)[1] for name in columns]
    if grouping not in counts:
        return None
    return (
        counts[grouping]
        .filter(pl.col("group").is_in(groups))
        .group_by(KEY)
        .agg(
            count=pl.when((pl.col("count").null_count() == 0) & (pl.len() == len(groups))).then(
                total(pl.col("count"))
            ),
            status=pl.when(pl.len() == len(groups))
            .then(worst(pl.col("status")))
            .otherwise(pl.lit("missing")),
            method=pl.when((pl.col("method") == "weighted").any())
            .then(pl.lit("weighted"))
            .when((pl.col("method") == "aggregated").any())
            .then(pl.lit("aggregated"))
            .otherwise(pl.lit("computed")),
            source=pl.when(pl.col("source").n_unique() == 1).then(pl.col("source").first()),
        )
    )


def _observations(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(OBSERVATIONS_OF_ONE.names()).cast(OBSERVATIONS_OF_ONE)
