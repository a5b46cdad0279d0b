"""How the areas spread over the classes: a small histogram above the legend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from samsyn.explore.areamap.figures import Figures
from samsyn.publish.numbers import number

WIDTH, HEIGHT, TALLEST = 320, 96, 60
BINS: Final = 40
# Beyond these shares of the areas values are drawn at the ends.
ENDS: Final = (0.005, 0.995)
MARKED: Final = 60  # of more areas within a place none is marked by itself
NEAR: Final = 34  # pixels that a number needs


@dataclass(frozen=True)
class Bar:
    """A bar or a part of the scale, in pixels, with the name of its colour."""

    x: float
    y: float
    width: float
    height: float
    shade: str


@dataclass(frozen=True)
class Spread:
    """The bars, the scale below them, numbers at the limits and marks of the areas of a place."""

    bars: tuple[Bar, ...]
    scale: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[float, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = TALLEST + 4


def spread(figures: Figures, inside: pl.DataFrame, language: str) -> Spread | None:
    """How the values of all areas spread, with those `inside` a place marked; None of types."""
    known = figures.frame["value"].drop_nulls().to_numpy()
    if figures.classes.palette == "area_types" or known.size < 2:
        return None
    low, high = (float(np.quantile(known, end)) for end in ENDS)
    if not high > low:
        return None
    limits = [limit for limit in figures.classes.breaks if low < limit < high]
    edges = np.linspace(low, high, BINS + 1)
    counts, _ = np.histogram(np.clip(known, low, high), edges)
    step, tallest = WIDTH / BINS, counts.max()
    shades = np.searchsorted(figures.classes.breaks, (edges[:-1] + edges[1:]) / 2, side="right")
    bars = tuple(
        Bar(
            round(at * step + 0.5, 1),
            round(TALLEST - count / tallest * TALLEST, 1),
            round(step - 1, 1),
            round(count / tallest * TALLEST, 1),
            figures.shades[shade],
        )
        for at, (count, shade) in enumerate(zip(counts.tolist(), shades.tolist(), strict=True))
        if count
    )

    def across(value: float) -> float:
        return round((min(max(value, low), high) - low) / (high - low) * WIDTH, 1)

    ends = [low, *limits, high]
    first = int(np.searchsorted(figures.classes.breaks, low, side="right"))
    scale = tuple(
        Bar(across(a), TALLEST + 4, round(across(b) - across(a), 1), 8, figures.shades[first + at])
        for at, (a, b) in enumerate(pairwise(ends))
    )
    own = inside["value"].drop_nulls().to_list()
    marks = tuple(across(value) for value in own) if 0 < len(own) <= MARKED else ()
    return Spread(bars, scale, _ticks(limits, across, figures.unit, language), marks)


def _ticks(
    limits: list[float], across: Callable[[float], float], unit: str | None, language: str
) -> tuple[tuple[float, str], ...]:
    """The limits as numbers, those left out that would lie on the one before."""
    found: list[tuple[float, str]] = []
    for limit in limits:
        x = min(max(across(limit), 16), WIDTH - 16)
        if not found or x - found[-1][0] >= NEAR:
            found.append((x, number(limit, unit, language)))
    return tuple(found)
