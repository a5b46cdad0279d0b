"""Where the names of areas stand in a pane, so that none lies on another.

Names are set one by one in their turns, each where it disturbs least: within its area, over its
middle, or beside it with a thin line that leads there. A name that finds no free place is left out.
Imhof (1975), The American Cartographer 2(2), 128-144, has the order of places around a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from samsyn.publish.maps.letters import LEADING, extent, forms
from samsyn.publish.maps.outlines import FINE

Boxes: TypeAlias = NDArray[np.float64]  # rows of left, top, right and bottom, in pixels

EDGE: Final = 2.0  # pixels from a name to the edges of its pane
# A name over the middle of its area may reach out of it so far that this much of it is inside.
INSIDE: Final = 0.6
FARTHEST: Final = (9.0, 20.0, 34.0)  # pixels from the middle of an area to a name beside it
# Right of a point is read best, and above is better than below.
AROUND: Final = np.array(
    [
        (1, 0, 0.0), (1, -1, 0.01), (-1, 0, 0.02), (-1, -1, 0.03), (0, -1, 0.04), (1, 1, 0.05),
        (-1, 1, 0.06), (0, 1, 0.07),
    ]
)  # fmt: skip
# The places at all distances: how far the edge of a name is moved, on which side it is, the cost.
MOVED: Final = np.vstack([far * AROUND[:, :2] / np.hypot(*AROUND[:, :2].T)[:, None]
                          for far in FARTHEST])  # fmt: skip
SIDES: Final = np.tile(AROUND[:, :2], (len(FARTHEST), 1))
COSTS: Final = np.repeat(FARTHEST, len(AROUND)) / 100 + np.tile(AROUND[:, 2], len(FARTHEST))
# Where in an area a name is tried besides its middle, as parts of its width and height.
GRID: Final = np.array(list(product(np.linspace(0.1, 0.9, 5), repeat=2)))
POLYGON: Final = 3  # shapely's number for it
STEPS: Final = 16  # points of a leader that must be free
# Where in a box it is asked whether its area is there, from one end to the other.
PROBES: Final = np.array(list(product(np.linspace(0, 1, 5), np.linspace(0, 1, 3))))


@dataclass(frozen=True)
class Label:
    """A name as lines: `x` is their middle and `y` the foot of the first.

    `leader` goes from the name to the middle of its area, where the name stands beside it.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    box: tuple[float, float, float, float]
    leader: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Places:
    """Places that a name may have: their boxes, which form of the name, and what each costs."""

    boxes: Boxes
    form: NDArray[np.intp]
    cost: NDArray[np.float64]

    def free(self, there: NDArray[np.bool_]) -> Places:
        """Those that are free."""
        return Places(self.boxes[there], self.form[there], self.cost[there])


@dataclass(frozen=True)
class Hidden:
    """What a name should not hide: the other areas that are named, their middles least of all."""

    middles: NDArray[np.float64]
    own: Any
    every: Any

    def cost(self, boxes: Boxes) -> NDArray[np.float64]:
        """How much of it each box hides."""
        others = _inside(self.every, boxes) - _inside(self.own, boxes)
        return np.asarray(_holds(boxes, self.middles).sum(axis=1) * 0.5 + others * 0.3)


def labels(
    wanted: Sequence[tuple[str, Any]],
    taken: Sequence[Sequence[float]],
    width: float,
    height: float,
    more: Sequence[Any] = (),
) -> list[Label]:
    """The names that have room, in a pane of that size.

    `wanted` are names with what is seen of their areas, in the units of paths, in their turns;
    `taken` are boxes where nothing may stand. `more` are areas with their names in another pane,
    which are hidden as little as those that are named here.
    """
    middles = np.array([middle(area) for _, area in wanted]).reshape(-1, 2)
    # One geometry to be asked for all: their borders need not be merged for that.
    parts = shapely.get_parts([*(area for _, area in wanted), *more])
    every = shapely.multipolygons(parts[shapely.get_type_id(parts) == POLYGON])
    shapely.prepare(every)
    used = np.array(taken, dtype=np.float64).reshape(-1, 4)
    found = []
    for at, (name, area) in enumerate(wanted):
        hidden = Hidden(np.delete(middles, at, axis=0), area, every)
        label = _label(name, area, middles[at], hidden, used, (width, height))
        if label is not None:
            found.append(label)
            used = np.vstack([used, np.array([label.box]), _along(label.leader)])
    return found


def middle(area: Any) -> tuple[float, float]:
    """The point of an area that is farthest from its border, in pixels."""
    circle = shapely.maximum_inscribed_circle(area, tolerance=FINE * 3)
    x, y = shapely.get_coordinates(circle)[0] / FINE
    return float(x), float(y)


