"""Change between two times or places: margins against structure.

Segregation changes because units grow or shrink, because groups do, because units or groups come
and go, and because people are spread otherwise than before: only the last is structure, the part
that stays when the margins are held still by iterative proportional fitting (Elbers 2021,
Sociological Methods and Research, doi 10.1177/0049124121986204).

A table is named by its group margin, unit margin and structure, each of before (A) or after (B):
BAA is the table before, fitted to the groups of after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats, diversity_mass, divide, xlogx
from samsyn.measure._regions import Regions
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError
from samsyn.measure.fitting import balance, check_rounds, fill_zeros, ratio

METHODS = ("shapley", "karmel-maclachlan", "mora-ruiz-castillo")

# An empty cell stands for this share of what evenness would put there, so that any margins can be
# met; far below what moves an index in its ninth digit.
_ZERO = 1e-10
# Cells that are fitted at a time; bounds the memory when there are many replicates.
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Change:
    """An index before and after, and the parts of its difference; all (..., R).

    `additions` and `removals` come from units and groups that are there only after or only
    before; `unit_marginal` and `group_marginal` from their sizes, `interaction` from both sizes
    jointly (0 unless the method is Karmel-Maclachlan's) and `structural` is what remains with the
    margins held still. The six parts sum to `difference`.
    """

    before: Floats
    after: Floats
    difference: Floats
    additions: Floats
    removals: Floats
    unit_marginal: Floats
    group_marginal: Floats
    interaction: Floats
    structural: Floats


@dataclass(frozen=True)
class ChangeDecomposition:
    """The change of each index.

    `mutual_information` is M, `theil_h` is H = M / E, and `karmel_maclachlan` the index I_p of all
    groups, sum_u sum_g |p_ug - p_u p_g| / 2, which for two groups is that of `karmel_maclachlan`.
    `structural_by_unit` (..., U), nan for units that are not there both times, and
    `structural_by_group` (..., R, G) split the structural part of M. `converged` (..., R) says
    whether every fitted table of the region met its margins; where not, the parts still sum to
    the difference but margins and structure are not cleanly apart. Mora's and Ruiz-Castillo's
    method is defined for M alone, and the rest is None.
    """

    mutual_information: Change
    theil_h: Change | None
    karmel_maclachlan: Change | None
    structural_by_unit: Floats | None
    structural_by_group: Floats | None
    converged: NDArray[np.bool_]


def change_decomposition(
    before: ArrayLike,
    after: ArrayLike,
    region: ArrayLike | None = None,
    *,
    method: str = "shapley",
    tolerance: float = 1e-9,
    max_iterations: int = 5000,
) -> ChangeDecomposition:
    """Why M, H and I_p differ between two tables: margins, structure, and what came and went.

    With m(XYZ) the index of the table with groups X, units Y and structure Z of before (A) or
    after (B), on the units and groups that are there both times:

    - shapley: structural = [m(AAB) - m(AAA) + m(BBB) - m(BBA)] / 2, and the group margin is
      [m(BAA) - m(AAA) + m(BBA) - m(ABA) + m(BBB) - m(ABB) + m(BAB) - m(AAB)] / 4, the unit margin
      the same with the roles changed. Symmetric: swapping the tables changes all signs.
    - karmel-maclachlan: structural = m(BBB) - m(BBA); the margins are what one gets by scaling
      the groups or the units of before alone, and the interaction is what remains. Not symmetric.
    - mora-ruiz-castillo: without fitting; group_marginal = E_B - E_A, unit_marginal =
      -sum_u (p_u^B - p_u^A) (E_u^A + E_u^B) / 2, structural =
      -sum_u (p_u^A + p_u^B) (E_u^B - E_u^A) / 2. Not margin-free.

    Args:
        before: (U, G), or (B, U, G) with replicates.
        after: the same units and groups by position, with zeros for what is not there.
        region: (U,) or None.
        method: one of the three.
        tolerance: as for `iterative_proportional_fit`.
        max_iterations: as for `iterative_proportional_fit`.

    A region that is empty in one of the tables gives nan, and H is nan where one of the tables has
    a single group. Where nothing is there both times, all of the change is additions and removals.

    Raises:
        InputError: where the shapes differ, the method is unknown or tolerance or max_iterations is
            out of range.

    Source: Elbers (2021), after Deutsch, Flückiger and Silber (2009), Research
    on Economic Inequality 17, 171-202; Karmel and Maclachlan (1988), Economic Record 64, 187-195;
    Mora and Ruiz-Castillo (2009), Research on Economic Inequality 17, 33-53.
    """
    if method not in METHODS:
        raise InputError(f"method is {method!r}: give one of {', '.join(METHODS)}")
    check_rounds(tolerance, max_iterations)
    old, new = check_counts(before), check_counts(after)
    replicates = {len(t) for t in (old, new) if t.ndim == 3}
    if old.shape[-2:] != new.shape[-2:] or len(replicates) > 1:
        raise InputError(
            f"before has shape {old.shape} and after {new.shape}: give the same units and groups "
            "in the same order, with zeros for what is not there, and as many replicates"
        )
    regions = Regions.of(region, old.shape[-2])
    lead = tuple(replicates)
    old, new = (
        regions.sorted(np.broadcast_to(t, lead + t.shape[-2:]), axis=-2) for t in (old, new)
    )
    if lead:
        parts = [
            _decompose(old[block], new[block], regions, method, tolerance, max_iterations)
            for block in _blocks(lead[0], 8 * old.shape[-2] * old.shape[-1])
        ]
        return _joined(parts)
    return _decompose(old, new, regions, method, tolerance, max_iterations)


def _blocks(replicates: int, cells: int) -> Iterator[slice]:
    step = max(1, _BLOCK // max(cells, 1))
    return (slice(i, i + step) for i in range(0, replicates, step))


def _joined(parts: list[ChangeDecomposition]) -> ChangeDecomposition:
    """Blocks of replicates after one another."""

    def join(blocks: list[Any]) -> Any:
        if isinstance(blocks[0], Change):
            return Change(*(join([getattr(b, f.name) for b in blocks]) for f in fields(Change)))
        return None if blocks[0] is None else np.concatenate(blocks)

    names = [field.name for field in fields(ChangeDecomposition)]
    return ChangeDecomposition(*(join([getattr(part, name) for part in parts]) for name in names))


def _decompose(
    old: Floats, new: Floats, regions: Regions, method: str, tolerance: float, max_iterations: int
) -> ChangeDecomposition:
    """The decomposition of one block, units sorted by region."""
    ends = np.stack([_indices(_shares(table, regions), regions) for table in (old, new)])
    a, b = (_shares(table, regions) for table in _common(old, new, regions))
    if method == "mora-ruiz-castillo":
        m = _change(ends[:, 0], _without_fitting(a, b, regions))
        met = np.ones(m.before.shape, dtype=bool)
        return ChangeDecomposition(m, None, None, None, None, met)
    filled = [_shares(fill_zeros(table, regions, _ZERO), regions) for table in (a, b)]
    if method == "shapley":
        tables, met = _fitted(filled, regions, tolerance, max_iterations)
        aaa, bbb = a, b
        baa, aba, bba, abb, bab, aab = tables
        values = np.stack([_indices(t, regions) for t in (aaa, baa, aba, bba, aab, bab, abb, bbb)])
        parts = _shapley(np.nan_to_num(values))
        by_cell = (_contributions(aab, regions) - _contributions(aaa, regions)) / 2
        by_cell += (_contributions(bbb, regions) - _contributions(bba, regions)) / 2
    else:
        (bba,), met = _fitted(filled, regions, tolerance, max_iterations, both=False)
        groups, units = regions.sum(b), b.sum(axis=-1)
        by_groups = a * regions.spread(ratio(groups, regions.sum(a)))
        by_units = a * ratio(units, a.sum(axis=-1))[..., np.newaxis]
        values = np.stack([_indices(t, regions) for t in (a, by_groups, by_units, bba, b)])
        parts = _forward(np.nan_to_num(values))
        by_cell = _contributions(b, regions) - _contributions(bba, regions)
    m, h, moved = (_change(ends[:, i], [part[i] for part in parts]) for i in range(3))
    there, here = b.sum(axis=-1) > 0, regions.sum(b) > 0
    return ChangeDecomposition(
        m,
        h,
        moved,
        regions.restored(np.where(there, by_cell.sum(axis=-1), np.nan)),
        np.where(here, regions.sum(by_cell), np.nan),
        met,
    )


def _common(old: Floats, new: Floats, regions: Regions) -> tuple[Floats, Floats]:
    """Both tables without the units and groups of a region that one of them lacks.

    A group can lose all its people with the units that go, and the other way round, so this goes
    on until nothing more is lost.
    """
    while True:
        units = (old.sum(axis=-1) > 0) & (new.sum(axis=-1) > 0)
        groups = (regions.sum(old) > 0) & (regions.sum(new) > 0)
        both = units[..., np.newaxis] & np.take(groups, regions.index, axis=-2)
        if not np.any(((old > 0) | (new > 0)) & ~both):
            return old, new
        old, new = np.where(both, old, 0.0), np.where(both, new, 0.0)


def _shares(table: Floats, regions: Regions) -> Floats:
    people = regions.sum(table).sum(axis=-1)
    return table * regions.spread(ratio(np.ones_like(people), people), axis=-1)[..., np.newaxis]


def _fitted(
    tables: list[Floats], regions: Regions, tolerance: float, max_iterations: int, both: bool = True
) -> tuple[Floats, NDArray[np.bool_]]:
    """The tables fitted to each other's margins, in one batch, and which regions met them all.

    In the order BAA, ABA, BBA, ABB, BAB, AAB; BBA alone unless `both`.
    """
    (a, b), units = tables, [t.sum(axis=-1) for t in tables]
    groups = [regions.sum(t) for t in tables]
    # Structure, groups and units of each fitted table.
    wanted = (
        [(0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 0, 0)] if both else [(0, 1, 1)]
    )
    fit = balance(
        np.stack([(a, b)[s] for s, _, _ in wanted]),
        regions,
        np.stack([units[u] for _, _, u in wanted]),
        np.stack([groups[g] for _, g, _ in wanted]),
        tolerance,
        max_iterations,
    )
    return fit.counts, np.logical_and.reduce(fit.converged, axis=0)


def _indices(table: Floats, regions: Regions) -> Floats:
    """M, H and I_p of every region, (3, ..., R), from counts or shares."""
    sizes, margins = table.sum(axis=-1), regions.sum(table)
    people = margins.sum(axis=-1)
    diversity = diversity_mass(margins)
    inside = regions.sum(diversity_mass(table), axis=-1)
    apart = np.maximum(diversity - inside, 0.0)
    even = sizes[..., np.newaxis] * regions.spread(
        ratio(margins, np.broadcast_to(people[..., np.newaxis], margins.shape))
    )
    moved = regions.sum(np.abs(table - even).sum(axis=-1), axis=-1) / 2
    return np.stack([divide(apart, people), divide(apart, diversity), divide(moved, people)])


def _contributions(table: Floats, regions: Regions) -> Floats:
    """What each cell adds to M: p_ug ln(p_ug / (p_u p_g)) for shares (..., U, G)."""
    even = table.sum(axis=-1, keepdims=True) * regions.spread(regions.sum(table))
    return table * np.log(np.where(table > 0, table, 1.0) / np.where(table > 0, even, 1.0))


def _shapley(m: Floats) -> list[Floats]:
    """Unit margin, group margin, interaction and structure from the eight tables' indices."""
    aaa, baa, aba, bba, aab, bab, abb, bbb = m
    group = (baa - aaa + bba - aba + bbb - abb + bab - aab) / 4
    unit = (aba - aaa + bba - baa + bbb - bab + abb - aab) / 4
    return [aaa, bbb, unit, group, np.zeros_like(unit), (aab - aaa + bbb - bba) / 2]


def _forward(m: Floats) -> list[Floats]:
    """The parts after Karmel and Maclachlan, who fit the table before only."""
    aaa, by_groups, by_units, bba, bbb = m
    group, unit = by_groups - aaa, by_units - aaa
    return [aaa, bbb, unit, group, bba - aaa - group - unit, bbb - bba]


def _without_fitting(a: Floats, b: Floats, regions: Regions) -> list[Floats]:
    """The parts of M after Mora and Ruiz-Castillo, from shares."""
    before, after = (np.nan_to_num(_indices(t, regions)[0]) for t in (a, b))
    p, q = a.sum(axis=-1), b.sum(axis=-1)
    # Diversity of each unit.
    inner_p, inner_q = (ratio(diversity_mass(t), s) for s, t in ((p, a), (q, b)))
    unit = -regions.sum((q - p) * (inner_p + inner_q), axis=-1) / 2
    structural = -regions.sum((p + q) * (inner_q - inner_p), axis=-1) / 2
    group = -xlogx(regions.sum(b)).sum(axis=-1) + xlogx(regions.sum(a)).sum(axis=-1)
    return [before, after, unit, group, np.zeros_like(unit), structural]


def _change(ends: Floats, parts: list[Floats]) -> Change:
    """Put the parts of what is common beside the index of everyone."""
    before, after = ends
    common_before, common_after, *rest = parts
    difference = after - before
    rest = [after - common_after, common_before - before, *rest]
    return Change(
        before, after, difference, *(np.where(np.isnan(difference), np.nan, part) for part in rest)
    )
