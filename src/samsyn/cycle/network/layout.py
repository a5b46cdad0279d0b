"""Where each of those who act is drawn: near those they work with, the same place every time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from samsyn.cycle.network.network import Network

if TYPE_CHECKING:
    import networkx

Places = dict[int, tuple[float, float]]
STEP: Final = 115.0  # what a tie is long, about
ROW: Final = 64.0  # between rows of those who are alone
MARGIN: Final = 90.0
# Distances in a graph are of every pair, so a larger one is laid out by springs instead.
DISTANCES: Final = 150


def places(network: Network, width: float) -> tuple[Places, float]:
    """The places of nodes in a drawing of that width, and how high it is.

    Each part of the network is laid out by itself: by the distances in it (Kamada and Kawai 1989),
    from a circle in the order of keys, so that nothing is drawn by lot. The parts are set beside
    and below each other, the largest first, and those who are alone stand in rows at the bottom.
    """
    import networkx

    graph = network.graph
    parts = sorted(
        (sorted(part) for part in networkx.connected_components(graph)),
        key=lambda part: (-len(part), part),
    )
    told: Places = {}
    left, top, height = 0.0, 0.0, 0.0
    for part in (part for part in parts if len(part) > 1):
        within, across, down = _laid_out(graph.subgraph(part), width)
        if left and left + across > width:
            left, top, height = 0.0, top + height, 0.0
        aside = (width - across) / 2 if len(part) > len(graph) / 2 else 0.0
        for key, (x, y) in within.items():
            told[key] = (left + aside + x, top + y)
        left, height = left + across + 2 * aside, max(height, down)
    below = top + height
    alone = [part[0] for part in parts if len(part) == 1]
    return told | _in_rows(alone, width, below), below + ROW * _rows(len(alone), width)


def _laid_out(graph: networkx.Graph, width: float) -> tuple[Places, float, float]:
    """The places of one part in a box of its own, and how wide and high that is."""
    import networkx

    keys = sorted(graph)
    if len(keys) == 2:
        found = {keys[0]: (0.0, 0.0), keys[1]: (1.0, 0.0)}
    elif len(keys) <= DISTANCES:
        found = networkx.kamada_kawai_layout(graph, pos=networkx.circular_layout(keys))
    else:
        found = networkx.spring_layout(graph, seed=1, iterations=80)
    rows = [(float(found[key][0]), float(found[key][1])) for key in keys]
    x0, y0 = min(x for x, _y in rows), min(y for _x, y in rows)
    wide = max(x for x, _y in rows) - x0 or 1e-9
    high = max(y for _x, y in rows) - y0
    if high > wide:  # on its side, since pages are wide
        rows = [(y, x) for x, y in rows]
        x0, y0, wide, high = y0, x0, high, wide
    long = _mean_length(graph, dict(zip(keys, rows, strict=True)))
    room = width - 2 * MARGIN
    scale = min(STEP * (1 + len(keys) / 40) / long, room / wide)
    told = {
        key: (MARGIN + (x - x0) * scale, MARGIN / 2 + (y - y0) * scale)
        for key, (x, y) in zip(keys, rows, strict=True)
    }
    return told, wide * scale + 2 * MARGIN, high * scale + MARGIN


def _mean_length(graph: networkx.Graph, at: Places) -> float:
    lengths = [math.dist(at[first], at[second]) for first, second in graph.edges]
    return sum(lengths) / len(lengths) or 1e-9


def _a_row(width: float) -> int:
    return max(1, int(width // 180))


def _rows(count: int, width: float) -> int:
    return math.ceil(count / _a_row(width))


def _in_rows(keys: Sequence[int], width: float, top: float) -> Places:
    many = _a_row(width)
    step = width / many
    return {
        key: ((at % many + 0.5) * step, top + ROW * (at // many + 0.5))
        for at, key in enumerate(keys)
    }