def _label(
    name: str, area: Any, at: NDArray[np.float64], hidden: Hidden, used: Boxes,
    size: tuple[float, float],
) -> Label | None:  # fmt: skip
    ways = forms(name)
    shapely.prepare(area)
    for places, led in ((_within(ways, area, at), False), (_beside(ways, at), True)):
        there = places.free(_in_pane(places.boxes, size))
        there = there.free(~_hit(there.boxes, used))
        if led:
            there = there.free(_leads(there.boxes, at, used))
        if there.cost.size:
            best = int(np.argmin(there.cost + hidden.cost(there.boxes)))
            return _at(ways[there.form[best]], there.boxes[best], at if led else None)
    return None


def _within(ways: Sequence[tuple[str, ...]], area: Any, at: NDArray[np.float64]) -> Places:
    """Places in an area, or over its middle; the nearer the middle, the better."""
    bounds = shapely.bounds(area) / FINE
    points = np.vstack([at, bounds[:2] + GRID * (bounds[2:] - bounds[:2])])
    boxes = np.vstack([_box(points, *extent(lines)) for lines in ways])
    form = np.repeat(np.arange(len(ways)), len(points))
    inside = _inside(area, boxes)
    off = np.hypot(*(_centres(boxes) - at).T) / 100
    cost = off + 0.1 * form + 2 * (1 - inside)
    return Places(boxes, form, cost).free(inside >= INSIDE)


def _beside(ways: Sequence[tuple[str, ...]], at: NDArray[np.float64]) -> Places:
    """The eight places around the middle of an area, at a few distances."""
    sizes = np.array([extent(lines) for lines in ways])
    centres = at + MOVED + SIDES * sizes[:, None] / 2
    boxes = np.concatenate([centres - sizes[:, None] / 2, centres + sizes[:, None] / 2], axis=-1)
    form = np.repeat(np.arange(len(ways)), len(MOVED))
    return Places(boxes.reshape(-1, 4), form, np.tile(COSTS, len(ways)) + 0.1 * form)


def _box(centre: NDArray[np.float64], wide: float, high: float) -> Boxes:
    half = np.array([wide / 2, high / 2])
    return np.concatenate([centre - half, centre + half], axis=-1)


def _centres(boxes: Boxes) -> NDArray[np.float64]:
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def _inside(area: Any, boxes: Boxes) -> NDArray[np.float64]:
    """How much of each box is in the area, by points over it."""
    start, size = boxes[:, None, :2], (boxes[:, 2:] - boxes[:, :2])[:, None]
    points = (start + PROBES * size) * FINE
    return np.asarray(shapely.contains_xy(area, points[..., 0], points[..., 1]).mean(axis=1))


def _in_pane(boxes: Boxes, size: tuple[float, float]) -> NDArray[np.bool_]:
    width, height = size
    return np.asarray(
        (boxes[:, 0] >= EDGE)
        & (boxes[:, 1] >= EDGE)
        & (boxes[:, 2] <= width - EDGE)
        & (boxes[:, 3] <= height - EDGE)
    )


def _hit(boxes: Boxes, used: Boxes) -> NDArray[np.bool_]:
    """Which boxes lie on one that is used."""
    one, other = boxes[:, None], used[None]
    apart = (
        (one[..., 0] >= other[..., 2])
        | (other[..., 0] >= one[..., 2])
        | (one[..., 1] >= other[..., 3])
        | (other[..., 1] >= one[..., 3])
    )
    return np.asarray((~apart).any(axis=1))


def _holds(boxes: Boxes, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the points each box has in it."""
    one, x, y = boxes[:, None], points[None, :, 0], points[None, :, 1]
    return np.asarray((one[..., 0] < x) & (x < one[..., 2]) & (one[..., 1] < y) & (y < one[..., 3]))


def _leads(boxes: Boxes, at: NDArray[np.float64], used: Boxes) -> NDArray[np.bool_]:
    """From which boxes a leader goes to a point without crossing anything."""
    starts = np.clip(at, boxes[:, :2], boxes[:, 2:])
    parts = np.linspace(0, 1, STEPS)[None, :, None]
    points = starts[:, None] + parts * (at - starts)[:, None]
    crossed = _holds(used, points.reshape(-1, 2)).any(axis=0)
    return ~np.asarray(crossed.reshape(len(boxes), STEPS).any(axis=1))


def _along(leader: tuple[float, float, float, float] | None) -> Boxes:
    """A leader as small boxes, so that nothing is set on it."""
    if leader is None:
        return np.empty((0, 4))
    start, end = np.array(leader[:2]), np.array(leader[2:])
    count = max(2, int(np.hypot(*(end - start)) / 3) + 1)
    points = start + np.linspace(0, 1, count)[:, None] * (end - start)
    return np.hstack([points - 2, points + 2])


def _at(lines: tuple[str, ...], box: NDArray[np.float64], at: NDArray[np.float64] | None) -> Label:
    left, top, right, bottom = (round(float(side), 1) for side in box)
    leader = None
    if at is not None:
        start = np.clip(at, box[:2], box[2:])
        x, y, to_x, to_y = (round(float(one), 1) for one in (*start, *at))
        leader = x, y, to_x, to_y
    across, foot = round((left + right) / 2, 1), round(top + LEADING - 3, 1)
    return Label(lines, across, foot, (left, top, right, bottom), leader)
