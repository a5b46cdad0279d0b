"""Disclosure control: small counts suppressed so that totals do not give them back, and rounding.

The threat is exact: a reader who has every published cell, each unit's total and each group's
total in its region, and who knows that no count is negative, must not be able to work out a
suppressed cell. What protects a cell is a rectangle: four suppressed cells in two units and two
groups of a region. One person moved around it changes all four and no total, so none of the four
can be told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError

Mask = NDArray[np.bool_]

# Cells looked at at a time when rectangles are sought; bounds the memory.
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Suppression:
    """What may be published: `values` (U, G), the counts with nan where `suppressed` is true.

    `primary` marks the cells that are small themselves; the other suppressed cells are there to
    protect them. `exposed` marks suppressed cells that totals give away whatever is suppressed:
    withhold the totals there, or publish larger areas.
    """

    values: Floats
    suppressed: Mask
    primary: Mask
    exposed: Mask


def suppress_small(
    counts: ArrayLike,
    region: ArrayLike | None = None,
    *,
    threshold: float = 5,
    totals: bool = True,
    zeros: bool = False,
) -> Suppression:
    """Suppress small counts, and further cells so that no total reveals them.

    Primary suppression: 0 < count < threshold, and with `zeros` also 0. Complementary: each
    suppressed cell (u, g) gets a rectangle with unit v and group h of the same region, in which
    a person can be moved one way or the other: cells (u, h) and (v, g) are above 0, or (u, g) and
    (v, h) are. Among them the one is chosen that costs least, where a cell that is not yet
    suppressed costs 1 + ln(1 + count): few cells first, then small ones. In each round, the
    unprotected cells of every region are found and the first eighth of them is given rectangles,
    which often protect others; until all are protected. What results is safe but not the least
    that would do, which is a hard problem.

    Args:
        counts: (U, G). Complements may be empty cells, so a suppressed cell may stand for 0.
        region: (U,) or None; the group totals of each region are taken as published.
        threshold: the smallest count that may be published.
        totals: whether unit and group totals are published; without, only primary suppression.
        zeros: whether an empty cell must be hidden, too.

    Safe against exact disclosure by totals of this one table alone: not against narrow bounds, a
    second table or an earlier release of the same people, nor against indices computed from the
    full counts.

    Raises:
        InputError: for wrong counts or a threshold that is not positive.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4 (the
    hypercube method after Repsilber).
    """
    values = check_counts(counts)
    if values.ndim != 2:
        raise InputError(f"counts have shape {values.shape}: give one table (units, groups)")
    if not threshold > 0:
        raise InputError(f"threshold is {threshold}: the smallest count to publish is above 0")
    regions = Regions.of(region, values.shape[0])
    table = regions.sorted(values, axis=0)
    primary = (table < threshold) & ((table > 0) | zeros)
    hidden, exposed = primary, np.zeros_like(primary)
    if totals:
        # Where a unit or a group has nobody at all, its published total says so.
        somebody = (table.sum(axis=-1) > 0)[:, np.newaxis]
        somebody = somebody & np.take(regions.sum(table) > 0, regions.index, axis=0)
        primary = primary & somebody
        hidden, exposed = _protect(table, primary, somebody, regions)
    hidden, primary, exposed = (regions.restored(m, axis=0) for m in (hidden, primary, exposed))
    return Suppression(np.where(hidden, np.nan, values), hidden, primary, exposed)


def _protect(table: Floats, primary: Mask, open_: Mask, regions: Regions) -> tuple[Mask, Mask]:
    """Add rectangles until every suppressed cell has one; also the cells that can have none."""
    hidden, hopeless = primary.copy(), np.zeros_like(primary)
    while True:
        bare = np.argwhere(hidden & ~hopeless & ~_protected(table, hidden, regions))
        if bare.size == 0:
            return hidden, hopeless
        # The first eighth of each region's, at least one.
        home = regions.index[bare[:, 0]]
        first = np.searchsorted(home, home)
        size = np.searchsorted(home, home, side="right") - first
        bare = bare[np.arange(len(bare)) - first <= size // 8]
        longest = int(np.diff(regions.bounds).max())
        step = max(1, _BLOCK // (longest * table.shape[1]))
        for start in range(0, len(bare), step):
            _add_rectangles(bare[start : start + step], table, hidden, hopeless, open_, regions)


def _protected(table: Floats, hidden: Mask, regions: Regions) -> Mask:
    """Which suppressed cells have a rectangle of suppressed cells with a way to move somebody.

    For cell (u, g), partner groups h and the units v of the region: sum over h of
    [u, h] * K[h, g] where K[h, g] counts the units v with both cells suppressed and fit; the
    unit itself is taken out.
    """
    some = (hidden & (table > 0)).astype(np.float64)
    every = hidden.astype(np.float64)
    # One way: (u, h) and (v, g) are above 0. The other: (u, g) and (v, h) are.
    return hidden & (
        (_corners(some, every, some, regions) > 0)
        | ((_corners(every, some, every, regions) > 0) & (table > 0))
    )


def _corners(beside: Floats, opposite: Floats, below: Floats, regions: Regions) -> Floats:
    """Count the pairs (v, h) with u != v and g != h for each cell (u, g)."""
    count = np.zeros_like(beside)
    for g in range(beside.shape[1]):
        pairs = opposite * below[:, [g]]
        others = np.take(regions.sum(pairs, axis=0), regions.index, axis=0) - pairs
        others[:, g] = 0.0
        count[:, g] = (beside * others).sum(axis=-1)
    return count


def _add_rectangles(
    cells: NDArray[np.intp],
    table: Floats,
    hidden: Mask,
    hopeless: Mask,
    open_: Mask,
    regions: Regions,
) -> None:
    """Suppress the cheapest rectangle of each of the cells (N, 2), changing the masks in place."""
    u, g = cells.T
    start, end = regions.bounds[regions.index[u]], regions.bounds[regions.index[u] + 1]
    v = start[:, np.newaxis] + np.arange(int((end - start).max()))
    inside = v < end[:, np.newaxis]
    v = np.minimum(v, len(table) - 1)
    cost = np.where(hidden, 0.0, 1.0 + np.log1p(table))
    cost[~open_] = np.inf
    some = table > 0
    # Corners: (u, h) as (N, 1, G), (v, g) as (N, V, 1), (v, h) as (N, V, G).
    price = cost[u][:, np.newaxis] + cost[v, g[:, np.newaxis]][..., np.newaxis] + cost[v]
    fits = some[u][:, np.newaxis] & some[v, g[:, np.newaxis]][..., np.newaxis]
    fits |= some[u, g][:, np.newaxis, np.newaxis] & some[v]
    fits &= (inside & (v != u[:, np.newaxis]))[..., np.newaxis]
    fits &= (np.arange(table.shape[1]) != g[:, np.newaxis])[:, np.newaxis]
    price = np.where(fits, price, np.inf).reshape(len(cells), -1)
    best = np.argmin(price, axis=1)
    found = np.isfinite(price[np.arange(len(cells)), best])
    hopeless[u[~found], g[~found]] = True
    u, g, best = u[found], g[found], best[found]
    partner, h = v[found][np.arange(u.size), best // table.shape[1]], best % table.shape[1]
    for unit, group in ((u, h), (partner, g), (partner, h)):
        hidden[unit, group] = True


def round_to_base(
    counts: ArrayLike,
    base: float = 5,
    *,
    method: str = "nearest",
    seed: int | np.random.SeedSequence | np.random.Generator | None = None,
) -> Floats:
    """Counts rounded to multiples of a base.

    - nearest: to the nearest multiple, halves upwards. The same count always gives the same.
    - random: up with probability r / base where r is the remainder, else down. Unbiased: the
      expectation is the count. Multiples of the base stay, and no cell moves by a whole base.

    Totals must be rounded by themselves and then do not equal the sum of their cells; published
    beside one another, rounded cells of one table can narrow each other down.

    Args:
        counts: any shape, finite and not negative.
        base: positive.
        method: "nearest" or "random".
        seed: an int, a SeedSequence, a Generator or None, for "random".

    Raises:
        InputError: for another method, a base that is not positive or wrong counts.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 5.
    """
    if method not in {"nearest", "random"}:
        raise InputError(f"method is {method!r}: give nearest or random")
    if not 0 < base < np.inf:
        raise InputError(f"base is {base}: give a positive number")
    values = np.asarray(counts, dtype=np.float64)
    if not np.all((values >= 0) & (values < np.inf)):
        place = np.argwhere(~((values >= 0) & (values < np.inf)))[0].tolist()
        raise InputError(f"the count at {place} must be finite and not negative")
    parts = values / base
    whole = np.floor(parts)
    if method == "nearest":
        return base * np.floor(parts + 0.5)
    return base * (whole + (np.random.default_rng(seed).random(values.shape) < parts - whole))
