"""The areas of the county: towns and countryside, in the borders of two vintages.

The land is cut into small cells around scattered points; each cell goes to the municipality whose
town is nearest, within it to the nearest RegSO and within that to the nearest DeSO. So borders wind
as real ones do, levels nest, and neighbours share every vertex of their border.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samsyn.statistics.demonstration.design import (
    APART,
    COUNTRY_NAMES,
    MIDDLE,
    MUNICIPALITIES,
    TOWN_NAMES,
    Municipality,
)

Points = NDArray[np.float64]
RADIUS: Final = 42_000.0
INLAND, COAST = 1500.0, 20.0  # how far from the sea towns and the sites of areas at least lie
TOWN_SHARE: Final = 0.65  # of a municipality's RegSO lie in its town
CELLS_PER_DESO: Final = 14
SPLIT_EVERY: Final = 23  # DeSO that are split in the new vintage
MOVED_EVERY: Final = 9  # DeSO whose border moves


@dataclass(frozen=True)
class Geography:
    """Areas and their outlines, in SWEREF 99 TM.

    For each DeSO of each vintage: its code, that of its RegSO, its outline, the DeSO of 2018 that
    it came from (a position), and its part of that one's people. For each RegSO: code, name,
    municipality (a position), outline and whether it lies in a town.
    """

    county: str
    municipality_codes: list[str]
    municipality_shapes: NDArray[Any]
    regso_codes: list[str]
    regso_names: list[str]
    regso_municipality: NDArray[np.intp]
    regso_shapes: NDArray[Any]
    urban: NDArray[np.bool_]
    old_codes: list[str]
    old_regso: NDArray[np.intp]
    old_shapes: NDArray[Any]
    new_codes: list[str]
    new_regso: NDArray[np.intp]
    new_shapes: NDArray[Any]
    new_origin: NDArray[np.intp]
    new_part: Points


def geography(rng: np.random.Generator, county: int = 99) -> Geography:
    """The areas of one county; others than the first have other codes and lie beside it."""
    middle = np.add(MIDDLE, (0.0, APART * (99 - county)))
    towns = middle + 1000.0 * np.array([(m.x, m.y) for m in MUNICIPALITIES])
    land = _land(rng, middle)
    towns = _on_land(towns, land)
    regso_of, regso_at, urban = _regso(rng, towns, land)
    deso_of, deso_at = _deso(rng, regso_at, regso_of, urban)
    homes = _Homes(land, towns, regso_at, regso_of)
    deso_at = homes.pulled(deso_at, regso_at[deso_of], deso_of)

    moved = deso_at.copy()
    shifted = np.flatnonzero(np.arange(len(deso_of)) % MOVED_EVERY == 4)
    step = 0.35 * _nearest_distance(deso_at)[shifted, np.newaxis]
    moved[shifted] += rng.normal(size=(shifted.size, 2)) * step
    split = np.flatnonzero(np.arange(len(deso_of)) % SPLIT_EVERY == 11)
    aside = 0.5 * _nearest_distance(deso_at)[split, np.newaxis] * _directions(rng, split.size)
    new_of = np.concatenate([deso_of, deso_of[split]])
    new_at = np.concatenate([moved, moved[split] + aside])
    new_at = homes.pulled(new_at, np.concatenate([deso_at, deso_at[split]]), new_of)

    cells, places = _cells(rng, land, np.concatenate([deso_at, new_at]))
    municipality = _nearest(places, towns)
    regso = _nearest_within(places, municipality, regso_at, regso_of)
    old = _nearest_within(places, regso, deso_at, deso_of)
    new = _nearest_within(places, regso, new_at, new_of)
    origin = np.concatenate([np.arange(len(deso_of)), split])
    part = np.ones(len(new_of))
    part[split], part[len(deso_of) :] = 0.55, 0.45

    codes = [f"{county}{number:02d}" for number in range(1, len(MUNICIPALITIES) + 1)]
    regso_codes = _numbered(codes, regso_of, "R{:03d}")
    return Geography(
        county=str(county),
        municipality_codes=codes,
        municipality_shapes=_dissolved(cells, municipality, len(towns)),
        regso_codes=regso_codes,
        regso_names=_names(regso_of, urban),
        regso_municipality=regso_of,
        regso_shapes=_dissolved(cells, regso, len(regso_of)),
        urban=urban,
        old_codes=(named := _deso_codes(codes, regso_of, deso_of, urban)),
        old_regso=deso_of,
        old_shapes=_dissolved(cells, old, len(deso_of)),
        new_codes=[*named, *(code[:-1] + "1" for code in np.array(named)[split].tolist())],
        new_regso=new_of,
        new_shapes=_dissolved(cells, new, len(new_of)),
        new_origin=origin,
        new_part=part,
    )


def _land(rng: np.random.Generator, middle: Points) -> Any:
    """An island with bays and headlands."""
    import shapely

    angle = np.linspace(0, 2 * np.pi, 900, endpoint=False)
    radius = np.full(angle.size, RADIUS)
    for wave in range(2, 90):
        height, phase = rng.normal(0, 0.9 / wave**1.25), rng.uniform(0, 2 * np.pi)
        radius *= 1 + 0.42 * height * np.cos(wave * angle + phase)
    outline = middle + radius[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
    parts = shapely.get_parts(shapely.make_valid(shapely.polygons(outline)))
    return parts[np.argmax(shapely.area(parts))]


def _on_land(points: Points, land: Any) -> Points:
    """Points, those in the sea moved to where the land is nearest."""
    import shapely

    inner = shapely.buffer(land, -INLAND)
    lines = shapely.shortest_line(shapely.points(points), inner)
    return np.asarray(shapely.get_coordinates(shapely.get_point(lines, 1)), dtype=np.float64)


@dataclass(frozen=True)
class _Homes:
    """The RegSO that a place lies in: every DeSO must have its site in its own, or has no land."""

    land: Any
    towns: Points
    regso_at: Points
    regso_of: NDArray[np.intp]

    def pulled(self, sites: Points, centres: Points, regso: NDArray[np.intp]) -> Points:
        """Sites, those that are not in their RegSO pulled towards a point that is."""
        import shapely

        inner = shapely.buffer(self.land, -COAST)
        found = sites.copy()
        for _ in range(40):
            municipality = _nearest(found, self.towns)
            home = _nearest_within(found, municipality, self.regso_at, self.regso_of)
            astray = (home != regso) | ~shapely.contains_xy(inner, *found.T)
            if not astray.any():
                break
            found[astray] = centres[astray] + 0.7 * (found[astray] - centres[astray])
        return found


def _directions(rng: np.random.Generator, number: int) -> Points:
    angle = rng.uniform(0, 2 * np.pi, number)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _nearest_distance(points: Points) -> Points:
    from scipy.spatial import KDTree

    distance, _ = KDTree(points).query(points, k=2)
    return np.asarray(distance, dtype=np.float64)[:, 1]


def _nearest(points: Points, sites: Points) -> NDArray[np.intp]:
    from scipy.spatial import KDTree

    return np.asarray(KDTree(sites).query(points)[1], dtype=np.intp)


def _nearest_within(
    points: Points, place: NDArray[np.intp], sites: Points, site_place: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The nearest site of the place that each point lies in."""
    found = np.empty(len(points), dtype=np.intp)
    for here in np.unique(place):
        inside, candidates = place == here, np.flatnonzero(site_place == here)
        found[inside] = candidates[_nearest(points[inside], sites[candidates])]
    return found


