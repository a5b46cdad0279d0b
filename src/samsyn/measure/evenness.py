"""Evenness: how differently two groups are spread over the units of a region.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), and `region` (U,), and
compares a group x with the others y: with everyone else together, or with the group `against`.
It answers (R,) for one `group` and (R, G) when `group` is None and each group is measured in
turn; replicates come first, (B, R) or (B, R, G). A region where x or y has nobody is nan.

With `environment` (U, G), the people in each unit's surroundings, the composition of the
surroundings takes the place of the unit's own (Reardon and O'Sullivan 2004, Sociological
Methodology 34, 121-162), while the region's margins stay as they are. Ranges are those without:
surroundings that hold other shares of the groups than the region can take an index beyond them.

Symbols: x_u and y_u are the people of both groups in unit u, t_u = x_u + y_u, capitals are their
sums over the region, p_u = x_u / t_u and P = X / T.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, divide, pair_diversity_mass
from samsyn.measure._table import Counts
from samsyn.measure.errors import InputError


def dissimilarity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Index of dissimilarity D: the share of either group that would have to move for evenness.

    D = 1/2 sum_u |x_u / X - y_u / Y|. Range 0 (every unit mirrors the region) to 1 (no unit has
    both groups). Source: Duncan and Duncan (1955), American Sociological Review 20, 210-217.
    """
    pair = contrast(counts, region, group, against, environment)
    apart = 0.5 * pair.regions.sum(np.abs(pair.x_share - pair.y_share))
    return pair.answer(pair.settle(apart))


def gorard(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Gorard's segregation index: the share of the group that would have to move for evenness.

    GS = 1/2 sum_u |x_u / X - t_u / T| = D (1 - P). Range 0 to 1 - P, so that small groups can
    reach higher values than large ones; not symmetric in the two sides.
    Source: Gorard and Taylor (2002), Sociology 36, 875-895.
    """
    pair = contrast(counts, region, group, against, environment)
    total = pair.regions.spread(pair.x_margin + pair.y_margin)
    everyone = (pair.x + pair.y) / np.where(total > 0, total, 1.0)
    return pair.answer(0.5 * pair.regions.sum(np.abs(pair.x_share - everyone)))


def gini(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Gini index of segregation: twice the area between the segregation curve and evenness.

    G = sum_u sum_v t_u t_v |p_u - p_v| / (2 T^2 P (1 - P)), computed along the segregation curve
    in n log n. Range 0 to 1, never below D. Source: Massey and Denton (1988), Social Forces 67,
    281-315.
    """
    pair = contrast(counts, region, group, against, environment)
    return pair.answer(pair.gini)


def atkinson(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    shape: float = 0.5,
    environment: ArrayLike | None = None,
) -> Floats:
    """Atkinson index with shape parameter b = `shape`, strictly between 0 and 1.

    A = 1 - P / (1 - P) * |sum_u (1 - p_u)^(1 - b) p_u^b t_u / (P T)|^(1 / (1 - b)). Below 0.5,
    units where the group is under-represented weigh more; above 0.5, those where it is
    over-represented. Range 0 to 1. Raises InputError for a shape outside (0, 1).
    Source: Massey and Denton (1988), Social Forces 67, 281-315.
    """
    if not 0.0 < shape < 1.0:
        raise InputError(f"shape is {shape}: the Atkinson index needs a value between 0 and 1")
    pair = contrast(counts, region, group, against, environment)
    # With both groups as shares of their region, P / (1 - P) and its power cancel.
    common = pair.regions.sum(pair.x_share**shape * pair.y_share ** (1.0 - shape))
    return pair.answer(pair.settle(1.0 - common ** (1.0 / (1.0 - shape))))


def hutchens(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Hutchens' square root index, symmetric in the two groups and additively decomposable.

    O = 1 - sum_u sqrt(x_u / X * y_u / Y). Range 0 to 1.
    Source: Hutchens (2004), International Economic Review 45, 555-578.
    """
    pair = contrast(counts, region, group, against, environment)
    common = pair.regions.sum(np.sqrt(pair.x_share * pair.y_share))
    return pair.answer(pair.settle(1.0 - common))


def minmax(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """MinMax index: what both distributions do not have in common, as a share of their union.

    MM = 1 - sum_u min(x_u / X, y_u / Y) / sum_u max(x_u / X, y_u / Y) = 2 D / (1 + D).
    Range 0 to 1. Source: O'Sullivan and Wong (2007), Geographical Analysis 39, 147-168.
    """
    pair = contrast(counts, region, group, against, environment)
    common = pair.regions.sum(np.minimum(pair.x_share, pair.y_share))
    union = pair.regions.sum(np.maximum(pair.x_share, pair.y_share))
    return pair.answer(1.0 - divide(common, union))


def theil_h(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Floats:
    """Theil's information theory index H of two groups: the part of diversity between units.

    H = sum_u t_u (E - E_u) / (E T) with E_u = -p_u ln p_u - (1 - p_u) ln(1 - p_u), and E the same
    for the region. Range 0 to 1; with an environment it can fall below 0, where the surroundings
    are more diverse than the region. Source: Massey and Denton (1988), Social Forces 67, 281-315,
    after Theil and Finizza (1971), Journal of Mathematical Sociology 1, 187-193.
    """
    pair = contrast(counts, region, group, against, environment)
    units = pair.regions.sum(pair_diversity_mass(pair.local_x, pair.local_y))
    within = divide(units, pair_diversity_mass(pair.x_margin, pair.y_margin))
    return pair.answer(pair.settle(1.0 - within))
