"""Where dots go so that none lies on another, and where names above lines go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# Two dots that touch lie beside each other, whatever the last digits of their places say.
TOUCHING: Final = 1e-9


def swarm(at: Sequence[float], size: float, reach: float) -> list[float]:
    """How far from the middle each dot is put, so that none lies on another; `at` ascends.

    The nearest free place, above or below; where there is none within `reach` dots lie on others.
    Of two places as near, that beside the dot which was put last, above before below.
    """
    placed: list[float] = []
    first = 0
    for x in at:
        while first < len(placed) and x - at[first] >= size:
            first += 1
        # Of each dot that is near enough to be in the way, its height, and how far above and below
        # it another must be, squared.
        near = [
            (placed[n], size**2 - (x - at[n]) ** 2) for n in range(len(placed) - 1, first - 1, -1)
        ]
        slack = TOUCHING * size**2
        above, on = _free(near, slack)
        below, under = _free([(-y, apart) for y, apart in near], slack)
        tries = sorted([(above, on, 0), (below, under, 1)])
        there = next((one for one in tries if one[0] <= reach), (0.0, 0, 0))
        placed.append(-there[0] if there[2] else there[0])
    return placed


def _free(near: Sequence[tuple[float, float]], slack: float) -> tuple[float, int]:
    """The first free place from the middle upwards, and the number of the dot that it touches.

    From the lowest place that a dot takes to the highest: each can only move it further up.
    """
    free, on = 0.0, 0
    taken = sorted((y - apart**0.5, n, y, apart) for n, (y, apart) in enumerate(near))
    for low, n, y, apart in taken:
        if low >= free:
            break
        if (free - y) ** 2 < apart - slack:
            free, on = y + apart**0.5, n
    return free, on


def levels(at: Sequence[float], middle: float) -> tuple[list[int], bool]:
    """On which level each name above a line stands, 1 the lowest, and whether names go leftwards.

    No name crosses another's line: where names go to the right, the leftmost line reaches highest.
    """
    leftwards = bool(at) and sum(at) / len(at) > middle
    order = sorted(range(len(at)), key=lambda i: at[i], reverse=not leftwards)
    found = [0] * len(at)
    for level, i in enumerate(order, start=1):
        found[i] = level
    return found, leftwards
