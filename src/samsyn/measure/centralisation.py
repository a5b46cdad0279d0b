"""Centralisation: how near the centre of its region, or of its surroundings, a group lives.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), `region` (U,) and the
coordinates `xy` (U, 2) of the units, and answers (R,) for one `group` and (R, G) when `group` is
None and each group is measured in turn, or (U,) and (U, G) where it is local; replicates come
first. Units are taken in order of their distance to the centre, those equally far together, so
that their order in the table is of no consequence. Units without people do not count, and their
land does not either.

`centre` is one of
- one point (2,) or several (C, 2), the same for all regions;
- points (R, C, 2) for each region, with nan where a region has fewer than C;
- "population", the region's mean point, weighted by people;
- "densest", the unit with most people per `area` (the westernmost and then southernmost where
  units tie).
With several points, a unit's distance is that to the nearest one. Units farther from it than
`reach`, a length in the unit of `xy`, do not count.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._contrast import contrast
from samsyn.measure._numbers import Floats, Indices, divide
from samsyn.measure._place import areas, coordinates
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts, tabulate
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.errors import InputError

# Distances that differ by less than this part count as equal: they come from square roots.
EQUAL = 1e-9


def absolute_centralisation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike,
    centre: ArrayLike | str = "population",
    area: ArrayLike | None = None,
    spread: Literal["land", "people"] = "land",
    reach: float | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Absolute centralisation ACE: the group's nearness to the centre against that of all land.

    ACE = sum_i X_(i-1) A_i - sum_i X_i A_(i-1), where X_i and A_i are the shares of the group and
    of the land (`area`, of units where someone lives) within the i-th distance from the centre.
    Range -1 to 1: above 0 the group lives nearer the centre than if it were spread evenly over the
    land. Source: Massey and Denton (1988), Social Forces 67, 281-315.

    With `spread` "people" the group is compared with the other people in place of the land, which
    is the older form: Duncan and Duncan (1955), American Journal of Sociology 60, 493-503.

    Raises InputError for an unknown spread or centre, a reach that is not above 0, or where an area
    is needed and missing.
    """
    if spread == "people":
        return relative_centralisation(
            counts,
            region,
            xy=xy,
            centre=centre,
            area=area,
            reach=reach,
            group=group,
            against=against,
        )
    if spread != "land":
        raise InputError(f"spread is {spread!r}: choose 'land' or 'people'")
    if area is None:
        raise InputError("absolute centralisation compares with the land: give the area of units")
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    land = areas(area, pair.regions)[:, np.newaxis] * (pair.x + pair.y > 0)
    distance = _distance(table.totals, pair.regions, xy, centre, area)
    return pair.answer(_nearer(pair.x, land, distance, pair.regions, reach), alone=True)


def relative_centralisation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike,
    centre: ArrayLike | str = "population",
    area: ArrayLike | None = None,
    reach: float | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Relative centralisation RCE: the group's nearness to the centre against that of the others.

    RCE = sum_i X_(i-1) Y_i - sum_i X_i Y_(i-1), where X_i and Y_i are the shares of both groups
    within the i-th distance from the centre: the part of the group that would have to change
    places to be as central as the others. Range -1 to 1: above 0 the group lives nearer the
    centre. `area` is needed for the centre "densest" only. Raises InputError as
    `absolute_centralisation`. Source: Duncan and Duncan (1955), American Journal of Sociology 60,
    493-503; Massey and Denton (1988), Social Forces 67, 281-315.
    """
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    distance = _distance(table.totals, pair.regions, xy, centre, area)
    return pair.answer(_nearer(pair.x, pair.y, distance, pair.regions, reach))


def local_relative_centralisation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike,
    neighbours: int = 5,
    contiguity: Contiguity | None = None,
    group: int | None = None,
    against: int | None = None,
) -> Floats:
    """Local relative centralisation (U,): relative centralisation around each unit in turn.

    RCE with the unit as the centre, and with the unit and those around it in place of the region:
    its `neighbours` nearest units of the region and all that are as far as the last of them, or,
    with a `contiguity`, the units that border on it. Range -1 to 1: above 0 the group lives in
    the unit rather than in those around it. nan where nobody lives in the unit, or either side is
    absent from all of them. Raises InputError for fewer than 1 neighbour. Source: Folch and Rey
    (2016), Papers in Regional Science 95, 555-576.
    """
    if neighbours < 1:
        raise InputError(f"neighbours is {neighbours}: give 1 or more")
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    points = coordinates(xy, pair.regions)
    units = len(points)
    near = None if contiguity is None else contiguity.within(pair.regions)
    x, y = (side.reshape(-1, units, side.shape[-1]) for side in (pair.x, pair.y))
    lived = table.totals.reshape(-1, units) > 0
    found = np.full(x.shape, np.nan)
    # Who is whose neighbour depends on where people live: mostly the same in all replicates.
    for lived_in in np.unique(lived, axis=0):
        alike = np.flatnonzero((lived == lived_in).all(axis=1))
        if near is None:
            around, of = _nearest(points, pair.regions, lived_in, neighbours)
        else:
            around, of = _bordering(near, lived_in)
        away = np.hypot(*(points[around] - points[of]).T)
        here = np.ix_(alike, around)
        found[alike] = _nearer(x[here], y[here], away, Regions(of, units))
    found = pair.regions.restored(found.reshape(pair.x.shape), axis=-2)
    return found[..., 0] if pair.single else found


def _nearest(
    points: Floats, regions: Regions, lived_in: NDArray[np.bool_], number: int
) -> tuple[Indices, Indices]:
    """Each unit with its nearest: the positions of units around, and of the unit, ascending."""
    from scipy.spatial import KDTree

    units = np.flatnonzero(lived_in)
    if units.size == 0:
        return units, units
    # Regions lie in layers so far apart that nobody's neighbours are in another.
    layer = regions.index[units] * (1.0 + 2.0 * np.ptp(points, axis=0).sum())
    places = np.column_stack([points[units], layer])
    tree = KDTree(places)
    distance = np.atleast_2d(tree.query(places, k=range(1, min(number + 1, units.size) + 1))[0])
    others = np.bincount(regions.index[units])[regions.index[units]] - 1
    last = np.minimum(number, others)
    radius = distance[np.arange(units.size), last] * (1.0 + EQUAL)
    around = tree.query_ball_point(places, radius)
    of = np.repeat(units, [len(found) for found in around])
    return units[np.concatenate(around).astype(np.intp)], of


def _bordering(near: Contiguity, lived_in: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Each unit with those that border on it, as `_nearest`."""
    units = np.flatnonzero(lived_in)
    both = lived_in[near.i] & lived_in[near.j]
    i, j = near.i[both], near.j[both]
    around, of = np.concatenate([units, i, j]), np.concatenate([units, j, i])
    sequence = np.argsort(of, kind="stable")
    return around[sequence], of[sequence]


