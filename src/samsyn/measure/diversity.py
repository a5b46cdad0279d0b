"""Diversity: how many groups live in a place, and how evenly their sizes are.

Every function takes `counts` (U, G) or (B, U, G) and `region` (U,) and answers (R,) or (B, R);
a region where nobody lives is nan. `part` chooses what is described:

- `"region"`: the region as a whole, whatever its units look like (gamma diversity);
- `"within"`: its units, averaged over their people (alpha diversity), or the units' surroundings
  where an `environment` (U, G) is given;
- `"between"`: what the region has beyond its units (beta diversity). This part is segregation.

Diversity of a region is no segregation: a diverse region may be mixed or divided.

Symbols: P_g is the share of group g in the region, p_ug in unit u, w_u = t_u / T the unit's share
of the people.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, diversity_mass, divide, settle
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError

Part: TypeAlias = Literal["region", "within", "between"]


def entropy(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    part: Part = "region",
    normalised: bool = False,
    environment: ArrayLike | None = None,
) -> Floats:
    """Shannon's and Theil's entropy E, in nats: how uncertain a random person's group is.

    E = - sum_g P_g ln P_g; within, sum_u w_u E_u; between, the difference, `mutual_information`.
    Range 0 (one group) to ln G (G groups of one size); `normalised` divides by ln G, with G the
    groups of the table whether or not they live in the region.
    Source: Shannon (1948); Theil (1972); Reardon and Firebaugh (2002), Sociological Methodology
    32, 33-67.
    """
    table = tabulate(counts, region, environment)
    value = _part(table, part, lambda within: _renyi(table, 1.0, within))
    return divide(value, np.log(float(table.counts.shape[-1]))) if normalised else value


def simpson_interaction(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    part: Part = "region",
    environment: ArrayLike | None = None,
) -> Floats:
    """Simpson's interaction index I: the chance that two random people are of different groups.

    I = sum_g P_g (1 - P_g); within, sum_u w_u I_u, two people of the same unit; between, the
    difference, which is I times `relative_diversity`. Range 0 to 1 - 1/G. The two are drawn with
    replacement. Source: Lieberson (1969), American Sociological Review 34, 850-862; Reardon and
    Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    return _part(table, part, lambda within: np.maximum(1.0 - _alike(table, within), 0.0))


def simpson_concentration(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    part: Part = "region",
    environment: ArrayLike | None = None,
) -> Floats:
    """Simpson's concentration index: the chance that two random people are of the same group.

    lambda = sum_g P_g^2 = 1 - I, see `simpson_interaction`; within, sum_u w_u lambda_u; between,
    how much likelier two people of one unit are alike than two of the region. Range 1/G to 1.
    Source: Simpson (1949), Nature 163, 688.
    """
    table = tabulate(counts, region, environment)
    if part == "between":
        return simpson_interaction(table, part=part)
    return _part(table, part, lambda within: _alike(table, within))


def renyi_diversity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    order: float = 1.0,
    part: Part = "region",
    environment: ArrayLike | None = None,
) -> Floats:
    """Renyi's entropy of order q = `order`: the logarithm of `hill_diversity`.

    ln(sum_g P_g^q) / (1 - q); at q = 1 Shannon's entropy, at infinity -ln max_g P_g. Between is
    region less within. Range 0 to ln G. Raises InputError where the order is negative or nan.
    Source: Renyi (1961), Proceedings of the Fourth Berkeley Symposium 1, 547-561.
    """
    if not order >= 0:
        raise InputError(f"order is {order}: give 0 or more; 0, 1, 2 and infinity are usual")
    table = tabulate(counts, region, environment)
    return _part(table, part, lambda within: _renyi(table, float(order), within))


def hill_diversity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    order: float = 1.0,
    part: Part = "region",
    environment: ArrayLike | None = None,
) -> Floats:
    """Hill number of order q = `order`: how many groups of one size would be as diverse.

    (sum_g P_g^q)^(1 / (1 - q)): the number of groups at q = 0, exp(E) at 1, 1 / (1 - I) at 2 and
    1 / max_g P_g at infinity; the higher q, the less small groups count. Range 1 to G. Within is
    (sum_u w_u sum_g p_ug^q)^(1 / (1 - q)); between is region divided by within, from 1 (every
    unit mirrors the region) up: how many wholly different units of one size would be as unlike.
    Raises InputError where the order is negative or nan. Source: Hill (1973), Ecology 54,
    427-432; parts by Routledge (1979), Theoretical Population Biology 16, 310-329, and Tuomisto
    (2010), Ecography 33, 2-22.
    """
    return np.exp(renyi_diversity(counts, region, order=order, part=part, environment=environment))


def _part(table: Table, part: Part, value: Callable[[bool], Floats]) -> Floats:
    """The value of the region, within its units, or the difference."""
    if part == "region":
        return value(False)
    if part == "within":
        return value(True)
    if part == "between":
        return settle(value(False) - value(True), table.local is table.counts, np.inf)
    raise InputError(f'part is {part!r}: give "region", "within" or "between"')


def _composition(table: Table, within: bool) -> tuple[Floats, Floats]:
    """Shares (..., R, G) or (..., U, G) and people to weigh them by (..., R) or (..., U)."""
    people = table.local if within else table.margins
    weight: Floats = people.sum(axis=-1)
    return people / np.where(weight > 0, weight, 1.0)[..., np.newaxis], weight


def _mean(table: Table, values: Floats, weight: Floats, within: bool) -> Floats:
    """Mean over the people of each region, (..., R); nan where there is nobody."""
    if not within:
        return np.where(weight > 0, values, np.nan)
    regions = table.regions
    return divide(regions.sum(values * weight, axis=-1), regions.sum(weight, axis=-1))


def _alike(table: Table, within: bool) -> Floats:
    """The chance that two people of a region or of one unit are of the same group."""
    share, weight = _composition(table, within)
    return _mean(table, np.minimum((share**2).sum(axis=-1), 1.0), weight, within)


def _renyi(table: Table, order: float, within: bool) -> Floats:
    """Renyi's entropy of the regions, or the one that goes with their units' mean, (..., R)."""
    share, weight = _composition(table, within)
    # Nearer to 1, what cancels in the general formula is more than the orders differ.
    if abs(order - 1.0) < 1e-8:
        return _mean(table, diversity_mass(share), weight, within)
    largest = share.max(axis=-1, initial=0.0)
    if within:
        largest = table.regions.max(largest, axis=-1)
    with np.errstate(divide="ignore"):
        log_largest = np.log(largest)
    log_largest = np.where(largest > 0, log_largest, np.nan)
    if math.isinf(order):
        return -log_largest
    # In units of the largest share, powers of any order neither overflow nor all vanish.
    unit = table.regions.spread(largest, axis=-1) if within else largest
    scaled = share / np.where(unit > 0, unit, 1.0)[..., np.newaxis]
    power = np.where(share > 0, scaled**order, 0.0).sum(axis=-1)
    mean = _mean(table, power, weight, within)
    return (order * log_largest + np.log(np.where(mean > 0, mean, np.nan))) / (1.0 - order)
