"""Borders of a coverage: which areas share them, and closing them where they do not meet."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.areas.coverage import STEP, Geometries, Positions, polygonal

# A gap inside a coverage that is narrower than this (m), on the mean, belongs to nobody by mistake.
NARROW: Final = 100.0
LARGEST_GAP: Final = 1e6
ROUNDS: Final = 4


def shared_borders(
    shapes: Geometries, step: float = STEP
) -> tuple[Positions, Positions, NDArray[np.float64]]:
    """Pairs i < j (P,) of shapes of a coverage that share a border, and its length (P,).

    Borders of a coverage are the same points on both sides: two shapes share exactly the segments
    that both have, so one grouping of all segments finds every pair.
    """
    import shapely

    parts, part_of = shapely.get_parts(shapes, return_index=True)
    rings, ring = shapely.get_rings(parts, return_index=True)
    coordinates, at = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(at[1:] == at[:-1])
    # Each point as one whole number: its steps east and north in the two halves of the bits.
    steps = np.rint((coordinates - coordinates.min(axis=0, initial=0)) / step)
    points = (steps[:, 0].astype(np.int64) << 32) | steps[:, 1].astype(np.int64)
    start, end = points[inner], points[inner + 1]
    length = np.hypot(*(coordinates[inner + 1] - coordinates[inner]).T)
    pairs = (
        pl.DataFrame(
            {
                "owner": part_of[ring][at[inner]].astype(np.int32),
                "low": np.minimum(start, end),
                "high": np.maximum(start, end),
                "length": length,
            }
        )
        .group_by("low", "high")
        .agg(
            pl.col("owner").min().alias("i"),
            pl.col("owner").max().alias("j"),
            pl.col("length").first(),
        )
        .filter(pl.col("i") < pl.col("j"))
        .group_by("i", "j")
        .agg(pl.col("length").sum())
        .sort("i", "j")
    )
    i, j = (pairs.get_column(name).to_numpy().astype(np.intp) for name in ("i", "j"))
    return i, j, pairs.get_column("length").to_numpy()


def faces_of(
    shapes: Geometries, line: Any = None, grid: float | None = None
) -> tuple[Geometries, Positions]:
    """The faces that the borders of shapes make, together with another line, and their owners.

    The owner of a face is the shape that it lies in: the smallest where several overlap, -1
    where there is none. Faces meet in the same points, whatever the shapes did.
    """
    import shapely

    lines = shapely.boundary(shapes)
    if line is not None:
        lines = np.append(lines, line)
    noded = shapely.union_all(lines, grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = shapely.point_on_surface(faces)
    # The smaller shape comes first, so that one inside another is not lost.
    rank = np.argsort(np.argsort(shapely.area(shapes), kind="stable"), kind="stable")
    face, shape = shapely.STRtree(shapes).query(inside, predicate="intersects")
    first = np.full(faces.size, shapes.size, dtype=np.intp)
    np.minimum.at(first, face, rank[shape])
    owner = np.append(np.argsort(rank), -1)[first]
    return faces, owner


def joined(faces: Geometries, owner: Positions, count: int) -> Geometries:
    """The union of each owner's faces of a coverage (count,); None for one that has none."""
    import shapely

    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    ends = np.searchsorted(owner[order], np.arange(count + 1))
    whole = np.full(count, None, dtype=object)
    sizes = np.diff(ends)
    single = np.flatnonzero(sizes == 1)
    whole[single] = faces[order[ends[single]]]
    for at in np.flatnonzero(sizes > 1):
        whole[at] = shapely.coverage_union_all(faces[order[ends[at] : ends[at + 1]]])
    return whole


def mended(shapes: Geometries, step: float = STEP) -> tuple[Geometries, Positions]:
    """The shapes as a valid coverage, and which of them were changed to make it one.

    Where borders do not meet, the shapes there are cut at all their borders (points nearer than
    a step becoming one), what two of them claim goes to the smaller, and narrow gaps between
    them to the neighbour with the longest border. Shapes elsewhere stay as they are.
    """
    import shapely

    shapes, wrong = polygonal(shapes)
    changed = np.zeros(shapes.size, dtype=bool)
    changed[wrong] = True
    among = np.arange(shapes.size)
    for _ in range(ROUNDS):
        edges = shapely.coverage_invalid_edges(shapes[among])
        bad = among[~(shapely.is_missing(edges) | shapely.is_empty(edges))]
        if not bad.size:
            break
        changed[bad] = True
        here = np.flatnonzero(changed)
        faces, owner = faces_of(shapes[here], grid=step)
        i, j, border = shared_borders(faces, step)
        owner = _gaps_filled(faces, owner, i, j, border, shapes, changed)
        whole = joined(faces, owner, here.size)
        lost = shapely.is_missing(whole)
        whole[lost] = shapes[here[lost]]
        shapes[here] = whole
        # Only what changed, and what touches it, can be wrong now.
        tree = shapely.STRtree(shapes)
        among = np.unique(tree.query(shapes[here], predicate="intersects")[1])
    return shapes, np.flatnonzero(changed)


def _gaps_filled(
    faces: Geometries,
    owner: Positions,
    i: Positions,
    j: Positions,
    border: NDArray[np.float64],
    shapes: Geometries,
    changed: NDArray[np.bool_],
) -> Positions:
    """Owners (F,), with narrow faces that nobody owns given to the neighbour of most border."""
    import shapely

    area, around = shapely.area(faces), shapely.length(faces)
    gap = (owner < 0) & (2 * area < NARROW * around) & (area < LARGEST_GAP)
    others = shapes[~changed]
    if gap.any() and others.size:
        # A face that lies in a shape that takes no part here is no gap.
        places = np.flatnonzero(gap)
        within = shapely.STRtree(others).query(
            shapely.point_on_surface(faces[places]), predicate="intersects"
        )[0]
        gap[places[within]] = False
    if not gap.any():
        return owner
    both = pl.DataFrame(
        {
            "face": np.concatenate([i, j]),
            "other": np.concatenate([owner[j], owner[i]]),
            "border": np.concatenate([border, border]),
        }
    )
    best = (
        both.filter(pl.col("other") >= 0)
        .filter(pl.col("face").is_in(np.flatnonzero(gap)))
        .group_by("face", "other")
        .agg(pl.col("border").sum())
        .sort("face", "border", "other", descending=[False, True, False])
        .unique("face", keep="first", maintain_order=True)
    )
    filled = owner.copy()
    filled[best.get_column("face").to_numpy()] = best.get_column("other").to_numpy()
    return filled
