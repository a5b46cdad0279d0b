"""Random compositions for every index: with empty units, absent groups, one unit, one region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st


@dataclass(frozen=True)
class Case:
    """Counts (U, G) and the region of each unit, in no order."""

    counts: np.ndarray
    region: np.ndarray

    @property
    def regions(self) -> int:
        return int(self.region.max()) + 1

    def units(self, region: int) -> list[list[float]]:
        """The rows of one region, as the oracles take them."""
        return self.counts[self.region == region].tolist()

    def pairs(self, region: int, group: int, against: int | None = None) -> list[tuple]:
        """The rows of one region as a group and those it is compared with."""
        rows = self.units(region)
        if against is None:
            return [(r[group], sum(v for g, v in enumerate(r) if g != group)) for r in rows]
        return [(r[group], r[against] if against != group else 0.0) for r in rows]


# Quarters add without rounding, so that an absent group is absent to the last bit in oracles too.
WHOLE = st.integers(0, 60).map(float)
FRACTIONAL = st.integers(0, 400).map(lambda n: n / 4)


@st.composite
def cases(draw, min_groups=2, max_groups=5, max_units=14, max_regions=4):
    """A Case; a fifth of the cells is empty, and some units and some groups wholly so."""
    units = draw(st.integers(1, max_units))
    groups = draw(st.integers(min_groups, max_groups))
    cell = st.one_of(st.just(0.0), draw(st.sampled_from([WHOLE, FRACTIONAL])))
    rows = st.lists(cell, min_size=groups, max_size=groups)
    counts = np.array(draw(st.lists(rows, min_size=units, max_size=units)))
    if draw(st.booleans()):
        counts[draw(st.integers(0, units - 1))] = 0
    if draw(st.integers(0, 4)) == 0:
        counts[:, draw(st.integers(0, groups - 1))] = 0
    last = draw(st.integers(0, max_regions - 1))
    region = draw(st.lists(st.integers(0, last), min_size=units, max_size=units))
    return Case(counts, np.array(region))
