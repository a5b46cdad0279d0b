"""The tables of a release written in their columns and order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from samsyn.statistics.release.layout import TABLES

# Rows that a reader of one municipality must at least decode: small enough to be quick, large
# enough to compress.
ROW_GROUP: Final = 60_000


class Tables:
    """Writes the tables of the release in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """A table that is one file."""
        self._write(self.folder / f"{name}.parquet", name, frame)

    @contextmanager
    def growing(self, name: str) -> Iterator[Callable[[pl.DataFrame], None]]:
        """A table that is one file, written piece by piece; what is written is not kept.

        The pieces come in the order of the first column that the table is sorted by.
        """
        import pyarrow.parquet

        def arrow(frame: pl.DataFrame) -> pyarrow.Table:
            return frame.to_arrow(compat_level=pl.CompatLevel.oldest())

        columns = TABLES[name].columns
        schema = arrow(pl.DataFrame(schema=dict(columns))).schema
        with pyarrow.parquet.ParquetWriter(
            self.folder / f"{name}.parquet",
            schema,
            compression="zstd",
            # Numbers that hardly ever repeat take less room as they are.
            use_dictionary=[column for column, kind in columns.items() if kind == pl.String],
        ) as file:
            yield lambda piece: file.write_table(arrow(_shaped(name, piece)), ROW_GROUP)

    def part(self, folder: str, name: str, frame: pl.DataFrame) -> None:
        """One file of a table that is a folder."""
        (self.folder / folder).mkdir(exist_ok=True)
        self._write(self.folder / folder / f"{name}.parquet", folder, frame)

    def _write(self, path: Path, table: str, frame: pl.DataFrame) -> None:
        _shaped(table, frame).write_parquet(path, row_group_size=ROW_GROUP, statistics=True)


def _shaped(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the columns, types and order of a table."""
    about = TABLES[table]
    shaped = frame.select(pl.col(column).cast(kind) for column, kind in about.columns.items())
    # What is missing is null: the bounds that Parquet keeps of numbers leave NaN out.
    shaped = shaped.with_columns(pl.selectors.float().fill_nan(None))
    if not about.order:
        return shaped
    return shaped.sort([*about.order, *(c for c in about.key if c not in about.order)])


def stacked(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Frames of a table as one, in its columns and types; without rows where there is none."""
    columns = TABLES[table].columns
    nothing = pl.DataFrame(schema=dict(columns))
    shaped = (frame.select(list(columns)).cast(nothing.schema) for frame in frames)
    return pl.concat([nothing, *shaped])
