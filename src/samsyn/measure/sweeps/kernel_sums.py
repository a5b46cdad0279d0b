"""Kernel-weighted sums over everyone within reach, streamed so that no pair is ever stored.

Units lie in strips, from west to east within a strip, so that those within reach of a point are a
run of each strip that its circle crosses. A run is weighted at once and its weights serve every
column. Each unit's sums are made by itself in a fixed order: the number of threads changes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure._regions import Regions
from samsyn.measure.sweeps.pairs import RUN, decay, dot

UNIFORM, TRIANGULAR, EPANECHNIKOV, BIWEIGHT, GAUSSIAN, EXPONENTIAL = range(6)


class Strips(NamedTuple):
    """Units sorted by region, strip and x. U units, R regions, S strips.

    `x`, `y` and `region` (U,) are the units'. Region r has the strips `first[r]` to
    `first[r + 1]`, each `height[r]` high, from `south[r]` upwards. Strip s holds the units
    `start[s]` to `start[s + 1]`, which lie between `lowest[s]` and `highest[s]`.
    """

    x: Floats
    y: Floats
    region: Indices
    south: Floats
    height: Floats
    first: Indices
    start: Indices
    lowest: Floats
    highest: Floats


def lay_out(places: Floats, regions: Regions, reach: float) -> tuple[Strips, Indices]:
    """Deal units into strips half the reach high; and their positions in that order.

    `places` (U, 2) are in the order of the regions. A region never has more strips than units
    and one, however small the reach is.
    """
    index = regions.index
    x, y = places.T
    south, north = _extremes(y, index, regions.size)
    sizes = np.diff(regions.bounds)
    span = np.where(sizes > 0, north - south, 0.0)
    height = np.maximum(reach / 2.0, span / np.maximum(sizes, 1))
    strips = np.where(sizes > 0, np.floor(span / height) + 1, 0).astype(np.intp)
    first = np.concatenate(([0], np.cumsum(strips)))
    row = np.floor((y - south[index]) / height[index]).astype(np.intp)
    order = np.lexsort((x, first[index] + row))
    strip = (first[index] + row)[order]
    x, y = x[order], y[order]
    start = np.searchsorted(strip, np.arange(first[-1] + 1)).astype(np.intp)
    lowest, highest = _extremes(y, strip, int(first[-1]))
    return Strips(x, y, index[order], south, height, first, start, lowest, highest), order


def _extremes(values: Floats, part: Indices, parts: int) -> tuple[Floats, Floats]:
    """The smallest and the largest value of each part, infinite where it has none."""
    smallest, largest = np.full(parts, np.inf), np.full(parts, -np.inf)
    np.minimum.at(smallest, part, values)
    np.maximum.at(largest, part, values)
    return smallest, largest


@njit(cache=True, fastmath={"contract"})
def _weights(
    kernel: int,
    x: float,
    y: float,
    xs: Floats,
    ys: Floats,
    per_bandwidth: float,
    reach: float,
    weights: Floats,
) -> None:
    """The weights of a run of units as seen from a point, 0 beyond the reach."""
    size = xs.size
    squared = per_bandwidth * per_bandwidth
    reach_squared = reach * reach
    for j in range(size):
        dx = xs[j] - x
        dy = ys[j] - y
        weights[j] = dx * dx + dy * dy
    if kernel == UNIFORM:
        for j in range(size):
            weights[j] = 1.0 if weights[j] <= reach_squared else 0.0
    elif kernel == TRIANGULAR:
        for j in range(size):
            near = weights[j] <= reach_squared
            weights[j] = max(1.0 - np.sqrt(weights[j]) * per_bandwidth, 0.0) if near else 0.0
    elif kernel == EPANECHNIKOV:
        for j in range(size):
            near = weights[j] <= reach_squared
            weights[j] = max(1.0 - weights[j] * squared, 0.0) if near else 0.0
    elif kernel == BIWEIGHT:
        for j in range(size):
            root = max(1.0 - weights[j] * squared, 0.0)
            weights[j] = root * root if weights[j] <= reach_squared else 0.0
    elif kernel == GAUSSIAN:
        for j in range(size):
            near = weights[j] <= reach_squared
            weights[j] = decay(0.5 * weights[j] * squared) if near else 0.0
    else:
        for j in range(size):
            near = weights[j] <= reach_squared
            weights[j] = decay(np.sqrt(weights[j]) * per_bandwidth) if near else 0.0


@njit(cache=True, nogil=True)
def kernel_sums(
    first: int,
    step: int,
    kernel: int,
    bandwidth: float,
    reach: float,
    strips: Strips,
    values: Floats,
    sums: Floats,
) -> None:
    """Put the weighted sums of `values` (K, U) around every `step`-th unit into `sums` (U, K).

    All are in the order of the strips.
    """
    # Taken out here: inside, each use would count the references to an array.
    x, y, region, souths, heights, rows, starts, lowest, highest = strips
    weights = np.empty(RUN)
    total = np.empty(values.shape[0])
    # The search goes further than coordinates are rounded; the distance alone decides who is in.
    wide = reach + 1e-12 * reach + 1e-14 * max(np.abs(x).max(), np.abs(y).max())
    for u in range(first, x.size, step):
        total[:] = 0.0
        south, height = souths[region[u]], heights[region[u]]
        lower, upper = rows[region[u]], rows[region[u] + 1] - 1
        bottom = lower + max(int(np.floor((y[u] - wide - south) / height)), 0)
        top = min(lower + int(np.floor((y[u] + wide - south) / height)), upper)
        for strip in range(bottom, top + 1):
            off = max(lowest[strip] - y[u], y[u] - highest[strip], 0.0)
            if off > wide:
                continue
            half = np.sqrt(wide * wide - off * off)
            west, east = starts[strip], starts[strip + 1]
            begin = west + np.searchsorted(x[west:east], x[u] - half)
            stop = begin + np.searchsorted(x[begin:east], x[u] + half, side="right")
            for at in range(begin, stop, RUN):
                end = min(at + RUN, stop)
                near_x, near_y = x[at:end], y[at:end]
                _weights(kernel, x[u], y[u], near_x, near_y, 1.0 / bandwidth, reach, weights)
                for k in range(total.size):
                    total[k] += dot(weights, values[k, at:end])
        sums[u] = total
