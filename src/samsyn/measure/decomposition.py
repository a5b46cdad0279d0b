"""Decomposition of M and H between and within nested areas and by group; of Simpson's index.

M = sum_u sum_g p_ug ln(p_ug / (p_u p_g)) is the mutual information of unit and group in nats, and
H = M / E Theil's index, with E = -sum_g p_g ln p_g the diversity of the region. Both split
without remainder, M into parts and H into the same parts over the region's E (Theil and Finizza
1971, Journal of Mathematical Sociology 1, 187-193; Mora and Ruiz-Castillo 2011, Sociological
Methodology 41, 159-194).

The computation uses the diversity mass of a cell, n E = sum_g n_g ln(n / n_g): what is between
the parts of a cell is its own mass less that of its parts, so the levels telescope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, Indices, diversity_mass, divide, xlogx
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts, check_counts, tabulate
from samsyn.measure.errors import InputError


@dataclass(frozen=True)
class Within:
    """Segregation inside each of several cells, all (..., C).

    `m` and `h` are the cell's own indices, `weight` its share of the region's people and
    `entropy_ratio` its diversity E over the region's. In a region, weight * m sums to the M and
    weight * entropy_ratio * h to the H of this step. A cell without people has weight 0 and nan
    otherwise; `h` is nan where a cell has one group only.
    """

    m: Floats
    h: Floats
    weight: Floats
    entropy_ratio: Floats


@dataclass(frozen=True)
class NestedLevel:
    """One step down: `m` and `h` (..., R) lie between the cells of this level.

    `within` says the same for each cell of the level above, in which they lie: for the first
    level the regions themselves.
    """

    m: Floats
    h: Floats
    within: Within


@dataclass(frozen=True)
class NestedDecomposition:
    """The total `m` and `h` (..., R) between units, and the `levels` that add up to them."""

    m: Floats
    h: Floats
    levels: tuple[NestedLevel, ...]


@dataclass(frozen=True)
class GroupDecomposition:
    """Each group's part in M and H.

    `m` and `h` (..., R) are the totals; `share` (..., R, G) is p_g and `local` (..., R, G) the
    local segregation ls_g of each group; `m_group` = p_g ls_g and `h_group` sum over the groups to
    the totals. With families of groups, `m_between` and `h_between` (..., R) lie between families
    and `within` (..., R, K) inside each family; without, they are None.
    """

    m: Floats
    h: Floats
    share: Floats
    local: Floats
    m_group: Floats
    h_group: Floats
    m_between: Floats | None = None
    h_between: Floats | None = None
    within: Within | None = None


@dataclass(frozen=True)
class SimpsonDecomposition:
    """The chance `total` (..., R) that two people who meet are of one group, and its three parts.

    `locational` is due to where the groups live, `compositional` to their being of unequal size,
    and `qualitative` to their being no more than they are.
    """

    total: Floats
    locational: Floats
    compositional: Floats
    qualitative: Floats


def nested_decomposition(
    counts: ArrayLike, levels: Sequence[ArrayLike], *, region: ArrayLike | None = None
) -> NestedDecomposition:
    """M and H between and within nested areas; the levels add up to the total.

    M = M(level 1) + M(level 2 within level 1) + ... + M(units within the last level), where
    M(k within k - 1) = sum_c p_c M_c over the cells c of level k - 1, and H likewise with every
    part divided by the region's E. The units are always the last step, so L levels give L + 1
    parts.

    Args:
        counts: (U, G), or (B, U, G) with replicates.
        levels: from the coarsest to the finest, integers from 0 (U,) that say which cell each
            unit lies in. A cell must lie wholly in one cell of the level before it; its values
            stand at the position of its number.
        region: (U,), in which the coarsest level lies; None for one region.

    Range of every part: 0 to E for M, 0 to 1 for H; 0 where the cells of that level mirror the
    cell that they lie in. A region without people gives nan, and H is nan where it has one group.

    Raises:
        InputError: where levels are not nested, naming the first unit that breaks it.

    Source: Theil and Finizza (1971); Reardon, Yun and Eitle (2000), Demography 37, 351-364.
    """
    values = check_counts(counts)
    parents = _nest(levels, region, values.shape[-2])
    # From the units upwards: the people and the diversity mass of the cells of every level.
    sums = [values]
    for parent in reversed(parents):
        sums.append(parent.sum(parent.sorted(sums[-1], axis=-2)))
    sums.reverse()
    people = [cells.sum(axis=-1) for cells in sums]
    mass = [diversity_mass(cells) for cells in sums]
    found = []
    home = np.arange(people[0].shape[-1])
    for depth, parent in enumerate(parents):
        inner = parent.sum(parent.sorted(mass[depth + 1], axis=-1), axis=-1)
        gap = np.maximum(mass[depth] - inner, 0.0)
        whole = Regions.of(home, home.size)
        between = whole.sum(whole.sorted(gap, axis=-1), axis=-1)
        found.append(
            NestedLevel(
                divide(between, people[0]),
                divide(between, mass[0]),
                _within(gap, people[depth], mass[depth], people[0][..., home], mass[0][..., home]),
            )
        )
        home = home[parent.restored(parent.index)]
    units = Regions.of(home, home.size)
    gap = np.maximum(mass[0] - units.sum(units.sorted(mass[-1], axis=-1), axis=-1), 0.0)
    return NestedDecomposition(divide(gap, people[0]), divide(gap, mass[0]), tuple(found))


def _nest(levels: Sequence[ArrayLike], region: ArrayLike | None, units: int) -> list[Regions]:
    """For each level from the first and for the units, which cell above each cell lies in."""
    labels = [_labels(region, units, "region")]
    labels += [_labels(level, units, f"level {i}") for i, level in enumerate(levels)]
    parents = []
    for i, (coarse, fine) in enumerate(pairwise(labels)):
        parent = np.zeros(int(fine.max(initial=-1)) + 1, dtype=np.intp)
        parent[fine[::-1]] = coarse[::-1]
        if np.any(parent[fine] != coarse):
            row = int(np.argmax(parent[fine] != coarse))
            above = f"level {i - 1}" if i else "region"
            raise InputError(
                f"unit {row} lies in {above} {coarse[row]}, and other units of its cell "
                f"{fine[row]} of level {i} in {above} {parent[fine[row]]}: a cell must lie in one "
                "cell of the level before it; order the levels from the coarsest to the finest "
                "and number their cells through"
            )
        parents.append(Regions.of(parent, parent.size))
    return [*parents, Regions.of(labels[-1], units)]


def _labels(given: ArrayLike | None, units: int, name: str) -> Indices:
    """The cell of each unit in the caller's order."""
    try:
        cells = Regions.of(given, units)
    except InputError as error:
        raise InputError(str(error).replace("region", name, 1)) from None
    return cells.restored(cells.index)


