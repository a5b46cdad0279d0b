"""Which areas are alike: distances between areas by chosen, weighted components.

`values` are areas by components (A, C) and nan where one is missing. Nothing is learnt from data:
the components and their weights are given, and what each adds to a distance is told with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats
from samsyn.measure.composite import standardise
from samsyn.measure.errors import InputError


@dataclass(frozen=True)
class StructuralDistances:
    """How far every area is from one of them.

    `distance` (A,) is in standard deviations, 0 for the area itself, nan where too little is known.
    `differences` (A, C) are an area's components less those of the one, in standard deviations, nan
    where either lacks it. `contributions` (A, C) are the parts of the squared distance that each
    component makes: they sum to 1, are 0 for a component that is not known, and all nan where there
    is no distance or it is 0. `known` (A,) is the share of the weight whose components both areas
    have.
    """

    distance: Floats
    differences: Floats
    contributions: Floats
    known: Floats


def structural_distances(
    values: ArrayLike,
    area: int,
    *,
    weights: ArrayLike | None = None,
    method: str = "z",
    least: float = 0.5,
) -> StructuralDistances:
    """How far every area is from one of them, by the weighted mean of squared differences.

    d_ab = sqrt( sum_c w_c (s_ac - s_bc)^2 / sum_c w_c ), where s are the components standardised
    over all areas (see `standardise`) and both sums go over the components that a and b both have.
    With method "z" a distance of 1 says that the two are as far apart as one standard deviation in
    every component, or further in some and nearer in others.

    A missing component is neither guessed nor taken for alike: the distance is that of the known
    ones, and `known` says how much of the weight they have. Below `least` of it there is none.

    Args:
        values: (A, C); nan is missing. A component of weight 0 does not count, whatever it holds.
        area: the position of the area that distances are from.
        weights: (C,), not negative; None weighs alike. Only their proportions matter.
        method: "z", "minmax", "rank" or "mean", as in `standardise`.
        least: the share of the weight that must be known in both, from 0 to 1.

    Returns:
        StructuralDistances: at least 0, the same from either of two areas, and with all methods but
        "mean" the same in whatever unit a component is measured.

    Raises:
        InputError: where no component has a weight, where one that has has no spread, or where
            there is no such area.

    Source: Gower (1971), Biometrics 27, 857-871, on weights that leave out what is missing; Dixon
    (1979), IEEE Transactions on Systems, Man, and Cybernetics 9, 617-621, on the distance by what
    both have; OECD and JRC (2008), Handbook on Constructing Composite Indicators, chapter 5, on
    standardising.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise InputError(f"values have {table.ndim} axes: give areas by components (A, C)")
    areas, components = table.shape
    if not 0 <= area < areas:
        raise InputError(f"there is no area {area}: there are {areas}, counted from 0")
    mass = _weights(weights, components)
    used = np.flatnonzero(mass)
    scores = np.full(table.shape, np.nan)
    scores[:, used] = standardise(table[:, used], method=method)
    differences = scores - scores[area]
    both = ~np.isnan(differences[:, used])
    share = both @ mass[used]
    # What is missing adds nothing, and the rest is weighed as if it were all.
    squares = np.zeros(table.shape)
    squares[:, used] = np.where(both, differences[:, used] ** 2 * mass[used], 0.0)
    total = squares.sum(axis=1)
    # Rounding may leave a share that should be exactly `least` a last digit below it.
    enough = (share > 0) & (share >= least - 1e-12)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.where(enough, np.sqrt(total / share), np.nan)
        parts = squares / np.where(enough & (total > 0), total, np.nan)[:, np.newaxis]
    return StructuralDistances(distance, differences, parts, np.minimum(share, 1.0))


def _weights(weights: ArrayLike | None, components: int) -> Floats:
    """The weights as shares of their sum."""
    mass = np.ones(components) if weights is None else np.asarray(weights, dtype=np.float64)
    if mass.shape != (components,):
        raise InputError(f"weights have the shape {mass.shape}: give one for each component")
    if not np.all(np.isfinite(mass)) or np.any(mass < 0):
        raise InputError("weights must be 0 or more, and finite")
    largest = mass.max(initial=0.0)
    if largest == 0:
        raise InputError("no component has a weight: give at least one")
    # By the largest first, so that sums of very large or very small weights stay finite.
    mass = mass / largest
    found: Floats = mass / mass.sum()
    return found
