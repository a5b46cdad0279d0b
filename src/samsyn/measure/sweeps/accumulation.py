"""Divergence from the region as everyone's surroundings grow, unit by unit, to the whole region.

For each unit in turn the others are sorted by distance, their people added up and the divergence
followed. Only one unit's sequence is in memory for each thread.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from samsyn.measure._numbers import Floats, Indices

SMALL = 48  # up to here, a straight insertion sort is the fastest

_ROUND = 6755399441055744.0  # 1.5 * 2^52: its lowest bits take up a whole number
_ROUND_BITS = 0x4338000000000000
_HALF_ROOT_BITS = 0x3FE6A09E667F3BCD  # the square root of 1/2
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10


# NumPy's error model: Python's would look for a division by 0, one number at a time.
@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _xlogx(value: float) -> float:
    """The product x ln x to 1e-15 for x in [0, 1], 0 at 0.

    The C library's log cannot run on several numbers at once; this one can: x is 2^k m with m
    about 1, and ln m is the series of the inverse hyperbolic tangent.
    """
    bits = np.float64(value).view(np.int64)
    power = (bits - _HALF_ROOT_BITS) >> 52
    m = np.int64(bits - (power << 52)).view(np.float64)
    k = np.int64(power + _ROUND_BITS).view(np.float64) - _ROUND
    f = (m - 1.0) / (m + 1.0)
    square = f * f
    series = 1.0 / 21.0
    series = series * square + 1.0 / 19.0
    series = series * square + 1.0 / 17.0
    series = series * square + 1.0 / 15.0
    series = series * square + 1.0 / 13.0
    series = series * square + 1.0 / 11.0
    series = series * square + 1.0 / 9.0
    series = series * square + 1.0 / 7.0
    series = series * square + 1.0 / 5.0
    series = series * square + 1.0 / 3.0
    tail = 2.0 * f * square * series
    logarithm = k * _LN2_HIGH + (2.0 * f + (tail + k * _LN2_LOW))
    return value * logarithm if value > 0.0 else 0.0


@njit(cache=True)
def _sort_by_distance(squared: Floats, order: Indices, bucket: Indices, fill: Indices) -> None:
    """Put the positions of `squared` in ascending order into `order`.

    Distances are dealt into as many buckets as there are, which squared distances in the plane
    fill about evenly, and sorted within each. `bucket` (n,) and `fill` (n + 1,) are room to work.
    """
    n = squared.size
    largest = squared.max()
    scale = (n - 0.5) / largest if largest > 0 else 0.0
    fill[: n + 1] = 0
    for j in range(n):
        bucket[j] = int(squared[j] * scale)
        fill[bucket[j] + 1] += 1
    for j in range(n):
        fill[j + 1] += fill[j]
    for j in range(n):
        order[fill[bucket[j]]] = j
        fill[bucket[j]] += 1
    # Now fill[b] is where bucket b ends.
    begin = 0
    for b in range(n):
        end = fill[b]
        if end - begin > SMALL:
            part = order[begin:end].copy()
            order[begin:end] = part[np.argsort(squared[part])]
        else:
            for at in range(begin + 1, end):
                moved = order[at]
                value = squared[moved]
                gap = at
                while gap > begin and squared[order[gap - 1]] > value:
                    order[gap] = order[gap - 1]
                    gap -= 1
                order[gap] = moved
        begin = end


@njit(cache=True)
def _gather(values: Floats, order: Indices, running: Floats) -> None:
    """The running sum of `values` in the given order."""
    total = 0.0
    for j in range(order.size):
        total += values[order[j]]
        running[j] = total


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _add_entropy(running: Floats, weight: float, into: Floats) -> None:
    for j in range(running.size):
        into[j] += weight * _xlogx(running[j])


@njit(cache=True, nogil=True)
def accumulate(
    first: int,
    step: int,
    x: Floats,
    y: Floats,
    start: Indices,
    stop: Indices,
    region: Indices,
    shares: Floats,
    people: Floats,
    composition: Floats,
    weight: Floats,
    focal: bool,
    sums: Floats,
) -> None:
    """Sum the divergences on the way from every `step`-th unit to its region, into `sums` (B, U).

    All units are in the order of the regions; those of unit u's region are `start[u]:stop[u]`.
    `shares` (B, G, U) are the unit's people as shares of each group in the region, `people`
    (B, U) as a share of everyone there, `composition` (B, R, G) the region's shares of groups and
    `weight` (B, U) how much the divergence counts that there is when the unit has joined. With
    `focal` it is replaced by the largest that is still to come. Units at the same distance join
    together.
    """
    replicates, groups, units = shares.shape
    longest = (stop - start).max()
    squared = np.empty(longest)
    order = np.empty(longest, np.intp)
    bucket = np.empty(longest, np.intp)
    fill = np.empty(longest + 1, np.intp)
    running = np.empty(longest)
    entropy = np.empty(longest)
    for u in range(first, units, step):
        at, end = start[u], stop[u]
        n = end - at
        for j in range(n):
            dx = x[at + j] - x[u]
            dy = y[at + j] - y[u]
            squared[j] = dx * dx + dy * dy
        _sort_by_distance(squared[:n], order[:n], bucket[:n], fill)
        for b in range(replicates):
            # The divergence is sum_g P_g a_g ln(a_g) / s - ln s, where a_g and s are the shares
            # of group g and of everyone who are in by now, and sum_g P_g a_g is s.
            entropy[:n] = 0.0
            for g in range(groups):
                _gather(shares[b, g, at:end], order[:n], running[:n])
                _add_entropy(running[:n], composition[b, region[u], g], entropy[:n])
            _gather(people[b, at:end], order[:n], running[:n])
            _add_entropy(running[:n], -1.0, entropy[:n])
            total, current, largest = 0.0, 0.0, 0.0
            further = -1.0
            for j in range(n - 1, -1, -1):
                here = squared[order[j]]
                if here != further:
                    current = max(entropy[j] / running[j], 0.0) if running[j] > 0.0 else 0.0
                    largest = max(largest, current)
                    further = here
                total += weight[b, at + order[j]] * (largest if focal else current)
            sums[b, u] = total
