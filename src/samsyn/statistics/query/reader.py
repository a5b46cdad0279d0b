"""The files of one release, read by Polars a block of rows at a time or laid out for questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from samsyn.statistics.query.conditions import Condition, begins, one_of
from samsyn.statistics.query.layout import ENDING
from samsyn.statistics.query.mapped import Mapped, mapped
from samsyn.statistics.query.periods import latest
from samsyn.statistics.query.places import Places
from samsyn.statistics.query.rows import Beginning, Rows, Wanted

KEPT: Final = 64  # files of which is kept what they have rows of
MANY: Final = 256  # small answers about what a table has that are kept


class Reader:
    """Reads the files of a release folder, for any number of threads and processes at once.

    Files are never written, and those of a release never change: what lies in its folder is read,
    whatever becomes current meanwhile. Of the blocks in which rows are written only those are
    decoded that can hold an answer, and none are kept: memory stays as it was. With a folder
    `beside`, tables are laid out there at the first question for them and found by position.
    """

    def __init__(self, folder: Path, beside: Path | None = None) -> None:
        self.folder = folder
        self.beside = beside
        self.parts = lru_cache(KEPT)(self._parts)
        self.there = lru_cache(MANY)(self._there)
        self.numbers = lru_cache(MANY)(self._numbers)
        self._mapped: dict[tuple[str, tuple[str, str] | None], Mapped | None] = {}

    def answer(
        self,
        file: str,
        rows: Rows,
        columns: Sequence[str],
        order: Sequence[str],
        key: str = "area",
        part: str | None = None,
    ) -> tuple[pl.DataFrame, bool]:
        """Rows of a table, and whether there are any, of all that is named too.

        The columns are `key`, which tells the area, its `name` and `columns`; the rows lie in the
        `order` of columns after the key, which must be that of `layout`. Of the column `part` one
        text is wanted: what is laid out is laid out for each of its texts by itself.
        """
        places = rows.selection.places
        wanted = rows.wanted.get(part) if part is not None else None
        only = (part, wanted[0]) if part and wanted and not isinstance(wanted, Beginning) else None
        laid_out = self.mapped(file, places, key, only)
        if laid_out is not None:
            at, complete = laid_out.find(rows)
            return laid_out.frame(columns, at), complete
        frame = self._read(file, rows, dict.fromkeys([key, *columns, *order]), key)
        complete = not frame.is_empty() and all(
            set(labels) <= set(frame.get_column(column).unique())
            for column, labels in rows.named.items()
        )
        if rows.newest is not None:
            frame = latest(frame, rows.newest, "level" if "level" in frame.columns else "kind")
        frame = frame.sort(key, *order, nulls_last=False, maintain_order=True)
        told = dict.fromkeys([key, "name", *columns])
        return frame.select(*told), complete

    def mapped(
        self, file: str, places: Places, key: str = "area", only: tuple[str, str] | None = None
    ) -> Mapped | None:
        """A table laid out for many questions; None where that is not wished or possible.

        With `only`, a column and a text, those of its rows that have it. What is mapped is not held
        in this process's memory.
        """
        if self.beside is None:
            return None
        if (file, only) in self._mapped:
            return self._mapped[file, only]
        path = self.beside / file.removesuffix(".parquet")
        if only is not None:
            # Only what the table has becomes the name of a file.
            if only[1] not in self.there(file, only[0]):
                return None
            path /= only[1]
        path = path.with_name(path.name + ENDING)
        self._mapped[file, only] = mapped(self.folder / file, path, key, places, only)
        return self._mapped[file, only]

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

    def _read(self, file: str, rows: Rows, columns: Iterable[str], key: str) -> pl.DataFrame:
        """Rows of a Parquet file with the name and the kind of their areas, in the file's order."""
        needed = dict.fromkeys([*columns, *rows.named])
        every = [
            rows.selection.condition(key),
            *(_has(column, wanted) for column, wanted in rows.wanted.items()),
        ]
        found = self._found(file, every)
        if "level" in found.collect_schema():
            needed["level"] = None
        areas = rows.selection.frame.rename({"area": key})
        return found.select(*needed).collect().join(areas, on=key, maintain_order="left")

    def _there(
        self, file: str, column: str, given: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ) -> tuple[str, ...]:
        """The texts of a column in rows that have one of the texts given of others; kept."""
        found = self.distinct(file, [column], [one_of(name, texts) for name, texts in given])
        return tuple(found.to_series().drop_nulls().sort())

    def _numbers(self, file: str, column: str) -> tuple[int, ...]:
        """The whole numbers of a column; kept."""
        return tuple(self.distinct(file, [column]).to_series().drop_nulls().sort())

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


def _has(column: str, wanted: Wanted) -> Condition:
    if isinstance(wanted, Beginning):
        return begins(column, wanted.text)
    return None if wanted is None else one_of(column, wanted)
