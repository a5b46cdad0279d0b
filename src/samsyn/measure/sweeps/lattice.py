"""Whether points lie on a square lattice, as the midpoints of grid cells do.

On a lattice squared distances are whole numbers, so that points at equal distance are told apart
from points at almost equal distance without any rounding.
"""

from __future__ import annotations

import numpy as np

from samsyn.measure._numbers import Floats

# Squares of whole numbers up to this, and the sum of two of them, are exact in a double.
LARGEST = 2.0**26


def on_lattice(xy: Floats) -> tuple[Floats, float] | None:
    """The points (N, 2) as whole multiples of a common spacing, and the spacing; None if none fits.

    The spacing is the greatest common divisor of all differences along x and along y. Points fit
    where they depart from the lattice by no more than the rounding of their own coordinates.
    """
    if xy.shape[0] == 0:
        return None
    offset = xy - xy.min(axis=0)
    span = float(offset.max())
    if span == 0:
        return offset, 1.0
    rounding = 4 * np.finfo(np.float64).eps * float(np.abs(xy).max())
    steps = np.concatenate([np.diff(np.unique(offset[:, 0])), np.diff(np.unique(offset[:, 1]))])
    spacing = _common_divisor(steps, span / LARGEST, rounding)
    if spacing is None:
        return None
    # The longest distance gives the spacing with the least error.
    spacing = span / np.round(span / spacing)
    whole = np.round(offset / spacing)
    fits = bool(np.all(np.abs(offset - whole * spacing) <= rounding))
    return (whole, spacing) if fits else None


def _common_divisor(steps: Floats, least: float, rounding: float) -> float | None:
    """Euclid's algorithm on all the steps at once; None below the least spacing allowed."""
    steps = np.unique(steps[steps > rounding])
    while steps.size and steps[0] > least:
        spacing = float(steps[0])
        multiples = np.round(steps / spacing)
        # A step is a difference of two rounded numbers, and its error grows with the multiple.
        error = rounding * (multiples + 1)
        if np.any(error > spacing / 8):
            return None
        left = np.abs(steps - multiples * spacing)
        left = left[left > error]
        if left.size == 0:
            return spacing
        steps = np.unique(np.append(left, spacing))
    return None
