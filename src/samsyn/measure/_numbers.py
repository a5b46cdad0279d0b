"""Arithmetic that keeps 0 and nan apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


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

    The logarithm is that of 1 + (n - n_g) / n_g, which keeps its digits where one group is nearly
    everyone; n ln n - sum_g n_g ln n_g would lose them.
    """
    others = counts.sum(axis=-1, keepdims=True) - counts
    logs = np.log1p(others / np.where(counts > 0, counts, 1.0))
    mass: Floats = (counts * logs).sum(axis=-1)
    return mass


def settle(values: Floats, bounded: bool, highest: float = 1.0) -> Floats:
    """Keep rounding out of an index that is 0 at evenness and cannot leave its range.

    Only where it is `bounded`: over surroundings most indices may leave it by more than rounding.
    """
    return np.clip(values, 0.0, highest) if bounded else values
