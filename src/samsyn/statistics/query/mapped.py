"""Values laid out for who asks many questions: the rows of an area are found by their position.

Parquet must be decoded a block at a time, which takes some milliseconds whatever is asked. Here
each column is an array of numbers in a file that is mapped into memory: texts are positions in a
list of labels, and rows lie in the order of areas. Some areas then take a fraction of a
millisecond, the memory is the system's own page cache, which all processes share, and nothing is
kept beside it.

The files lie in a folder of their own beside the releases. They say nothing that the release does
not say: whoever removes them loses no more than the time that it takes to make them again.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from samsyn.statistics.query.places import Selection

Wanted: TypeAlias = Mapping[str, Sequence[str] | None]

FORM: Final = "1"  # of the layout; another form is another file
ENDING: Final = f".{FORM}.arrow"
NONE: Final = -1  # the source of a row that has none
KEPT: Final = 128  # selections of which is kept which areas they have here


class Mapped:
    """The rows of one file of counts or observations, in the order of the file."""

    def __init__(self, table: Any) -> None:
        told: dict[bytes, bytes] = table.schema.metadata
        self._labels = {
            name: pl.Series(name, labels, pl.String)
            for name, labels in json.loads(told[b"labels"]).items()
        }
        self._columns: dict[str, NDArray[Any]] = {
            name: table.column(name).chunk(0).to_numpy(zero_copy_only=True)
            for name in table.column_names
        }
        areas = self._labels["area"].to_list()
        self._place = {area: code for code, area in enumerate(areas)}
        self._starts = np.searchsorted(self._columns["area"], np.arange(len(areas) + 1))
        # Pages ask of the same areas again and again.
        self._where = lru_cache(KEPT)(self._codes_of)

    @classmethod
    def at(cls, path: Path) -> Mapped:
        """The rows that were laid out in a file, which stay there."""
        import pyarrow as pa

        with pa.memory_map(str(path)) as source:
            return cls(pa.ipc.open_file(source).read_all())

    def labels(self, column: str) -> list[str]:
        """The labels of a column of texts, in order; each has a row."""
        return self._labels[column].to_list()

    def column(self, name: str) -> NDArray[Any]:
        """A column: its numbers, or of texts each row's position in the labels."""
        return self._columns[name]

    def cells(self, axes: Mapping[str, Sequence[str]]) -> tuple[NDArray[np.intp], ...]:
        """The rows that lie in a cube, and the place of each in it.

        `axes` are the labels along each side, that of `area` first; places count as in an array of
        that shape. A label without rows has empty cells.
        """
        areas = axes["area"]
        known = [(self._place[area], at) for at, area in enumerate(areas) if area in self._place]
        codes, along = np.array(known, dtype=np.intp).reshape(-1, 2).T
        first, length = self._starts[codes], self._starts[codes + 1] - self._starts[codes]
        jump = first - np.concatenate([[0], np.cumsum(length)])[:-1]
        rows = np.repeat(jump, length) + np.arange(length.sum())
        places = np.repeat(along, length)
        kept = np.ones(rows.size, dtype=bool)
        for column, labels in axes.items():
            if column == "area":
                continue
            position = {label: at for at, label in enumerate(labels)}
            leads = np.array(
                [position.get(label, NONE) for label in self._labels[column]], dtype=np.intp
            )
            at = leads[self._columns[column][rows]]
            kept &= at != NONE
            places = places * len(labels) + at
        return rows[kept], places[kept]

    def rows(
        self, selection: Selection, columns: Sequence[str], wanted: Wanted
    ) -> pl.DataFrame | None:
        """The rows of the selected areas, in the file's order: `area`, `name` and the columns.

        `wanted` are labels that a column must have (None: any). None where a label that is wanted
        has no rows.
        """
        codes, names = self._where(selection)
        first, length = self._starts[codes], self._starts[codes + 1] - self._starts[codes]
        # Each run of rows counts on from its own start.
        jump = first - np.concatenate([[0], np.cumsum(length)])[:-1]
        every = np.repeat(jump, length) + np.arange(length.sum())
        kept = np.ones(every.size, dtype=bool)
        for column, labels in wanted.items():
            if labels is not None:
                kept &= self._has(column, labels, every)
        chosen = np.flatnonzero(kept)
        at = every[chosen]
        if not all(self._found(column, labels, at) for column, labels in wanted.items()):
            return None
        named = names[np.repeat(np.arange(codes.size), length)[chosen]]
        found = [self._column("area", at), named]
        found += [self._column(name, at) for name in columns if name != "area"]
        return pl.DataFrame(found)

    def _codes_of(self, selection: Selection) -> tuple[NDArray[np.intp], pl.Series]:
        """The areas that have rows here, in the file's order, and their names."""
        names = {
            self._place[area]: name
            for area, name in selection.frame.select("area", "name").iter_rows()
            if area in self._place
        }
        codes = sorted(names)
        told = pl.Series("name", [names[code] for code in codes], pl.String)
        return np.array(codes, dtype=np.intp), told

    def _has(self, column: str, labels: Sequence[str], at: NDArray[np.intp]) -> NDArray[np.bool_]:
        codes = self._codes(column, labels)
        here = self._columns[column][at]
        if len(codes) == 1:
            return np.asarray(here == codes[0])
        return np.isin(here, codes)

    def _codes(self, column: str, labels: Sequence[str]) -> list[int]:
        place = self._labels[column].to_list()
        return [place.index(label) for label in labels if label in place]

    def _found(self, column: str, labels: Sequence[str] | None, at: NDArray[np.intp]) -> bool:
        """Whether there are rows of each label."""
        if labels is None or len(labels) == 1:
            return at.size > 0
        codes = self._codes(column, labels)
        here = self._columns[column][at]
        return len(codes) == len(labels) and bool(np.isin(codes, here).all())

    def _column(self, name: str, at: NDArray[np.intp]) -> pl.Series:
        if name in self._labels:
            return self._labels[name][self._columns[name][at]]
        numbers = self._columns[name][at]
        if name == "source":
            told = pl.Series(name, numbers)
            return told if (numbers != NONE).all() else told.replace(NONE, None)
        return pl.Series(name, numbers, nan_to_null=True)


