"""Tables with other margins: iterative proportional fitting, and the Karmel-Maclachlan index.

Fitting gives a table the sizes of other units and groups and leaves its odds ratios, that is its
segregation free of margins, as they are. It fits all regions and replicates at once, and lets go
of each region as soon as its margins are met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts, check_counts
from samsyn.measure.errors import InputError

# How many rounds are done between two looks at which regions have been met.
_ROUNDS = 8
_LEAST = 1e-150


@dataclass(frozen=True)
class Fit:
    """A fitted table.

    `counts` (..., U, G) meet the unit totals; `error` (..., R) is the largest miss of a group
    total as a share of the region's people, and `converged` (..., R) says whether it is within
    the tolerance. Where it is not, the table's zeros leave no room for the margins, or nearly so.
    """

    counts: Floats
    converged: NDArray[np.bool_]
    error: Floats


def iterative_proportional_fit(
    counts: ArrayLike,
    region: ArrayLike | None = None,
    *,
    unit_totals: ArrayLike | None = None,
    group_totals: ArrayLike | None = None,
    zero: float = 0.0,
    tolerance: float = 1e-9,
    max_iterations: int = 5000,
) -> Fit:
    """The table with these margins that keeps the odds ratios of `counts`.

    fitted_ug = a_u n_ug b_rg, with a and b found by scaling units and groups in turn; among all
    tables with the margins it is the one nearest to `counts` in Kullback-Leibler divergence.

    Args:
        counts: (U, G), or (B, U, G) with replicates.
        region: (U,) or None; each region is fitted by itself.
        unit_totals: (U,) or (B, U), what the units shall sum to; None keeps their shares.
        group_totals: (R, G) or (B, R, G), what the groups shall sum to in each region; None
            keeps their shares.
        zero: what an empty cell counts as, as a share of what evenness would put there. 0 keeps
            empty cells empty; a small number such as 1e-10 makes any margins possible.
        tolerance: largest miss of a margin that counts as met, as a share of the region's people.
        max_iterations: rounds over units and groups.

    A region whose margins are not met in time is flagged in `converged`, not an error: bootstrap
    replicates with many empty cells are expected to contain some.

    Raises:
        InputError: where unit and group totals of a region do not sum to the same, where a unit
            or group without people should get some (both named), where totals are negative,
            infinite or nan, or where zero, tolerance or max_iterations is out of range.

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444.
    """
    if not zero >= 0:
        raise InputError(f"zero is {zero}: give 0, or a small share such as 1e-10")
    check_rounds(tolerance, max_iterations)
    values = check_counts(counts)
    regions = Regions.of(region, values.shape[-2])
    values = regions.sorted(values, axis=-2)
    units, groups = values.sum(axis=-1), regions.sum(values)
    if unit_totals is not None:
        units = regions.sorted(_totals(unit_totals, units.shape, "unit_totals"))
    if group_totals is not None:
        groups = _totals(group_totals, groups.shape, "group_totals")
    _check_possible(values, regions, units, groups)
    by_units, by_groups = regions.sum(units, axis=-1), groups.sum(axis=-1)
    if unit_totals is None:
        units = units * regions.spread(ratio(by_groups, by_units), axis=-1)
    elif group_totals is None:
        groups = groups * ratio(by_units, by_groups)[..., np.newaxis]
    else:
        _check_agreement(by_units, by_groups)
    if zero > 0:
        values = fill_zeros(values, regions, zero)
    fitted = balance(values, regions, units, groups, tolerance, max_iterations)
    return Fit(regions.restored(fitted.counts, axis=-2), fitted.converged, fitted.error)


def check_rounds(tolerance: float, max_iterations: int) -> None:
    """Refuse a fit that could not begin, or that would never be good enough."""
    if not tolerance >= 0:
        raise InputError(f"tolerance is {tolerance}: give a small share from 0, such as 1e-9")
    if max_iterations < 1:
        raise InputError(f"max_iterations is {max_iterations}: at least one round is needed")


def _totals(given: ArrayLike, shape: tuple[int, ...], name: str) -> Floats:
    values = np.asarray(given, dtype=np.float64)
    try:
        values = np.broadcast_to(values, shape)
    except ValueError:
        raise InputError(f"{name} has shape {values.shape}: {shape} is needed") from None
    if not np.all((values >= 0) & (values < np.inf)):
        place = tuple(int(i) for i in np.argwhere(~((values >= 0) & (values < np.inf)))[0])
        raise InputError(
            f"{name}{list(place)} is {values[place]}: totals must be finite, not negative"
        )
    return values


def _check_possible(values: Floats, regions: Regions, units: Floats, groups: Floats) -> None:
    """Scaling cannot bring people where there are none."""
    lost = (units > 0) & (values.sum(axis=-1) == 0)
    if np.any(lost):
        row = int(np.argwhere(lost)[0][-1])
        row = row if regions.order is None else int(regions.order[row])
        raise InputError(f"unit {row} has no people to scale up: its unit total must be 0")
    lost = (groups > 0) & (regions.sum(values) == 0)
    if np.any(lost):
        place = np.argwhere(lost)[0]
        raise InputError(
            f"group {place[-1]} has no people in region {place[-2]} to scale up: "
            "its group total there must be 0"
        )


def _check_agreement(by_units: Floats, by_groups: Floats) -> None:
    """Both margins of a region must hold the same people."""
    differ = ~np.isclose(by_units, by_groups, rtol=1e-6, atol=0)
    if np.any(differ):
        place = tuple(int(i) for i in np.argwhere(differ)[0])
        raise InputError(
            f"in region {place[-1]} unit_totals sum to {by_units[place]:g} and group_totals to "
            f"{by_groups[place]:g}: both must sum to the same people"
        )


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """The ratio, and 0 where there is nobody."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)


