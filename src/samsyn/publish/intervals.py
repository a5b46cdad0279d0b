"""How sure a figure is, and when two figures are said to differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Difference: TypeAlias = Literal["higher", "lower", "alike", "unknown"]

Z: Final = 1.959963984540054  # of a 95 % interval


@dataclass(frozen=True)
class Figure:
    """A value with its interval of 95 %, where it has one; `estimated` where the source says so."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    estimated: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None and math.isfinite(self.value)

    @property
    def sure(self) -> bool:
        """Whether there is a value with an interval."""
        ends = (self.lower, self.upper)
        return self.known and all(end is not None and math.isfinite(end) for end in ends)

    @property
    def middle(self) -> float:
        """Where the figure most likely is: the middle of its interval, else its value.

        The value of an index can lie above its own interval, which is for the index without the
        noise of small numbers.
        """
        if self.sure:
            assert self.lower is not None
            assert self.upper is not None
            return (self.lower + self.upper) / 2
        return math.nan if self.value is None else self.value

    @property
    def reach(self) -> float:
        """Half the interval; nan without one."""
        if not self.sure:
            return math.nan
        assert self.lower is not None
        assert self.upper is not None
        return (self.upper - self.lower) / 2

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Figure:
        """The figure of a row with `value`, and `lower`, `upper` and `status` where it has them."""
        return cls(
            row.get("value"), row.get("lower"), row.get("upper"), row.get("status") == "estimated"
        )


def difference(one: Figure, other: Figure, step: float = 0.0) -> Difference:
    """How `one` lies to `other`: higher or lower only where that is more than chance gives.

    The middles of the intervals must be further apart than both reaches together, as independent
    errors add (the root of the sum of squares), and the values must differ the same way. Where
    figures are shown in steps of `step`, two that look alike are alike. Without two intervals
    nothing can be said: unknown.
    """
    if not (one.sure and other.sure):
        return "unknown"
    assert one.value is not None
    assert other.value is not None
    apart = one.middle - other.middle
    if abs(apart) <= math.hypot(one.reach, other.reach):
        return "alike"
    if step and round(one.value / step) == round(other.value / step):
        return "alike"
    if apart > 0 and one.value > other.value:
        return "higher"
    return "lower" if apart < 0 and one.value < other.value else "alike"


def within_chance(figure: Figure, expected: float | None) -> bool:
    """Whether chance alone, which gives about `expected`, could give as high an index.

    False without an interval: nothing is said then.
    """
    if expected is None or not figure.sure:
        return False
    assert figure.value is not None
    assert figure.lower is not None
    return min(figure.lower, figure.value) <= expected


@dataclass(frozen=True)
class Tally:
    """How many others lie surely above and below a figure, and how many cannot be told apart."""

    above: int
    below: int
    alike: int
    unknown: int = 0

    @property
    def compared(self) -> int:
        """The others that could be compared."""
        return self.above + self.below + self.alike


def tally(figure: Figure, others: Iterable[Figure], step: float = 0.0) -> Tally:
    """Where a figure stands among others."""
    found = [difference(figure, other, step) for other in others]
    return Tally(
        above=found.count("lower"),
        below=found.count("higher"),
        alike=found.count("alike"),
        unknown=found.count("unknown"),
    )


def tally_of(
    figure: Figure,
    value: NDArray[np.float64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    step: float = 0.0,
) -> Tally:
    """`tally` where the others are arrays, nan where something is not known."""
    there = np.isfinite(value) & np.isfinite(lower) & np.isfinite(upper)
    if not figure.sure:
        return Tally(0, 0, 0, len(value))
    assert figure.value is not None
    value, lower, upper = value[there], lower[there], upper[there]
    apart = figure.middle - (lower + upper) / 2
    differs = np.abs(apart) > np.hypot(figure.reach, (upper - lower) / 2)
    if step:
        differs &= np.rint(value / step) != round(figure.value / step)
    below = int(np.sum(differs & (apart > 0) & (figure.value > value)))
    above = int(np.sum(differs & (apart < 0) & (figure.value < value)))
    return Tally(above, below, len(value) - above - below, int(np.sum(~there)))


def wilson_of(numerator: float, denominator: float) -> tuple[float, float] | None:
    """Wilson's 95 % interval for a share of so many; None where these are no counts of a share."""
    if not (denominator > 0 and 0 <= numerator <= denominator):
        return None
    p = numerator / denominator
    divisor = 1 + Z**2 / denominator
    centre = (p + Z**2 / (2 * denominator)) / divisor
    reach = Z * math.sqrt(p * (1 - p) / denominator + Z**2 / (4 * denominator**2)) / divisor
    return centre - reach, centre + reach


def wilson(numerator: pl.Expr, denominator: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The ends of Wilson's 95 % interval for a share of so many."""
    p = numerator / denominator
    divisor = 1 + Z**2 / denominator
    centre = (p + Z**2 / (2 * denominator)) / divisor
    reach = Z * (p * (1 - p) / denominator + Z**2 / (4 * denominator**2)).sqrt() / divisor
    return centre - reach, centre + reach


# How much a share may be off that a source has rounded to whole per cent, or to tenths.
ROUNDED: Final = ((100, 0.005), (1000, 0.0005))
WHOLE: Final = 1e-3  # a count as near to a whole number as this is one


def with_intervals(values: pl.DataFrame) -> pl.DataFrame:
    """Values of an indicator with `lower` and `upper`, where they are shares of known counts.

    The counts are of everyone and there is no sample: as for the indices, the interval says how
    much a share would vary if each person's group were one outcome of the process behind it. Of a
    share that its source has rounded the count is not whole; what was lost in rounding is added.
    """
    top, base, value = pl.col("numerator"), pl.col("denominator"), pl.col("value")
    counted = (pl.col("unit") == "share") & (base > 0) & (top >= 0) & (top <= base)
    counted &= value.is_not_null()
    lower, upper = wilson(top, base)
    lost = pl.lit(0.0)
    for steps, reach in reversed(ROUNDED):
        lost = pl.when(_whole(value * steps, 1e-9)).then(reach).otherwise(lost)
    lost = pl.when(_whole(top, WHOLE)).then(0.0).otherwise(lost)
    return values.with_columns(
        lower=pl.when(counted).then(pl.max_horizontal(lower - lost, 0.0)),
        upper=pl.when(counted).then(pl.min_horizontal(upper + lost, 1.0)),
    )


def _whole(number: pl.Expr, near: float) -> pl.Expr:
    return (number - number.round()).abs() <= near
