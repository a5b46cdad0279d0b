"""Intervals from replicates: percentile, basic, and bias-corrected and accelerated.

`value` (...) is the estimate and `replicates` (B, ...) are its bootstrap replicates. A replicate
that is nan, where a group died out, does not count; an estimate that is nan has no interval.
Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, chapter 5.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from samsyn.measure._numbers import Floats
from samsyn.measure.errors import InputError

Interval = Literal["percentile", "basic", "bca"]


def percentile_interval(
    value: Floats, replicates: Floats, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Percentile interval: the replicates' own quantiles, (1 - level) / 2 and 1 less that.

    Never leaves the index's range. Where the index is biased upwards, as evenness is with few
    people per unit, the replicates carry the bias twice and the interval lies too high: it may
    not even hold the estimate. Take `basic_interval` there.
    """
    tail = _tail(level)
    lower, upper = _quantiles(replicates, np.array([tail, 1.0 - tail]))
    return _known(value, lower), _known(value, upper)


def basic_interval(value: Floats, replicates: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Basic interval: the percentile interval mirrored in the estimate, which takes out its bias.

    (2 value - upper quantile, 2 value - lower quantile). It may leave the index's range where the
    estimate is close to its end.
    """
    lower, upper = percentile_interval(value, replicates, level)
    return 2.0 * value - upper, 2.0 * value - lower


def bca_interval(
    value: Floats, replicates: Floats, level: float = 0.95, *, acceleration: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """BCa interval: quantiles shifted by median bias z0 and by `acceleration` a.

    z0 = Phi^-1(share of replicates below the estimate, ties by half); the quantiles are
    Phi(z0 + (z0 + z) / (1 - a (z0 + z))) for z = Phi^-1((1 - level) / 2) and its opposite. With
    a = 0 it is Efron's BC interval. Where every replicate lies on one side of the estimate z0 has
    no value and the interval is nan: the bias is beyond what quantiles can mend. Source: Efron
    (1987), Journal of the American Statistical Association 82, 171-185.
    """
    from scipy.special import ndtr, ndtri

    tail = _tail(level)
    counted = np.maximum(np.sum(~np.isnan(replicates), axis=0), 1)
    below = np.sum(replicates < value, axis=0) + 0.5 * np.sum(replicates == value, axis=0)
    share = below / counted
    bias = ndtri(np.where((share > 0) & (share < 1), share, np.nan))
    shifted = bias + ndtri(np.array([tail, 1.0 - tail])).reshape(2, *[1] * np.ndim(value))
    lower, upper = _quantiles(replicates, ndtr(bias + shifted / (1.0 - acceleration * shifted)))
    return _known(value, lower), _known(value, upper)


def bounds(
    interval: Interval,
    value: Floats,
    replicates: Floats,
    level: float = 0.95,
    acceleration: Floats | float = 0.0,
) -> tuple[Floats, Floats]:
    """Lower and upper bound of the interval of that name."""
    check_interval(interval, level)
    if interval == "bca":
        return bca_interval(value, replicates, level, acceleration=acceleration)
    return (percentile_interval if interval == "percentile" else basic_interval)(
        value, replicates, level
    )


def check_interval(interval: str, level: float) -> None:
    """Refuse an interval or a level that does not exist."""
    if interval not in get_args(Interval):
        raise InputError(f"interval is {interval!r}: choose percentile, basic or bca")
    _tail(level)


def _tail(level: float) -> float:
    if not 0.0 < level < 1.0:
        raise InputError(f"level is {level}: an interval needs a level between 0 and 1")
    return (1.0 - level) / 2.0


def _known(value: Floats, limit: Floats) -> Floats:
    return np.where(np.isnan(value), np.nan, limit)


def _quantiles(replicates: Floats, shares: Floats) -> Floats:
    """Quantiles (Q, ...) at `shares` (Q,) or (Q, ...), between the replicates that are not nan.

    Linear between order statistics, as NumPy's default; nan where no replicate counts.
    """
    if len(replicates) == 0:
        return np.full((len(shares), *replicates.shape[1:]), np.nan)
    ordered = np.sort(replicates, axis=0)  # nan go last
    shares = shares.reshape(*shares.shape, *[1] * (ordered.ndim - shares.ndim))
    place = shares * (np.sum(~np.isnan(ordered), axis=0) - 1)
    known = place >= 0
    place = np.where(known, place, 0.0)
    low = np.floor(place).astype(np.intp)
    high = np.ceil(place).astype(np.intp)
    first = np.take_along_axis(ordered, low, axis=0)
    last = np.take_along_axis(ordered, high, axis=0)
    return np.where(known, first + (last - first) * (place - low), np.nan)
