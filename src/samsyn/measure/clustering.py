"""Clustering: how close the units where a group lives lie to each other, and whom it meets there.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), and `region` (U,), and
answers (R,) for one `group` and (R, G) when `group` is None and each group is measured in turn;
replicates come first. A region where the group has nobody is nan. All pairs of units in a region
count, and none across regions; a unit without people does not. The pairs are streamed and never
stored.

How much two units have to do with each other is c_uv = exp(-d_uv / `scale`), d_uv the distance
between their points `xy` (U, 2). The sources take scale 1 and so depend on the unit of length:
exp(-d) of distances in metres is 0 for all but a unit with itself. Choose `scale` in the unit of
`xy`, say 1000 metres. A unit's distance to itself is
- `own_distance`, a number or (U,), where given; infinity leaves the unit itself out;
- sqrt(0.6 a_u) where its `area` (U,) is given (White 1983; Massey and Denton 1988);
- 0 otherwise.
With a `contiguity` in place of `xy`, c_uv is 1 for neighbours and 0 for others, and 1 for a unit
with itself unless an `own_distance` is given.

With `against`, the population is that of the two groups alone, unless said otherwise.

Symbols: x_u and y_u are the people of the group and of the others in unit u, t_u everyone,
capitals their sums over the region; P_xx = sum_uv c_uv x_u x_v / X^2, the mean proximity of two
people of the group, and P_yy and P_tt alike.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._contrast import Contrast, contrast
from samsyn.measure._nearness import Nearness
from samsyn.measure._numbers import Floats, divide
from samsyn.measure._table import Counts, tabulate
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.errors import InputError


def absolute_clustering(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Absolute clustering ACL: the group's part of the people near its members.

    ACL = (sum_u x_u / X sum_v c_uv x_v - E) / (sum_u x_u / X sum_v c_uv t_v - E) with
    E = X / n^2 sum_uv c_uv, n the number of populated units. 0 is spread evenly and near 1
    nobody else near. Where the group's members have less around them than E, with few units or
    much empty land, it has no bounds. nan where the denominator is 0. Raises InputError where the
    arguments do not say how far units lie apart. Source: Massey and Denton (1988), Social Forces
    67, 281-315.
    """
    near = Nearness(xy, area, own_distance, scale, contiguity)
    pair = contrast(counts, region, group, against)
    populated = (pair.x + pair.y > 0).astype(np.float64)
    if against is None:
        # Everyone counts, whichever group is measured: one column serves all.
        populated = populated[..., :1]
    x, y, units = near.around_pair(pair, against, populated)
    sums = pair.regions.sum
    among_group = divide(sums(pair.x * x), pair.x_margin)
    among_all = among_group + divide(sums(pair.x * y), pair.x_margin)
    number = sums(populated)
    even = pair.x_margin * divide(sums(populated * units), number**2)
    room = among_all - even
    # What rounding leaves of 0 is not room.
    room = np.where(np.abs(room) > 1e-12 * among_all, room, 0.0)
    return pair.answer(divide(among_group - even, room), alone=True)


