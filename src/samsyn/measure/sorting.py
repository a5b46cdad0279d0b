"""The neighbourhood sorting index: segregation by a quantity that is known in classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, divide, settle
from samsyn.measure._table import Counts, tabulate
from samsyn.measure.errors import InputError


def neighbourhood_sorting_index(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    limits: ArrayLike | None = None,
    values: ArrayLike | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Neighbourhood sorting index NSI: how far units are apart in their mean, against all people.

    NSI = sqrt(sum_u t_u (m_u - m)^2 / sum_u sum_g t_ug (v_g - m)^2), where v_g is the value of
    class g and m_u and m the means of the unit and the region. `values` (G,) gives v_g. `limits`
    gives class limits instead, (G + 1,) with -inf or inf for an open class, or the (G - 1,) limits
    between classes where both outer ones are open: v_g is then the middle of the class, and an
    open class is taken to be as wide as its neighbour. With neither, classes count as equally far
    apart. Only ratios of distances matter, not the unit of measurement.

    (R,), range 0 (all units have the same mean) to 1 (everyone in a unit is in the same class);
    nan where all people of a region are in one class. With an environment, the means of the
    surroundings take the place of m_u. Raises InputError for limits that do not rise, or that
    leave no class with a width. Source: Jargowsky (1996), American Sociological Review 61,
    984-998; with an environment Jargowsky and Kim (2005), National Poverty Center 05-3.
    """
    table = tabulate(counts, region, environment)
    value = _class_values(limits, values, table.counts.shape[-1])
    margins, regions = table.margins, table.regions
    mean = divide(margins @ value, margins.sum(axis=-1))
    everyone = (margins * (value - mean[..., np.newaxis]) ** 2).sum(axis=-1)
    around = table.local.sum(axis=-1)
    local = table.local @ value / np.where(around > 0, around, 1.0)
    units = regions.sum(around * (local - regions.spread(mean, axis=-1)) ** 2, axis=-1)
    lowest = np.where(margins > 0, value, np.inf).min(axis=-1, initial=np.inf)
    highest = np.where(margins > 0, value, -np.inf).max(axis=-1, initial=-np.inf)
    part = divide(units, np.where(lowest < highest, everyone, 0.0))
    return np.sqrt(settle(part, table.local is table.counts))


def _class_values(limits: ArrayLike | None, values: ArrayLike | None, groups: int) -> Floats:
    """The value of each class, (G,)."""
    if limits is None and values is None:
        return np.arange(groups, dtype=np.float64)
    if values is not None:
        if limits is not None:
            raise InputError("limits and values are both given: give one of them")
        value = np.asarray(values, dtype=np.float64)
        if value.shape != (groups,) or not np.isfinite(value).all():
            raise InputError(f"values must be {groups} finite numbers, one for each group")
        return value
    limit = np.asarray(limits, dtype=np.float64)
    if limit.shape == (groups - 1,):
        limit = np.concatenate([[-np.inf], limit, [np.inf]])
    if limit.shape != (groups + 1,):
        raise InputError(
            f"limits has shape {limit.shape}: give the {groups - 1} limits between the "
            f"{groups} groups, or {groups + 1} with both ends"
        )
    if not (np.all(limit[1:] > limit[:-1]) and np.isfinite(limit[1:-1]).all()):
        raise InputError("limits must rise from class to class, with inf only at the ends")
    return _middles(limit)


def _middles(limit: Floats) -> Floats:
    """The middle of each class, an open one taken as wide as its neighbour."""
    low, high = limit[:-1].copy(), limit[1:].copy()
    if np.isinf(low[0]):
        low[0] = high[0] - (high[1:2] - low[1:2]).sum()
    if np.isinf(high[-1]):
        high[-1] = low[-1] + (high[-2:-1] - low[-2:-1]).sum()
    middle = (low + high) / 2.0
    if not np.isfinite(middle).all() or np.any(high <= low):
        raise InputError("an open class has no neighbour with two limits: give values instead")
    return middle
