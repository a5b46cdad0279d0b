"""Concentration: how little of a region's land a group lives on, and how much in units of its own.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), and `region` (U,), and
answers (R,) for one `group` and (R, G) when `group` is None and each group is measured in turn;
replicates come first. `area` (U,) is the land of each unit, in any unit. Land where nobody lives
does not count. With `against`, the population is that of the two groups alone, unless said
otherwise. A region where the group has nobody is nan.

Symbols: x_u and y_u are the people of the group and the others in unit u, t_u everyone, a_u the
land, capitals their sums over the region, p_u = x_u / t_u and P = X / T.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._place import areas
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts, tabulate
from samsyn.measure._thresholds import ascending, sum_from


def delta(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    area: ArrayLike,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Delta: the share of the group that would have to move to live equally densely everywhere.

    DEL = 1/2 sum_u |x_u / X - a_u / A|. Range 0 to 1. Source: Duncan, Cuzzort and Duncan (1961),
    Statistical Geography; Massey and Denton (1988), Social Forces 67, 281-315.
    """
    pair = contrast(counts, region, group, against)
    land = areas(area, pair.regions)[:, np.newaxis] * (pair.x + pair.y > 0)
    all_land = pair.regions.sum(land)
    apart = pair.x * pair.regions.spread(all_land) - land * pair.regions.spread(pair.x_margin)
    moved = pair.regions.sum(np.abs(apart))
    return pair.answer(0.5 * divide(moved, pair.x_margin * all_land), alone=True)


def absolute_concentration(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    area: ArrayLike,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Absolute concentration ACO: the land that the group lives on, between its possible bounds.

    ACO = 1 - (sum_u x_u a_u / X - S) / (L - S). S is the mean land per person, t-weighted, of the
    smallest units that together hold at least X people, and L that of the largest. 0 as if on the
    largest units, 1 as if on the smallest; units are taken whole, and so it can pass both ends, far
    where few units hold everybody. Where areas tie, the less populated unit is the smaller. nan
    where S = L, as when all units are equally large. Source: Massey and Denton (1988), Social
    Forces 67, 281-315.
    """
    pair = contrast(counts, region, group, against)
    land = areas(area, pair.regions)
    everyone = pair.x + pair.y
    least, most = _bounds(everyone, land, pair.x_margin, pair.regions)
    own = divide(pair.regions.sum(pair.x * land[:, np.newaxis]), pair.x_margin)
    return pair.answer(1.0 - divide(own - least, most - least), alone=True)


def relative_concentration(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    area: ArrayLike,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Relative concentration RCO: the group's land per person against that of the others.

    RCO = ((sum_u x_u a_u / X) / (sum_u y_u a_u / Y) - 1) / (S / L - 1) with S and L as in
    `absolute_concentration`, where t_u is everyone in the unit, also when the comparison is with
    one other group. 0: both live on equally large units; above 0 the group is the more
    concentrated, about 1 as far as can be; below 0 the others are. Neither 1 nor -1 is a strict
    bound. nan where S = L. Source: Massey and Denton (1988), Social Forces 67, 281-315.
    """
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    land = areas(area, pair.regions)
    everyone = np.broadcast_to(table.totals[..., np.newaxis], pair.x.shape)
    least, most = _bounds(everyone, land, pair.x_margin, pair.regions)
    x_land = divide(pair.regions.sum(pair.x * land[:, np.newaxis]), pair.x_margin)
    y_land = divide(pair.regions.sum(pair.y * land[:, np.newaxis]), pair.y_margin)
    return pair.answer(divide(divide(x_land, y_land) - 1.0, divide(least, most) - 1.0))


def _bounds(
    everyone: Floats, land: Floats, people: Floats, regions: Regions
) -> tuple[Floats, Floats]:
    """Land per person where `people` (..., R, K) fill the smallest units, and the largest.

    Both are nan where they coincide.
    """
    sizes = np.broadcast_to(land[:, np.newaxis], everyone.shape)
    places = np.broadcast_to(regions.index[:, np.newaxis], everyone.shape)
    found = []
    for sign in (1.0, -1.0):
        order = np.lexsort((sign * everyone, sign * sizes, places), axis=-2)
        filled = np.take_along_axis(everyone, order, axis=-2)
        before = regions.cumulate(filled) - filled
        # Fractional counts do not add up to the last bit.
        taken = filled * (before < regions.spread(people) * (1.0 - 1e-9))
        land_taken = taken * np.take_along_axis(sizes, order, axis=-2)
        found.append(divide(regions.sum(land_taken), regions.sum(taken)))
    least, most = found
    apart = most - least > 1e-12 * most
    return np.where(apart, least, np.nan), np.where(apart, most, np.nan)


@dataclass(frozen=True, eq=False)
class ConcentrationProfile:
    """The share of a group that lives where it makes up at least a given part of the people.

    `curve` is (R, M), or (R, G, M) for every group, with replicates first, over the `thresholds`
    (M,); `index` is (R,) or (R, G).
    """

    thresholds: Floats
    curve: Floats
    index: Floats


def concentration_profile(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    thresholds: ArrayLike | None = None,
) -> ConcentrationProfile:
    """Concentration profile: the part of the group that lives where its share is at least s.

    v(s) = sum of x_u / X over the units with p_u >= s, for each s in `thresholds` (ascending from
    0 to 1; default: every hundredth). The index is the area between the curve and that of
    evenness, R = (int_0^P (1 - v) ds + int_P^1 v ds) / (1 - P) = sum_u x_u / X |p_u - P| / (1 - P),
    exact whatever the thresholds. 0 where even, 1 where the group lives by itself; for a group
    of at most half the people 1 is the most, for a larger one anything below 2. Raises InputError
    for thresholds that do not ascend within 0 and 1. Source: Hong and Sadahiro (2014), Journal of
    Geographical Systems 16, 211-231.
    """
    steps = ascending(thresholds)
    pair = contrast(counts, region, group, against)
    everyone = pair.x + pair.y
    share = pair.x / np.where(everyone > 0, everyone, 1.0)
    whole = divide(pair.x_margin, pair.x_margin + pair.y_margin)
    apart = pair.regions.sum(pair.x * np.abs(share - pair.regions.spread(whole)))
    index = divide(apart, pair.x_margin * (1.0 - whole))
    above = sum_from(steps, share, pair.x, pair.regions)
    margin = pair.x_margin[..., np.newaxis]
    curve = np.where(pair.y_margin[..., np.newaxis] > 0, divide(above, margin), np.nan)
    return ConcentrationProfile(
        steps, curve[..., 0, :] if pair.single else curve, pair.answer(index)
    )
