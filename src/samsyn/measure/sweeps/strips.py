"""Places in horizontal strips, sorted by x within each, with running sums of their people."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.measure._numbers import Floats, Indices

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

# How many places share a square as high as a strip, at most, as the mean place sees it. High
# strips are few, low ones leave fewer places in doubt at the edge of a disc.
_CROWD = 48

# Buckets and strips for each place, at most about.
_BUCKETS = 4


class Strips(NamedTuple):
    """Places sorted by region, strip and x. P places, G groups, R regions.

    `people` (P, G + 1) are the groups and then everyone, `running` (P + 1, G + 1) their running
    sums. Regions have their own strips: region r starts at `left[r]`, `bottom[r]`, has `rows[r]`
    strips of `columns[r]` buckets, and the first has number `strip[r]` and `bucket[r]`. The
    outermost strips and buckets hold what lies beyond them too. The places of bucket b are
    `start[b]:start[b + 1]`; `low` and `high` are the least and the largest y in each strip.
    No squared distance in region r exceeds `diameter[r]`; `guard` exceeds the rounding of a sum
    of two coordinates.
    """

    x: Floats
    y: Floats
    region: Int32s
    people: Floats
    running: Floats
    height: float
    width: float
    guard: float
    left: Floats
    bottom: Floats
    rows: Int64s
    columns: Int64s
    strip: Int64s
    bucket: Int64s
    start: Int32s
    low: Floats
    high: Floats
    diameter: Floats


def lay_out(xy: Floats, people: Floats, region: Indices) -> tuple[Strips, Indices, Indices]:
    """Bring points (N, 2) at the same place together and lay the places out in strips.

    `people` (N, G + 1) are the groups and then everyone. Answers the strips, for each place one
    of its points, and for each point its place.
    """
    first, place = _together(xy, region)
    everyone = people[first]
    if first.size < place.size:
        everyone = np.zeros_like(everyone)
        np.add.at(everyone, place, people)
    xy = xy[first]
    _, region = np.unique(region[first], return_inverse=True)
    least, most = _extremes(xy, region, int(region.max()) + 1)
    diameter = 2.0 * ((most - least) ** 2).sum(axis=1)
    # A few points far away, such as wrong coordinates, shall not make the strips high for all.
    low, high = np.quantile(xy, [0.001, 0.999], axis=0)
    least = np.clip(least, 2 * low - high, 2 * high - low)
    most = np.clip(most, least, np.maximum(least, 2 * high - low))
    height, width = _bucket_size(xy, most - least)
    columns, rows = (np.floor((most - least) / (width, height)).astype(np.int64) + 1).T
    row = np.clip(np.floor((xy[:, 1] - least[region, 1]) / height), 0, rows[region] - 1)
    column = np.clip(np.floor((xy[:, 0] - least[region, 0]) / width), 0, columns[region] - 1)
    bucket = np.concatenate([[0], np.cumsum(rows * columns)])
    strip = np.concatenate([[0], np.cumsum(rows)])
    at = strip[region] + row.astype(np.int64)
    number = bucket[region] + row.astype(np.int64) * columns[region] + column.astype(np.int64)

    south, north = _extremes(xy[:, 1:], at, int(strip[-1]))
    start = np.zeros(bucket[-1] + 1, dtype=np.int32)
    np.cumsum(np.bincount(number, minlength=bucket[-1]), out=start[1:])
    # Places come sorted by x, and stay so within a strip.
    order = np.argsort(number, kind="stable")
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    running = np.zeros((order.size + 1, people.shape[1]))
    np.cumsum(everyone[order], axis=0, out=running[1:])
    strips = Strips(
        xy[order, 0],
        xy[order, 1],
        region[order].astype(np.int32),
        everyone[order],
        running,
        height,
        width,
        8 * float(np.finfo(np.float64).eps) * float(np.abs(xy).max()),
        least[:, 0].copy(),
        least[:, 1].copy(),
        rows,
        columns,
        strip[:-1],
        bucket[:-1],
        start,
        south[:, 0],
        north[:, 0],
        diameter,
    )
    return strips, first[order], back[place]


def _together(xy: Floats, region: Indices) -> tuple[Indices, Indices]:
    """One point of each place, by region and x, and the place of each point."""
    order = np.lexsort((xy[:, 1], xy[:, 0], region))
    new = np.ones(order.size, dtype=bool)
    new[1:] = (np.diff(xy[order], axis=0) != 0).any(axis=1) | (np.diff(region[order]) != 0)
    place = np.empty(order.size, dtype=np.intp)
    place[order] = np.cumsum(new) - 1
    return order[new], place


def _extremes(values: Floats, index: Indices, size: int) -> tuple[Floats, Floats]:
    """The least and the largest values (N, C) of each index, (size, C); infinite where none."""
    least = np.full((size, values.shape[1]), np.inf)
    most = np.full((size, values.shape[1]), -np.inf)
    np.minimum.at(least, index, values)
    np.maximum.at(most, index, values)
    return least, most


def _bucket_size(xy: Floats, spans: Floats) -> tuple[float, float]:
    """Height of a strip and width of a bucket for places (P, 2) in regions of these spans."""
    places = xy.shape[0]
    area = float(np.prod(spans, axis=1).sum())
    # The mean distance between places; along a line, where there is no area, the spans decide.
    apart = max(float(np.sqrt(area / places)), float(spans.sum()) / places) or 1.0
    height = apart
    while _crowd(xy, height) > _CROWD and spans.sum() < _BUCKETS * places * height / 2:
        height /= 2
    return height, apart * apart / (_BUCKETS * height)


def _crowd(xy: Floats, side: float) -> float:
    """How many places are in the same square of a grid, in the mean over the places."""
    column, row = np.floor(xy / side).T
    _, together = np.unique(column + 1j * row, return_counts=True)
    return float((together.astype(np.float64) ** 2).sum() / xy.shape[0])