def _regso(
    rng: np.random.Generator, towns: Points, land: Any
) -> tuple[NDArray[np.intp], Points, NDArray[np.bool_]]:
    """Of each RegSO its municipality, its site and whether it lies in the town."""
    import shapely

    inner = shapely.buffer(land, -INLAND)
    owner, sites, urban = [], [], []
    for number, municipality in enumerate(MUNICIPALITIES):
        in_town = round(TOWN_SHARE * municipality.regso)
        reach = 700.0 * np.sqrt(municipality.deso)
        placed: list[Points] = [towns[number]]
        # Where there is hardly room left, sites may come closer together.
        room = 1.0
        while len(placed) < municipality.regso:
            town = len(placed) < in_town
            point = towns[number] + rng.normal(0, 0.45 * reach if town else 9_000.0, 2)
            apart = room * (0.26 * reach if town else 2_000.0)
            room *= 0.995
            ours = _nearest(point[np.newaxis], towns)[0] == number
            crowded = any(np.hypot(*(point - other)) < apart for other in placed)
            misplaced = not town and np.hypot(*(point - towns[number])) < 0.8 * room * reach
            if ours and not crowded and not misplaced and shapely.contains_xy(inner, *point):
                placed.append(point)
                room = 1.0
        owner += [number] * len(placed)
        urban += [position < in_town for position in range(len(placed))]
        sites += placed
    return np.array(owner, dtype=np.intp), np.array(sites), np.array(urban)


