"""Which units make up each region, and sums over them; no loop over regions in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure.errors import InputError


@dataclass(frozen=True)
class Regions:
    """Which region each unit belongs to, with the units of a region next to each other.

    `index` (U,) holds the region of each unit in ascending order; `size` is R, the number of
    regions, which counts those that have no unit; `order` (U,) gives the caller's positions of
    the units in that order, None where the caller's order is already ascending.
    """

    index: Indices
    size: int
    order: Indices | None = None

    @classmethod
    def of(cls, region: ArrayLike | Regions | None, units: int) -> Regions:
        """Lay out `units` units by their `region`: integers from 0, or None for one region.

        Raises InputError where a region is negative or not whole, or where the length differs.
        """
        if isinstance(region, Regions):
            if region.index.size != units:
                raise InputError(
                    f"region has {region.index.size} units and counts {units}: "
                    "give one region for each unit"
                )
            return region
        if region is None:
            return cls(np.zeros(units, dtype=np.intp), 1)
        given = np.asarray(region)
        if given.shape != (units,):
            raise InputError(
                f"region has shape {given.shape} and counts have {units} units: "
                "give one region for each unit"
            )
        whole = given.dtype.kind in "iu" or (
            given.dtype.kind == "f"
            and bool(np.isfinite(given).all())
            and np.array_equal(given, np.floor(given))
        )
        if not whole:
            raise InputError(
                f"region must be whole numbers from 0, one for each unit; got {given.dtype}"
            )
        index = given.astype(np.intp, copy=False)
        if units == 0:
            return cls(index, 0)
        if index.min() < 0:
            row = int(np.argmax(index < 0))
            raise InputError(f"region[{row}] is {index[row]}: regions are numbered from 0")
        size = int(index.max()) + 1
        if np.all(index[1:] >= index[:-1]):
            return cls(index, size)
        order = np.argsort(index, kind="stable")
        return cls(index[order], size, order)

    @cached_property
    def present(self) -> Indices:
        """The regions that have at least one unit, ascending."""
        return self.index[self.starts]

    @cached_property
    def starts(self) -> Indices:
        """Where each present region's units start."""
        if self.index.size == 0:
            return np.zeros(0, dtype=np.intp)
        return np.flatnonzero(np.concatenate(([True], self.index[1:] != self.index[:-1])))

    @cached_property
    def bounds(self) -> Indices:
        """Start and end of every region's units, (R + 1,): region r has `bounds[r]:bounds[r+1]`."""
        return np.searchsorted(self.index, np.arange(self.size + 1)).astype(np.intp)

    def sorted(self, values: NDArray[Any], axis: int = -1) -> NDArray[Any]:
        """`values` with the unit axis in the order of the regions."""
        return values if self.order is None else np.take(values, self.order, axis=axis)

    def restored(self, values: NDArray[Any], axis: int = -1) -> NDArray[Any]:
        """`values` in the order of the regions, brought back to the caller's order."""
        if self.order is None:
            return values
        back = np.empty_like(self.order)
        back[self.order] = np.arange(self.order.size)
        return np.take(values, back, axis=axis)

    def sum(self, values: Floats, axis: int = -2) -> Floats:
        """Sum over the units of each region: the unit axis (sorted) becomes one of length R."""
        if self.starts.size == 0:
            shape = list(values.shape)
            shape[axis] = self.size
            return np.zeros(shape)
        sums: Floats = np.add.reduceat(values, self.starts, axis=axis)
        return self._fill(sums, axis, 0.0)

    def max(self, values: Floats, axis: int = -2) -> Floats:
        """The largest value of each region; nan where a region has no unit."""
        if self.starts.size == 0:
            shape = list(values.shape)
            shape[axis] = self.size
            return np.full(shape, np.nan)
        return self._fill(np.maximum.reduceat(values, self.starts, axis=axis), axis, np.nan)

    def _fill(self, values: Floats, axis: int, empty: float) -> Floats:
        """Make room for the regions that have no unit."""
        if self.starts.size == self.size:
            return values
        shape = list(values.shape)
        shape[axis] = self.size
        whole = np.full(shape, empty)
        at: list[Any] = [slice(None)] * len(shape)
        at[axis] = self.present
        whole[tuple(at)] = values
        return whole

    def spread(self, values: Floats, axis: int = -2) -> Floats:
        """Give each unit (sorted) the value of its region."""
        return np.take(values, self.index, axis=axis)

    def cumulate(self, values: Floats, axis: int = -2) -> Floats:
        """Running sum within each region along the sorted unit axis, the unit itself included."""
        if self.starts.size < 2:
            running: Floats = np.cumsum(values, axis=axis)
            return running
        # What a region sums to is taken off where the next one begins. The running sum stays small
        # then, and thousands of regions at once are as exact as each by itself.
        sums = np.add.reduceat(values, self.starts, axis=axis)
        fresh = np.array(values, dtype=np.float64)
        at: list[Any] = [slice(None)] * fresh.ndim
        at[axis] = self.starts[1:]
        fresh[tuple(at)] -= np.take(sums, np.arange(self.starts.size - 1), axis=axis)
        running = np.cumsum(fresh, axis=axis)
        before = np.take(running, self.starts, axis=axis) - np.take(values, self.starts, axis=axis)
        which = np.repeat(np.arange(self.starts.size), np.diff(self.starts, append=self.index.size))
        return running - np.take(before, which, axis=axis)