def fill_zeros(values: Floats, regions: Regions, share: float) -> Floats:
    """Empty cells (units sorted) made a share of what evenness would put there."""
    margins = regions.sum(values)
    people = np.broadcast_to(margins.sum(axis=-1, keepdims=True), margins.shape)
    composition = ratio(margins, people)
    even = values.sum(axis=-1, keepdims=True) * regions.spread(composition)
    return np.where((values == 0) & (even > 0), share * even, values)


def balance(
    values: Floats,
    regions: Regions,
    units: Floats,
    groups: Floats,
    tolerance: float,
    max_iterations: int,
) -> Fit:
    """Fit (..., U, G), units sorted by region, to units (..., U) and groups (..., R, G).

    Replicates are only more regions. The last scaling is that of the units, so that their totals
    are met to rounding.
    """
    size = regions.size
    replicates = int(np.prod(values.shape[:-2]))
    table = values.reshape(-1, values.shape[-1])
    index = (np.arange(replicates)[:, np.newaxis] * size + regions.index).ravel()
    goal, targets = units.reshape(-1), groups.reshape(-1, table.shape[-1])
    people = targets.sum(axis=-1)
    of_unit, of_group = np.zeros(len(table)), np.ones_like(targets)
    error = np.zeros(len(targets))
    # What is still being fitted: rows and regions by their place in the whole.
    rows, places = np.arange(len(table)), np.arange(len(targets))
    cells, want, aim, total, factor = table, goal, targets, people, of_group.copy()
    layout = Regions(index, places.size)
    for done in range(1, max_iterations + 1):
        scale = ratio(want, np.einsum("ug,ug->u", cells, factor[layout.index]))
        column = layout.sum(cells * scale[:, np.newaxis])
        if done % _ROUNDS == 0 or done in {1, max_iterations}:
            miss = ratio(np.abs(factor * column - aim).max(axis=-1, initial=0.0), total)
            of_unit[rows], of_group[places], error[places] = scale, factor, miss
            going = miss > tolerance
            if not np.any(going):
                break
            factor, aim, total, column = factor[going], aim[going], total[going], column[going]
            kept = going[layout.index]
            cells, want, rows, places = cells[kept], want[kept], rows[kept], places[going]
            layout = Regions((np.cumsum(going) - 1)[layout.index[kept]], places.size)
        factor = ratio(aim, column)
        # Only ratios between groups matter: at most 1 here, and where the margins are impossible
        # and one runs towards 0, it stops before its units' factors overflow.
        largest = factor.max(axis=-1, keepdims=True, initial=0.0)
        factor /= np.where(largest > 0, largest, 1.0)
        factor = np.where(aim > 0, np.maximum(factor, _LEAST), 0.0)
    fitted = table * of_unit[:, np.newaxis] * of_group[index]
    shape = groups.shape[:-1]
    return Fit(
        fitted.reshape(values.shape), (error <= tolerance).reshape(shape), error.reshape(shape)
    )


def karmel_maclachlan(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Karmel-Maclachlan index: the share of all people who would move for evenness.

    I_p = sum_u |x_u - P t_u| / T = 2 P (1 - P) D: who moves is replaced, so that units keep their
    sizes. With `counts`, `region`, `group`, `against` and `environment` as for `dissimilarity`;
    answers (R,) for one group and (R, G) for all. Range 0 (evenness) to 2 P (1 - P), at most 1/2,
    which both groups of one size that share no unit reach. Unlike D it depends on P.
    Source: Karmel and Maclachlan (1988), Economic Record 64, 187-195.
    """
    pair = contrast(counts, region, group, against, environment)
    people = pair.x_margin + pair.y_margin
    share = pair.regions.spread(ratio(pair.x_margin, people))
    moved = pair.regions.sum(np.abs(pair.local_x - share * (pair.local_x + pair.local_y)))
    return pair.answer(divide(moved, people))
