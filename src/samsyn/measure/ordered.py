"""Segregation among groups that have an order, such as income classes or levels of education.

The columns of `counts` (U, G) or (B, U, G) stand in rank order, lowest first. Only the order
counts, not how far apart the classes are. Each of the thresholds between two classes divides the
people into those below and those above; the indices weigh the segregation at all thresholds
together. They answer (R,) or (B, R), and are nan where all people of a region are in one class.

- `ordinal_*` take the classes as they are (Reardon 2009): the answer depends on where the class
  limits are drawn.
- `rank_order_*` estimate the segregation of the ranks behind the classes (Reardon 2011), so that
  places and years with different class limits can be compared.

With `environment` (U, G), the composition of the surroundings takes the place of the unit's own.

Symbols: c_uk is the share of unit u below threshold k, p_k that of the region. f is how mixed
people are at a threshold: E(p) = - p log2 p - (1 - p) log2(1 - p) for the information theory
indices, 4 p (1 - p) for the variance ratios, 2 sqrt(p (1 - p)) for the square root indices and
1 - |2 p - 1| for the absolute difference. L(p_k) = 1 - sum_u t_u f(c_uk) / (T f(p_k)) is the
segregation of the two sides of threshold k.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats, divide, pair_diversity_mass, settle, xlogx
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError

# f from both shares, p below and q = 1 - p above: where one is nearly 1, the other has the digits.
Mixedness: TypeAlias = Callable[[Floats, Floats], Floats]


def _entropy(p: Floats, q: Floats) -> Floats:
    """E(p) in bits."""
    bits: Floats = pair_diversity_mass(p, q) / np.log(2.0)
    return bits


def _variance(p: Floats, q: Floats) -> Floats:
    return 4.0 * p * q


def _root(p: Floats, q: Floats) -> Floats:
    root: Floats = 2.0 * np.sqrt(p * q)
    return root


def _absolute(p: Floats, q: Floats) -> Floats:
    least: Floats = 2.0 * np.minimum(p, q)
    return least


def ordinal_theil(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Ordinal information theory index: Theil's H of ordered classes.

    1 - sum_u t_u v_u / (T v) with v = sum_k f(p_k) / (G - 1), v_u the same of the unit, and f the
    entropy: the mean of L over the thresholds, weighted by f. Range 0 (every unit mirrors the
    region) to 1 (every unit has one class); with an environment it can fall below 0.
    Source: Reardon (2009), Research on Economic Inequality 17, 129-155.
    """
    return _ordinal(tabulate(counts, region, environment), _entropy)


