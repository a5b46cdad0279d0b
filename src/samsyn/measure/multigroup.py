"""Segregation among any number of groups at once.

Every function takes `counts` (U, G) or (B, U, G) and `region` (U,) and answers (R,) or (B, R). A
group that is absent from a region does not count there. A region where fewer than two groups live
is nan wherever the index divides by the region's diversity.

With `environment` (U, G), the composition of the surroundings takes the place of the unit's own
(Reardon and O'Sullivan 2004, Sociological Methodology 34, 121-162).

Symbols: t_u are the people of unit u, T those of the region, p_ug the share of group g in the
unit and P_g in the region; I = sum_g P_g (1 - P_g) and E = - sum_g P_g ln P_g are the region's
diversity by Simpson and by Shannon, I_u and E_u the unit's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, divide, settle, xlogx
from samsyn.measure._table import Counts, Table, tabulate


def multigroup_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Multigroup dissimilarity D: those who would have to move, as a share of the most.

    D = sum_g sum_u t_u |p_ug - P_g| / (2 T I). Range 0 to 1; of two groups it is `dissimilarity`.
    Source: Morgan (1975); Sakoda (1981), Demography 18, 245-250; Reardon and Firebaugh (2002),
    Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    total, share = _region_shares(table)
    moved = np.abs(_deviations(table, share)).sum(axis=-1)
    among = table.regions.sum(moved, axis=-1)
    value = divide(among, 2.0 * total * _simpson(table))
    return settle(value, table.local is table.counts)


def multigroup_gini(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Multigroup Gini index G: the mean difference in composition between two people's units.

    G = sum_g sum_u sum_v t_u t_v |p_ug - p_vg| / (2 T^2 I), computed along each group's
    segregation curve. Range 0 to 1, never below D; of two groups it is `gini`.
    Source: Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    apart = _apart(table.margins)
    value = divide((apart * contrast(table).gini).sum(axis=-1), apart.sum(axis=-1))
    return settle(value, table.local is table.counts)


def mutual_information(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Mutual information M: what knowing a person's unit tells of the group, in nats.

    M = E - sum_u t_u / T * E_u, the diversity of the region less the mean diversity of its units.
    Range 0 to E, and to the logarithm of the number of units; 0 where one group lives alone.
    With an environment it can fall below 0, where the surroundings are more diverse than the
    region. Source: Theil (1972); Mora and Ruiz-Castillo (2011), Sociological Methodology 41,
    159-194; Frankel and Volij (2011), Journal of Economic Theory 146, 1-38.
    """
    table = tabulate(counts, region, environment)
    return divide(table.information, table.margins.sum(axis=-1))


