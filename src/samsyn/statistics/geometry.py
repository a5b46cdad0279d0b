"""Geometries from a file, matched by key: GeoPackage, GeoJSON, shapefile and GeoParquet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError

SHOWN = 5  # how many of the units that lack a geometry are named


def read_geometry(path: str | Path, key: str, units: Sequence[Any]) -> NDArray[Any]:
    """The geometry of each unit (U,), on a plane in metres; `key` is the column of the units.

    What lies in degrees is brought to an equal-area projection around its middle. Raises
    InputError where the file or the key is absent, where a key stands twice, and where a unit has
    no geometry.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"There is no file {path}")
    import pyogrio
    import pyproj
    import shapely

    if path.suffix.lower() in {".parquet", ".geoparquet", ".pq"}:
        keys, binary, system = _from_parquet(path, key)
    else:
        source: Any = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else path
        try:
            there = pyogrio.read_info(source)["fields"].tolist()
            _require(path, key, there)
            meta, _, binary, fields = pyogrio.raw.read(source, columns=[key])
        except pyogrio.errors.DataSourceError as error:
            raise InputError(f"{path.name} cannot be read as geometry: {error}") from None
        keys, system = fields[0].tolist(), meta["crs"]
    position = _positions(path, key, [_text(k) for k in keys])
    wanted = [_text(unit) for unit in units]
    lacking = [unit for unit in wanted if unit not in position]
    if lacking:
        shown = ", ".join(f'"{unit}"' for unit in lacking[:SHOWN])
        more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
        example = f' A key there looks like "{next(iter(position))}".' if position else ""
        raise InputError(
            f'{len(lacking)} of {len(wanted)} units are not in column "{key}" of '
            f"{path.name}: {shown}{more}.{example}"
        )
    shapes: NDArray[Any] = shapely.from_wkb(np.asarray(binary, dtype=object))
    shapes = shapes[[position[unit] for unit in wanted]]
    empty = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if empty.size:
        raise InputError(f'the unit "{wanted[empty[0]]}" has no geometry in {path.name}')
    reference = pyproj.CRS.from_user_input(system) if system else None
    return _on_a_plane(shapes, reference)


def _on_a_plane(shapes: NDArray[Any], reference: Any) -> NDArray[Any]:
    """Geometries in degrees brought to an equal-area projection; others as they are."""
    import pyproj
    import shapely

    if reference is None or not reference.is_geographic:
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    plane = pyproj.CRS.from_dict(
        {"proj": "laea", "lat_0": (south + north) / 2, "lon_0": (west + east) / 2}
    )
    change = pyproj.Transformer.from_crs(reference, plane, always_xy=True)
    flat: NDArray[Any] = shapely.transform(shapes, change.transform, interleaved=False)
    return flat


def _from_parquet(path: Path, key: str) -> tuple[list[Any], list[Any], Any]:
    """Keys, geometries as WKB, and the reference system of a GeoParquet file."""
    try:
        told = pl.read_parquet_metadata(path).get("geo")
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path.name} cannot be read as Parquet: {error}") from None
    if told is None:
        raise InputError(f"{path.name} is Parquet without geometry (GeoParquet is needed)")
    column = json.loads(told)["primary_column"]
    about = json.loads(told)["columns"][column]
    if about.get("encoding") != "WKB":
        raise InputError(f"{path.name} keeps its geometry as {about.get('encoding')}, not as WKB")
    _require(path, key, [name for name in frame.columns if name != column])
    binary = frame.get_column(column)
    if not isinstance(binary.dtype, pl.Binary):
        binary = binary.ext.storage() if hasattr(binary, "ext") else binary.cast(pl.Binary)
    # Without a word of it, GeoParquet means longitude and latitude.
    return frame.get_column(key).to_list(), binary.to_list(), about.get("crs", "OGC:CRS84")


def _require(path: Path, key: str, there: Sequence[str]) -> None:
    if key not in there:
        raise InputError(f'{path.name} has no column "{key}". Its columns are: {", ".join(there)}')


def _positions(path: Path, key: str, keys: Sequence[str]) -> dict[str, int]:
    """Where each key stands. Raises InputError for one that stands twice."""
    position: dict[str, int] = {}
    for at, name in enumerate(keys):
        if name in position:
            raise InputError(
                f'{path.name}: the key "{name}" stands twice in column "{key}", in feature '
                f"{position[name] + 1} and in feature {at + 1}"
            )
        position[name] = at
    return position


def _text(key: Any) -> str:
    """A key as text: whole numbers without decimals."""
    if isinstance(key, float) and key.is_integer():
        return str(int(key))
    return str(key).strip()
