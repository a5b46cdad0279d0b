"""The areas of a level as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from typing import Final

import polars as pl
import shapely

from samsyn.api.geometry.layers import unvintaged
from samsyn.api.geometry.levels import Level

MEDIA_TYPE: Final = "application/geo+json"


def collection(level: Level, resolution: str, within: str | None = None) -> str:
    """The areas that lie in another, or all, as one collection of features.

    Each has its key without the vintage, its name, its code and its parent; those whose borders are
    not known are left out.
    """
    found = level.release.shapes(level.name, resolution, within=within)
    told = level.release.areas(level.name).select("area", "code", "parent")
    rows = found.join(told, on="area", maintain_order="left")
    shapes = shapely.from_wkb(rows.get_column("geometry").to_list())
    features = ",\n".join(
        _feature(row, drawn)
        for row, drawn in zip(
            rows.select("area", "name", "code", "parent").iter_rows(named=True),
            shapely.to_geojson(shapes).tolist(),
            strict=True,
        )
    )
    about = {
        "type": "FeatureCollection",
        "name": level.name,
        "release": level.release.name,
        "resolution": resolution,
        "bbox": [round(edge, 6) for edge in shapely.total_bounds(shapes).tolist()],
    }
    if rows.is_empty():
        about.pop("bbox")
    return f'{json.dumps(about, ensure_ascii=False)[:-1]}, "features": [\n{features}\n]}}\n'


def _feature(row: dict[str, str | None], drawn: str) -> str:
    key = unvintaged(row["area"])
    told = {
        "key": key,
        "name": row["name"],
        "code": row["code"],
        "parent": unvintaged(row["parent"]),
    }
    properties = json.dumps(told, ensure_ascii=False)
    identity = json.dumps(key, ensure_ascii=False)
    return f'{{"type":"Feature","id":{identity},"properties":{properties},"geometry":{drawn}}}'


def known(level: Level, within: str | None) -> tuple[int, int]:
    """How many of the areas that are asked for have borders, and how many there are."""
    every = level.release.areas(level.name, within=within)
    drawn = level.release.shapes(level.name, "coarse", within=within)
    there: pl.Series = every.get_column("area").is_in(drawn.get_column("area").to_list())
    return int(there.sum()), every.height
