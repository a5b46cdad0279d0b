"""Frames in and out: pandas, Polars and Arrow are read alike, and the same kind is given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure.errors import InputError

if TYPE_CHECKING:
    import narwhals as nw

    Frame = nw.DataFrame[Any]
    Series = nw.Series[Any]


@dataclass(frozen=True)
class Source:
    """A frame that is read, and what its rows are called in messages."""

    frame: Frame
    rows: Sequence[int] | None

    @classmethod
    def of(cls, native: Any, rows: Sequence[int] | None = None) -> Source:
        """Wrap a frame of any kind."""
        import narwhals as nw

        if hasattr(native, "collect") and hasattr(native, "collect_schema"):
            native = native.collect()  # a lazy frame of Polars
        try:
            return cls(nw.from_native(native, eager_only=True), rows)
        except TypeError:
            raise InputError(
                f"a {type(native).__name__} is no frame: give one of pandas, Polars or Arrow"
            ) from None

    def row(self, at: int) -> str:
        """What a row is called."""
        return f"row {at} (counted from 0)" if self.rows is None else f"row {self.rows[at]}"

    def column(self, name: str) -> Series:
        """A column, or an error that lists the columns there are."""
        if name not in self.frame.columns:
            there = ", ".join(map(str, self.frame.columns))
            raise InputError(f'there is no column "{name}". The columns are: {there}')
        return self.frame.get_column(name)

    def names(self, column: str) -> list[Any]:
        """A column of names or codes, of which none may be missing."""
        names = self.column(column).to_list()
        for at, name in enumerate(names):
            if _is_missing(name):
                raise InputError(f'{self.row(at)} has nothing in column "{column}"')
        return names

    def numbers(self, column: str, *, negative: bool = False) -> Floats:
        """A column of numbers, of which none may be missing, nor below 0 unless `negative`."""
        given = self.column(column)
        if given.dtype.is_numeric():
            import narwhals as nw

            numbers = given.cast(nw.Float64).to_numpy().astype(np.float64)
        else:
            numbers = np.array([_number(cell) for cell in given.to_list()], dtype=np.float64)
        bad = ~np.isfinite(numbers)
        if not negative:
            bad |= numbers < 0
        if bad.any():
            at = int(np.argmax(bad))
            raise self._bad_cell(column, at, given[at])
        return numbers

    def _bad_cell(self, column: str, at: int, cell: Any) -> InputError:
        where = f'{self.row(at)}, column "{column}"'
        if _is_missing(cell):
            return InputError(
                f"{where} has no value, and a missing value is not 0: "
                "fill it in or take the row away"
            )
        number = _number(cell)
        if number < 0:
            return InputError(f'{where} is "{cell}": it cannot be negative')
        return InputError(f'{where} is "{cell}", which is not a finite number')

    def unique(self, column: str, names: Sequence[Any]) -> None:
        """Raise InputError that names both rows where a unit stands twice."""
        first: dict[Any, int] = {}
        for at, name in enumerate(names):
            if name in first:
                raise InputError(
                    f'the unit "{name}" stands twice in column "{column}": '
                    f"in {self.row(first[name])} and in {self.row(at)}. Each unit has one row"
                )
            first[name] = at


def _is_missing(cell: Any) -> bool:
    """Whether a cell is null, nan or blank."""
    if cell is None or (isinstance(cell, float) and isnan(cell)):
        return True
    return isinstance(cell, str) and not cell.strip()


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return np.nan


def numbered(names: Sequence[Any]) -> tuple[Indices, tuple[Any, ...]]:
    """Each name as a number from 0 in order of first appearance, and the names in that order."""
    seen: dict[Any, int] = {}
    numbers = np.array([seen.setdefault(name, len(seen)) for name in names], dtype=np.intp)
    return numbers, tuple(seen)


def frame_of(columns: Mapping[str, Sequence[Any]], backend: Any, texts: Sequence[str] = ()) -> Any:
    """Columns as a frame of the wanted kind; `texts` are text even where all of it is missing."""
    import narwhals as nw

    frame = nw.from_dict(dict(columns), backend=backend)
    return frame.with_columns(nw.col(name).cast(nw.String) for name in texts).to_native()