def relative_clustering(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Relative clustering RCL: the group's mean proximity against that of the others.

    RCL = P_xx / P_yy - 1. 0: as clustered as the others; above 0 more, below 0 less; no bounds.
    Raises InputError as `absolute_clustering`. Source: Massey and Denton (1988), Social Forces 67,
    281-315.
    """
    near = Nearness(xy, area, own_distance, scale, contiguity)
    pair = contrast(counts, region, group, against)
    x, y = near.around_pair(pair, against)
    x_proximity = divide(pair.regions.sum(pair.x * x), pair.x_margin**2)
    y_proximity = divide(pair.regions.sum(pair.y * y), pair.y_margin**2)
    return pair.answer(divide(x_proximity, y_proximity) - 1.0)


def spatial_proximity(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
    multigroup: bool = False,
) -> Floats:
    """Spatial proximity SP: how much nearer people live to their own than to anyone.

    SP = (X P_xx + Y P_yy) / (T P_tt). 1: the groups live as near each other as among themselves;
    above 1 each lives by itself; below 1, rarely, they live nearer the other; no bounds.
    Source: White (1983), American Journal of Sociology 88, 1008-1018; Massey and Denton (1988),
    Social Forces 67, 281-315.

    With `multigroup` every group counts as its own, sum_g X_g P_gg / (T P_tt), and the answer is
    one value for each region, (R,); a group without people adds nothing, and a region with fewer
    than two groups is nan. Source: White (1986), Population Index 52, 198-221.

    Raises InputError as `absolute_clustering`, and where `multigroup` comes with a group.
    """
    near = Nearness(xy, area, own_distance, scale, contiguity)
    if multigroup:
        if group is not None or against is not None:
            raise InputError("multigroup takes every group by itself: leave out group and against")
        table = tabulate(counts, region)
        regions, people = table.regions, table.counts
        (around,) = near.around(regions, people)
        own = divide(regions.sum(people * around), table.margins)
        among_all = regions.sum(table.totals * around.sum(axis=-1), axis=-1)
        value = divide(np.nansum(own, axis=-1) * table.margins.sum(axis=-1), among_all)
        return np.where((table.margins > 0).sum(axis=-1) > 1, value, np.nan)
    pair = contrast(counts, region, group, against)
    x, y = near.around_pair(pair, against)
    sums = pair.regions.sum
    own = divide(sums(pair.x * x), pair.x_margin) + divide(sums(pair.y * y), pair.y_margin)
    among_all = sums((pair.x + pair.y) * (x + y))
    return pair.answer(divide(own * (pair.x_margin + pair.y_margin), among_all))


def proximity_matrix(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    form: Literal["nearness", "distance"] = "nearness",
) -> Floats:
    """Mean proximity of every group to every group, (R, G, G): P_gh, White's P_xx and P_xy.

    P_gh = sum_uv c_uv t_ug t_vh / (T_g T_h), symmetric, with t_ug the people of group g in unit u.
    With `form` "distance" it is the mean distance d_uv between their people, in the unit of `xy`,
    and `scale` is of no consequence. The same over everyone is the proximity of counts with one
    column. nan where either group is absent. Raises InputError as `absolute_clustering`, for
    another form, and where distances are asked of a contiguity or are infinite.
    Source: White (1983), American Journal of Sociology 88, 1008-1018.
    """
    if form not in {"nearness", "distance"}:
        raise InputError(f"form is {form!r}: choose nearness or distance")
    near = Nearness(xy, area, own_distance, scale, contiguity, fades=form == "nearness")
    table = tabulate(counts, region)
    (around,) = near.around(table.regions, table.counts)
    # One group at a time: all pairs at once would hold G copies of the counts.
    rows = [
        table.regions.sum(table.counts[..., [g]] * around) for g in range(table.counts.shape[-1])
    ]
    people = table.margins[..., :, np.newaxis] * table.margins[..., np.newaxis, :]
    return divide(np.stack(rows, axis=-2), people)


def distance_decay_isolation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Distance-decay isolation DPxx: the chance that whom a member meets is of the group.

    DPxx = sum_u x_u / X sum_v k_uv x_v / t_v, with k_uv = c_uv t_v / sum_w c_uw t_w: people meet
    the less often, the farther apart they live. Range 0 to 1; P = X / T where the group is spread
    evenly. Raises InputError as `absolute_clustering`. Source: Morgan (1983), Area 15, 211-217;
    Massey and Denton (1988), Social Forces 67, 281-315.
    """
    near = Nearness(xy, area, own_distance, scale, contiguity)
    pair = contrast(counts, region, group, against)
    x, y = near.around_pair(pair, against)
    return pair.answer(_met(pair, x, x + y), alone=True)


def distance_decay_interaction(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike | None = None,
    area: ArrayLike | None = None,
    own_distance: ArrayLike | None = None,
    scale: float = 1.0,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Distance-decay interaction DPxy: the chance that whom a member meets is of the others.

    DPxy = sum_u x_u / X sum_v k_uv y_v / t_v, with k_uv as in `distance_decay_isolation`. People
    of all groups can be met, t_v, also when the others are one group, `against`. Range 0 to 1;
    Y / T where the others are spread evenly. Raises InputError as `absolute_clustering`.
    Source: Morgan (1983), American Journal of Sociology 88, 1237-1249; Massey and Denton (1988),
    Social Forces 67, 281-315.
    """
    near = Nearness(xy, area, own_distance, scale, contiguity)
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    if against is None:
        x, y = near.around_pair(pair, against)
        return pair.answer(_met(pair, y, x + y))
    y, everyone = near.around(pair.regions, pair.y, table.totals[..., np.newaxis])
    return pair.answer(_met(pair, y, everyone))


def _met(pair: Contrast, some: Floats, everyone: Floats) -> Floats:
    """The part that `some` make up of `everyone` around the group's members, on average."""
    met: Floats = np.where(pair.x > 0, pair.x * divide(some, everyone), 0.0)
    return divide(pair.regions.sum(met), pair.x_margin)
