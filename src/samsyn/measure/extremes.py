"""Concentration at the extremes: which end of an order a place leans to.

Columns stand in order, lowest first, unless `low` and `high` name the groups of both ends. Unlike
a share of the poor alone, the index tells a place of concentrated advantage from one of
concentrated disadvantage, and both from a place where the middle lives.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import group_at
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError

Ends = int | Sequence[int] | None


def concentration_at_extremes(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    low: Ends = None,
    high: Ends = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Index of concentration at the extremes ICE of each region, (R,).

    ICE = (people in `high` - people in `low`) / everyone, with the first group as `low` and the
    last as `high` by default. Range -1 (all in the low groups) over 0 (as many in both, or all in
    between) to 1 (all in the high groups). With an environment it is the mean over the people of
    what they have around them. It says what lives in a region and not how it is spread there:
    that is in `local_concentration_at_extremes`. Raises InputError where low and high overlap.
    Source: Massey (2001), in Booth and Crouter, Does It Take a Village?, 41-49; Krieger et al.
    (2016), American Journal of Public Health 106, 256-263.
    """
    table = tabulate(counts, region, environment)
    lean = table.regions.sum(_lean(table, low, high), axis=-1)
    return divide(lean, table.regions.sum(table.local.sum(axis=-1), axis=-1))


def local_concentration_at_extremes(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    low: Ends = None,
    high: Ends = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Index of concentration at the extremes of each unit, (U,), or of its surroundings.

    As `concentration_at_extremes`, which is its mean over the people of a region; nan in a unit
    where nobody lives. The region makes no difference.
    """
    table = tabulate(counts, region, environment)
    lean = divide(_lean(table, low, high), table.local.sum(axis=-1))
    return table.regions.restored(lean)


def _lean(table: Table, low: Ends, high: Ends) -> Floats:
    """People at the high end less those at the low end, (..., U)."""
    groups = table.counts.shape[-1]
    bottom = _columns(low, 0, groups, "low")
    top = _columns(high, groups - 1, groups, "high")
    if both := sorted(set(bottom) & set(top)):
        raise InputError(f"group {both[0]} is in both low and high: give it one end")
    lean: Floats = table.local[..., top].sum(axis=-1) - table.local[..., bottom].sum(axis=-1)
    return lean


def _columns(ends: Ends, default: int, groups: int, name: str) -> list[int]:
    given = [default] if ends is None else np.atleast_1d(np.asarray(ends)).tolist()
    if not given:
        raise InputError(f"{name} is empty: name at least one group")
    return sorted({group_at(group, groups, name) for group in given})
