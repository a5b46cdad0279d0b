"""How near units are to each other, by distance or as neighbours, and what each has around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import Contrast
from samsyn.measure._numbers import Floats
from samsyn.measure._place import areas, coordinates
from samsyn.measure._regions import Regions
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.errors import InputError


@dataclass(frozen=True, eq=False)
class Nearness:
    """How much the units of a region have to do with each other, c_uv.

    The parts are those of the functions in `clustering`, where each is explained. Where nearness
    does not fade with distance, c_uv is the distance itself.
    """

    xy: ArrayLike | None
    area: ArrayLike | None
    own_distance: ArrayLike | None
    scale: float
    contiguity: Contiguity | None
    fades: bool = True

    def __post_init__(self) -> None:
        if (self.xy is None) == (self.contiguity is None):
            raise InputError("give either the xy of units or their contiguity")
        if self.contiguity is not None and not self.fades:
            raise InputError("distances are those between xy: give them in place of a contiguity")
        if not 0 < self.scale < np.inf:
            raise InputError(f"scale is {self.scale}: give a length above 0, in the unit of xy")

    def around_pair(self, pair: Contrast, against: int | None, *more: Floats) -> tuple[Floats, ...]:
        """What each unit has around it of both sides of a contrast, and of more columns."""
        if pair.single or against is not None:
            return self.around(pair.regions, pair.x, pair.y, *more)
        # The others of every group are the other groups, which are summed already.
        x, *rest = self.around(pair.regions, pair.x, *more)
        return (x, x @ (1.0 - np.eye(x.shape[-1])), *rest)

    def around(self, regions: Regions, *columns: Floats) -> tuple[Floats, ...]:
        """The sum over v of c_uv times each column (..., U, K), for every unit u."""
        units = regions.index.size
        rows = [np.moveaxis(column, -2, -1) for column in columns]
        flat = [row.reshape(int(np.prod(row.shape[:-1])), units) for row in rows]
        sums = self._sums(regions, np.ascontiguousarray(np.concatenate(flat)))
        parts = np.split(sums, np.cumsum([len(values) for values in flat])[:-1])
        return tuple(
            np.moveaxis(part.reshape(row.shape), -1, -2)
            for part, row in zip(parts, rows, strict=True)
        )

    def _sums(self, regions: Regions, values: Floats) -> Floats:
        """The sums for values (K, U), with units in the order of the regions."""
        own = self._own(regions)
        if self.contiguity is not None:
            near = self.contiguity.within(regions)
            neighbours: Floats = (near.matrix(np.ones(near.i.size)) @ values.T).T
            return values * np.exp(-own / self.scale) + neighbours
        from samsyn.measure.sweeps.pairs import potentials
        from samsyn.measure.sweeps.threads import in_turn

        assert self.xy is not None
        x, y = np.ascontiguousarray(coordinates(self.xy, regions).T)
        start, stop = regions.bounds[regions.index], regions.bounds[regions.index + 1]
        scale = float(self.scale)
        sums = np.empty_like(values)
        in_turn(potentials, x.size, x, y, own, values, start, stop, scale, self.fades, sums)
        if self.fades:
            self._check_reach(sums, values * np.exp(-own / scale), values, regions)
        return sums

    def _check_reach(self, sums: Floats, own: Floats, values: Floats, regions: Regions) -> None:
        """Raise InputError where units have nothing around them but themselves, `own`."""
        lived_in = np.any(values > 0, axis=0)
        several = np.any(regions.sum(lived_in.astype(np.float64), axis=-1) > 1)
        if several and np.all(sums <= own * (1.0 + 1e-15)):
            raise InputError(
                f"no unit has another within reach at scale {self.scale}: distances are measured "
                "in that length, so give a larger scale, in the unit of xy"
            )

    def _own(self, regions: Regions) -> Floats:
        """Each unit's distance to itself, (U,)."""
        units = regions.index.size
        if self.own_distance is None:
            if self.area is None or self.contiguity is not None:
                return np.zeros(units)
            return np.sqrt(0.6 * areas(self.area, regions))
        given = np.asarray(self.own_distance, dtype=np.float64)
        if given.shape not in {(), (units,)} or not np.all(given >= 0):
            raise InputError("own_distance must be 0 or more: one number, or one for each unit")
        if not (self.fades or np.all(given < np.inf)):
            raise InputError("own_distance is infinite: mean distances need finite ones")
        return regions.sorted(np.broadcast_to(given, units)).astype(np.float64)