def ordinal_variance_ratio(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Ordinal variation ratio index, as `ordinal_theil` with f = 4 p (1 - p).

    Range 0 to 1. Source: Reardon (2009), Research on Economic Inequality 17, 129-155.
    """
    return _ordinal(tabulate(counts, region, environment), _variance)


def ordinal_square_root(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Ordinal square root index, as `ordinal_theil` with f = 2 sqrt(p (1 - p)).

    Range 0 to 1. Source: Reardon (2009), Research on Economic Inequality 17, 129-155.
    """
    return _ordinal(tabulate(counts, region, environment), _root)


def ordinal_absolute_difference(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Ordinal absolute difference index, as `ordinal_theil` with f = 1 - |2 p - 1|.

    Range 0 to 1, but 0 also where units differ and each unit's median class is the region's:
    f is not strictly concave. Source: Reardon (2009), Research on Economic Inequality 17, 129-155.
    """
    return _ordinal(tabulate(counts, region, environment), _absolute)


def rank_order_theil(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    degree: int | None = 4,
    weighted: bool = True,
    environment: ArrayLike | None = None,
) -> Floats:
    """Rank-order information theory index H^R, of the ranks behind ordered classes.

    H^R = int_0^1 E(p) H(p) dp / int_0^1 E(p) dp, where H(p), Theil's H of those below rank p and
    those above, is known at the class limits and a polynomial of `degree` is fitted between them:
    H^R = sum_m b_m d_m, d = 1, 1/2, 11/36, 5/24, 137/900, ... The fit is by least squares with
    weights E(p)^2, or unweighted. A region with fewer than degree + 1 limits gets the polynomial
    through those that it has; a limit with the same people below it as another counts once.
    `degree` None fits nothing and takes H(p) at the nearest limit.

    Range 0 to 1; a fitted value can fall a little outside, and with an environment below 0.
    Raises InputError where the degree is not a whole number from 0.
    Source: Reardon (2011), Measures of Income Segregation; Reardon and Bischoff (2011), American
    Journal of Sociology 116, 1092-1153.
    """
    return _rank_order(tabulate(counts, region, environment), _INFORMATION, degree, weighted)


def rank_order_variance_ratio(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    degree: int | None = 4,
    weighted: bool = True,
    environment: ArrayLike | None = None,
) -> Floats:
    """Rank-order variance ratio index R^R, as `rank_order_theil` with f = 4 p (1 - p).

    d = 1, 1/2, 3/10, 1/5, 1/7, ...; weights f(p)^2. With a limit between any two people it is how
    much less two people of one unit differ in rank, on average, than two of the region, as a
    share. Range 0 to 1.
    Source: Reardon (2011), Measures of Income Segregation.
    """
    return _rank_order(tabulate(counts, region, environment), _VARIANCE, degree, weighted)


def rank_order_square_root(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    degree: int | None = 4,
    weighted: bool = True,
    environment: ArrayLike | None = None,
) -> Floats:
    """Rank-order square root index S^R, as `rank_order_theil` with f = 2 sqrt(p (1 - p)).

    d = 1, 1/2, 5/16, 7/32, 21/128, ...; weights f(p)^2. Range 0 to 1.
    Source: Reardon (2011), Measures of Income Segregation.
    """
    return _rank_order(tabulate(counts, region, environment), _ROOT, degree, weighted)


@dataclass(frozen=True)
class _Thresholds:
    """Shares of people `below` and `above` each threshold, (..., G - 1); 0 where nobody is."""

    below: Floats
    above: Floats

    @classmethod
    def of(cls, people: Floats) -> _Thresholds:
        """Both shares from counts (..., G).

        The last class is cumulated like the others and dropped, so that a threshold above
        everyone is 1 exactly.
        """
        upwards = np.cumsum(people, axis=-1)
        downwards = np.cumsum(people[..., ::-1], axis=-1)[..., ::-1]
        whole = upwards[..., -1:]
        scale = np.where(whole > 0, whole, 1.0)
        return cls(upwards[..., :-1] / scale, downwards[..., 1:] / scale)

    def mixed(self, by: Mixedness) -> Floats:
        """How mixed people are at each threshold."""
        return by(self.below, self.above)


def _within(table: Table, mixed: Mixedness) -> Floats:
    """sum_u t_u f(c_uk) / T of each region, (..., R, G - 1)."""
    around = table.local.sum(axis=-1)[..., np.newaxis]
    units = _Thresholds.of(table.local).mixed(mixed)
    return divide(table.regions.sum(around * units), table.margins.sum(axis=-1)[..., np.newaxis])


def _ordinal(table: Table, mixed: Mixedness) -> Floats:
    within = _within(table, mixed).sum(axis=-1)
    whole = _Thresholds.of(table.margins).mixed(mixed).sum(axis=-1)
    return settle(1.0 - divide(within, whole), table.local is table.counts)


@dataclass(frozen=True)
class _Measure:
    """How a rank-order index weighs the ranks.

    `mixed` is f, `cumulated` the integral of f from 0 to p as a share of that to 1, and `moment`
    the mean d_m of p^m over the ranks, weighted by f.
    """

    mixed: Mixedness
    cumulated: Callable[[Floats], Floats]
    moment: Callable[[int], float]


def _entropy_cumulated(p: Floats) -> Floats:
    def below(q: Floats) -> Floats:
        """Integral of -q ln q from 0."""
        return q * (q - 2.0 * xlogx(q)) / 4.0

    return 2.0 * below(p) + 0.5 - 2.0 * below(1.0 - p)


def _entropy_moment(m: int) -> float:
    """From -int p^m p ln p = (m + 2)^-2, and a derivative of the beta function for 1 - p."""
    harmonic = sum(1.0 / n for n in range(2, m + 3))
    return 2.0 / (m + 2) ** 2 + 2.0 * harmonic / ((m + 1) * (m + 2))


def _root_cumulated(p: Floats) -> Floats:
    odd = 2.0 * p - 1.0
    return 0.5 + (2.0 * odd * np.sqrt(p * (1.0 - p)) + np.arcsin(odd)) / np.pi


def _root_moment(m: int) -> float:
    return float(np.prod([(n + 0.5) / (n + 2.0) for n in range(1, m + 1)]))


_INFORMATION = _Measure(_entropy, _entropy_cumulated, _entropy_moment)
_VARIANCE = _Measure(
    _variance, lambda p: p * p * (3.0 - 2.0 * p), lambda m: 6.0 / ((m + 2) * (m + 3))
)
_ROOT = _Measure(_root, _root_cumulated, _root_moment)


def _rank_order(table: Table, measure: _Measure, degree: int | None, weighted: bool) -> Floats:
    if degree is not None and (degree != int(degree) or degree < 0):
        raise InputError(f"degree is {degree}: give a whole number from 0, or None for no fit")
    thresholds = _Thresholds.of(table.margins)
    rank = thresholds.below
    # A threshold above an empty class, or with nobody on one side, tells nothing new; with less
    # than one person in a billion between two, a polynomial through both would be rounding.
    usable = (np.diff(rank, prepend=0.0) > 1e-9) & (rank < 1.0)
    whole = thresholds.mixed(measure.mixed)
    found = divide(whole - _within(table, measure.mixed), np.where(usable, whole, 0.0))
    found = np.where(usable, settle(found, table.local is table.counts), 0.0)
    if degree is None:
        value = _nearest(rank, usable, found, measure)
    else:
        scale = np.where(usable, whole if weighted else 1.0, 0.0)
        value = _fitted(rank, scale, found, measure, int(degree))
    return np.where(usable.any(axis=-1), value, np.nan)


def _nearest(rank: Floats, usable: NDArray[np.bool_], found: Floats, measure: _Measure) -> Floats:
    """Each rank takes the segregation at the threshold nearest to it.

    A threshold that is not usable repeats the one before it, so that its stretch has no length.
    """
    last = np.maximum.accumulate(np.where(usable, rank, -1.0), axis=-1)
    first = np.minimum.accumulate(np.where(usable, rank, 2.0)[..., ::-1], axis=-1)[..., ::-1]
    before, after = last[..., :-1], first[..., 1:]
    between = np.where(before < 0, 0.0, np.where(after > 1, 1.0, (before + after) / 2.0))
    edges = np.concatenate(
        [np.zeros_like(rank[..., :1]), between, np.ones_like(rank[..., :1])], axis=-1
    )
    stretch = np.diff(measure.cumulated(edges), axis=-1)
    mean: Floats = (stretch * found).sum(axis=-1)
    return mean


def _fitted(rank: Floats, scale: Floats, found: Floats, measure: _Measure, degree: int) -> Floats:
    """The mean over the ranks of the polynomial fitted to the thresholds, (..., R).

    `scale` multiplies the equations, so that their squares weigh as its square; 0 leaves one out.
    All regions are solved in one stack. A power beyond what a region's thresholds can determine
    gets an equation of its own that sets its coefficient to 0.
    """
    powers = np.arange(degree + 1)
    determined = powers < np.count_nonzero(scale, axis=-1)[..., np.newaxis]
    design = scale[..., np.newaxis] * rank[..., np.newaxis] ** powers * determined[..., None, :]
    absent = np.eye(degree + 1) * ~determined[..., np.newaxis, :]
    equations = np.concatenate([design, absent], axis=-2)
    q, r = np.linalg.qr(equations)
    right = np.swapaxes(q[..., : rank.shape[-1], :], -1, -2) @ (scale * found)[..., np.newaxis]
    coefficients = np.linalg.solve(r, right)[..., 0]
    mean: Floats = coefficients @ np.array([measure.moment(int(m)) for m in powers])
    return mean
