"""How a table of a release is laid out in a file that is mapped into memory.

Every column is an array of numbers. Areas are positions in the table of areas, and the rows lie in
the order of these. Other texts, and whole numbers that may be unknown, are positions among the
labels that the column has: sorted, null before all others. Numbers stand as they are, and of pieces
of bytes there are the places where they begin and, after these, the bytes of all of them.

The file has the length of its head, the head (JSON: its own size in all, the labels, and of each
column the type, the place and the number of its numbers) and the columns. It needs no library that
a worker would have to load.
"""

from __future__ import annotations

import json
import mmap
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

FORM: Final = "3"  # of the layout; another form is another file
ENDING: Final = f".{FORM}.mapped"
NONE: Final = -1  # the source of a row that has none
WORD: Final = 8  # bytes of the number with which a file begins
LINE: Final = 64  # columns begin at multiples of this
BEGINNINGS: Final = "@"  # the column of where pieces of bytes begin has this after its name
# In which order the rows of an area are: that in which they are answered.
ORDER: Final = (
    "period", "units", "index", "sex", "age", "group", "against", "region", "between", "within",
    "neighbour", "target",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table as numbers: its columns, and of those that are positions the labels in their order.

    `labels` has the Polars type of each column with labels beside them.
    """

    columns: Mapping[str, NDArray[Any]]
    labels: Mapping[str, tuple[str, list[Any]]]


def laid_out(
    parquet: Path, key: str, areas: pl.Series, only: tuple[str, str] | None = None
) -> Table:
    """A table about areas as numbers.

    `key` is the column that tells the area, one of `areas`, which are sorted. With `only`, a column
    and a text, the rows that have it.
    """
    every = pl.scan_parquet(parquet, glob=False, hive_partitioning=False)
    if only is not None:
        every = every.filter(pl.col(only[0]) == only[1])
    place = pl.arange(areas.len(), dtype=pl.Int32, eager=True)
    order = [name for name in ORDER if name in every.collect_schema() and name != key]
    frame = (
        every.collect()
        .join(pl.DataFrame({key: areas, "place": place}), on=key)
        .sort("place", *order, nulls_last=False, maintain_order=True)
    )
    labels: dict[str, tuple[str, list[Any]]] = {}
    columns: dict[str, NDArray[Any]] = {}
    for column in frame.drop("place"):
        name = column.name
        if name == key:
            columns[name] = frame.get_column("place").to_numpy()
        elif name == "source":
            columns[name] = column.fill_null(NONE).to_numpy()
        elif column.dtype.is_float():
            columns[name] = column.to_numpy()
        elif column.dtype == pl.Binary:
            pieces = column.to_list()
            columns[name] = np.frombuffer(b"".join(pieces), dtype=np.uint8)
            columns[name + BEGINNINGS] = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
        else:
            there = column.unique().sort(nulls_last=False)
            labels[name] = (str(column.dtype), there.to_list())
            columns[name] = _positions(column, there)
    return Table(columns, labels)


def write(table: Table, path: Path) -> None:
    """Write a table, whole or not at all, whoever else does the same."""
    places, at = {}, 0
    for name, column in table.columns.items():
        places[name] = (column.dtype.str, at, column.size)
        at += -(-column.nbytes // LINE) * LINE
    head = json.dumps({"size": at, "labels": table.labels, "columns": places}).encode()
    head += b" " * (-(WORD + len(head)) % LINE)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with beside.open("wb") as file:
            file.write(len(head).to_bytes(WORD, "little") + head)
            for column in table.columns.values():
                file.write(column.tobytes() + b"\0" * (-column.nbytes % LINE))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path) -> Table:
    """A table that was written; its numbers stay in the file. Raises ValueError where it is none.

    Raises OSError where it cannot be read.
    """
    with path.open("rb") as file:
        there = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    begin = WORD + int.from_bytes(there[:WORD], "little")
    head = json.loads(there[WORD:begin])
    if begin + head["size"] != len(there):
        raise ValueError(f"{path} is not whole")
    columns = {
        name: np.frombuffer(there, np.dtype(kind), count, begin + at)
        for name, (kind, at, count) in head["columns"].items()
    }
    return Table(columns, {name: (kind, told) for name, (kind, told) in head["labels"].items()})


def _positions(column: pl.Series, labels: pl.Series) -> NDArray[Any]:
    """Where each of the column's values stands among the labels, in few bytes."""
    many = labels.len()
    small = pl.UInt8 if many <= 2**8 else pl.UInt16 if many <= 2**16 else pl.UInt32
    at = pl.DataFrame({"label": labels, "at": pl.arange(many, dtype=small, eager=True)})
    told = pl.DataFrame({"label": column})
    joined = told.join(at, on="label", how="left", nulls_equal=True, maintain_order="left")
    return joined.get_column("at").to_numpy()
