"""The tables that are measured: made from a seed, the same for Samsyn and for its peers.

NumPy alone is needed here, so that the peers' environment can make them too.
"""

from __future__ import annotations

import numpy as np

UNITS, REGIONS, GROUPS, YEARS = 6_160, 290, 20, 10
DISTANCES = (250, 500, 1_000, 1_500, 2_000)  # metres
NEIGHBOURS = [100 * 2**i for i in range(10)]  # 100 to 51,200 people


def national(groups: int = GROUPS, years: int = 1, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Counts (years, 6160, groups) and regions (6160,): a country of small areas.

    About 1,700 people live in an area. Regions have from 3 areas to some hundreds, as
    municipalities do, and the groups' shares vary between areas.
    """
    rng = np.random.default_rng(seed)
    sizes = rng.pareto(1.2, REGIONS) + 0.3
    extra = rng.multinomial(UNITS - 3 * REGIONS, sizes / sizes.sum())
    region = np.repeat(np.arange(REGIONS), 3 + extra)
    shares = rng.dirichlet(np.geomspace(6, 3 / groups, groups), UNITS)
    people = rng.integers(700, 2_700, (years, UNITS))
    counts = np.stack([rng.multinomial(n, shares) for n in people]).astype(float)
    return counts, region


def points(units: int, groups: int = 5, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Counts (units, groups) and coordinates in metres, seven points to a km²."""
    rng = np.random.default_rng(seed)
    side = 30_000 * np.sqrt(units / UNITS)
    xy = rng.uniform(0, side, (units, 2))
    shares = rng.dirichlet(np.geomspace(3, 0.4, groups), units)
    return rng.multinomial(rng.integers(200, 2_000, units), shares).astype(float), xy
