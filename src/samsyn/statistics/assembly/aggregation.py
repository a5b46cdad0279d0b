"""Values of larger areas from those of the areas in them.

Counts are summed; so are numerators and denominators. A percentage with its base has become a count
already and is thereby weighted by its base. Medians, means and percentages without a base are not
carried upwards at all. A sum is formed only of all the parts: where one is unknown, the larger area
has no value and a status that says so. Where the release has only a part of a county or of the
country at all, there is no sum for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from samsyn.statistics.areas.sweden import partly_there
from samsyn.statistics.assembly.pieces import total, worst

# From which kind to which. A DeSO is summed to its RegSO, and so on upwards.
STEPS: Final = ("deso", "regso", "municipality", "county")


def upwards(
    values: pl.DataFrame, areas: pl.DataFrame, key: Sequence[str], sums: Sequence[str]
) -> pl.DataFrame:
    """`values` with those of all larger areas that no source publishes.

    `key` are the columns that tell values of an area apart, "area" first; `sums` the columns to
    sum. `areas` has area, kind, vintage and parent. What is published stands before a sum.
    """
    tree = areas.select("area", "kind", "vintage", "parent")
    partial = partly_there(areas)
    every = values
    for kind in STEPS:
        below = tree.filter(pl.col("kind") == kind)
        parts = every.join(below.select("area", "vintage", "parent"), on="area")
        if parts.is_empty():
            continue
        summed = _summed(parts, below, key, sums).filter(~pl.col("area").is_in(partial))
        # A gap that another way upwards fills is no gap.
        gap = (pl.col("method") != "published") & (pl.col("status") == "missing")
        filled = summed.filter("whole").join(every.filter(gap), on=key, how="semi")
        lacking = summed.join(every, on=key, how="anti")
        kept = every.join(filled, on=key, how="anti")
        every = pl.concat([kept, filled.select(values.columns), lacking.select(values.columns)])
    return every


def customs(
    values: pl.DataFrame, members: pl.DataFrame, key: Sequence[str], sums: Sequence[str]
) -> pl.DataFrame:
    """`values` with those of users' own areas, which are sums of their members."""
    if members.is_empty():
        return values
    tree = members.select(area="member", parent="area").with_columns(vintage=pl.lit(""))
    summed = _summed(values.join(tree, on="area"), tree, key, sums)
    return pl.concat([values, summed.select(values.columns)])


def _summed(
    parts: pl.DataFrame, below: pl.DataFrame, key: Sequence[str], sums: Sequence[str]
) -> pl.DataFrame:
    """Sums for the parents of `parts`; of several vintages of parts the newest that is whole."""
    others = [name for name in key if name != "area"]
    expected = below.group_by("parent", "vintage").agg(expected=pl.len())
    whole = pl.col("known") == pl.col("expected")
    estimated = pl.col("worst") == "estimated"
    return (
        parts.group_by("parent", "vintage", *others)
        .agg(
            *[total(pl.col(name)) for name in sums],
            known=pl.all_horizontal(pl.col(name).is_not_null() for name in sums).sum(),
            worst=worst(pl.col("status")),
            source=pl.when(pl.col("source").n_unique() == 1).then(pl.col("source").first()),
            weighted=(pl.col("method") == "weighted").any(),
        )
        .join(expected, on=["parent", "vintage"])
        .with_columns(
            *[pl.when(whole).then(pl.col(name)).alias(name) for name in sums],
            status=pl.when(~whole)
            .then(pl.lit("missing"))
            .when(estimated)
            .then(pl.lit("estimated"))
            .otherwise(pl.lit("ok")),
            method=pl.when(estimated | pl.col("weighted"))
            .then(pl.lit("weighted"))
            .otherwise(pl.lit("aggregated")),
            whole=whole,
        )
        .sort("whole", "vintage", descending=True)
        .unique(["parent", *others], keep="first", maintain_order=True)
        .rename({"parent": "area"})
        .with_columns(
            pl.lit(None, parts.schema[name]).alias(name)
            for name in parts.columns
            if name not in {*key, *sums, "status", "method", "source", "vintage", "parent"}
        )
    )
