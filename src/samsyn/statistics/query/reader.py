"""The files of one release, read by DuckDB."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Condition:
    """What a row must fulfil: SQL with a mark for each of its values, which go beside it."""

    sql: str
    values: tuple[Any, ...] = ()


def one_of(column: str, values: Sequence[str]) -> Condition:
    """The column has one of these values."""
    if not values:
        return Condition("false")
    return Condition(f'"{column}" IN ({", ".join("?" * len(values))})', tuple(values))


def between(column: str, low: str, high: str) -> Condition:
    """The column, by code point, is from `low` to `high`."""
    return Condition(f'"{column}" BETWEEN ? AND ?', (low, high))


def any_of(conditions: Sequence[Condition]) -> Condition:
    """One of the conditions is fulfilled."""
    sql = " OR ".join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(v for condition in conditions for v in condition.values))


class Reader:
    """Reads the files of a release folder, for any number of threads at once.

    Files are never written, and those of a release never change: what lies in its folder is read,
    whatever becomes current meanwhile. Only blocks of rows that can hold an answer are decoded, and
    no rows are kept: memory stays as it was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[int, duckdb.DuckDBPyConnection] | None = None

    def rows(
        self, file: str, columns: Sequence[str], conditions: Sequence[Condition | None] = ()
    ) -> pl.DataFrame:
        """The rows of a file that fulfil all conditions (None is none), in no certain order.

        `file` and `columns` are of the release's own tables; what a user types belongs into the
        values of conditions.
        """
        return self.ask(f"SELECT {', '.join(map(_name, columns))}", file, conditions)

    def ask(
        self, select: str, file: str, conditions: Sequence[Condition | None] = (), rest: str = ""
    ) -> pl.DataFrame:
        """The answer to `select` FROM the file WHERE all conditions are fulfilled, and the rest."""
        asked = [condition for condition in conditions if condition is not None]
        where = " AND ".join(condition.sql for condition in asked) or "true"
        values = [value for condition in asked for value in condition.values]
        cursor = self._connection().cursor()
        try:
            answer = cursor.sql(
                f"{select} FROM read_parquet(?) WHERE {where} {rest}",
                params=[_only(self.folder / file), *values],
            )
            frame = pl.from_arrow(answer.to_arrow_table())
        finally:
            cursor.close()
        assert isinstance(frame, pl.DataFrame)
        return frame

    def close(self) -> None:
        """Let go of the files; a later question opens them again."""
        with self._lock:
            if self._opened is not None and self._opened[0] == os.getpid():
                self._opened[1].close()
            self._opened = None

    def _connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of this process: one that was forked from another opens its own."""
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                self._opened = (os.getpid(), _connected())
            return self._opened[1]


def _connected() -> duckdb.DuckDBPyConnection:
    import duckdb

    # A question that reads little gains nothing from more threads than the one that asks it.
    connection = duckdb.connect(":memory:", config={"threads": 1})
    # The small index at the end of each file is kept; its rows are left to the system's cache.
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET enable_external_file_cache = false")
    return connection


def _only(path: Path) -> str:
    """A path as DuckDB takes it for one file, whatever characters it has."""
    return re.sub(r"[\[*?]", lambda sign: f"[{sign[0]}]", str(path))


def _name(column: str) -> str:
    return f'"{column}"'
