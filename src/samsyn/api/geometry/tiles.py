"""Vector tiles of a level: its polygons, and the points where their names stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from samsyn.api.geometry.encoding import EXTENT, Layer, tile
from samsyn.api.geometry.layers import names, resolution, shapes
from samsyn.api.geometry.levels import Level

DEEPEST: Final = 12
# Beyond the edges of a tile, so that borders are drawn whole where tiles meet.
BUFFER: Final = 64
NAMED: Final = 250  # names in a tile
# Some 10 MB: a tile of the whole country has 300 KB, most have a tenth of that.
KEPT: Final = 200


@lru_cache(KEPT)
def cut(level: Level, z: int, x: int, y: int) -> bytes:
    """A tile with the layers `areas` and `places`; nothing where no area lies.

    No area is left out for being small: the borders are simplified together beforehand, coarser the
    further away the map is, and what is lost in the grid of the tile is a dot of it.
    """
    told = names(level)
    drawn = shapes(level, resolution(z))
    scale = 2.0**z
    edge = BUFFER / EXTENT
    box = shapely.box(
        (x - edge) / scale, (y - edge) / scale, (x + 1 + edge) / scale, (y + 1 + edge) / scale
    )
    near = np.sort(drawn.tree.query(box))
    moved = shapely.transform(
        drawn.polygons[near], lambda points: (points * scale - (x, y)) * EXTENT
    )
    at = drawn.positions[near]
    inside, at = _clipped(moved, at)
    points = (told.points * scale - (x, y)) * EXTENT
    with np.errstate(invalid="ignore"):
        here = np.flatnonzero(np.all((points >= 0) & (points < EXTENT), axis=1))
    # The largest first, and no more than there is ever room for.
    here = here[np.argsort(told.ranks[here], kind="stable")][:NAMED]
    return tile(
        [
            Layer("areas", "polygons", inside, at.tolist(), [told.told[i] for i in at]),
            Layer(
                "places",
                "points",
                shapely.points(points[here]),
                here.tolist(),
                [
                    {
                        "code": told.told[i]["code"],
                        "name": told.told[i]["name"],
                        "rank": int(told.ranks[i]),
                    }
                    for i in here
                ],
            ),
        ]
    )


def _clipped(
    polygons: NDArray[Any], at: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """What of the polygons lies in the tile and around it."""
    low, high = -BUFFER, EXTENT + BUFFER
    found = shapely.clip_by_rect(polygons, low, low, high, high)
    parts, of = shapely.get_parts(found, return_index=True)
    # What is only touched is left as a line or a point.
    areal = shapely.get_type_id(parts) == 3
    parts, of = parts[areal], of[areal]
    there = np.unique(of)
    whole = shapely.multipolygons(parts, indices=np.searchsorted(there, of))
    return np.asarray(whole), at[there]
