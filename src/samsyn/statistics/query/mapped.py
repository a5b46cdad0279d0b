"""Tables laid out for who asks many questions: the rows of an area are found by their position.

Parquet must be decoded a block at a time, which takes some milliseconds whatever is asked. Here
each column is an array of numbers in a file that is mapped into memory (see `layout`). Some areas
then take a fraction of a millisecond, the memory is the system's own page cache, which all
processes share, and nothing is kept beside it but where the rows of each area begin.

The files lie in a folder of their own beside the releases. They say nothing that the release does
not say: whoever removes them loses no more than the time that it takes to make them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.query.layout import BEGINNINGS, NONE, Table, laid_out, read, write
from samsyn.statistics.query.places import Places
from samsyn.statistics.query.rows import Beginning, Rows, Wanted

Positions: TypeAlias = NDArray[np.intp]


class Mapped:
    """The rows of one table about areas, in the order of these; `key` is the column of areas."""

    def __init__(self, table: Table, key: str, places: Places) -> None:
        self._key, self._places = key, places
        self._labels = {
            name: pl.Series(name, labels, getattr(pl, kind))
            for name, (kind, labels) in table.labels.items()
        }
        self._positions = {
            name: {label: at for at, label in enumerate(labels)}
            for name, (_, labels) in table.labels.items()
        }
        self._columns = table.columns
        every = np.arange(places.keys.len() + 1, dtype=np.int32)
        self._starts = np.searchsorted(self._columns[key], every).astype(np.int32)

    # --- as numbers -------------------------------------------------------------------------------

    def labels(self, column: str) -> list[Any]:
        """The labels of a column, in order; each has a row. Null, where there is such, is first."""
        if column == self._key:
            return self._places.keys.filter(pl.Series(np.diff(self._starts) > 0)).to_list()
        return list(self._positions[column])

    def column(self, name: str) -> NDArray[Any]:
        """A column: its numbers, or of labels each row's position among them.

        Of areas it is their position in the table of areas, and -1 is a source that is not one.
        """
        return self._columns[name]

    def cells(self, axes: Mapping[str, Sequence[str]]) -> tuple[Positions, Positions]:
        """The rows that lie in a cube, and the place of each in it.

        `axes` are the labels along each side, that of `area` first; places count as in an array of
        that shape. A label without rows has empty cells.
        """
        known = [
            (self._places.positions[area], at)
            for at, area in enumerate(axes[self._key])
            if area in self._places.positions
        ]
        codes, along = np.array(known, dtype=np.intp).reshape(-1, 2).T
        first, length = self._starts[codes], self._starts[codes + 1] - self._starts[codes]
        jump = first - np.concatenate([[0], np.cumsum(length)])[:-1]
        rows = np.repeat(jump, length) + np.arange(length.sum())
        places = np.repeat(along, length)
        kept = np.ones(rows.size, dtype=bool)
        for column, labels in axes.items():
            if column == self._key:
                continue
            position = {label: at for at, label in enumerate(labels)}
            leads = np.array([position.get(label, NONE) for label in self._positions[column]])
            at = leads[self._columns[column][rows]]
            kept &= at != NONE
            places = places * len(labels) + at
        return rows[kept], places[kept]

    # --- as a frame -------------------------------------------------------------------------------

    def find(self, asked: Rows) -> tuple[Positions, bool]:
        """The positions of the rows that are asked for, and whether all that is named has some."""
        at = self._of_areas(asked.selection.at)
        for column, labels in asked.wanted.items():
            if labels is not None:
                at = self._having(at, column, labels)
        found = np.arange(at.start, at.stop) if isinstance(at, slice) else at
        complete = found.size > 0
        for column, labels in asked.named.items():
            # Of one label that was wanted, what was found has it.
            complete = complete and (len(labels) == 1 or self._has(column, labels, found))
        if asked.newest is not None:
            found = self._newest(found, asked.newest)
        return found, complete

    def frame(self, columns: Sequence[str], at: Positions) -> pl.DataFrame:
        """The columns of some rows, after the area and its name."""
        areas = _chosen(self._columns[self._key][at])
        found = [self._places.keys[areas].alias(self._key), self._places.names[areas]]
        found += [self._series(name, at) for name in columns if name != self._key]
        return pl.DataFrame(found)

    def _series(self, name: str, at: Positions) -> pl.Series:
        if name + BEGINNINGS in self._columns:
            return pl.Series(name, self._pieces(name, at), pl.Binary)
        numbers = self._columns[name][at]
        if name in self._labels:
            labels = self._labels[name]
            # Rows of one period, or of one method, have one label.
            if numbers.size and (numbers == numbers[0]).all():
                return labels.new_from_index(int(numbers[0]), numbers.size)
            return labels[_chosen(numbers)]
        if name == "source":
            told = pl.Series(name, numbers)
            return told if (numbers != NONE).all() else told.set(told == NONE, None)
        return pl.Series(name, numbers, nan_to_null=True)

    def _pieces(self, name: str, at: Positions) -> list[bytes]:
        begin = self._columns[name + BEGINNINGS]
        every = self._columns[name].data
        return [
            bytes(every[one:end])
            for one, end in zip(begin[at].tolist(), begin[at + 1].tolist(), strict=True)
        ]

    def _of_areas(self, areas: Positions) -> Positions | slice:
        first, last = self._starts[areas], self._starts[areas + 1]
        length = last - first
        total = int(length.sum())
        if total == 0:
            return slice(0, 0)
        begin, end = int(first[length > 0][0]), int(last.max())
        if end - begin == total:  # they lie together
            return slice(begin, end)
        # Each run of rows counts on from its own start.
        jump = first - np.concatenate([[0], np.cumsum(length)])[:-1]
        return np.asarray(np.repeat(jump, length) + np.arange(total), dtype=np.intp)

    def _having(self, at: Positions | slice, column: str, wanted: Wanted) -> Positions | slice:
        """Those rows in which a column has a label that is wanted."""
        codes = self._codes(column, wanted)
        if len(set(codes)) == len(self._positions[column]):
            return at  # of many tables all rows are for both sexes and all ages
        here = self._columns[column][at]
        if len(codes) == 1:
            kept = here == codes[0]
        else:
            chosen = np.zeros(len(self._positions[column]), dtype=bool)
            chosen[codes] = True
            kept = chosen[here]
        rows = np.flatnonzero(kept) + at.start if isinstance(at, slice) else at[kept]
        return np.asarray(rows)

    def _codes(self, column: str, wanted: Wanted) -> list[int]:
        there = self._positions[column]
        if wanted is None:
            return list(there.values())
        if isinstance(wanted, Beginning):
            return [at for label, at in there.items() if str(label or "").startswith(wanted.text)]
        return [there[label] for label in wanted if label in there]

    def _has(self, column: str, labels: Sequence[str], at: Positions) -> bool:
        """Whether there are rows of each label."""
        positions = self._positions[column]
        there = np.zeros(len(positions), dtype=bool)
        there[self._columns[column][at]] = True
        return all(label in positions and there[positions[label]] for label in labels)

    def _newest(self, at: Positions, value: str) -> Positions:
        """Of each level or kind of area the rows of the newest period with a known value."""
        periods = self._columns["period"][at].astype(np.intp)
        if "level" in self._columns:
            kinds = self._columns["level"][at].astype(np.intp)
        else:
            kinds = self._places.kinds[self._columns[self._key][at]]
        number = int(kinds.max(initial=0)) + 1
        known = ~np.isnan(self._columns[value][at])
        newest, ever = np.full(number, NONE), np.full(number, NONE)
        np.maximum.at(newest, kinds[known], periods[known])
        np.maximum.at(ever, kinds, periods)
        return np.asarray(at[periods == np.where(newest == NONE, ever, newest)[kinds]])


def _chosen(numbers: NDArray[Any]) -> pl.Series:
    """Positions as Polars counts them, which it need not look through for those from the end."""
    return pl.Series("", numbers.astype(np.uint32))


def mapped(
    parquet: Path, path: Path, key: str, places: Places, only: tuple[str, str] | None = None
) -> Mapped | None:
    """A Parquet file of a release laid out at `path`; made where it is not there.

    With `only`, a column and a text, those of its rows that have it. None where the folder cannot
    be written or holds what cannot be read: the Parquet file is there.
    """
    try:
        if not path.exists():
            write(laid_out(parquet, key, places.keys, only), path)
        return Mapped(read(path), key, places)
    except (OSError, ValueError):
        return None


def in_memory(
    parquet: Path, key: str, places: Places, only: tuple[str, str] | None = None
) -> Mapped:
    """The rows of a Parquet file laid out in this process's own memory; see `mapped`."""
    return Mapped(laid_out(parquet, key, places.keys, only), key, places)
