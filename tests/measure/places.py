"""Where the units of the test cases lie: grids of unit squares, and random places."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import strategies as st


def grid(columns: int = 10, rows: int = 10) -> np.ndarray:
    """Unit squares, row by row, as polygons."""
    y, x = np.divmod(np.arange(columns * rows), columns)
    return shapely.box(x, y, x + 1.0, y + 1.0)


def middles(columns: int = 10, rows: int = 10) -> np.ndarray:
    """The middle points of the squares of a grid."""
    y, x = np.divmod(np.arange(columns * rows), columns)
    return np.column_stack([x + 0.5, y + 0.5])


def blocks(seed: int, columns: int = 5, rows: int = 4) -> np.ndarray:
    """Rectangles of unequal width and height that cover the plane, row by row, as polygons."""
    rng = np.random.default_rng(seed)
    x = np.concatenate([[0.0], np.cumsum(rng.uniform(0.5, 3.0, columns))])
    y = np.concatenate([[0.0], np.cumsum(rng.uniform(0.5, 3.0, rows))])
    row, column = np.divmod(np.arange(columns * rows), columns)
    return shapely.box(x[column], y[row], x[column + 1], y[row + 1])


@st.composite
def points(draw, units: int) -> np.ndarray:
    """A point for each unit on a coarse lattice, so that places and distances tie."""
    coordinate = st.integers(0, 6).map(lambda n: n / 2)
    pairs = st.tuples(coordinate, coordinate)
    return np.array(draw(st.lists(pairs, min_size=units, max_size=units)))


@st.composite
def sizes(draw, units: int) -> np.ndarray:
    """An area for each unit; some tie."""
    area = st.integers(1, 12).map(lambda n: n / 4)
    return np.array(draw(st.lists(area, min_size=units, max_size=units)))


@st.composite
def neighbours(draw, units: int) -> list[tuple[int, int]]:
    """Some pairs of units, each once."""
    every = [(i, j) for j in range(units) for i in range(j)]
    if not every:
        return []
    return sorted(draw(st.sets(st.sampled_from(every), max_size=3 * units)))
