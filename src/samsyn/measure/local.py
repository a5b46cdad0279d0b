"""Local indices: what each unit is like against its region, and what it contributes.

Every function takes `counts` (U, G) or (B, U, G) and answers by unit in the caller's order, (U,)
or (U, G), replicates first. A unit where nobody lives is nan.

With `environment` (U, G), the people in each unit's surroundings, the composition of the
surroundings takes the place of the unit's own; the region's stays as it is.

Symbols: t_u are the people of unit u, p_ug the share of group g among them, P_g the region's.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, diversity_mass, divide, settle, xlogx
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError


def location_quotient(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Location quotient (U, G): a group's share in the unit over its share in the region.

    LQ_ug = p_ug / P_g. 0 where the group is absent, 1 where it has the region's share; above 1 it
    is over-represented, at most 1 / P_g. nan where the region has nobody of the group.
    Source: Isard (1960), Methods of Regional Analysis.
    """
    table = tabulate(counts, region, environment)
    quotient = divide(_shares(table), table.regions.spread(_region_shares(table)))
    return table.regions.restored(quotient, axis=-2)


def local_entropy(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    normalised: bool = False,
    environment: ArrayLike | None = None,
) -> Floats:
    """Entropy (U,): how diverse the unit is.

    E_u = -sum_g p_ug ln p_ug, from 0 (one group) to ln G (all groups equally many). `normalised`
    divides by ln G, the range is then 0 to 1; with a single group it is nan. The region has no
    part in it. Source: Reardon and O'Sullivan (2004), Sociological Methodology 34, 121-162.
    """
    table = tabulate(counts, region, environment)
    entropy = divide(diversity_mass(table.local), table.totals)
    if normalised:
        entropy = divide(entropy, np.asarray(np.log(table.counts.shape[-1])))
    return table.regions.restored(entropy)


def local_simpson(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    form: Literal["interaction", "concentration"] = "interaction",
    environment: ArrayLike | None = None,
) -> Floats:
    """Simpson's index (U,): the chance that two people of the unit belong to different groups.

    I_u = sum_g p_ug (1 - p_ug) for `interaction`, from 0 (one group) to 1 - 1 / G; 1 - I_u, the
    chance that they belong to the same group, for `concentration`. The two are drawn with
    replacement. Raises InputError for another form. Source: Simpson (1949), Nature 163, 688;
    Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67.
    """
    if form not in ("interaction", "concentration"):
        raise InputError(f"form is {form!r}: choose interaction or concentration")
    table = tabulate(counts, region, environment)
    shares = _shares(table)
    chance = shares * (1.0 - shares) if form == "interaction" else shares * shares
    return table.regions.restored(chance.sum(axis=-1))


def local_divergence(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    environment: ArrayLike | None = None,
) -> Floats:
    """Divergence (U,): how surprising the unit's composition is to one who knows the region's.

    D_u = sum_g p_ug ln(p_ug / P_g), in nats: 0 where the unit mirrors the region, ln(1 / P_g)
    where only group g lives there. Its mean over the region's people is the mutual information M
    and the divergence index. Source: Roberto (2015), The Divergence Index, arXiv 1508.01167;
    the local segregation score of Mora and Ruiz-Castillo (2011), Sociological
    Methodology 41, 159-194.
    """
    table = tabulate(counts, region, environment)
    return table.regions.restored(np.maximum(_scores(table).sum(axis=-1), 0.0))


def local_mutual_information(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    by: Literal["unit", "group"] = "unit",
    weighted: bool = True,
    environment: ArrayLike | None = None,
) -> Floats:
    """What each unit (U,), or each group (R, G), contributes to its region's mutual information M.

    With the joint shares q_ug = t_u p_ug / T, in nats:

    - by unit: sum_g q_ug ln(p_ug / P_g), the unit's share of the people times its divergence;
    - by group: sum_u q_ug ln(p_ug / P_g).

    Either adds up to M over the region; over surroundings, to the divergence index, which is
    not M there. `weighted=False` leaves the share of the people out and gives the local
    segregation score L_u, which is `local_divergence`, or L_g: how far those of the group live
    from where everybody lives. A score is 0 for what mirrors the region. nan for a unit or group
    without people. Raises InputError for another `by`. Source: Mora and
    Ruiz-Castillo (2011), Sociological Methodology 41, 159-194; Elbers (2021), Sociological
    Methods & Research, doi 10.1177/0049124121986204.
    """
    if by not in ("unit", "group"):
        raise InputError(f"by is {by!r}: choose unit or group")
    table = tabulate(counts, region, environment)
    scores = _scores(table)
    people = table.totals[..., np.newaxis]
    if by == "unit":
        scores = np.maximum(scores.sum(axis=-1), 0.0)
        if weighted:
            whole = table.regions.sum(table.totals, axis=-1)
            scores *= divide(table.totals, table.regions.spread(whole, axis=-1))
        return table.regions.restored(scores)
    # An empty unit has nan scores and must not spoil the sum of its region.
    mass = table.regions.sum(np.where(people > 0, people * scores, 0.0))
    mass = settle(mass, table.local is table.counts, np.inf)
    present = table.margins > 0
    over = table.margins.sum(axis=-1, keepdims=True) if weighted else table.margins
    return divide(np.where(present, mass, 0.0), np.where(present, over, 0.0))


def _shares(table: Table) -> Floats:
    """The composition of each unit or its surroundings, (..., U, G) in the order of the regions."""
    return divide(table.local, table.totals[..., np.newaxis])


def _region_shares(table: Table) -> Floats:
    """The composition of each region, (..., R, G)."""
    return divide(table.margins, table.margins.sum(axis=-1, keepdims=True))


def _scores(table: Table) -> Floats:
    """The parts p_ug ln(p_ug / P_g) of each unit's divergence, (..., U, G)."""
    shares = _shares(table)
    expected = table.regions.spread(_region_shares(table))
    # Surroundings that cross the region's border can hold a group that the region lacks.
    with np.errstate(divide="ignore", invalid="ignore"):
        return xlogx(shares) - np.where(shares > 0, shares * np.log(expected), 0.0)
