"""How a table of a release is laid out in a file that is mapped into memory.

Every column is an array of numbers. Areas are positions in the table of areas, and the rows lie in
the order of these. Other texts, and whole numbers that may be unknown, are positions among the
labels that the column has: sorted, null before all others. Numbers stand as they are.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, Final

import polars as pl

FORM: Final = "2"  # of the layout; another form is another file
ENDING: Final = f".{FORM}.arrow"
LABELS: Final = b"labels"
NONE: Final = -1  # the source of a row that has none
# In which order the rows of an area are: that in which they are answered.
ORDER: Final = (
    "period", "units", "index", "sex", "age", "group", "against", "region", "between", "within",
    "neighbour", "target",
)  # fmt: skip


def laid_out(parquet: Path, key: str, areas: pl.Series, only: tuple[str, str] | None = None) -> Any:
    """A table about areas as an Arrow table of numbers, with the labels in its metadata.

    `key` is the column that tells the area, one of `areas`, which are sorted. With `only`, a column
    and a text, the rows that have it.
    """
    import pyarrow as pa

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
    labels: dict[str, tuple[str, list[object]]] = {}
    arrays = {}
    for column in frame.drop("place"):
        name = column.name
        if name == key:
            arrays[name] = pa.array(frame.get_column("place").to_numpy())
        elif name == "source":
            arrays[name] = pa.array(column.fill_null(NONE).to_numpy())
        elif column.dtype.is_float():
            arrays[name] = pa.array(column.to_numpy())
        elif column.dtype == pl.Binary:
            arrays[name] = pa.array(column.to_list(), pa.large_binary())
        else:
            there = column.unique().sort(nulls_last=False)
            labels[name] = (str(column.dtype), there.to_list())
            arrays[name] = pa.array(_positions(column, there))
    return pa.table(arrays).replace_schema_metadata({LABELS: json.dumps(labels)})


def lay_out(table: Any, path: Path) -> None:
    """Write a table, whole or not at all, whoever else does the same."""
    import pyarrow as pa

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with pa.OSFile(str(beside), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
            file.write_table(table)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _positions(column: pl.Series, labels: pl.Series) -> Any:
    """Where each of the column's values stands among the labels, in few bytes."""
    many = labels.len()
    small = pl.UInt8 if many <= 2**8 else pl.UInt16 if many <= 2**16 else pl.UInt32
    at = pl.DataFrame({"label": labels, "at": pl.arange(many, dtype=small, eager=True)})
    told = pl.DataFrame({"label": column})
    joined = told.join(at, on="label", how="left", nulls_equal=True, maintain_order="left")
    return joined.get_column("at").to_numpy()
