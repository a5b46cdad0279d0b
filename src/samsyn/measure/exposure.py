"""Exposure: whom the people of a group have around them.

Shapes and symbols as in `evenness`. The people themselves are the weights, and p_u is the
composition of their unit or, with `environment` (U, G), of their surroundings. Exposure depends
on how large a group is: `correlation_ratio` takes that out of isolation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import Contrast, contrast, group_at
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError


def isolation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
    exact: bool = False,
) -> Floats:
    """Isolation xPx: the share of their own group that the group's members meet on average.

    xPx = sum_u x_u / X * x_u / t_u. Range P (evenness) to 1 (nobody shares a unit with others);
    1 as well where nobody else lives in the region, and nan only where the group is absent.
    With `against` the two groups alone are the population, t_u = x_u + y_u.

    `exact` leaves out the person who meets: (x_u - 1) / (t_u - 1), over those who do not live
    alone in their unit. It raises InputError for counts that are not whole and with an
    environment, whose people are not counted. Source: Bell (1954), Social Forces 32, 357-364;
    Massey and Denton (1988), Social Forces 67, 281-315.
    """
    table = tabulate(counts, region, environment)
    pair = contrast(table, group=group, against=against)
    if exact:
        _check_whole_people(table)
        totals = pair.x + pair.y
        shared = totals > 1
        members = pair.regions.sum(pair.x * shared)
        own = pair.x * (pair.x - 1.0) / np.where(shared, totals - 1.0, 1.0) * shared
        return _of_members(pair, divide(pair.regions.sum(own), members), group, against)
    return _of_members(pair, _isolation(pair), group, against)


def _isolation(pair: Contrast) -> Floats:
    """Isolation (..., R, K); nan where the group is absent."""
    around = pair.local_x + pair.local_y
    own = pair.x * (pair.local_x / np.where(around > 0, around, 1.0))
    # A share of people: rounding shall not make it more than all.
    return np.minimum(divide(pair.regions.sum(own), pair.x_margin), 1.0)


def _of_members(pair: Contrast, values: Floats, group: int | None, against: int | None) -> Floats:
    """The answer of a group that is there, whether or not the others are; never of `against`."""
    if group is None and against is not None:
        values[..., against] = np.nan
    elif against is not None and group == against:
        values[:] = np.nan
    return values[..., 0] if pair.single else values


def _check_whole_people(table: Table) -> None:
    """Raise InputError unless one person can be left out of every unit's counts."""
    if table.local is not table.counts:
        raise InputError("exact cannot be combined with an environment: leave out one of them")
    if not np.array_equal(table.counts, np.floor(table.counts)):
        raise InputError("exact needs whole counts: leave it out for weighted or fractional ones")


def interaction(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
    exact: bool = False,
) -> Floats:
    """Interaction xPy: the share of the others that the group's members meet on average.

    xPy = sum_u x_u / X * y_u / t_u, with t_u all people of the unit, of every group. Range 0 (no
    contact) to 1; under evenness it is the others' share of the region. Not symmetric: a small
    group meets a large one more than the large one meets it. With `against` None, isolation and
    interaction sum to 1. nan where either side is absent.

    `exact` leaves out the person who meets, y_u / (t_u - 1), under the same conditions as in
    `isolation`. Source: Bell (1954), Social Forces 32, 357-364; Massey and Denton (1988), Social
    Forces 67, 281-315.
    """
    table = tabulate(counts, region, environment)
    pair = contrast(table, group=group, against=against)
    totals = table.totals[..., np.newaxis]
    if exact:
        _check_whole_people(table)
        met = pair.y / np.where(totals > 1, totals - 1.0, 1.0)
        members = pair.regions.sum(pair.x * (totals > 1))
    else:
        other = _others(table, pair, against)
        met = other / np.where(totals > 0, totals, 1.0)
        members = pair.x_margin
    return pair.answer(divide(pair.regions.sum(pair.x * met), members))


def _others(table: Table, pair: Contrast, against: int | None) -> Floats:
    """Those met by each group in a unit's surroundings, out of the unit's total."""
    if against is None:
        return pair.local_y
    return table.local[..., [group_at(against, table.local.shape[-1], "against")]]


def exposure_matrix(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Exposure of every group to every group, (R, G, G): `[r, g, h]` is what g meets of h.

    M_gh = sum_u t_ug / T_g * t_uh / t_u. Rows sum to 1 over the groups that are present, the
    diagonal is `isolation`, the rest `interaction`. nan where either group is absent.
    Source: Bell (1954), Social Forces 32, 357-364.
    """
    table = tabulate(counts, region, environment)
    totals = table.totals[..., np.newaxis]
    share = table.local / np.where(totals > 0, totals, 1.0)
    # One group at a time: all pairs at once would hold G copies of the counts.
    rows = [
        table.regions.sum(table.counts[..., [g]] * share) for g in range(table.counts.shape[-1])
    ]
    present = table.margins > 0
    both = present[..., :, np.newaxis] & present[..., np.newaxis, :]
    matrix = divide(np.stack(rows, axis=-2), table.margins[..., :, np.newaxis])
    return np.where(both, matrix, np.nan)


def correlation_ratio(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Correlation ratio V, eta squared: isolation beyond what the group's size alone gives.

    V = (xPx - P) / (1 - P), the variance of p_u between units as a share of P (1 - P). Range 0
    (evenness) to 1 (full segregation); with an environment it can fall below 0, where people have
    fewer of their own around them than live in the region. Symmetric in the two sides.
    Source: Massey and Denton (1988), Social Forces 67, 281-315; Stearns and Logan
    (1986), Urban Affairs Quarterly 22, 124-150.
    """
    pair = contrast(counts, region, group, against, environment)
    # As 1 - xPy / (1 - P), where no digits are lost if the group is nearly everyone.
    around = pair.local_x + pair.local_y
    met = pair.regions.sum(pair.x * (pair.local_y / np.where(around > 0, around, 1.0)))
    everyone = pair.x_margin + pair.y_margin
    apart = pair.x_margin * (pair.y_margin / np.where(everyone > 0, everyone, 1.0))
    return pair.answer(pair.settle(1.0 - divide(met, apart)))