def _deso(
    rng: np.random.Generator, regso_at: Points, regso_of: NDArray[np.intp], urban: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Points]:
    """Of each DeSO its RegSO and its site."""
    owner, sites = [], []
    gap = _nearest_distance(regso_at)
    for number, municipality in enumerate(MUNICIPALITIES):
        ours = np.flatnonzero(regso_of == number)
        share = _shared_out(municipality, ours.size)
        for regso, size in zip(ours, share, strict=True):
            angle = rng.uniform(0, 2 * np.pi) + 2 * np.pi * np.arange(size) / size
            reach = gap[regso] * (0.28 if urban[regso] else 0.35)
            around = np.column_stack([np.cos(angle), np.sin(angle)]) * reach
            sites.append(regso_at[regso] + around * (0.0 if size == 1 else 1.0))
            owner += [regso] * size
    return np.array(owner, dtype=np.intp), np.concatenate(sites)


def _shared_out(municipality: Municipality, regso: int) -> list[int]:
    """How many DeSO each RegSO has: as alike as can be."""
    each, more = divmod(municipality.deso, regso)
    return [each + (position < more) for position in range(regso)]


def _cells(rng: np.random.Generator, land: Any, sites: Points) -> tuple[NDArray[Any], Points]:
    """Small cells that cover the land, and the point that each is around."""
    import shapely

    near = np.repeat(sites, CELLS_PER_DESO // 2, axis=0)
    reach = np.repeat(_nearest_distance(np.unique(sites, axis=0)).mean(), len(near))
    near = near + rng.normal(size=near.shape) * 0.5 * reach[:, np.newaxis]
    west, south, east, north = shapely.bounds(land)
    wide = rng.uniform([west, south], [east, north], (2500, 2))
    points = np.unique(np.round(np.concatenate([sites, near, wide]), 1), axis=0)
    points = points[shapely.contains_xy(land, points)]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land, ordered=True)
    )
    clipped = shapely.intersection(cells, land, grid_size=0.1)
    odd = np.flatnonzero(shapely.get_type_id(clipped) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for at in odd:  # where a cell only touches the coast somewhere
        parts = shapely.get_parts(clipped[at])
        clipped[at] = shapely.union_all(parts[shapely.area(parts) > 0])
    return clipped, points


def _dissolved(cells: NDArray[Any], owner: NDArray[np.intp], number: int) -> NDArray[Any]:
    """The outline of each owner's cells."""
    import shapely

    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(number + 1))
    shapes = [shapely.coverage_union_all(cells[order[a:b]]) for a, b in pairwise(starts)]
    return np.array(shapes, dtype=object)


def _numbered(codes: list[str], owner: NDArray[np.intp], pattern: str) -> list[str]:
    seen = [0] * len(codes)
    found = []
    for place in owner:
        seen[place] += 1
        found.append(codes[place] + pattern.format(seen[place]))
    return found


def _deso_codes(
    codes: list[str],
    regso_of: NDArray[np.intp],
    deso_of: NDArray[np.intp],
    urban: NDArray[np.bool_],
) -> list[str]:
    """Codes as Statistics Sweden makes them: A outside towns, C in the municipality's town."""
    seen: dict[tuple[int, str], int] = {}
    found = []
    for regso in deso_of:
        letter = "C1" if urban[regso] else "A0"
        key = (int(regso_of[regso]), letter)
        seen[key] = seen.get(key, 0) + 1
        found.append(f"{codes[key[0]]}{letter}{seen[key]:02d}0")
    return found


def _names(regso_of: NDArray[np.intp], urban: NDArray[np.bool_]) -> list[str]:
    """Names that are unique within their municipality."""
    found, used = [], set()
    seen: dict[tuple[int, bool], int] = {}
    for place, town in zip(regso_of.tolist(), urban.tolist(), strict=True):
        names = TOWN_NAMES if town else COUNTRY_NAMES
        position = seen.get((place, town), 0)
        seen[place, town] = position + 1
        name = names[position % len(names)]
        name = f"{name} norra" if (place, name) in used else name
        used.add((place, name))
        found.append(name)
    return found