def _nearer(
    x: Floats, y: Floats, distance: Floats, regions: Regions, reach: float | None = None
) -> Floats:
    """The centralisation of x against y, both (..., U, K), by `distance` (U,) or (B, U)."""
    if reach is not None:
        if not reach > 0:
            raise InputError(f"reach is {reach}: give a length above 0, in the unit of xy")
        inside = (distance <= reach * (1.0 + EQUAL))[..., np.newaxis]
        x, y = x * inside, y * inside
    order = np.lexsort((distance, np.broadcast_to(regions.index, distance.shape)), axis=-1)
    away = np.take_along_axis(distance, order, axis=-1)
    first = np.zeros(distance.shape, dtype=bool)
    first[..., regions.starts] = True
    first[..., 1:] |= away[..., 1:] - away[..., :-1] > EQUAL * away[..., 1:]
    # The ring of a unit starts at the last unit so far that is the first of its distance.
    ring = np.maximum.accumulate(np.where(first, np.arange(distance.shape[-1]), 0), axis=-1)
    if distance.ndim < x.ndim - 1:
        order, ring = order[np.newaxis], ring[np.newaxis]
    x = np.take_along_axis(x, order[..., np.newaxis], axis=-2)
    y = np.take_along_axis(y, order[..., np.newaxis], axis=-2)
    x_nearer = np.take_along_axis(regions.cumulate(x) - x, ring[..., np.newaxis], axis=-2)
    y_nearer = np.take_along_axis(regions.cumulate(y) - y, ring[..., np.newaxis], axis=-2)
    # X_(i-1) Y_i - X_i Y_(i-1) is X_(i-1) y_i - x_i Y_(i-1), and that can be summed unit by unit.
    apart = regions.sum(x_nearer * y - x * y_nearer)
    return divide(apart, regions.sum(x) * regions.sum(y))


def _distance(
    totals: Floats,
    regions: Regions,
    xy: ArrayLike,
    centre: ArrayLike | str,
    area: ArrayLike | None,
) -> Floats:
    """Distance of each unit to the nearest centre of its region: (U,), or (B, U) where the
    centre depends on the people, `totals` (..., U), of each replicate.
    """
    points = coordinates(xy, regions)
    if not isinstance(centre, str):
        return _to_points(points, regions, centre)
    if centre == "population":
        moments = regions.sum(totals[..., np.newaxis] * points)
        people = regions.sum(totals, axis=-1)[..., np.newaxis]
        middle = regions.spread(moments / np.where(people > 0, people, 1.0))
    elif centre == "densest":
        if area is None:
            raise InputError("the densest unit has most people per area: give the area of units")
        land = areas(area, regions)
        with np.errstate(divide="ignore"):
            density = np.where(totals > 0, totals / np.where(totals > 0, land, 1.0), 0.0)
        keys = [points[:, 1], points[:, 0], -density, regions.index]
        order = np.lexsort([np.broadcast_to(key, density.shape) for key in keys], axis=-1)
        unit = np.repeat(
            order[..., regions.starts], np.diff(regions.starts, append=totals.shape[-1]), axis=-1
        )
        middle = points[unit]
    else:
        raise InputError(f"centre is {centre!r}: give points, 'population' or 'densest'")
    return np.hypot(points[:, 0] - middle[..., 0], points[:, 1] - middle[..., 1])


def _to_points(points: Floats, regions: Regions, centre: ArrayLike) -> Floats:
    """Distance of each point (U, 2) to the nearest of the centres given for its region."""
    given = np.asarray(centre, dtype=np.float64)
    if given.shape == (2,):
        given = given[np.newaxis]
    per_region = given.ndim == 3 and given.shape[0] == regions.size
    if given.shape[-1:] != (2,) or not (given.ndim == 2 or per_region) or given.size == 0:
        raise InputError(
            f"centre has shape {given.shape}: give a point (2,), points (C, 2), or points for each "
            f"of the {regions.size} regions (R, C, 2)"
        )
    nearest = np.full(points.shape[0], np.inf)
    for c in range(given.shape[-2]):
        middle = regions.spread(given[:, c]) if per_region else given[c]
        away = np.hypot(points[:, 0] - middle[..., 0], points[:, 1] - middle[..., 1])
        nearest = np.fmin(nearest, away)
    if not np.all(nearest < np.inf):
        region = int(regions.index[np.argmin(nearest < np.inf)])
        raise InputError(f"region {region} has no centre: give at least one finite point")
    return nearest
