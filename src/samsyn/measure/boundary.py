"""Spatial evenness: dissimilarity, less what neighbours across a border have in common.

Dissimilarity does not know where units lie: a checkerboard and a divided city have the same D.
These indices take away the mean difference between neighbouring units, which is small where a
group lives together and large where it is scattered.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), `region` (U,), and a
`contiguity` (see the module of that name), compares a group with everyone else or with the group
`against`, and answers (R,) for one `group` and (R, G) when `group` is None; replicates come first.
Only pairs of units inside a region count for it, and a unit without people has no neighbours. A
region where either side has nobody is nan; one without any pair of neighbours keeps its D.

Symbols: p_u = x_u / t_u, the share of the group in unit u; D the index of dissimilarity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import Contrast, contrast
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.errors import InputError


def boundary_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    contiguity: Contiguity,
    order: int = 1,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Boundary-adjusted dissimilarity D(adj), of order k.

    D(adj) = D - sum_uv c_uv |p_u - p_v| / sum_uv c_uv, with c_uv = 1 for neighbours. With `order`
    k the neighbours are all units at most k steps away, each step within the region but also across
    units without people. Range -1 to 1: D where neighbours are alike, D - 1 where they are wholly
    unlike. Raises InputError for an order below 1.
    Source: Morrill (1991), Geography Research Forum 11, 25-36.
    """
    pair = contrast(counts, region, group, against)
    near = contiguity.within(pair.regions).order(order)
    return _adjusted(pair, near, np.ones(near.i.size), np.ones(near.i.size))


def length_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    contiguity: Contiguity,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Dissimilarity adjusted for the length of shared borders, D(w).

    D(w) = D - sum_uv w_uv |p_u - p_v| with w_uv = l_uv / sum_uv l_uv, where l_uv is the length of
    the border between u and v and sums run over the region's ordered pairs. Range -1 to 1.
    Source: Wong (1993), Urban Studies 30, 559-572.
    """
    pair = contrast(counts, region, group, against)
    near = contiguity.within(pair.regions)
    return _adjusted(pair, near, near.length, np.ones(near.i.size))


def perimeter_area_dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    contiguity: Contiguity,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Dissimilarity adjusted for shared borders and the compactness of units, D(s).

    D(s) = D - sum_uv w_uv |p_u - p_v| (r_u + r_v) / (2 max r) with w_uv as in
    `length_dissimilarity` and r_u = perimeter / area of unit u; max r is that of the region's
    populated units. Compact units meet less, and so count less. Range -1 to 1. Raises InputError
    where the contiguity has no perimeters or areas, or a populated unit has no area.
    Source: Wong (1993), Urban Studies 30, 559-572.
    """
    pair = contrast(counts, region, group, against)
    near = contiguity.within(pair.regions)
    if near.perimeter is None or near.area is None:
        raise InputError("D(s) needs the perimeter and area of units: give them to the contiguity")
    populated = pair.x + pair.y > 0
    some = populated.reshape(-1, *populated.shape[-2:]).any(axis=(0, 2))
    if np.any(some & (near.area <= 0)):
        raise InputError("D(s) divides by the area of units: a unit with people has none")
    ratio = near.perimeter / np.where(near.area > 0, near.area, 1.0)
    most = pair.regions.max(np.where(populated, ratio[:, np.newaxis], 0.0))
    compact = (ratio[near.i] + ratio[near.j])[:, np.newaxis] / 2.0
    here = np.take(np.where(most > 0, most, 1.0), pair.regions.index[near.i], axis=-2)
    return _adjusted(pair, near, near.length, compact / here)


def _adjusted(pair: Contrast, near: Contiguity, weight: Floats, factor: Floats) -> Floats:
    """D less the weighted mean of |p_i - p_j| * factor over the pairs of populated neighbours.

    `weight` is (P,) and `factor` (P,) or (..., P, K).
    """
    everyone = pair.x + pair.y
    share = pair.x / np.where(everyone > 0, everyone, 1.0)
    i, j = near.i, near.j
    both = (everyone[..., i, :] > 0) & (everyone[..., j, :] > 0)
    weights = weight[:, np.newaxis] * both
    if factor.ndim == 1:
        factor = factor[:, np.newaxis]
    apart = np.abs(share[..., i, :] - share[..., j, :]) * weights * factor
    # The pairs are in the order of their regions, as the units are.
    pairs = Regions(pair.regions.index[i], pair.regions.size)
    mass = pairs.sum(weights)
    alike = pairs.sum(apart) / np.where(mass > 0, mass, 1.0)
    return pair.answer(_dissimilarity(pair) - alike)


def _dissimilarity(pair: Contrast) -> Floats:
    """Dissimilarity of the people themselves, (..., R, K)."""
    x_all, y_all = pair.x_margin, pair.y_margin
    spread = pair.regions.spread
    apart = pair.regions.sum(np.abs(pair.x * spread(y_all) - pair.y * spread(x_all)))
    return 0.5 * divide(apart, x_all * y_all)
