"""Percentiles over people, and how neighbourhoods change with their size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, divide
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError
from samsyn.measure.neighbours import Neighbourhoods

# Rounding may take this share from a sum of weights that reaches the percentile.
_SLACK = 1e-12


def weighted_percentiles(
    values: ArrayLike,
    weights: ArrayLike,
    q: ArrayLike,
    region: ArrayLike | Regions | None = None,
) -> Floats:
    """The value that q per cent of the people do not exceed, in each region.

    The q-th percentile is the least value v with sum_{u: v_u <= v} w_u >= q / 100 sum_u w_u, the
    inverse of the weighted distribution function: always a value that some unit has, and never
    one between two. For q = 0 it is the least value, for q = 100 the largest.

    `values` (..., U) by unit, units last; `weights` (U,), such as people; `q` (Q,) from 0 to 100,
    or one number. Units whose weight is 0 or whose value is nan do not count. Answers
    (Q, ..., R), without Q for one number; nan where no unit counts. A sum of weights reaches q
    when it is within rounding of it. Raises InputError for weights or q that cannot be used.
    Source: Hyndman and Fan (1996), American Statistician 50, 361-365, definition 1, with weights.
    """
    given = np.asarray(values, dtype=np.float64)
    units = given.shape[-1] if given.ndim else 0
    people = np.asarray(weights, dtype=np.float64)
    if given.ndim == 0 or people.shape != (units,):
        raise InputError(
            f"values have shape {given.shape} and weights {people.shape}: "
            "give values with the units last, and one weight for each unit"
        )
    wrong = np.flatnonzero(~((people >= 0) & (people < np.inf)))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"weights[{row}] is {people[row]}: weights must be finite, not negative")
    ranks = np.asarray(q, dtype=np.float64)
    if ranks.ndim > 1 or not np.all((ranks >= 0) & (ranks <= 100)):
        raise InputError(f"q is {ranks.tolist()}: give percentages from 0 to 100")
    regions = Regions.of(region, units)
    rows, people = regions.sorted(given).reshape(-1, units), regions.sorted(people)
    answer = np.empty((ranks.size, rows.shape[0], regions.size))
    for i in range(rows.shape[0]):  # row by row, since sorting all at once takes much memory
        answer[:, i] = _percentiles(rows[i], people, ranks.ravel() / 100, regions)
    return answer.reshape(*ranks.shape, *given.shape[:-1], regions.size)


def _percentiles(values: Floats, weights: Floats, ranks: Floats, regions: Regions) -> Floats:
    """The percentiles (Q, R) of one value for each unit (U,), units in the order of the regions."""
    counted = np.flatnonzero((weights > 0) & ~np.isnan(values))
    counted = counted[np.lexsort((values[counted], regions.index[counted]))]
    present = Regions(regions.index[counted], regions.size)
    answer = np.full((ranks.size, regions.size), np.nan)
    if counted.size:
        # One running sum over all regions, in which each searches its own stretch.
        running = np.cumsum(weights[counted])
        last = np.append(present.starts[1:], counted.size) - 1
        below = np.append(0.0, running[last[:-1]])
        wanted = below + ranks[:, None] * (running[last] - below) - _SLACK * running[-1]
        found = np.clip(np.searchsorted(running, wanted), present.starts, last)
        answer[:, present.present] = values[counted[found]]
    return answer


@dataclass(frozen=True)
class NeighbourhoodProfile:
    """How the neighbourhoods of a region's people differ, by size.

    K sizes, Q percentages, R regions, G groups: `percentiles` (Q, K, R, G) of the group's share
    over the people, their `mean` (K, R, G), and the `variance_ratio` (K, R, G).
    """

    k: Floats
    q: Floats
    percentiles: Floats
    mean: Floats
    variance_ratio: Floats


def neighbourhood_profile(
    neighbourhoods: Neighbourhoods,
    weights: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    q: ArrayLike = (1, 5, 10, 25, 50, 75, 90, 95, 99),
) -> NeighbourhoodProfile:
    """The spread of neighbourhood shares over the people of each region, for every size k.

    With p_u the share of a group in the neighbourhood of unit u, w_u its weight (`weights` (U,):
    the people whose neighbourhoods are described, all or those of a group) and W their sum, the
    mean is m = sum_u w_u p_u / W and

        variance ratio = sum_u w_u (p_u - m)^2 / (W m (1 - m)),

    0 where all have neighbourhoods alike and 1 where each is of one kind alone; nan where the
    group is absent or alone. Its fall over k tells the scale of segregation: what is left at
    large k is between parts of a city or country, what goes early lay between blocks. Regions
    only choose whose neighbourhoods are described: they may reach beyond. Source: Reardon et al.
    (2008), Demography 45, 489-514, for profiles by scale; Bell (1954), Social Forces 32, 357-364,
    for the ratio.
    """
    shares = np.moveaxis(neighbourhoods.shares, -1, -2)
    percentiles = weighted_percentiles(shares, weights, q, region)
    regions = Regions.of(region, shares.shape[-1])
    people = regions.sorted(np.asarray(weights, dtype=np.float64))
    shares = regions.sorted(shares)
    people = np.where(np.isnan(shares), 0.0, people)
    shares = np.where(people > 0, shares, 0.0)
    whole = regions.sum(people, axis=-1)
    mean = divide(regions.sum(people * shares, axis=-1), whole)
    apart = (shares - regions.spread(mean, axis=-1)) ** 2
    apart = np.where(people > 0, apart, 0.0)
    variance = divide(regions.sum(people * apart, axis=-1), whole)
    return NeighbourhoodProfile(
        neighbourhoods.k,
        np.atleast_1d(np.asarray(q, dtype=np.float64)),
        np.moveaxis(percentiles, -1, -2).reshape(-1, *np.moveaxis(mean, -1, -2).shape),
        np.moveaxis(mean, -1, -2),
        np.moveaxis(divide(variance, mean * (1 - mean)), -1, -2),
    )
