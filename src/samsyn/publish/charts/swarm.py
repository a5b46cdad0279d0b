"""Where dots go so that none lies on another, and where names above lines go."""

from __future__ import annotations

from collections.abc import Sequence


def swarm(at: Sequence[float], size: float, reach: float) -> list[float]:
    """How far from the middle each dot is put, so that none lies on another; `at` ascends.

    The nearest free place, above or below; where there is none within `reach` dots lie on others.
    """
    placed: list[tuple[float, float]] = []
    for x in at:
        near = []
        for dot in reversed(placed):
            if x - dot[0] >= size:
                break
            near.append(dot)
        tries = [0.0]
        for px, py in near:
            rise = (size**2 - (x - px) ** 2) ** 0.5
            tries += [py + rise, py - rise]
        free = (
            y
            for y in sorted(tries, key=abs)
            if abs(y) <= reach
            and all((x - px) ** 2 + (y - py) ** 2 >= size**2 * (1 - 1e-9) for px, py in near)
        )
        placed.append((x, next(free, 0.0)))
    return [y for _, y in placed]


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
