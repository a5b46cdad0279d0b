"""Layers of geometry in GeoPackage, GeoJSON, GeoParquet and zipped shapefiles, as they are."""

from __future__ import annotations

import json
import warnings
import zipfile
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.opening import Opened

INSIDE: Final = (".shp", ".gpkg", ".geojson")
ZIPS: Final = (".zip", ".shz")
LONGITUDE_LATITUDE: Final = "OGC:CRS84"  # what GeoParquet means where it says nothing


@dataclass(frozen=True)
class Outline:
    """A layer: `frame` has its fields and `geometry` (WKB), `crs` is None where it is not told."""

    layer: str | None
    frame: pl.DataFrame
    crs: str | None


def holds_geometry(file: Opened) -> bool | str:
    """Whether a file is one of geometry, or why not. Raises InputError for a zip that is cut."""
    if file.is_parquet:
        return _geo(file) is not None or "it is Parquet without geometry"
    if file.is_sqlite:
        return file.head[68:72] == b"GPKG" or file.suffix == ".gpkg" or "it is no GeoPackage"
    if file.is_json:
        return b"FeatureCollection" in file.head or "it is no GeoJSON (a FeatureCollection)"
    if file.suffix in ZIPS:
        inside = f"{', '.join(INSIDE[:-1])} or {INSIDE[-1]}"
        return bool(_members(file)) or f"it holds no {inside} file"
    return file.suffix == ".shp"


def outlines_in(file: Opened) -> list[Outline]:
    """Every layer of a file. Raises InputError where it cannot be read to its end."""
    if file.is_parquet:
        return [_from_parquet(file)]
    if file.suffix in ZIPS:
        paths = [f"/vsizip/{{{file.path}}}/{member}" for member in _members(file)]
    else:
        paths = [str(file.path)]
    return [outline for path in paths for outline in _from_gdal(path, file)]


def _from_gdal(path: str, file: Opened) -> list[Outline]:
    import pyogrio

    outlines = []
    try:
        with warnings.catch_warnings():
            # What GDAL warns of (a checksum, a page that is lacking) is a file that is damaged.
            warnings.simplefilter("error", RuntimeWarning)
            for layer, shape in pyogrio.list_layers(path):
                if shape is None:
                    continue
                meta, table = pyogrio.raw.read_arrow(path, layer=layer)
                frame = pl.DataFrame(pl.from_arrow(table))
                geometry = meta.get("geometry_name") or "wkb_geometry"
                binary = _binary(frame.get_column(geometry)).alias("geometry")
                frame = frame.drop(geometry).with_columns(binary)
                outlines.append(Outline(str(layer), frame, meta["crs"]))
    except (RuntimeError, RuntimeWarning, ValueError) as error:
        first = str(error).strip().partition("\n")[0].replace(str(file.path), file.path.name)
        raise InputError(
            f"{file.name} cannot be read as geometry: the file seems to be cut off or damaged "
            f"({first}). Fetch or save it again"
        ) from None
    if not outlines:
        raise InputError(f"{file.name} has no layer with geometry")
    return outlines


def _from_parquet(file: Opened) -> Outline:
    told = _geo(file) or {}
    column = told["primary_column"]
    about = told["columns"][column]
    if about.get("encoding") != "WKB":
        raise InputError(f"{file.name} keeps its geometry as {about.get('encoding')}, not as WKB")
    try:
        frame = pl.read_parquet(file.path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{file.name} cannot be read as Parquet: {error}") from None
    binary = _binary(frame.get_column(column)).alias("geometry")
    frame = frame.drop(column).with_columns(binary)
    return Outline(None, frame, _system(about.get("crs", LONGITUDE_LATITUDE)))


def _binary(cells: pl.Series) -> pl.Series:
    """WKB as plain bytes: Polars may know it as an extension type of Arrow's."""
    if isinstance(cells.dtype, pl.Binary):
        return cells
    return cells.ext.storage() if hasattr(cells, "ext") else cells.cast(pl.Binary)


def _geo(file: Opened) -> dict[str, Any] | None:
    try:
        told = pl.read_parquet_metadata(file.path).get("geo")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            f"{file.name} cannot be read as Parquet: the file seems to be cut off or damaged "
            f"({str(error).partition(chr(10))[0]}). Fetch or save it again"
        ) from None
    return None if told is None else dict(json.loads(told))


def _system(crs: Any) -> str | None:
    """A reference system by its authority's code where it has one, or else as PROJJSON."""
    if crs is None or isinstance(crs, str):
        return crs
    code = crs.get("id", {})
    return f"{code['authority']}:{code['code']}" if code else json.dumps(crs)


def _members(file: Opened) -> list[str]:
    try:
        with zipfile.ZipFile(file.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(
            f"{file.name} cannot be opened as a zip: the file seems to be cut off ({error}). "
            "Fetch it again"
        ) from None
    hidden = ("__MACOSX/", ".")
    return [n for n in names if n.lower().endswith(INSIDE) and not n.startswith(hidden)]