def mapped(parquet: Path, folder: Path) -> Mapped | None:
    """The rows of a Parquet file of a release, laid out in `folder`; made where they are not there.

    None where the folder cannot be written or holds what cannot be read: the Parquet file is there.
    """
    import pyarrow as pa

    path = folder / (parquet.stem + ENDING)
    try:
        if not path.exists():
            _lay_out(parquet, path)
        return Mapped.at(path)
    except (OSError, pa.ArrowInvalid):
        return None


def in_memory(parquet: Path) -> Mapped:
    """The rows of a Parquet file laid out in this process's own memory."""
    return Mapped(_table(parquet))


def _table(parquet: Path) -> Any:
    """The columns as numbers, with the labels of those that are texts."""
    import pyarrow as pa

    frame = pl.read_parquet(parquet, glob=False)
    frame = frame.drop(frame.columns[0])  # what the file is about stands in its name
    labels, arrays = {}, {}
    for column in frame:
        name = column.name
        if column.dtype == pl.String:
            there = column.unique().drop_nulls().sort()
            labels[name] = there.to_list()
            arrays[name] = column.cast(pl.Enum(there)).to_physical().to_numpy()
        elif name == "source":
            arrays[name] = column.fill_null(NONE).to_numpy()
        else:
            arrays[name] = column.to_numpy()
    return pa.table(arrays).replace_schema_metadata({"labels": json.dumps(labels)})


def _lay_out(parquet: Path, path: Path) -> None:
    """Write the table, whole or not at all, whoever else does the same."""
    import pyarrow as pa

    table = _table(parquet)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with pa.OSFile(str(beside), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
            file.write_table(table)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
