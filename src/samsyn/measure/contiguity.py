"""Contiguity: which units border on each other, and along what length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError

Rule = Literal["rook", "queen"]


@dataclass(frozen=True, eq=False)
class Contiguity:
    """Pairs of neighbouring units.

    `i` and `j` (P,) hold the units of each pair, every unordered pair once with i < j, and
    `length` (P,) the border they share: 0 where they meet in a point only or do not meet (see
    `order`), 1 where the lengths are unknown. `units` is U; `perimeter` and `area` (U,) belong to
    the units and are None where unknown. Lengths and areas are in the units of the coordinates.
    """

    i: Indices
    j: Indices
    length: Floats
    units: int
    perimeter: Floats | None = None
    area: Floats | None = None

    @classmethod
    def from_table(
        cls,
        i: ArrayLike,
        j: ArrayLike,
        *,
        units: int,
        length: ArrayLike | None = None,
        perimeter: ArrayLike | None = None,
        area: ArrayLike | None = None,
    ) -> Contiguity:
        """Contiguity from a table with one row for each pair of neighbours.

        `i` and `j` (P,) are positions of units from 0 to `units` - 1. A pair may stand once or in
        both directions; rows of a unit with itself are left out. `length` (P,) is the shared
        border, the same in both directions. Raises InputError where a position is not a unit, a
        length, perimeter or area is negative or not finite, or the two directions disagree.
        """
        first, second = _positions(i, units, "i"), _positions(j, units, "j")
        if first.shape != second.shape:
            raise InputError(
                f"i has {first.size} rows and j {second.size}: give both units of every pair"
            )
        border = _measures(length, first.size, "length")
        apart = first != second
        low = np.minimum(first, second)[apart]
        high = np.maximum(first, second)[apart]
        _, rows, pair = np.unique(low * units + high, return_index=True, return_inverse=True)
        lengths = np.ones(rows.size) if border is None else border[apart][rows]
        if border is not None and not np.allclose(lengths[pair], border[apart], rtol=1e-6):
            row = int(np.argmax(~np.isclose(lengths[pair], border[apart], rtol=1e-6)))
            raise InputError(
                f"units {low[row]} and {high[row]} have two lengths of border: "
                "give the same length in both directions"
            )
        return cls(
            low[rows],
            high[rows],
            lengths,
            int(units),
            _measures(perimeter, units, "perimeter"),
            _measures(area, units, "area"),
        )

    def order(self, steps: int) -> Contiguity:
        """The pairs that are at most `steps` steps from neighbour to neighbour apart.

        Order 1 is the contiguity itself. Pairs that do not touch share a border of length 0.
        Raises InputError where `steps` is less than 1.
        """
        if steps < 1:
            raise InputError(f"order is {steps}: neighbours are at least 1 step away")
        if steps == 1:
            return self
        near = self.matrix(np.ones(self.i.size))
        reached = near
        for _ in range(steps - 1):
            reached = reached + reached @ near
            reached.data[:] = 1.0
        pairs = reached.tocoo()
        above = pairs.row < pairs.col
        i = pairs.row[above].astype(np.intp)
        j = pairs.col[above].astype(np.intp)
        sequence = np.argsort(i * self.units + j)
        i, j = i[sequence], j[sequence]
        length = np.zeros(i.size)
        length[np.searchsorted(i * self.units + j, self.i * self.units + self.j)] = self.length
        return Contiguity(i, j, length, self.units, self.perimeter, self.area)

    def matrix(self, values: Floats) -> Any:
        """A value (P,) for each pair as a symmetric sparse matrix (U, U), its diagonal 0."""
        from scipy.sparse import csr_array

        both = (np.concatenate([self.i, self.j]), np.concatenate([self.j, self.i]))
        return csr_array((np.concatenate([values, values]), both), shape=(self.units, self.units))

    def within(self, regions: Regions) -> Contiguity:
        """The pairs whose units lie in the same region, by their positions in its sorted order.

        Raises InputError where the regions are those of another number of units.
        """
        if self.units != regions.index.size:
            raise InputError(
                f"contiguity has {self.units} units and counts {regions.index.size}: "
                "give both for the same units, in the same order"
            )
        place = np.arange(self.units)
        if regions.order is not None:
            place[regions.order] = np.arange(self.units)
        first, second = place[self.i], place[self.j]
        inside = regions.index[first] == regions.index[second]
        i = np.minimum(first, second)[inside].astype(np.intp)
        j = np.maximum(first, second)[inside].astype(np.intp)
        sequence = np.lexsort((j, i))
        return Contiguity(
            i[sequence],
            j[sequence],
            self.length[inside][sequence],
            self.units,
            None if self.perimeter is None else regions.sorted(self.perimeter),
            None if self.area is None else regions.sorted(self.area),
        )


def contiguity(polygons: Sequence[Any] | NDArray[Any], rule: Rule = "rook") -> Contiguity:
    """Contiguity of polygons, with the length of each shared border, perimeters and areas.

    `polygons` (U,) are shapely geometries (an array, a list, or a GeoSeries) in a projected
    coordinate system. By the "rook" rule neighbours share a border of some length; by the "queen"
    rule a common point is enough. Borders must coincide: where polygons overlap in a sliver, half
    of the sliver's outline stands for their border; where they leave a gap, they do not touch.
    Raises InputError for an unknown rule or a missing polygon.
    """
    if rule not in {"rook", "queen"}:
        raise InputError(f"rule is {rule!r}: choose 'rook' or 'queen'")
    import shapely

    shapes = np.asarray(polygons, dtype=object)
    missing = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if missing.size:
        raise InputError(f"polygon {missing[0]} is missing or empty: give every unit a polygon")
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    i, j = first[once].astype(np.intp), second[once].astype(np.intp)
    common = shapely.intersection(shapes[i], shapes[j])
    length = shapely.length(common)
    length[shapely.area(common) > 0] /= 2.0
    keep = length > 0 if rule == "rook" else np.ones(i.size, dtype=bool)
    sequence = np.lexsort((j[keep], i[keep]))
    return Contiguity(
        i[keep][sequence],
        j[keep][sequence],
        length[keep][sequence],
        shapes.size,
        shapely.length(shapes),
        shapely.area(shapes),
    )


def _positions(values: ArrayLike, units: int, name: str) -> Indices:
    """Positions of units, checked."""
    given = np.asarray(values)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise InputError(f"{name} must be a row of whole numbers: the positions of units from 0")
    wrong = np.flatnonzero((given < 0) | (given >= units))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(
            f"{name}[{row}] is {given[row]} and there are {units} units, numbered from 0"
        )
    return given.astype(np.intp)


def _measures(values: ArrayLike | None, size: int, name: str) -> Floats | None:
    """Lengths or areas, checked."""
    if values is None:
        return None
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (size,):
        raise InputError(f"{name} has shape {given.shape} and needs one value for each of {size}")
    wrong = np.flatnonzero(~((given >= 0) & (given < np.inf)))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"{name}[{row}] is {given[row]}: it must be finite and not negative")
    return given
