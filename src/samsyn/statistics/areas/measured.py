"""What a base tells of its areas: polygons at each resolution, places and neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.areas.centroids import covered, grid_points
from samsyn.statistics.areas.coverage import PLANE, Geometries, rounded
from samsyn.statistics.areas.findings import Finding, some
from samsyn.statistics.areas.land import Land, clipped, land_areas
from samsyn.statistics.areas.levels import Base
from samsyn.statistics.areas.mending import joined, mended, shared_borders
from samsyn.statistics.release.schema import NEIGHBOURS, RESOLUTIONS
from samsyn.statistics.sources.forms import PopulationGrid

# Corners that span a triangle of less than the square of this (m) are left out.
TOLERANCES: Final = {"fine": 20.0, "medium": 150.0, "coarse": 800.0}
DEGREES: Final = "EPSG:4326"
# Of a degree: a millionth is 0.11 m from south to north.
DEGREE_STEPS: Final = {"fine": 1e-6, "medium": 1e-5, "coarse": 1e-5}


@dataclass(frozen=True)
class Part:
    """The tables of one base, in the schemas that `Shapes` has."""

    polygons: Mapping[str, pl.DataFrame]
    places: pl.DataFrame
    neighbours: pl.DataFrame


def measured(
    base: Base,
    land: Land | None,
    grids: Sequence[PopulationGrid],
    populations: pl.DataFrame | None,
    notes: list[Finding],
) -> Part:
    """Everything of the areas of one base: measured on its cells, added up for larger areas."""
    import shapely

    whole = base.shapes
    fine = shapely.coverage_simplify(whole, TOLERANCES["fine"])
    if not shapely.coverage_is_valid(fine):
        whole, changed = mended(whole)
        notes.append(_not_meeting(base, changed))
        fine = shapely.coverage_simplify(whole, TOLERANCES["fine"])
    pairs = shared_borders(whole)
    if land is not None:
        fine = clipped(fine, land)
    medium = shapely.coverage_simplify(fine, TOLERANCES["medium"])
    coarse = shapely.coverage_simplify(medium, TOLERANCES["coarse"])
    degrees = {
        name: _to_degrees(shapes, DEGREE_STEPS[name])
        for name, shapes in zip(RESOLUTIONS, (fine, medium, coarse), strict=True)
    }
    cells = _cells(fine, land, grids)
    polygons: dict[str, list[pl.DataFrame]] = {name: [] for name in RESOLUTIONS}
    places: list[pl.DataFrame] = []
    neighbours: list[pl.DataFrame] = []
    for kind, column in base.levels.items():
        keys = sorted({key for key in column if key is not None})
        if not keys:
            continue
        position = {key: at for at, key in enumerate(keys)}
        owner = np.array([-1 if key is None else position[key] for key in column], dtype=np.intp)
        for name in RESOLUTIONS:
            shapes = joined(degrees[name], owner, len(keys))
            polygons[name].append(_table(kind, keys, shapes))
            if name == "fine":
                bounds = shapely.bounds(shapes)
        places.append(_level(keys, owner, cells, bounds, populations))
        neighbours.append(_bordering(keys, owner, pairs))
    return Part(
        {name: pl.concat(tables) for name, tables in polygons.items()},
        pl.concat(places),
        pl.concat(neighbours),
    )


def _not_meeting(base: Base, changed: NDArray[np.intp]) -> Finding:
    column = next(iter(base.levels.values()))
    names = [str(column[at]) for at in changed if column[at] is not None]
    return Finding(
        "shapes",
        "note",
        f"The borders of {changed.size} areas did not meet those of their neighbours: small gaps "
        f"and overlaps were closed in {some(names)}",
        subject=next(iter(base.levels)),
    )


def _cells(shapes: Geometries, land: Land | None, grids: Sequence[PopulationGrid]) -> pl.DataFrame:
    """Area, first moments, land and people of each cell."""
    import shapely

    area = shapely.area(shapes)
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    ground, known = (area, area > 0) if land is None else land_areas(shapes, land)
    frame = pl.DataFrame(
        {"area": area, "x": middle[:, 0], "y": middle[:, 1], "land": ground, "known": known}
    )
    points = grid_points(shapes, grids).rename({"x": "gx", "y": "gy"})
    return pl.concat([frame, points], how="horizontal")


def _level(
    keys: Sequence[str],
    owner: NDArray[np.intp],
    cells: pl.DataFrame,
    bounds: NDArray[np.float64],
    populations: pl.DataFrame | None,
) -> pl.DataFrame:
    """The places of one level, from its cells."""
    area, people = pl.col("area"), pl.col("people")

    def mean(value: str, weight: pl.Expr) -> pl.Expr:
        return (pl.col(value) * weight).sum() / weight.sum()

    level = (
        cells.with_columns(pl.Series("owner", owner))
        .filter(pl.col("owner") >= 0)
        .group_by("owner")
        .agg(
            mean("x", area),
            mean("y", area),
            mean("gx", people),
            mean("gy", people),
            mean("among", area),
            people.sum(),
            # What the mask does not know of one part is little beside the others.
            pl.when(pl.col("known").any()).then(pl.col("land").sum()).alias("land_area"),
        )
        .sort("owner")
        .with_columns(
            pl.Series("area", keys),
            *(
                pl.Series(n, bounds[:, at])
                for at, n in enumerate(("west", "south", "east", "north"))
            ),
        )
    )
    nobody = pl.lit(None, pl.Float64).alias("population")
    level = (
        level.with_columns(nobody)
        if populations is None
        else level.join(populations, on="area", how="left", maintain_order="left")
    )
    use = covered(people, pl.col("among"), pl.col("population")).fill_null(value=False)
    return level.select(
        "area",
        pl.when(use).then("gx").otherwise("x").alias("x"),
        pl.when(use).then("gy").otherwise("y").alias("y"),
        use.alias("weighted"),
        "west", "south", "east", "north", "land_area",
        pl.lit(None, pl.String).alias("shape_from"),
    )  # fmt: skip


def _bordering(
    keys: Sequence[str],
    owner: NDArray[np.intp],
    pairs: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]],
) -> pl.DataFrame:
    """The neighbours of one level, from the shared borders of its cells."""
    i, j, border = pairs
    one, other = owner[i], owner[j]
    apart = (one != other) & (one >= 0) & (other >= 0)
    names = np.array(keys, dtype=object)
    a, b, m = names[one[apart]], names[other[apart]], border[apart]
    return (
        pl.DataFrame(
            {"area": [*a, *b], "neighbour": [*b, *a], "border": np.concatenate([m, m])},
            schema=NEIGHBOURS,
        )
        .group_by("area", "neighbour")
        .agg(pl.col("border").sum())
    )


def _to_degrees(shapes: Geometries, step: float) -> Geometries:
    """A coverage in degrees, its coordinates whole steps."""
    import pyproj
    import shapely

    change = pyproj.Transformer.from_crs(PLANE, DEGREES, always_xy=True)
    x, y = shapely.get_coordinates(shapes).T
    exact = np.column_stack(change.transform(x, y))
    moved: Geometries = shapely.set_coordinates(shapes.copy(), rounded(exact, step))
    if shapely.is_valid(moved).all() and shapely.coverage_is_valid(moved):
        return moved
    # Where a neck is as narrow as a step, its sides can come to cross.
    return mended(moved, step)[0]


def _table(kind: str, keys: Sequence[str], shapes: Geometries) -> pl.DataFrame:
    import shapely

    binary = pl.Series("geometry", shapely.to_wkb(shapes).tolist(), dtype=pl.Binary)
    return pl.DataFrame({"area": keys}, schema={"area": pl.String}).select(
        "area",
        pl.lit(kind).alias("kind"),
        pl.col("area").str.split("/").list.get(1).alias("vintage"),
        binary,
    )
