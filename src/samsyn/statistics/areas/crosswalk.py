"""From areas of one vintage to those of another: shares, how wrong they can be, and the transfer.

docs/methods/areas.md derives the formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.centroids import covered, grid_points, people_in
from samsyn.statistics.areas.coverage import Coverage, Geometries, coverages
from samsyn.statistics.areas.findings import some
from samsyn.statistics.release.schema import CROSSWALK
from samsyn.statistics.sources.forms import AreaLayer, PopulationGrid

# An overlap of less than this share of the smaller of the two areas comes of how borders are drawn.
SLIVER: Final = 1e-3
# An area of which less than this share lies in the other vintage's areas is not in the crosswalk.
COVERED: Final = 0.5


def crosswalk(old: AreaLayer, new: AreaLayer, grids: Sequence[PopulationGrid] = ()) -> pl.DataFrame:
    """Where the land and the people of each old area lie among the new areas: schema CROSSWALK.

    `area_share` is a = |old ∩ new| / |old|, without slivers and with the shares of an area summing
    to 1. `population_share` is the same of the people of the grids; it is null where no grid covers
    the area. `error` is the standard error of the share that is used (people where known, else
    land), if the people of each square, or of the area, all lived in one place anywhere in it. It
    is 0 for an area that goes to one target whole. Old areas that the new layer does not cover are
    left out. Raises InputError where the two layers are not of one kind.
    """
    import shapely

    if old.kind != new.kind:
        raise InputError(
            f"A crosswalk goes between vintages of one kind of area, and {old.provenance.file} has "
            f"{old.kind} and {new.provenance.file} {new.kind}: give two layers of the same kind"
        )
    first, second = _coverage(old), _coverage(new)
    i, j, pieces = _overlaps(first, second)
    area = shapely.area(pieces)
    table = (
        pl.DataFrame({"i": i, "j": j, "piece": np.arange(i.size), "size": area})
        .with_columns(pl.col("size").sum().over("i").alias("whole"))
        .with_columns(
            pl.Series("own", shapely.area(first.shapes)[i]),
            (pl.col("size") / pl.col("whole")).alias("area_share"),
        )
        .filter(pl.col("whole") >= COVERED * pl.col("own"))
    )
    people = _people(first.shapes, pieces, i, grids)
    share = pl.col("area_share")
    # Where a grid covers an old area, a piece without any square has nobody.
    reached = pl.col("population_share").is_not_null().any().over("i")
    return (
        table.with_columns(
            pl.Series("area", first.keys(), dtype=pl.String).gather(table.get_column("i")),
            pl.Series("target", second.keys(), dtype=pl.String).gather(table.get_column("j")),
        )
        .join(people, on="piece", how="left")
        .with_columns(
            pl.when(reached).then(pl.col("population_share").fill_null(0.0)),
            pl.when(reached)
            .then(pl.col("spread").fill_null(0.0))
            .otherwise((share * (1 - share)).clip(0).sqrt())
            .alias("error"),
        )
        .select(list(CROSSWALK))
        .sort("area", "target")
    )


def changed(old: AreaLayer, new: AreaLayer) -> list[str]:
    """Codes whose land is not the same in both layers, or that only one of them has.

    An area has changed when what was added and what was taken away come to more than SLIVER of its
    old area together.
    """
    import shapely

    first, second = _coverage(old), _coverage(new)
    place = {code: at for at, code in enumerate(second.codes)}
    both = [at for at, code in enumerate(first.codes) if code in place]
    before = first.shapes[both]
    after = second.shapes[[place[first.codes[at]] for at in both]]
    moved = shapely.area(before) + shapely.area(after)
    moved -= 2 * shapely.area(shapely.intersection(before, after))
    different = np.flatnonzero(moved > SLIVER * shapely.area(before))
    return sorted({first.codes[both[at]] for at in different} | {*first.codes} ^ {*second.codes})


def transfer(counts: pl.DataFrame, walk: pl.DataFrame) -> pl.DataFrame:
    """Counts of old areas, moved to the new ones, with their standard error.

    `counts` has `area`, `count`, and may have an `error`; rows that agree in all other columns are
    added. The count of a target is Σ s n over the old areas that go there, with the share s of
    people where it is known, else of land; its error is √Σ (e n)², with the errors that the counts
    had. Totals are the same before and after. A count that is null makes its targets' null: missing
    is not 0. Raises InputError for an area that the crosswalk does not have.
    """
    absent = counts.join(walk, on="area", how="anti").get_column("area").unique().sort()
    if absent.len():
        raise InputError(
            f"{absent.len()} areas are not in the crosswalk, so that their counts have nowhere to "
            f"go: {some(absent.to_list())}. Leave them out, or make the crosswalk of layers that "
            "have them"
        )
    before = pl.col("before") if "error" in counts.columns else pl.lit(0.0)
    keys = [name for name in counts.columns if name not in {"area", "count", "error"}]
    share = pl.coalesce("population_share", "area_share")
    moved = (
        counts.rename({"error": "before"}, strict=False)
        .join(walk, on="area")
        .select(
            pl.col("target").alias("area"),
            *keys,
            (pl.col("count") * share).alias("count"),
            ((pl.col("count") * pl.col("error")) ** 2 + (before * share) ** 2).alias("variance"),
        )
    )
    known = pl.col("count").is_not_null().all()
    return (
        moved.group_by("area", *keys)
        .agg(
            pl.when(known).then(pl.col("count").sum()).alias("count"),
            pl.when(known).then(pl.col("variance").sum().sqrt()).alias("error"),
        )
        .select("area", *keys, "count", "error")
        .sort("area", *keys)
    )


def _coverage(layer: AreaLayer) -> Coverage:
    found, _ = coverages([layer])
    if not found:
        raise InputError(f"{layer.provenance.file} has no polygons to make a crosswalk of")
    return found[0]


def _overlaps(
    old: Coverage, new: Coverage
) -> tuple[NDArray[np.intp], NDArray[np.intp], Geometries]:
    """The old and the new area of each overlap that is no sliver, and the overlap itself."""
    import shapely

    i, j = shapely.STRtree(new.shapes).query(old.shapes, predicate="intersects")
    before, after = shapely.area(old.shapes), shapely.area(new.shapes)
    least = SLIVER * np.minimum(before[i], after[j])
    pieces = np.full(i.size, None, dtype=object)
    same = np.asarray(old.codes, dtype=object)[i] == np.asarray(new.codes, dtype=object)[j]
    pieces[same] = shapely.intersection(old.shapes[i[same]], new.shapes[j[same]])
    # What an area shares with others is no more than what it does not share with itself. Most
    # areas have not changed, so that most pairs are decided by this.
    kept = shapely.area(pieces[same])
    left, right = before.copy(), after.copy()
    left[i[same]] -= kept
    right[j[same]] -= kept
    rest = ~same & (np.minimum(left[i], right[j]) >= least)
    pieces[rest] = shapely.intersection(old.shapes[i[rest]], new.shapes[j[rest]])
    keep = (same | rest) & (shapely.area(pieces) >= least)
    return i[keep], j[keep], pieces[keep]


def _people(
    old: Geometries, pieces: Geometries, i: NDArray[np.intp], grids: Sequence[PopulationGrid]
) -> pl.DataFrame:
    """Of each piece the share of its old area's people, and the standard error of that.

    N people of an old area in one square, of which the piece has the share f by land, give the mean
    N f and, if all of them live in one place, the variance N² f (1 − f).
    """
    import shapely

    tables = [pl.DataFrame(schema={"piece": pl.Int64, "population_share": float, "spread": float})]
    for grid in grids:
        piece, square, people, parts = people_in(pieces, grid)
        # `people` are divided by land over the pieces that a square has: also within an old area.
        cells = pl.DataFrame(
            {
                "piece": piece,
                "square": square,
                "i": i[piece],
                "people": people,
                "size": shapely.area(parts),
            }
        ).with_columns(
            pl.col("people").sum().over("i", "square").alias("n"),
            (pl.col("size") / pl.col("size").sum().over("i", "square")).alias("f"),
        )
        points = grid_points(old, [grid])
        reached = points.with_row_index("i").filter(
            covered(pl.col("people"), pl.col("among"), pl.lit(None, pl.Float64)).fill_null(False)
        )
        tables.append(
            cells.with_columns(pl.col("people").sum().over("i").alias("all"))
            .group_by("piece", "i", "all")
            .agg(
                pl.col("people").sum().alias("here"),
                (pl.col("n") ** 2 * pl.col("f") * (1 - pl.col("f")))
                .sum()
                .clip(0)
                .sqrt()
                .alias("sd"),
            )
            .filter(pl.col("i").is_in(reached.get_column("i").to_list()))
            .select(
                pl.col("piece").cast(pl.Int64),
                (pl.col("here") / pl.col("all")).alias("population_share"),
                (pl.col("sd") / pl.col("all")).alias("spread"),
            )
        )
    return pl.concat(tables).unique("piece", keep="first", maintain_order=True)
