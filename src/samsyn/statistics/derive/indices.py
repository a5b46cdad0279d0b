"""Every index of a grouping, in every region and period, with what chance can do to it.

What is computed of what, and what is drawn for it, is told in docs/methods/derived.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias
from zlib import crc32

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.derive.batches import batches, contrasts, not_spatial
from samsyn.statistics.derive.estimates import NUMBERS, REPLICATES, Numbers, estimates
from samsyn.statistics.derive.stacks import Stack, stacks
from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import INDICES

# What share of the work is done, and what is being done.
Report: TypeAlias = Callable[[float, str], None]

ORDER = ("units", "level", "region", "period", "index", "group", "against")


def derive_indices(
    grouping: Grouping,
    counts: pl.DataFrame,
    areas: pl.DataFrame,
    neighbours: pl.DataFrame | None = None,
    *,
    seed: int = 1,
    replicates: int = REPLICATES,
    progress: Report | None = None,
) -> pl.DataFrame:
    """The indices of a grouping as a frame of the schema INDICES, sorted by its first columns.

    `counts`, `areas` and `neighbours` have the schemas of a release. The same counts and seed give
    the same numbers, whatever the order of the rows, and a later period leaves the earlier as they
    were. A grouping of one group has no indices. Regions of which too little is known have rows
    without values; see `stacks`. Raises InputError for fewer than 2 replicates.
    """
    if replicates < 2:
        raise InputError(f"replicates is {replicates}: an interval needs at least 2")
    found: list[pl.DataFrame] = []
    if len(grouping.groups) > 1:
        every = list(stacks(grouping, counts, areas))
        # What is drawn takes most of the time, and grows with the rows.
        whole, done = sum(stack.rows.height for stack in every) or 1, 0
        for stack in every:
            if progress is not None:
                progress(done / whole, stack.units)
            root = np.random.SeedSequence([seed, crc32(f"{grouping.id} {stack.units}".encode())])
            found += _measured(grouping, stack, neighbours, root, replicates)
            found.append(_unmeasured(grouping, stack))
            done += stack.rows.height
        if progress is not None:
            progress(1.0, "")
    if not found:
        return pl.DataFrame(schema=INDICES)
    return (
        pl.concat(found)
        .with_columns(pl.when(pl.col(name).is_finite()).then(name) for name in NUMBERS)
        .with_columns(pl.lit(grouping.id).alias("grouping"))
        .select(pl.col(name).cast(kind) for name, kind in INDICES.items())
        .sort(ORDER)
    )


def _measured(
    grouping: Grouping,
    stack: Stack,
    neighbours: pl.DataFrame | None,
    seed: np.random.SeedSequence,
    replicates: int,
) -> Iterator[pl.DataFrame]:
    """The rows of each index in the regions that have the inputs for it."""
    for batch in batches(grouping, stack, neighbours):
        if not batch.placed.stack.regions.height:
            continue
        for group, against in contrasts(grouping):
            asked, pair = batch, {}
            if group is not None and against is not None:
                asked = batch.that_contrast()
                pair = {"group": group, "against": against}
            if not asked.indices:
                continue
            for name, numbers in estimates(asked, pair, seed, replicates).items():
                yield from _rows(grouping, asked.placed.stack, name, group, against, numbers)


def _rows(
    grouping: Grouping,
    stack: Stack,
    index: str,
    group: int | None,
    against: int | None,
    numbers: Numbers,
) -> Iterator[pl.DataFrame]:
    """An index as rows, for each group that it answers for."""

    def name(g: int | None) -> str | None:
        return None if g is None else grouping.groups[g]

    of_groups = numbers["value"].ndim == 2
    for g in range(numbers["value"].shape[1]) if of_groups else [None]:
        columns = {
            number: values if g is None else values[:, g] for number, values in numbers.items()
        }
        yield stack.regions.select(
            pl.lit(stack.units).alias("units"),
            *["level", "region", "period"],
            pl.lit(index).alias("index"),
            pl.lit(name(group if g is None else g), pl.String).alias("group"),
            pl.lit(name(against), pl.String).alias("against"),
            *[
                pl.Series(number, columns[number], dtype=pl.Float64)
                if number in columns
                else pl.lit(None, pl.Float64).alias(number)
                for number in NUMBERS
            ],
        )


def _unmeasured(grouping: Grouping, stack: Stack) -> pl.DataFrame:
    """Rows without values for the regions of which too little is known."""
    asked = [
        (index.name, group)
        for index in not_spatial(grouping)
        for group in (grouping.groups if index.answers == "group" else [None])
    ]
    names = pl.DataFrame(asked, {"index": pl.String, "group": pl.String}, orient="row")
    return stack.unmeasured.join(names, how="cross").select(
        pl.lit(stack.units).alias("units"),
        *["level", "region", "period", "index", "group"],
        pl.lit(None, pl.String).alias("against"),
        *[pl.lit(None, pl.Float64).alias(number) for number in NUMBERS],
    )
