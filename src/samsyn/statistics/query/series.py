"""An indicator in one area over time, across the vintages of its borders."""

from __future__ import annotations

from typing import Final

import polars as pl

# Of an area that keeps this much of its people or land, the borders are the same: what is less is
# how coarsely they are drawn.
SAME: Final = 0.995
BORDERS, DEFINITION = "borders", "definition"


def with_breaks(
    values: pl.DataFrame, crosswalk: pl.DataFrame, breaks: tuple[str, ...]
) -> pl.DataFrame:
    """Values of an area in its vintages, with `vintage`, `overlap` and `break`.

    `values` are in the order of period and vintage. `crosswalk` are the shares between areas,
    `breaks` the periods from which the indicator is defined otherwise. At the first value in new
    borders `overlap` is the share of the earlier area that lies in the new one, by people where
    that is known, else by land; null where neither is. `break` is "borders" where they are not
    known to be the same, "definition" at a break of the indicator, "borders, definition" for both,
    and null elsewhere.
    """
    share = pl.coalesce("population_share", "area_share")
    there = crosswalk.select("area", "target", overlap=share)
    back = crosswalk.select(area="target", target="area", overlap=share)
    kept = pl.concat([there, back]).unique(["area", "target"], keep="first", maintain_order=True)
    vintage = pl.col("area").str.split("/").list.get(1)
    before = pl.col("area").shift()
    moved = before.is_not_null() & (before != pl.col("area"))
    frame = (
        values.with_columns(vintage=vintage, before=pl.when(moved).then(before))
        .join(
            kept, left_on=["before", "area"], right_on=["area", "target"], how="left",
            maintain_order="left",
        )
    )  # fmt: skip
    other = pl.col("before").is_not_null() & ~(pl.col("overlap") >= SAME).fill_null(False)
    first = pl.col("period").is_first_distinct()
    redefined = first & pl.col("period").is_in(list(_starts(values, breaks)))
    told = pl.concat_str(
        pl.when(other).then(pl.lit(BORDERS)),
        pl.when(redefined).then(pl.lit(DEFINITION)),
        separator=", ",
        ignore_nulls=True,
    )
    return frame.with_columns(pl.when(told != "").then(told).alias("break")).drop("before")


def _starts(values: pl.DataFrame, breaks: tuple[str, ...]) -> set[str]:
    """The first period with a value at or after each break, where there are values before it."""
    periods = sorted(set(values.get_column("period").to_list()))
    starts = set()
    for told in breaks:
        after = [period for period in periods if period >= told]
        if after and after[0] != periods[0]:
            starts.add(after[0])
    return starts
