"""Indices of a table, and their replicates: what every question of inference starts from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._measures import Index, Measures, listed
from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure._replication import Progress, Seed, replicate, streams
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError
from samsyn.measure.resampling import NULLS, RESAMPLES

T = TypeVar("T")

# Options that give a unit its place: a unit drawn twice would stand on itself.
PLACES = {"xy", "area", "contiguity", "centre"}
# The most parts into which a region's units are put for the jackknife.
JACKKNIFE_PARTS = 200


@dataclass(frozen=True)
class Problem:
    """Indices, counts (U, G) and regions, checked; with one index or a list of them."""

    measures: Measures
    counts: Floats
    regions: Regions
    single: bool

    @classmethod
    def of(
        cls,
        index: Index | Sequence[Index],
        counts: ArrayLike,
        region: ArrayLike | None,
        options: dict[str, Any],
    ) -> Problem:
        """Check everything before anything is drawn."""
        every = check_counts(counts)
        if every.ndim != 2:
            raise InputError(f"counts have shape {every.shape}: give (units, groups)")
        regions = Regions.of(region, every.shape[0])
        indices = listed(index)
        measures, seen = Measures.of(indices, options).focused(every)
        return cls(measures, seen, regions, indices is not index)

    def values(self) -> dict[str, Floats]:
        """The indices themselves."""
        whole = self.measures(self.counts[np.newaxis], self.regions)
        return {name: value[0] for name, value in whole.items()}

    def bootstrap(
        self,
        resample: str,
        replicates: int,
        seed: Seed,
        block: int | None,
        progress: Progress | None,
    ) -> dict[str, Floats]:
        """Replicates of every index, resampled."""
        choose(resample, RESAMPLES, "resample")
        placed = sorted({o for m in self.measures.each for o in m.options} & PLACES)
        if resample == "units" and placed:
            raise InputError(
                f"units drawn with replacement have no place, and {placed[0]} is given: "
                'take resample="people"'
            )
        draw, stream = RESAMPLES[resample](self.counts, self.regions), streams(seed, 0)
        return self._replicate(lambda b: draw(stream(b)), replicates, block, progress)

    def randomise(
        self, null: str, replicates: int, seed: Seed, block: int | None, progress: Progress | None
    ) -> dict[str, Floats]:
        """Replicates of every index under no segregation."""
        choose(null, NULLS, "null")
        draw, stream = NULLS[null](self.counts, self.regions), streams(seed, 1)
        return self._replicate(lambda b: draw(stream(b)), replicates, block, progress)

    def acceleration(self) -> dict[str, Floats]:
        """Acceleration of every index, from a jackknife over the units of each region.

        a = sum l^3 / (6 (sum l^2)^(3/2)), l the mean of the values without one part less each.
        The parts are single units, or units put together where a region has more than
        `JACKKNIFE_PARTS`; all regions leave out a part of theirs at a time.
        """
        regions = self.regions
        size = np.diff(regions.bounds)
        within = np.arange(regions.index.size) - regions.bounds[regions.index]
        part = regions.restored(within % JACKKNIFE_PARTS)
        parts = int(min(size.max(initial=1), JACKKNIFE_PARTS))
        populated = self.counts.sum(axis=-1) > 0
        left_out = self._replicate(
            lambda b: self.counts * (part != b)[:, np.newaxis], parts, None, None
        )
        present = np.zeros((parts, regions.size), dtype=bool)
        region = regions.restored(regions.index)
        present[part[populated], region[populated]] = True
        return {name: _acceleration(values, present) for name, values in left_out.items()}

    def _replicate(
        self,
        draw: Callable[[int], Floats],
        replicates: int,
        block: int | None,
        progress: Progress | None,
    ) -> dict[str, Floats]:
        shape = (self.counts.shape[0], self.counts.shape[1])
        return replicate(self.measures, draw, self.regions, shape, replicates, block, progress)

    def answer(self, found: dict[str, T]) -> T | dict[str, T]:
        """What was found of the one index that was asked for, or of each by its name."""
        return self.only(found) if self.single else found

    def only(self, found: dict[str, T]) -> T:
        """What was found of the one index; refused where there is a list of them."""
        if not self.single:
            raise InputError("one index is compared at a time: give it by itself, not as a list")
        return next(iter(found.values()))


def _acceleration(left_out: Floats, present: NDArray[np.bool_]) -> Floats:
    """Acceleration (R, ...) from values without a part (P, R, ...); 0 where it has no value."""
    if left_out.shape[1:2] != present.shape[1:]:
        raise InputError("a BCa interval needs an index that answers by region")
    counted = present.reshape(*present.shape, *[1] * (left_out.ndim - 2)) & ~np.isnan(left_out)
    values = np.where(counted, left_out, 0.0)
    mean = values.sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
    influence = np.where(counted, mean - values, 0.0)
    square = np.sum(influence**2, axis=0)
    cube = np.sum(influence**3, axis=0)
    return np.where(square > 0, cube / (6.0 * np.where(square > 0, square, 1.0) ** 1.5), 0.0)


def choose(name: str, choices: Mapping[str, object], what: str) -> None:
    """Refuse what is not among the choices, and say what they are."""
    if name not in choices:
        raise InputError(f"{what} is {name!r}: choose {', '.join(choices)}")