def group_decomposition(
    counts: ArrayLike, region: ArrayLike | None = None, *, families: ArrayLike | None = None
) -> GroupDecomposition:
    """Each group's part in M and H, and what lies between and within families of groups.

    ls_g = sum_u p_u|g ln(p_u|g / p_u) and M = sum_g p_g ls_g. With families K of groups,
    M = M(families) + sum_k p_k M_k, where M_k is the segregation of the groups of family k from
    each other.

    Args:
        counts: (U, G), or (B, U, G) with replicates.
        region: (U,) or None.
        families: (G,) integers from 0, the family of each group.

    ls_g is at least 0 and unbounded above by any constant; it is 0 where the group is spread as
    everyone. A group that is absent has share 0, ls nan and contributes 0.

    Source: Mora and Ruiz-Castillo (2011), Sociological Methodology 41, 159-194.
    """
    values = check_counts(counts)
    regions = Regions.of(region, values.shape[-2])
    values = regions.sorted(values, axis=-2)
    totals = values.sum(axis=-1)
    margins = regions.sum(values)
    people = margins.sum(axis=-1)
    mass = diversity_mass(margins)
    logs = np.log(np.where(totals > 0, totals, 1.0))[..., np.newaxis]
    everyone = people[..., np.newaxis]
    # n_g ls_g = sum_u n_ug ln(n_ug N / (n_g t_u)).
    spread = regions.sum(xlogx(values) - values * logs) - xlogx(margins)
    spread = np.maximum(spread + margins * np.log(np.where(everyone > 0, everyone, 1.0)), 0.0)
    total = spread.sum(axis=-1)
    m, h = divide(total, people), divide(total, mass)
    parts = (
        divide(margins, everyone),
        divide(spread, margins),
        divide(spread, everyone),
        divide(spread, mass[..., np.newaxis]),
    )
    if families is None:
        return GroupDecomposition(m, h, *parts)
    member = _families(families, values.shape[-1])
    family_units, family = values @ member, margins @ member
    between = np.maximum(
        diversity_mass(family) - regions.sum(diversity_mass(family_units), axis=-1), 0.0
    )
    family_mass = xlogx(family) - xlogx(margins) @ member
    gap = family_mass - regions.sum(xlogx(family_units) - xlogx(values) @ member)
    within = _within(np.maximum(gap, 0.0), family, family_mass, everyone, mass[..., np.newaxis])
    return GroupDecomposition(m, h, *parts, divide(between, people), divide(between, mass), within)


