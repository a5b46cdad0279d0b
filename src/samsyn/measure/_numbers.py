"""Arithmetic that keeps 0 and nan apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_TINY = np.finfo(np.float64).tiny


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """The ratio, and nan where the denominator is 0: what is absent has no share."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.true_divide(numerator, denominator)
    return np.where(denominator == 0, np.nan, ratio)


def reciprocal(values: Floats) -> Floats:
    """1 / values, and 0 for 0: a nan would run on through sums that cross regions."""
    return np.where(values > 0, 1.0 / np.where(values > 0, values, 1.0), 0.0)


def xlogx(values: Floats) -> Floats:
    """The product x ln x, continued to 0 at x = 0."""
    product: Floats = values * np.log(np.where(values > 0, values, 1.0))
    return product


def diversity_mass(counts: Floats) -> Floats:
    """Entropy times people, sum_g n_g ln(n / n_g), of cells (..., G); 0 exactly for one group.

    For the largest group the logarithm is that of 1 + (n - n_g) / n_g, which keeps its digits
    where the group is nearly everyone; n ln n - sum_g n_g ln n_g would lose them.
    """
    people = counts.sum(axis=-1, keepdims=True)
    # A group that is absent may have any logarithm that is finite.
    logs = np.log(np.maximum(people, _TINY)) - np.log(np.maximum(counts, _TINY))
    largest = counts.argmax(axis=-1, keepdims=True)
    most = np.take_along_axis(counts, largest, axis=-1)
    exact = np.log1p((people - most) / np.maximum(most, _TINY))
    np.put_along_axis(logs, largest, exact, axis=-1)
    mass: Floats = np.einsum("...g,...g->...", counts, logs)
    return mass


def pair_diversity_mass(x: Floats, y: Floats) -> Floats:
    """The `diversity_mass` of two groups, x ln(n / x) + y ln(n / y)."""
    more, less = np.maximum(x, y), np.minimum(x, y)
    of_less = np.log(np.where(less > 0, x + y, 1.0) / np.where(less > 0, less, 1.0))
    mass: Floats = less * of_less + more * np.log1p(less / np.where(more > 0, more, 1.0))
    return mass


def settle(values: Floats, bounded: bool, highest: float = 1.0) -> Floats:
    """Keep rounding out of an index that is 0 at evenness and cannot leave its range.

    Only where it is `bounded`: over surroundings most indices may leave it by more than rounding.
    """
    return np.clip(values, 0.0, highest) if bounded else values
