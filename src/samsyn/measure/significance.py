"""Against chance: p values and values corrected for what chance alone would give.

`value` (...) is an index and `replicates` (B, ...) are its values under a null, as `randomise`
gives them. A replicate that is nan does not count, and a value that is nan stays so.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from samsyn.measure._numbers import Floats, divide
from samsyn.measure.errors import InputError

Alternative = Literal["greater", "less", "two-sided"]
ROUNDING = 1e-12  # a difference that comes of the order in which numbers were added


def p_value(value: Floats, replicates: Floats, alternative: Alternative = "greater") -> Floats:
    """Chance of a value as far out as `value` (...) among null replicates (B, ...).

    (1 + number of replicates >= value) / (B + 1) for "greater", <= for "less"; twice the smaller
    of both, at most 1, for "two-sided". Never 0: the value itself is one of B + 1. Values that
    differ by rounding alone are the same. nan where the value is nan or no replicate counts.
    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, chapter 4.
    """
    check_alternative(alternative)
    slack = ROUNDING * np.maximum(1.0, np.abs(value))
    counted = np.sum(~np.isnan(replicates), axis=0)
    above = (1 + np.sum(replicates >= value - slack, axis=0)) / (counted + 1)
    below = (1 + np.sum(replicates <= value + slack, axis=0)) / (counted + 1)
    p = {
        "greater": above,
        "less": below,
        "two-sided": np.minimum(1.0, 2.0 * np.minimum(above, below)),
    }[alternative]
    return np.where(np.isnan(value) | (counted == 0), np.nan, p)


def chance_corrected(value: Floats, expected: Floats, maximum: float | None = 1.0) -> Floats:
    """The value on a scale where chance alone is 0 and the index's `maximum` is 1.

    (I - I*) / (maximum - I*) where I >= I*, the expected value; (I - I*) / I* below, which is -1
    where I is 0: more even than chance. Without a maximum I - I*. Source: Carrington and Troske
    (1997), Journal of Business & Economic Statistics 15, 402-409.
    """
    excess = value - expected
    # What differs only by how sums were rounded is as even as chance; else 0 against 1e-17 is -1.
    excess = np.where(np.abs(excess) < ROUNDING, 0.0, excess)
    if maximum is None:
        return excess
    return divide(excess, np.where(excess >= 0, maximum - expected, expected))


def known_mean(replicates: Floats) -> Floats:
    """Mean of the replicates that have a value; nan where none has."""
    known = ~np.isnan(replicates)
    return divide(np.where(known, replicates, 0.0).sum(axis=0), known.sum(axis=0).astype(float))


def known_deviation(replicates: Floats) -> Floats:
    """Standard deviation (B - 1) of the replicates that have a value; nan where fewer than two."""
    known = ~np.isnan(replicates)
    away = np.where(known, replicates - known_mean(replicates), 0.0)
    freedom = np.maximum(known.sum(axis=0) - 1.0, 0.0)
    return np.sqrt(divide((away**2).sum(axis=0), freedom))


def check_alternative(alternative: str) -> None:
    """Refuse an alternative that does not exist."""
    if alternative not in get_args(Alternative):
        raise InputError(f"alternative is {alternative!r}: choose greater, less or two-sided")
