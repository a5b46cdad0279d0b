"""Land: what of the polygons is drawn, and how much of them is land.

Statistics Sweden's DeSO and RegSO reach out to the border of the territorial sea and into the great
lakes. A layer of municipalities or counties that keeps to land serves as a mask.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samsyn.statistics.areas.coverage import PLANE, Coverage, Geometries, on_the_plane
from samsyn.statistics.areas.mending import faces_of, joined
from samsyn.statistics.sources.forms import PopulationGrid

# How far (m) land may lie from a mask whose coast is drawn for a map of the country.
WIDENED: Final = 3000.0
# Sounds and bays narrower than twice this (m) are closed, holes smaller than this (m²) filled.
CLOSED: Final = 2000.0
SMALLEST_WATER: Final = 100e6
# An area up to this size (m²) is a part of a town: it is drawn whole.
WHOLE: Final = 10e6
# A part (m²) that is cut loose and smaller is not drawn.
SMALLEST_PART: Final = 1e5
# A mask holds less than this share of the areas' size when they have sea and it has not.
LAND_ONLY: Final = 0.97
# Where a mask has less than this share of an area, it does not know the area's land.
UNKNOWN: Final = 0.05


@dataclass(frozen=True, eq=False)
class Land:
    """`mask` is land as its source draws it, `drawn` what of the polygons is kept."""

    mask: Any
    drawn: Any


@cache
def _islands() -> tuple[tuple[float, float, float], ...]:
    """Longitude, latitude and radius (m) of the islands that national maps leave out."""
    file = resources.files("samsyn.statistics.areas").joinpath("land.toml")
    told = tomllib.loads(file.read_text(encoding="utf-8"))["island"]
    return tuple((one["lon"], one["lat"], one["radius"]) for one in told)


def land_among(candidates: Iterable[Coverage], smaller: Sequence[Coverage]) -> Coverage | None:
    """The most detailed of the candidates that has clearly less water than smaller areas have.

    Municipalities and counties are compared with the DeSO or RegSO whose codes begin with theirs,
    over all that both have. None where no candidate is land only, as when all end at the coast.
    """
    import shapely

    found: list[tuple[int, Coverage]] = []
    for candidate in candidates:
        digits = len(candidate.codes[0])
        size = dict(zip(candidate.codes, shapely.area(candidate.shapes), strict=True))
        for areas in smaller:
            whole: dict[str, float] = {}
            for code, area in zip(areas.codes, shapely.area(areas.shapes), strict=True):
                whole[code[:digits]] = whole.get(code[:digits], 0.0) + area
            both = whole.keys() & size.keys()
            if sum(size[c] for c in both) < LAND_ONLY * sum(whole[c] for c in both):
                found.append((int(shapely.get_num_coordinates(candidate.shapes).sum()), candidate))
    return max(found, key=lambda one: one[0])[1] if found else None


def land_of(mask: Coverage, grids: Iterable[PopulationGrid] = ()) -> Land:
    """Land from a mask that is coarse: widened, so that nothing that is land is cut away.

    What is kept is everything within WIDENED of the mask, narrow sounds between, the islands where
    people live that such masks lack, and every square of a grid where people live.
    """
    import pyproj
    import shapely

    true = shapely.union_all(mask.shapes)
    wide = shapely.buffer(shapely.buffer(true, WIDENED + CLOSED, quad_segs=3), -CLOSED, quad_segs=3)
    lon, lat, radius = np.array(_islands()).T
    change = pyproj.Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
    islands = shapely.buffer(shapely.points(*change.transform(lon, lat)), radius, quad_segs=4)
    parts = [wide, *islands]
    for grid in grids:
        peopled = grid.frame.filter(grid.frame.get_column("population") > 0)
        squares = on_the_plane(
            peopled.get_column("geometry").to_list(), grid.crs, grid.provenance.file
        )
        shapely.prepare(wide)
        outside = squares[~shapely.covers(wide, squares)]
        if outside.size:
            parts.append(shapely.buffer(shapely.union_all(outside), 500.0, quad_segs=1))
    drawn = shapely.union_all(parts)
    rings = [
        shapely.Polygon(part.exterior, [r for r in part.interiors if _area(r) > SMALLEST_WATER])
        for part in shapely.get_parts(drawn)
    ]
    return Land(true, shapely.union_all(rings))


def _area(ring: Any) -> float:
    import shapely

    return float(shapely.area(shapely.polygons(ring)))


def clipped(shapes: Geometries, land: Land) -> Geometries:
    """The parts of a coverage that are drawn; shared borders stay shared.

    Small areas and areas without any land stay whole: none vanishes. All shapes that land's outline
    meets are cut by it together, so that neighbours get the same new points.
    """
    import shapely

    shapely.prepare(land.drawn)
    cut = np.flatnonzero(~shapely.contains_properly(land.drawn, shapes))
    if not cut.size:
        return shapes
    faces, owner = faces_of(shapes[cut], shapely.boundary(land.drawn))
    faces, owner = faces[owner >= 0], owner[owner >= 0]
    area = shapely.area(faces)
    keep = shapely.contains(land.drawn, shapely.point_on_surface(faces))
    largest = np.zeros(cut.size)
    np.maximum.at(largest, owner[keep], area[keep])
    keep &= (area >= SMALLEST_PART) | (area == largest[owner])
    keep |= ((shapely.area(shapes[cut]) <= WHOLE) | (largest == 0))[owner]
    result = shapes.copy()
    result[cut] = joined(faces[keep], owner[keep], cut.size)
    return result


def land_areas(shapes: Geometries, land: Land) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The land (m²) of each shape, as far as the mask knows it, and where it does (both (U,)).

    A small area counts whole; of others it is what the mask has of them.
    """
    import shapely

    area: NDArray[np.float64] = shapely.area(shapes)
    shapely.prepare(land.mask)
    partly = np.flatnonzero(~shapely.contains_properly(land.mask, shapes) & (area > WHOLE))
    found = area.copy()
    found[partly] = shapely.area(shapely.intersection(shapes[partly], land.mask))
    return found, found >= UNKNOWN * area
