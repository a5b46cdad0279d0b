"""Spread people over the units of every region at random, exactly and in one pass.

A region is halved again and again until each part is a single unit. At each halving, how many of
a part's people fall in its first half is one binomial (or hypergeometric) draw, and the draws of
all parts of all regions are made together. The result follows the multinomial (or multivariate
hypergeometric) distribution exactly, in log2 of the largest region's units rounds, whatever the
regions' sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure._regions import Regions

Whole = NDArray[np.int64]

# NumPy's hypergeometric draws refuse more people than this.
MOST_PEOPLE = 10**9


@dataclass(frozen=True)
class Halving:
    """The parts of every region: `roots` (R') are the whole regions, `leaves` (U) the units.

    Each round of `rounds` gives the positions of parts (parents), of their first halves and of
    their second halves. `parts` counts them all. Units are in the caller's order.
    """

    rounds: tuple[tuple[Indices, Indices, Indices], ...]
    roots: Indices
    leaves: Indices
    parts: int

    @classmethod
    def of(cls, regions: Regions) -> Halving:
        """Halve the regions that have units."""
        units = regions.index.size
        low = regions.starts
        high = np.append(regions.starts[1:], units).astype(np.intp)
        place = np.arange(low.size)
        parts = low.size
        leaves = np.empty(units, dtype=np.intp)
        rounds = []
        while place.size:
            alone = high - low == 1
            leaves[low[alone]] = place[alone]
            low, high, place = low[~alone], high[~alone], place[~alone]
            middle = (low + high) // 2
            first = parts + np.arange(place.size)
            second = first + place.size
            if place.size:
                rounds.append((place, first, second))
            parts += 2 * place.size
            low, high = np.concatenate((low, middle)), np.concatenate((middle, high))
            place = np.concatenate((first, second))
        return cls(tuple(rounds), np.arange(regions.starts.size), regions.restored(leaves), parts)

    def total(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Sums (parts, ...) of values by unit (U, ...)."""
        sums = np.zeros((self.parts, *values.shape[1:]), dtype=values.dtype)
        sums[self.leaves] = values
        for parent, first, second in reversed(self.rounds):
            sums[parent] = sums[first] + sums[second]
        return sums

    def chances(self, weights: Floats) -> tuple[Floats, ...]:
        """For each round, the chance (parents, K) that a person falls in the first half.

        `weights` (U, K) are the units' chances, of any scale.
        """
        sums = np.asarray(self.total(weights), dtype=np.float64)
        return tuple(
            sums[first] / np.where(sums[parent] > 0, sums[parent], 1.0)
            for parent, first, _ in self.rounds
        )

    def multinomial(
        self, rng: np.random.Generator, people: Whole, chances: tuple[Floats, ...]
    ) -> Whole:
        """People (U, K) by unit, of `people` (R', K) in the regions that have units."""
        parts = np.empty((self.parts, people.shape[1]), dtype=np.int64)
        parts[self.roots] = people
        for (parent, first, second), chance in zip(self.rounds, chances, strict=True):
            whole = parts[parent]
            parts[first] = half = rng.binomial(whole, chance)
            parts[second] = whole - half
        return np.take(parts, self.leaves, axis=0)

    def hypergeometric(self, rng: np.random.Generator, people: Whole, room: Whole) -> Whole:
        """People (U, G) by unit and group with both margins fixed.

        `people` (R', G) are the groups of the regions that have units and `room` (parts,) the
        `total` of the units' people. Groups take their places one after another, which is how a
        multivariate hypergeometric draw is made of single ones.
        """
        groups = people.shape[1]
        parts = np.empty((self.parts, groups), dtype=np.int64)
        parts[self.roots] = people
        for parent, first, second in self.rounds:
            whole = parts[parent]
            half = np.empty_like(whole)
            others, free = room[parent], room[first]
            for g in range(groups - 1):
                others = others - whole[:, g]
                half[:, g] = rng.hypergeometric(whole[:, g], others, free)
                free = free - half[:, g]
            half[:, groups - 1] = free
            parts[first] = half
            parts[second] = whole - half
        return np.take(parts, self.leaves, axis=0)
