"""Spatial proximity profile: how near each other the units lie where a group is strong.

The counterpart in space of the `concentration_profile`, by the same authors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, Indices, divide
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts
from samsyn.measure._thresholds import ascending, sum_from
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.sweeps.threads import in_turn


@dataclass(frozen=True, eq=False)
class SpatialProximityProfile:
    """How near each other the units lie where a group makes up at least a given part of the people.

    `curve` is (R, M), or (R, G, M) for every group, with replicates first, over the `thresholds`
    (M,); `index` is (R,) or (R, G).
    """

    thresholds: Floats
    curve: Floats
    index: Floats


def spatial_proximity_profile(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    contiguity: Contiguity,
    group: int | None = None,
    against: int | None = None,
    thresholds: ArrayLike | None = None,
) -> SpatialProximityProfile:
    """Spatial proximity profile: the nearness of the units where the group's share is at least s.

    eta(s) = (k^2 - k) / sum_uv d_uv over the k units with p_u >= s, where d_uv is the number of
    steps from u to v over neighbours: 1 where all border on each other, 0 where fewer than two
    units are left or one cannot be reached from another. Steps stay in the region and may cross
    units without people. The curve is given at the `thresholds` (ascending from 0 to 1; default:
    every hundredth). The index, exact whatever the thresholds, is
    (P - int_0^P eta ds + int_P^1 eta ds) / (1 - P).

    Range 0 to 1 / (1 - P): the higher, the nearer the units where the group is over-represented
    and the farther apart all others. nan where either side has nobody. Work grows with the square
    of the units in a region. Raises InputError for thresholds that do not ascend within 0 and 1.
    Source: Hong and Sadahiro (2014), Journal of Geographical Systems 16, 211-231.
    """
    steps = ascending(thresholds)
    pair = contrast(counts, region, group, against)
    regions = pair.regions
    everyone = pair.x + pair.y
    lived_in = everyone > 0
    share = pair.x / np.where(lived_in, everyone, 1.0)
    # Highest share first, units without people last.
    places = np.broadcast_to(regions.index[:, np.newaxis], share.shape)
    order = np.lexsort((-share, ~lived_in, places), axis=-2)
    length = _to_higher(contiguity.within(regions), order, regions)
    connected = length < np.inf
    parts = [1.0 * lived_in, np.where(lived_in & connected, length, 0.0), lived_in & ~connected]

    # Between the shares of two units that follow on each other, eta is constant.
    down = [np.take_along_axis(part, order, axis=-2).astype(np.float64) for part in parts]
    eta = _nearness(*(regions.cumulate(part) for part in down))
    high = np.take_along_axis(share, order, axis=-2)
    low = np.zeros_like(high)
    same = regions.index[1:] == regions.index[:-1]
    low[..., :-1, :] = high[..., 1:, :] * same[:, np.newaxis]
    whole = divide(pair.x_margin, pair.x_margin + pair.y_margin)
    split = regions.spread(whole)
    above = np.maximum(high, split) - np.maximum(low, split)
    below = np.minimum(high, split) - np.minimum(low, split)
    index = divide(whole + regions.sum(eta * (above - below)), 1.0 - whole)

    curve = _nearness(*(sum_from(steps, share, part, regions) for part in parts))
    both = (pair.x_margin > 0) & (pair.y_margin > 0)
    curve = np.where(both[..., np.newaxis], curve, np.nan)
    return SpatialProximityProfile(
        steps, curve[..., 0, :] if pair.single else curve, pair.answer(index)
    )


def _to_higher(near: Contiguity, order: Indices, regions: Regions) -> Floats:
    """Steps from each unit to all that come before it in `order`, summed, (..., U, K)."""
    from samsyn.measure.sweeps.paths import steps_to_higher

    units = regions.index.size
    rank = np.empty(order.shape, dtype=np.intp)
    within = np.arange(units) - regions.bounds[regions.index]
    np.put_along_axis(rank, order, np.broadcast_to(within[:, np.newaxis], order.shape), axis=-2)
    rows = np.moveaxis(rank, -2, -1)
    flat = np.ascontiguousarray(rows.reshape(-1, units))
    network = near.matrix(np.ones(near.i.size))
    begins, neighbours = network.indptr.astype(np.intp), network.indices.astype(np.intp)
    sums = np.empty(flat.shape)
    in_turn(steps_to_higher, units, begins, neighbours, flat, sums)
    return np.moveaxis(sums.reshape(rows.shape), -1, -2)


def _nearness(units: Floats, steps: Floats, apart: Floats) -> Floats:
    """Pairs of units by the steps between them; 0 for fewer than two units, or where some cannot
    be reached from another.
    """
    near = (units > 1) & (apart == 0)
    return np.where(near, (units**2 - units) / np.where(near, 2.0 * steps, 1.0), 0.0)