def simpson_decomposition(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> SimpsonDecomposition:
    """Sadahiro and Hong's decomposable index: like meets like by location, sizes and number.

    S = sum_u t_u / T sum_g p_ug^2, the chance that two people drawn from one unit, or with
    `environment` (U, G) from one's surroundings, are of one group. Its parts are

    - locational, S - sum_g P_g^2: 0 where every unit is like the region;
    - compositional, sum_g P_g^2 - 1 / G: 0 where all groups are equally large;
    - qualitative, 1 / G, with G the groups given, present or not.

    S lies between 1 / G and 1 (groups apart). nan where a region has nobody. The locational part
    is `relative_diversity` times `simpson_interaction`, the first two parts without the last.
    Source: Sadahiro and Hong (2013), Decomposition approach to the measurement of spatial
    segregation, CSIS Discussion Paper, University of Tokyo; R package seg, `deseg`.
    """
    table = tabulate(counts, region, environment)
    totals = table.totals
    people = np.where(totals > 0, totals, 1.0)
    alike = table.regions.sum((table.local**2).sum(axis=-1) / people, axis=-1)
    everyone = table.margins.sum(axis=-1)
    total = divide(alike, everyone)
    equal = divide((table.margins**2).sum(axis=-1), everyone**2)
    number = np.where(everyone > 0, 1.0 / table.counts.shape[-1], np.nan)
    return SimpsonDecomposition(total, total - equal, equal - number, number)


def _families(families: ArrayLike, groups: int) -> Floats:
    """Which group (G, K) belongs to which family, as zeros and ones."""
    if np.shape(families) != (groups,):
        raise InputError(
            f"families has shape {np.shape(families)} and counts have {groups} groups: "
            "give the family of each group"
        )
    labels = _labels(families, groups, "families")
    member = np.zeros((groups, int(labels.max(initial=-1)) + 1))
    member[np.arange(groups), labels] = 1.0
    return member


def _within(
    gap: Floats, people: Floats, mass: Floats, all_people: Floats, all_mass: Floats
) -> Within:
    """Indices of cells whose parts differ by `gap`, in a whole of people and mass."""
    return Within(
        divide(gap, people),
        divide(gap, mass),
        divide(people, all_people),
        divide(divide(mass, people), divide(all_mass, all_people)),
    )
