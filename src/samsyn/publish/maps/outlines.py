"""Polygons as short SVG paths: projected, fitted to the picture, simplified together, rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

# SWEREF 99 TM: areas keep their size to within a few per mille all over Sweden.
PROJECTION: Final = 3006
FINE: Final = 10  # units of a path for each pixel
MARGIN: Final = 6.0  # pixels around the area
FEW: Final = 8  # of fewer areas none is drawn larger
SMALL: Final = 0.6  # so many of the areas are small ones, which a town is made of
REACH: Final = 2.3  # a town reaches so many times as far as the half of it around its heart


@dataclass(frozen=True)
class Frame:
    """What of the plane a picture shows: its west and north end in metres, pixels a metre."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north end in metres."""
        south = self.north - self.height / self.scale
        return self.west, south, self.west + self.width / self.scale, self.north

    def placed(self, geometries: NDArray[Any]) -> NDArray[Any]:
        """Geometries in the units of paths."""

        def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
            x = (points[:, 0] - self.west) * self.scale
            y = (self.north - points[:, 1]) * self.scale
            return np.column_stack([x, y]) * FINE

        return np.asarray(shapely.transform(geometries, move))


def projected(wkb: Sequence[bytes]) -> NDArray[Any]:
    """Polygons in degrees as polygons in metres."""
    return np.asarray(shapely.transform(shapely.from_wkb(list(wkb)), _metres))


def fitted(geometries: NDArray[Any], width: float, tallest: float) -> Frame:
    """The frame that shows the geometries as large as `width` and `tallest` allow."""
    west, south, east, north = shapely.total_bounds(geometries)
    across, along = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((width - 2 * MARGIN) / across, (tallest - 2 * MARGIN) / along)
    return Frame(
        west=west - (width / scale - across) / 2,
        north=north + MARGIN / scale,
        scale=scale,
        width=width,
        height=along * scale + 2 * MARGIN,
    )


def centre(geometries: NDArray[Any]) -> NDArray[Any] | None:
    """The small areas that lie together, such as a town; None where the whole is seen well.

    Of the smaller areas by land those around the one that has half of them nearest to it, where
    they take less than half of the width and of the height: small towns far off do not count.
    """
    if len(geometries) < FEW:
        return None
    size = shapely.area(geometries)
    small = geometries[size <= np.quantile(size, SMALL)]
    points = shapely.get_coordinates(shapely.centroid(small))
    off = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    reach = np.sort(off, axis=1)[:, (len(small) + 1) // 2 - 1]
    heart = int(np.argmin(reach))
    town = small[off[heart] <= REACH * reach[heart]]
    west, south, east, north = shapely.total_bounds(geometries)
    inner = shapely.total_bounds(town)
    if (inner[2] - inner[0]) < (east - west) / 2 and (inner[3] - inner[1]) < (north - south) / 2:
        return np.asarray(town)
    return None


def paths(geometries: NDArray[Any], tolerance: float) -> list[str]:
    """Each geometry, placed in a frame, as the `d` of a path; none is lost however small.

    They are simplified as one coverage by `tolerance` pixels, so that shared borders stay shared.
    """
    return traced(simplified(geometries, tolerance), geometries)


def simplified(geometries: NDArray[Any], tolerance: float) -> NDArray[Any]:
    """Geometries with fewer points, as one coverage where they are one."""
    if tolerance <= 0:
        return geometries
    valid = bool(shapely.coverage_is_valid(geometries))
    simplify = shapely.coverage_simplify if valid else shapely.simplify
    return np.asarray(simplify(geometries, tolerance * FINE))


def traced(simple: NDArray[Any], whole: NDArray[Any]) -> list[str]:
    """Simplified geometries as paths, by those they came from where nothing of them is left."""
    return [
        _path(thin) or _path(full) or _dot(full) for thin, full in zip(simple, whole, strict=True)
    ]


def clipped(geometries: NDArray[Any], frame: Frame) -> NDArray[Any]:
    """What of the geometries lies in the picture, with a little more around it."""
    edge = 20 * FINE
    found = shapely.clip_by_rect(
        geometries, -edge, -edge, frame.width * FINE + edge, frame.height * FINE + edge
    )
    return np.array([_areal(one) for one in found], dtype=object)


def _areal(geometry: Any) -> Any:
    """The polygons of what may hold lines and points as well, where it was only touched."""
    if shapely.get_type_id(geometry) in {3, 6}:
        return geometry
    parts = shapely.get_parts(geometry)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _path(geometry: Any) -> str:
    rings = [
        _ring(shapely.get_coordinates(ring))
        for part in shapely.get_parts(geometry)
        if shapely.get_type_id(part) == 3
        for ring in shapely.get_rings(part)
    ]
    return "".join(rings)


def _ring(points: NDArray[np.float64]) -> str:
    """A ring by relative steps of whole units; nothing where fewer than three points are left."""
    whole = np.rint(points).astype(np.int64)
    steps = np.diff(whole, axis=0)
    kept = np.any(steps != 0, axis=1)
    kept[-1:] = False  # the last step is the way back, which the path closes by itself
    steps = steps[kept]
    if len(steps) < 2:
        return ""
    told = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{whole[0, 0]} {whole[0, 1]}l{told}z"


def _dot(geometry: Any) -> str:
    """A pixel where an area is too small to be drawn."""
    if shapely.is_empty(geometry):
        return ""
    x, y = (int(value) for value in shapely.get_coordinates(shapely.centroid(geometry))[0])
    return f"M{x} {y}h{FINE}v{FINE}h-{FINE}z"


def _metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _transformer().transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


@cache
def _transformer() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(4326, PROJECTION, always_xy=True)
