"""The points that stand for areas: where their people live on the average, as far as is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.areas.coverage import Geometries, on_the_plane
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.sources.forms import PopulationGrid

# A grid covers an area when this share of it lies among the grid's squares, or when the people of
# its squares are those of the area to within this factor.
AMONG: Final = 2 / 3
AGREES: Final = 1.25
# From where the point of a larger area is taken, the best first.
SMALLER: Final = (("deso", "2025"), ("deso", "2018"), ("regso", "2025"), ("regso", "2020"),
                  ("municipality", "2025"))  # fmt: skip


def people_in(
    shapes: Geometries, grid: PopulationGrid
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], Geometries]:
    """The pieces that shapes cut of a grid's squares: shape, square, people, and the piece.

    The people of a square are divided by the area of its pieces: all of them come to some shape
    where the square meets any. Only squares where people live have pieces.
    """
    import shapely

    peopled = grid.frame.filter(pl.col("population") > 0)
    squares = on_the_plane(peopled.get_column("geometry").to_list(), grid.crs, grid.provenance.file)
    people = peopled.get_column("population").cast(pl.Float64).to_numpy()
    tree = shapely.STRtree(shapes)
    square, shape = tree.query(squares, predicate="intersects")
    # A square that meets one shape only is that shape's: nothing has to be cut.
    alone = np.bincount(square, minlength=squares.size)[square] == 1
    pieces = squares[square]
    cut = np.flatnonzero(~alone)
    pieces[cut] = shapely.intersection(shapes[shape[cut]], squares[square[cut]])
    area = shapely.area(pieces)
    some = area > 0
    square, shape, pieces, area = square[some], shape[some], pieces[some], area[some]
    whole = np.bincount(square, weights=area, minlength=squares.size)
    return shape, square, people[square] * area / whole[square], pieces


def grid_points(shapes: Geometries, grids: Sequence[PopulationGrid]) -> pl.DataFrame:
    """For each shape the people of the grids, their mean point, and the share among the squares.

    Columns `people`, `x`, `y` (0 without people) and `among`, one row for each shape.
    """
    import shapely

    count = shapes.size
    people, x, y, among = (np.zeros(count) for _ in range(4))
    for grid in grids:
        shape, _, share, pieces = people_in(shapes, grid)
        middle = shapely.get_coordinates(shapely.centroid(pieces))
        here = np.bincount(shape, weights=share, minlength=count)
        new = here > people
        for total, weight in ((x, middle[:, 0]), (y, middle[:, 1])):
            mean = np.bincount(shape, weights=share * weight, minlength=count)
            total[new] = mean[new] / here[new]
        people[new] = here[new]
        hull = shapely.convex_hull(shapely.geometrycollections(pieces)) if pieces.size else None
        if hull is not None:
            near = np.flatnonzero(new)
            inside = shapely.area(shapely.intersection(shapes[near], hull))
            among[near] = inside / shapely.area(shapes[near])
    return pl.DataFrame({"people": people, "x": x, "y": y, "among": among})


def covered(people: pl.Expr, among: pl.Expr, population: pl.Expr) -> pl.Expr:
    """Whether a grid's people are the people of an area."""
    agrees = people.is_between(population / AGREES, population * AGREES)
    return (people > 0) & pl.when(population > 0).then(agrees).otherwise(among >= AMONG)


def weighted_upward(
    places: pl.DataFrame, populations: pl.DataFrame, parents: pl.DataFrame
) -> pl.DataFrame:
    """Places with the points of larger areas where the people of all their smaller areas are known.

    `places` has area, x, y and weighted; `populations` area and population; `parents` the
    RegSO of each DeSO. A larger area's point is Σ p x / Σ p over the smallest kind of area of which
    it has all people and points; one that a grid has weighted stays.
    """
    parts = pl.col("area").str.split("/")
    known = (
        pl.concat([places.select("area"), populations.select("area")])
        .unique()
        .join(populations, on="area", how="left")
        .join(places.select("area", "x", "y"), on="area", how="left")
        .join(parents, on="area", how="left")
        .with_columns(
            parts.list.get(0).alias("kind"),
            parts.list.get(1).alias("vintage"),
            parts.list.get(2).alias("code"),
        )
    )
    country = pl.lit("country/2025/00")
    better: list[pl.DataFrame] = []
    for kind, vintage in SMALLER:
        own = known.filter(pl.col("kind") == kind, pl.col("vintage") == vintage)
        if own.is_empty():
            continue
        municipality = "municipality/2025/" + pl.col("code").str.slice(0, 4)
        county = "county/2025/" + pl.col("code").str.slice(0, KINDS["municipality"].digits)
        above = {"deso": ["parent", "m", "c", "n"], "regso": ["m", "c", "n"]}.get(kind, ["c", "n"])
        long = (
            own.with_columns(municipality.alias("m"), county.alias("c"), country.alias("n"))
            .unpivot(above, index=["x", "y", "population"], value_name="over")
            .filter(pl.col("over").is_not_null())
        )
        better.append(
            long.group_by("over")
            .agg(
                (pl.col("x") * pl.col("population")).sum() / pl.col("population").sum(),
                (pl.col("y") * pl.col("population")).sum() / pl.col("population").sum(),
                pl.col("population").sum(),
                (pl.col("x").is_null() | pl.col("population").is_null()).sum().alias("lacking"),
            )
            .filter(pl.col("lacking") == 0, pl.col("population") > 0)
            .select(pl.col("over").alias("area"), pl.col("x").alias("wx"), pl.col("y").alias("wy"))
        )
    if not better:
        return places
    # Of several the first, which is of the smallest areas.
    best = pl.concat(better).unique("area", keep="first", maintain_order=True)
    use = pl.col("wx").is_not_null() & ~pl.col("weighted")
    return (
        places.join(best, on="area", how="left", maintain_order="left")
        .with_columns(
            pl.when(use).then("wx").otherwise("x").alias("x"),
            pl.when(use).then("wy").otherwise("y").alias("y"),
            (pl.col("weighted") | use).alias("weighted"),
        )
        .drop("wx", "wy")
    )
