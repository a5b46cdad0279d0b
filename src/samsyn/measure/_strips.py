"""Places in horizontal strips, sorted by x within each, with running sums of their people."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samsyn.measure._table import Floats, Indices

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

# Height of a strip and width of a bucket, in units of the mean distance between points. High
# strips are few, low ones leave fewer places in doubt; a place or two in a bucket are found fast.
_HEIGHT = 1.0
_WIDTH = 1.0 / 16.0


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
    _, region = np.unique(region, return_inverse=True)
    least, most = _extremes(xy, region, int(region.max()) + 1)
    diameter = 2.0 * ((most - least) ** 2).sum(axis=1)
    # A few points far away, such as wrong coordinates, shall not make the strips high for all.
    low, high = np.quantile(xy, [0.001, 0.999], axis=0)
    least = np.clip(least, 2 * low - high, 2 * high - low)
    most = np.clip(most, least, np.maximum(least, 2 * high - low))
    height, width = _bucket_size(most - least, xy.shape[0])
    columns, rows = (np.floor((most - least) / (width, height)).astype(np.int64) + 1).T
    row = np.clip(np.floor((xy[:, 1] - least[region, 1]) / height), 0, rows[region] - 1)
    column = np.clip(np.floor((xy[:, 0] - least[region, 0]) / width), 0, columns[region] - 1)
    row, column = row.astype(np.int64), column.astype(np.int64)
    bucket = np.concatenate([[0], np.cumsum(rows * columns)])
    strip = np.concatenate([[0], np.cumsum(rows)])
    number = bucket[region] + row * columns[region] + column

    order = np.lexsort((xy[:, 1], xy[:, 0], number))
    x, y, number = xy[order, 0], xy[order, 1], number[order]
    new = np.ones(order.size, dtype=bool)
    new[1:] = (np.diff(x) != 0) | (np.diff(y) != 0) | (np.diff(number) != 0)
    starts = np.flatnonzero(new)
    place = np.empty(order.size, dtype=np.intp)
    place[order] = np.cumsum(new) - 1
    first = order[starts]
    together = people[first] if first.size == order.size else np.add.reduceat(people[order], starts)
    running = np.zeros((first.size + 1, people.shape[1]))
    np.cumsum(together, axis=0, out=running[1:])

    south, north = _extremes(xy[first, 1:], strip[region[first]] + row[first], int(strip[-1]))
    start = np.zeros(bucket[-1] + 1, dtype=np.int32)
    np.cumsum(np.bincount(number[starts], minlength=bucket[-1]), out=start[1:])
    strips = Strips(
        x[starts],
        y[starts],
        region[first].astype(np.int32),
        together,
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
    return strips, first, place


def _extremes(values: Floats, index: Indices, size: int) -> tuple[Floats, Floats]:
    """The least and the largest values (N, C) of each index, (size, C); infinite where none."""
    least = np.full((size, values.shape[1]), np.inf)
    most = np.full((size, values.shape[1]), -np.inf)
    np.minimum.at(least, index, values)
    np.maximum.at(most, index, values)
    return least, most


def _bucket_size(spans: Floats, points: int) -> tuple[float, float]:
    """Height of a strip and width of a bucket, so that buckets stay few for the points."""
    area = float(np.prod(spans, axis=1).sum())
    # Along a line, where there is no area, the spans alone decide.
    height = max(np.sqrt(area / points), float(spans.sum()) / points) or 1.0
    return _HEIGHT * height, _WIDTH * height
