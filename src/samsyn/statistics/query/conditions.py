"""Conditions on the columns of a table, as Polars has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final, TypeAlias

import polars as pl

Condition: TypeAlias = pl.Expr | None  # None is none
LAST: Final = "\U0010ffff"  # sorts after any character of a code


def one_of(column: str, values: Sequence[str]) -> pl.Expr:
    """The column has one of these values."""
    return pl.col(column) == values[0] if len(values) == 1 else pl.col(column).is_in(list(values))


def between(column: str, low: str, high: str) -> pl.Expr:
    """The column, by code point, is from `low` to `high`."""
    return (pl.col(column) >= low) & (pl.col(column) <= high)


def begins(column: str, text: str) -> pl.Expr:
    """The column's text begins so."""
    return between(column, text, f"{text}{LAST}")


def any_of(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """One of the conditions is fulfilled."""
    return reduce(or_, conditions, pl.lit(False))
