"""Rows of a table that lack a label, or that say the same as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError

# Columns of a cube's frame that are no dimensions, and names that no column of a source has.
OWN: Final = frozenset({"value", "status", "row"})
CODE_AND_NAME: Final = r"^(\d{4}[ABC]\d{4}|\d{4}R\d{3}|\d{4}|\d{2})\s+(\S.*)$"
CELL, COLUMN, ROW = "\0cell", "\0column", "\0row"


def dimension_name(name: str) -> str:
    """A dimension's name in a cube, where some names are taken."""
    return f"{name} (dimension)" if name in OWN else name


def cube_frame(
    long: pl.DataFrame, dimensions: Sequence[str], value: pl.Series, status: pl.Series | pl.Expr
) -> pl.DataFrame:
    """The frame of a cube, from rows that have their labels and their row."""
    labels = [pl.col(name).alias(dimension_name(name)) for name in dimensions]
    return long.select(*labels, value=value, status=status, row=ROW)


def with_codes(frame: pl.DataFrame, area: str) -> pl.DataFrame:
    """Codes in a column of their own, where every area's label is its code and its name."""
    labels = pl.col(area)
    if not frame.select(labels.str.contains(CODE_AND_NAME).all()).item():
        return frame
    return frame.with_columns(
        labels.str.extract(CODE_AND_NAME, 2).alias(area),
        labels.str.extract(CODE_AND_NAME, 1).alias(f"{area}.code"),
    )


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
