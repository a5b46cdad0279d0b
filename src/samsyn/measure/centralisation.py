"""Centralisation: how near the centre of its region a group lives.

Every function takes `counts` (U, G) or, with replicates first, (B, U, G), `region` (U,) and the
coordinates `xy` (U, 2) of the units, and answers (R,) for one `group` and (R, G) when `group` is
None and each group is measured in turn; replicates come first. Units are taken in order of their
distance to the centre, those equally far together, so that their order in the table is of no
consequence. Units without people do not count, and their land does not either.

`centre` is one of
- one point (2,) or several (C, 2), the same for all regions;
- points (R, C, 2) for each region, with nan where a region has fewer than C;
- "population", the region's mean point, weighted by people;
- "densest", the unit with most people per `area` (the westernmost and then southernmost where
  units tie).
With several points, a unit's distance is that to the nearest one.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._place import areas, coordinates
from samsyn.measure._table import Counts, Floats, Regions, contrast, divide, tabulate
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

    Raises InputError for an unknown spread or centre, or where an area is needed and missing.
    """
    if spread == "people":
        return relative_centralisation(
            counts, region, xy=xy, centre=centre, area=area, group=group, against=against
        )
    if spread != "land":
        raise InputError(f"spread is {spread!r}: choose 'land' or 'people'")
    if area is None:
        raise InputError("absolute centralisation compares with the land: give the area of units")
    table = tabulate(counts, region)
    pair = contrast(table, None, group, against)
    land = areas(area, pair.regions)[:, np.newaxis] * (pair.x + pair.y > 0)
    distance = _distance(table.totals, pair.regions, xy, centre, area)
    return pair.answer(_nearer(pair.x, land, distance, pair.regions), alone=True)


def relative_centralisation(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    xy: ArrayLike,
    centre: ArrayLike | str = "population",
    area: ArrayLike | None = None,
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
    return pair.answer(_nearer(pair.x, pair.y, distance, pair.regions))


def _nearer(x: Floats, y: Floats, distance: Floats, regions: Regions) -> Floats:
    """The centralisation of x against y, both (..., U, K), by `distance` (U,) or (B, U)."""
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
