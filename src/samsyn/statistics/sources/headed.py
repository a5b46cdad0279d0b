"""Tables with one row of column names above their rows, in CSV, Excel or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.cells import blank_rows
from samsyn.statistics.sources.opening import Opened

TEXT = frozenset({".csv", ".tsv", ".txt", ".tab"})
TOP = 30
LARGE = 1_000_000


@dataclass(frozen=True)
class Headed:
    """A table as `name` in messages.

    `columns` are the names in their order, each with its letter where the source has letters. In
    a `typed` source cells that are numbers are numbers, or text with a decimal point. `rows` is how
    many there are where the source tells without being read.
    """

    name: str
    sheet: str | None
    columns: Mapping[str, str | None]
    typed: bool
    _frame: pl.LazyFrame
    rows: int = 0

    def select(self, wanted: Mapping[str, str]) -> pl.DataFrame:
        """The columns that are wanted under new names (new to old), with `row`, counted from 1.

        Rows with nothing in them are left out. A Parquet file has no rows to look up: its records
        are numbered.
        """
        chosen = [pl.col(self.columns[old] or old).alias(new) for new, old in wanted.items()]
        frame = self._frame.select("row", *chosen).collect()
        if any(self.columns.values()):
            empty = pl.all_horizontal(pl.exclude("row").fill_null("").str.strip_chars() == "")
            frame = frame.filter(~empty)
        return frame

    @property
    def large(self) -> bool:
        """Whether it has so many rows that they should not be held longer than needed."""
        return self.rows > LARGE

    def distinct(self, wanted: Mapping[str, str]) -> pl.DataFrame:
        """The distinct rows of a few columns, under new names (new to old), without reading all."""
        chosen = [pl.col(self.columns[old] or old).alias(new) for new, old in wanted.items()]
        return self._frame.select(chosen).unique().collect(engine="streaming")

    def place(self, column: str) -> str:
        """How a message calls a column: with its letter, where there is one."""
        letter = self.columns.get(column)
        return f'column {letter} ("{column}")' if letter else f'column "{column}"'


def headed_tables(file: Opened) -> list[Headed] | str | bool:
    """The tables of a file; why there are none; or False for a file of another format.

    Raises InputError where the file cannot be opened.
    """
    if file.is_parquet:
        return [_parquet(file)]
    if file.is_excel:
        found = [_headed(file.sheet(s), file.name, s, len(file.sheets) > 1) for s in file.sheets]
        tables = [table for table in found if isinstance(table, Headed)]
        return tables or next((str(why) for why in found), "it has no sheet")
    if file.suffix in TEXT and file.is_text and not file.is_json:
        table = _headed(file.cells, file.name, None, several=False)
        return [table] if isinstance(table, Headed) else table
    return False


def _parquet(file: Opened) -> Headed:
    try:
        lazy = pl.scan_parquet(file.path)
        names = lazy.collect_schema().names()
        rows = lazy.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            f"{file.name} cannot be read as Parquet: the file seems to be cut off or damaged "
            f"({str(error).partition(chr(10))[0]}). Fetch or save it again"
        ) from None
    lazy = lazy.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row"))
    return Headed(file.name, None, dict.fromkeys(names), True, lazy, rows)


def _headed(cells: pl.DataFrame, name: str, sheet: str | None, several: bool) -> Headed | str:
    top = cells.head(TOP).rows()
    at = next((i for i, row in enumerate(top) if any((cell or "").strip() for cell in row)), None)
    if at is None:
        return "it is empty"
    names = [" ".join((cell or "").split()) for cell in top[at]]
    told = [column for column in names if column]
    if len(told) < 2:
        return "its first row does not name columns"
    if len(set(told)) < len(told):
        twice = next(column for column in told if told.count(column) > 1)
        return f'two of its columns are named "{twice}"'
    body = cells.slice(at + 1)
    if not len(body) or blank_rows(body).all():
        return "it has no rows below its column names"
    columns = {
        column: letter for column, letter in zip(names, cells.columns, strict=True) if column
    }
    lazy = body.lazy().with_columns(
        pl.int_range(at + 2, pl.len() + at + 2, dtype=pl.UInt32).alias("row")
    )
    called = f'{name}, sheet "{sheet}"' if several else name
    return Headed(called, sheet, columns, sheet is not None, lazy)
