"""Rows of a table that lack a label, or that say the same as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.measure.errors import InputError

# Names that no column of a source has.
CELL, COLUMN, ROW = "\0cell", "\0column", "\0row"


def refuse_unlabelled(
    body: pl.DataFrame, columns: Mapping[str, str], name: str, row: str = "row"
) -> None:
    """Raise InputError for the first empty label; `columns` gives each dimension its column.

    `row` is the column of `body` with the number of each row.
    """
    for dimension, column in columns.items():
        empty = body.get_column(dimension).is_null()
        if empty.any():
            raise InputError(
                f"{name}: row {body.item(int(empty.arg_max() or 0), row)} has no label in column "
                f'{column} ("{dimension}"). Write which it is, or take the row away'
            )


def refuse_twice(
    body: pl.DataFrame, dimensions: Sequence[str], name: str, row: str = "row"
) -> None:
    """Raise InputError for two rows with the same labels."""
    twice = body.select(list(dimensions)).is_duplicated()
    if not twice.any():
        return
    first = body.row(int(twice.arg_max() or 0), named=True)
    alike = pl.all_horizontal(pl.col(d).eq_missing(pl.lit(first[d])) for d in dimensions)
    rows = body.filter(alike).get_column(row)
    raise InputError(
        f"{name}: rows {rows[0]} and {rows[1]} both say "
        f'"{", ".join(str(first[d]) for d in dimensions)}". Take one of them away'
    )
