"""The files of one release, read by Polars a block of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Final

import polars as pl

from samsyn.statistics.query.mapped import Mapped, mapped

Condition = pl.Expr | None  # None is none
KEPT: Final = 64  # files of which is kept what they have rows of


class Reader:
    """Reads the files of a release folder, for any number of threads and processes at once.

    Files are never written, and those of a release never change: what lies in its folder is read,
    whatever becomes current meanwhile. Of the blocks in which rows are written only those are
    decoded that can hold an answer, and none are kept: memory stays as it was. With a folder
    `beside`, values are laid out there at the first question for them and found by position.
    """

    def __init__(self, folder: Path, beside: Path | None = None) -> None:
        self.folder = folder
        self.beside = beside
        self.parts = lru_cache(KEPT)(self._parts)
        self._mapped = lru_cache(None)(mapped)

    def mapped(self, file: str) -> Mapped | None:
        """A file of values laid out for many questions; None where that is not wished or possible.

        What is mapped is not held in this process's memory.
        """
        if self.beside is None:
            return None
        return self._mapped(self.folder / file, self.beside / Path(file).parent)

    def rows(
        self, file: str, columns: Sequence[str] | None = None, conditions: Iterable[Condition] = ()
    ) -> pl.DataFrame:
        """The rows of a file that fulfil all conditions, in its order; of all columns or these."""
        found = self._found(file, conditions)
        return (found if columns is None else found.select(columns)).collect()

    def distinct(
        self, file: str, columns: Sequence[str | pl.Expr], conditions: Iterable[Condition] = ()
    ) -> pl.DataFrame:
        """The combinations of the columns that there are in rows that fulfil all conditions."""
        return self._found(file, conditions).select(columns).unique().collect()

    def _parts(self, file: str) -> pl.DataFrame:
        """Kinds, vintages, periods, sexes and ages of which a file of values has rows; kept."""
        key = pl.col("area").str.split("/").list
        return self.distinct(
            file, [key.get(0).alias("kind"), key.get(1).alias("vintage"), "period", "sex", "age"]
        )

    def _found(self, file: str, conditions: Iterable[Condition]) -> pl.LazyFrame:
        # A path may have characters that would be a pattern.
        every = pl.scan_parquet(self.folder / file, glob=False, hive_partitioning=False)
        return every.filter(*(condition for condition in conditions if condition is not None))


def one_of(column: str, values: Sequence[str]) -> pl.Expr:
    """The column has one of these values."""
    return pl.col(column).is_in(list(values))


def between(column: str, low: str, high: str) -> pl.Expr:
    """The column, by code point, is from `low` to `high`."""
    return (pl.col(column) >= low) & (pl.col(column) <= high)


def any_of(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """One of the conditions is fulfilled."""
    return reduce(or_, conditions, pl.lit(False))