def multigroup_theil_h(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Theil's information theory index H of many groups: mutual information as a share of E.

    H = sum_u t_u (E - E_u) / (T E). Range 0 to 1; with an environment it can fall below 0. Of two
    groups it is `theil_h`. Source: Theil and Finizza (1971), Journal of Mathematical Sociology 1,
    187-193; Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    value = divide(table.information, table.diversity_mass)
    return settle(value, table.local is table.counts)


def relative_diversity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Relative diversity index R: how much less likely unlike people share a unit than a region.

    R = 1 - sum_u t_u I_u / (T I), without an environment = sum_g sum_u t_u (p_ug - P_g)^2 /
    (T I). Range 0 to 1; with an environment it can fall below 0. Of two groups it is
    `correlation_ratio`. Source: Reardon (1998); Reardon and Firebaugh (2002), Sociological
    Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    units = table.regions.sum(_apart(table.local).sum(axis=-1), axis=-1)
    value = 1.0 - divide(units, _apart(table.margins).sum(axis=-1))
    return settle(value, table.local is table.counts)


def squared_coefficient_of_variation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Squared coefficient of variation C: the variance of the units' location quotients p_ug / P_g.

    C = sum_g sum_u t_u (p_ug - P_g)^2 / (T (G - 1) P_g) over the G groups present. Range 0 to 1.
    Under full segregation a group adds (1 - P_g) / (G - 1): a small group, and its noise, counts
    as much as a large one.
    Source: Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    total, share = _region_shares(table)
    variance = _variance_mass(table, share) / np.where(share > 0, share, 1.0)
    # Surroundings may hold a group that the region does not: it does not count.
    spread = (variance * (share > 0)).sum(axis=-1)
    others = np.where(_mixed(table), (share > 0).sum(axis=-1) - 1.0, 0.0)
    return settle(divide(spread, total * others), table.local is table.counts)


def normalised_exposure(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Normalised exposure P: the mean of the groups' correlation ratios, weighted by their size.

    P = sum_g P_g (xPx_g - P_g) / (1 - P_g), without an environment = sum_g sum_u t_u
    (p_ug - P_g)^2 / (T (1 - P_g)). Range 0 to 1; with an environment it can fall below 0.
    Source: James (1986); Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    table = tabulate(counts, region, environment)
    total = table.margins.sum(axis=-1)
    around = table.local.sum(axis=-1, keepdims=True)
    others = around - table.local
    # Of each group as 1 - xPy / (1 - P), where no digits are lost if it is nearly everyone.
    met = table.regions.sum(table.counts * (others / np.where(around > 0, around, 1.0)))
    rest = total[..., np.newaxis] - table.margins
    missed = (met / np.where(rest > 0, rest, 1.0)).sum(axis=-1)
    value = np.where(_mixed(table), 1.0 - missed, np.nan)
    return settle(value, table.local is table.counts)


def divergence(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Divergence index: how far, on average, units depart from the region's composition, in nats.

    sum_u t_u / T * sum_g p_ug ln(p_ug / P_g). Range 0 to E. Without an environment it is
    `mutual_information`; with one it stays at or above 0, and it is nan where the surroundings
    hold a group that is absent from the region. Source: Roberto (2015), The Divergence
    Index, arXiv 1508.01167.
    """
    table = tabulate(counts, region, environment)
    total, share = _region_shares(table)
    surroundings = table.regions.sum(table.local)
    foreign = ((surroundings > 0) & ~(share > 0)).any(axis=-1)
    own = table.regions.sum(xlogx(_local_share(table)).sum(axis=-1) * table.totals, axis=-1)
    crossed = (surroundings * np.log(np.where(share > 0, share, 1.0))).sum(axis=-1)
    return np.where(foreign, np.nan, np.maximum(divide(own - crossed, total), 0.0))


def _region_shares(table: Table) -> tuple[Floats, Floats]:
    """People (..., R) and group shares (..., R, G) of the regions; nan shares where empty."""
    total = table.margins.sum(axis=-1)
    return total, divide(table.margins, total[..., np.newaxis])


def _mixed(table: Table) -> NDArray[np.bool_]:
    """Where at least two groups live, (..., R)."""
    mixed: NDArray[np.bool_] = (table.margins > 0).sum(axis=-1) > 1
    return mixed


def _simpson(table: Table) -> Floats:
    """The region's I, 0 where it is not mixed and nan where it is empty, (..., R)."""
    return divide(_apart(table.margins).sum(axis=-1), table.margins.sum(axis=-1))


def _apart(counts: Floats) -> Floats:
    """n_g (n - n_g) / n of cells (..., G): its sum is n I, and 0 exactly for one group."""
    people = counts.sum(axis=-1, keepdims=True)
    apart: Floats = counts * ((people - counts) / np.where(people > 0, people, 1.0))
    return apart


def _local_share(table: Table) -> Floats:
    """Composition around each unit, (..., U, G); 0 where nobody lives."""
    around = table.local.sum(axis=-1, keepdims=True)
    return table.local / np.where(around > 0, around, 1.0)


def _deviations(table: Table, share: Floats) -> Floats:
    """t_u (p_ug - P_g), (..., U, G)."""
    return table.local - table.totals[..., np.newaxis] * table.regions.spread(share)


def _variance_mass(table: Table, share: Floats) -> Floats:
    """sum_u t_u (p_ug - P_g)^2, (..., R, G)."""
    totals = table.totals[..., np.newaxis]
    deviations = _deviations(table, share)
    return table.regions.sum(deviations**2 / np.where(totals > 0, totals, 1.0))
