"""Sums over all pairs of units within a region, weighted by distance or by what falls with it.

The pairs are streamed in short runs and never stored: memory grows with the units alone. One
weight serves every column (group or replicate). Each unit's sum is made by itself in a fixed
order, so that the answer does not depend on the number of threads.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RUN = 512  # weights that wait in the first-level cache until every column has used them
LIMIT = 708.0  # exp(-708) is the smallest power that is still a normal number

_ROUND = 6755399441055744.0  # 1.5 * 2^52: added, it leaves a whole number in the lowest bits
_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10


# No reassociation here: it would cancel the rounding constant. Contraction to fma is harmless.
@njit(cache=True, fastmath={"contract"})
def decay(z: float) -> float:
    """The power exp(-z) for z >= 0 to 1e-15 of its value, and 0 beyond LIMIT.

    The C library's exp cannot run on several numbers at once; this one can: 2^k times a Taylor
    polynomial of what is left, at most ln 2 / 2.
    """
    shifted = -z * _LOG2_E + _ROUND
    whole = shifted - _ROUND
    rest = -z - whole * _LN2_HIGH
    rest -= whole * _LN2_LOW
    power = 1.0 / 479001600.0
    power = power * rest + 1.0 / 39916800.0
    power = power * rest + 1.0 / 3628800.0
    power = power * rest + 1.0 / 362880.0
    power = power * rest + 1.0 / 40320.0
    power = power * rest + 1.0 / 5040.0
    power = power * rest + 1.0 / 720.0
    power = power * rest + 1.0 / 120.0
    power = power * rest + 1.0 / 24.0
    power = power * rest + 1.0 / 6.0
    power = power * rest + 0.5
    power = power * rest + 1.0
    power = power * rest + 1.0
    bits = np.float64(power).view(np.int64) + (np.float64(shifted).view(np.int64) << 52)
    return np.int64(bits).view(np.float64) if z < LIMIT else 0.0


@njit(cache=True, fastmath={"contract"})
def _distances(x: float, y: float, xs: Floats, ys: Floats, away: Floats) -> None:
    """The distances between a point and a run of others."""
    for j in range(xs.size):
        dx = xs[j] - x
        dy = ys[j] - y
        away[j] = np.sqrt(dx * dx + dy * dy)


@njit(cache=True, fastmath={"contract"})
def _fade(weights: Floats, size: int, per_unit: float) -> None:
    """Distances turned into the weights exp(-d)."""
    for j in range(size):
        weights[j] = decay(weights[j] * per_unit)


@njit(cache=True, fastmath={"contract", "reassoc", "nsz"})
def dot(weights: Floats, values: Floats) -> float:
    """The weighted sum of a run."""
    total = 0.0
    for j in range(values.size):
        total += weights[j] * values[j]
    return total


@njit(cache=True, nogil=True)
def potentials(
    first: int,
    step: int,
    x: Floats,
    y: Floats,
    own: Floats,
    values: Floats,
    start: NDArray[np.intp],
    stop: NDArray[np.intp],
    scale: float,
    fades: bool,
    around: Floats,
) -> None:
    """Put what every `step`-th unit has around it, sum_v c_uv values_v, into `around` (K, U).

    c_uv is exp(-d_uv / scale) where it `fades` with distance, and else the distance d_uv itself.
    `x`, `y` and `own` (U,) are coordinates and the distance of a unit to itself; `values` (K, U)
    what is summed; `start` and `stop` (U,) bound the units of the region that each unit is in.
    """
    columns, units = values.shape
    per_unit = 1.0 / scale
    weights = np.empty(RUN)
    total = np.empty(columns)
    for u in range(first, units, step):
        total[:] = 0.0
        for begin in range(start[u], stop[u], RUN):
            end = min(begin + RUN, stop[u])
            _distances(x[u], y[u], x[begin:end], y[begin:end], weights)
            if begin <= u < end:
                weights[u - begin] = own[u]
            if fades:
                _fade(weights, end - begin, per_unit)
            for k in range(columns):
                total[k] += dot(weights, values[k, begin:end])
        around[:, u] = total
