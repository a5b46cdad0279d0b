"""Sums over the shortest paths of a network, unit by unit: memory grows with the units alone."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@njit(cache=True, nogil=True)
def steps_to_higher(
    first: int,
    step: int,
    begins: Indices,
    neighbours: Indices,
    rank: Indices,
    sums: Floats,
) -> None:
    """Steps from each unit to all that rank before it, summed into `sums` (K, U).

    The network (`begins`, `neighbours`) is a compressed sparse row matrix whose components lie
    within regions, and `rank` (K, U) counts from 0 within each region. The sum is infinite where
    one of those units cannot be reached.
    """
    columns, units = rank.shape
    steps = np.full(units, -1)
    queue = np.empty(units, dtype=np.int64)
    total = np.empty(columns)
    found = np.empty(columns, dtype=np.int64)
    for u in range(first, units, step):
        total[:] = 0.0
        found[:] = 0
        queue[0] = u
        steps[u] = 0
        size = 1
        at = 0
        while at < size:
            here = queue[at]
            at += 1
            for k in range(columns):
                if rank[k, here] < rank[k, u]:
                    total[k] += steps[here]
                    found[k] += 1
            for n in range(begins[here], begins[here + 1]):
                other = neighbours[n]
                if steps[other] < 0:
                    steps[other] = steps[here] + 1
                    queue[size] = other
                    size += 1
        for at in range(size):
            steps[queue[at]] = -1
        for k in range(columns):
            sums[k, u] = total[k] if found[k] == rank[k, u] else np.inf
