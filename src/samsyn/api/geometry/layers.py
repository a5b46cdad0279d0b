"""The polygons of a level in the plane of web maps, found by where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from samsyn.api.geometry.levels import Level
from samsyn.measure.errors import InputError
from samsyn.statistics.query import LATEST, Release

# Layers of all Sweden's RegSO take 1, 4 and 15 MB at the three resolutions.
KEPT: Final = 12
# Up to which zoom the borders of a resolution are a pixel or two from where they are; a tile of
# 512 pixels shows 2,400 m of Sweden in one of them at zoom 4, and half of it at each that follows.
RESOLUTIONS: Final = ((6, "coarse"), (8, "medium"), (24, "fine"))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shapes:
    """Polygons of a level, their bounds, and where each stands among the areas of the level."""

    polygons: NDArray[Any]
    positions: NDArray[np.int64]
    bounds: Floats
    tree: shapely.STRtree


@dataclass(frozen=True)
class Names:
    """The areas of a level by position: what is told of each, where its name stands, its rank.

    The rank is by people, or by land where these are not known; 1 is the largest.
    """

    told: tuple[Mapping[str, str | None], ...]
    points: Floats
    ranks: NDArray[np.int64]


def resolution(zoom: float) -> str:
    """How fine borders must be at a zoom."""
    return next(name for most, name in RESOLUTIONS if zoom <= most)


@lru_cache(KEPT)
def shapes(level: Level, resolution: str) -> Shapes:
    """The polygons of a level at a resolution."""
    found = level.release.shapes(level.name, resolution)
    place = {key: at for at, key in enumerate(areas(level).get_column("area").to_list())}
    polygons = shapely.transform(
        shapely.from_wkb(found.get_column("geometry").to_list()), projected
    )
    positions = np.array([place[key] for key in found.get_column("area")], np.int64)
    bounds = shapely.bounds(polygons)
    return Shapes(np.asarray(polygons), positions, bounds, shapely.STRtree(polygons))


@lru_cache(KEPT)
def names(level: Level) -> Names:
    """What is told of the areas of a level."""
    frame = areas(level)
    told = tuple(
        {
            "code": row["code"],
            "name": row["name"],
            "municipality": _code(row["municipality"]),
            "county": _code(row["county"]),
        }
        for row in frame.select("code", "name", "municipality", "county").iter_rows(named=True)
    )
    degrees = frame.select("lon", "lat").to_numpy().astype(np.float64)
    ranks = _size(level.release, level.name, frame).rank("ordinal", descending=True)
    return Names(told, projected(degrees), ranks.fill_null(frame.height).to_numpy().astype("i8"))


def areas(level: Level) -> pl.DataFrame:
    """The areas of a level by key, whether or not their borders are known.

    The position of an area here is its id in tiles.
    """
    return level.release.areas(level.name)


def projected(degrees: Floats) -> Floats:
    """Longitude and latitude in the world as a square from 0 to 1, y downwards (Web Mercator)."""
    x = (degrees[:, 0] + 180) / 360
    y = (1 - np.arcsinh(np.tan(np.radians(degrees[:, 1]))) / np.pi) / 2
    return np.column_stack([x, y])


def unvintaged(key: str | None) -> str | None:
    """A key as addresses have it, without its vintage: municipality/1488."""
    if key is None:
        return None
    kind, _, rest = key.partition("/")
    return f"{kind}/{rest.partition('/')[2]}"


def _code(key: str | None) -> str | None:
    return None if key is None else key.rpartition("/")[2]


def _size(release: Release, level: str, frame: pl.DataFrame) -> pl.Series:
    try:
        people = release.values("population", level=level, period=LATEST)
    except InputError:
        return frame.get_column("land_area")
    joined = frame.select("area").join(people, on="area", how="left", maintain_order="left")
    return joined.get_column("value")
