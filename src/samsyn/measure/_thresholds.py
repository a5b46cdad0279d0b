"""Curves over a group's share: sums over the units where it makes up at least a given part."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError


def ascending(thresholds: ArrayLike | None) -> Floats:
    """The thresholds (M,), checked; every hundredth from 0 to 1 where there are none."""
    steps = np.linspace(0.0, 1.0, 101) if thresholds is None else np.asarray(thresholds, float)
    rising = steps.ndim == 1 and steps.size > 0 and bool(np.all(steps[1:] > steps[:-1]))
    if not (rising and steps[0] >= 0 and steps[-1] <= 1):
        raise InputError("thresholds must be numbers from 0 to 1 in ascending order")
    return steps


def sum_from(steps: Floats, share: Floats, values: Floats, regions: Regions) -> Floats:
    """Sum of `values` (..., U, K) over the units whose `share` is at least each step.

    The answer is (..., R, K, M).
    """
    # Each unit falls in the last step that its share reaches; the curve sums them from above.
    reached = np.searchsorted(steps, share, side="right")
    shape = (*share.shape[:-2], regions.size, share.shape[-1])
    curves = np.arange(int(np.prod(shape))).reshape(shape) * (steps.size + 1)
    cell = np.take(curves, regions.index, axis=-2) + reached
    size = curves.size * (steps.size + 1)
    sums: Floats = np.bincount(cell.ravel(), values.ravel(), size).astype(np.float64)
    by_step = sums.reshape(*shape, steps.size + 1)
    from_above: Floats = np.cumsum(by_step[..., :0:-1], axis=-1)[..., ::-1]
    return from_above
