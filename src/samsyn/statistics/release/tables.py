"""The tables of a release written in their columns and order."""

from __future__ import annotations

from collections.abc import Sequence
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

    def part(self, folder: str, name: str, frame: pl.DataFrame) -> None:
        """One file of a table that is a folder."""
        (self.folder / folder).mkdir(exist_ok=True)
        self._write(self.folder / folder / f"{name}.parquet", folder, frame)

    def _write(self, path: Path, table: str, frame: pl.DataFrame) -> None:
        about = TABLES[table]
        shaped = frame.select(pl.col(column).cast(kind) for column, kind in about.columns.items())
        if about.order:
            shaped = shaped.sort([*about.order, *(c for c in about.key if c not in about.order)])
        shaped.write_parquet(path, row_group_size=ROW_GROUP, statistics=True)


def stacked(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Frames of a table as one, in its columns and types; without rows where there is none."""
    columns = TABLES[table].columns
    nothing = pl.DataFrame(schema=dict(columns))
    shaped = (frame.select(list(columns)).cast(nothing.schema) for frame in frames)
    return pl.concat([nothing, *shaped])
