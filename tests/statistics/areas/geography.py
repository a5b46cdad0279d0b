"""Layers of areas for tests: drawn by hand, and from the files beside the project."""

from __future__ import annotations

import json
from functools import cache

import polars as pl
import pyogrio
import shapely

from samsyn.statistics.sources.forms import AreaLayer, Links, PopulationGrid, Provenance
from tests.reference import shared


def told(file="drawn.gpkg"):
    return Provenance("SCB", file, "0")


def drawn(kind, shapes, vintage="2025", crs="EPSG:3006", **columns):
    """A layer of shapes by code."""
    frame = pl.DataFrame(
        {"code": list(shapes), "geometry": [shapely.to_wkb(shape) for shape in shapes.values()]},
        schema={"code": pl.String, "geometry": pl.Binary},
    ).with_columns(*(pl.Series(name, values) for name, values in columns.items()))
    return AreaLayer(kind, vintage, frame, told(), crs)


def squares(people, size=1000.0):
    """A grid: the people of each square by its lower left corner, counted in squares."""
    boxes = [shapely.box(x * size, y * size, (x + 1) * size, (y + 1) * size) for x, y in people]
    frame = pl.DataFrame(
        {"geometry": [shapely.to_wkb(box) for box in boxes], "population": list(people.values())}
    )
    return PopulationGrid(frame, told("grid.gpkg"), "EPSG:3006")


def links(source, target, pairs):
    frame = pl.DataFrame(pairs, schema=["source", "target"], orient="row")
    return Links(source, target, frame, told("links.csv"))


def real(file, kind, vintage, code, parent=None):
    """A layer from a file beside the project."""
    path = shared("data", "geo", file)
    columns = {"code": code, **({"parent": parent} if parent else {})}
    if path.suffix == ".parquet":
        table = pl.read_parquet(path)
        crs = json.loads(pl.read_parquet_metadata(path)["geo"])["columns"]["geometry"]["crs"]
        frame = table.select(
            **{name: pl.col(column) for name, column in columns.items()},
        ).with_columns(table.get_column("geometry").ext.storage())
        return AreaLayer(kind, vintage, frame, told(file), json.dumps(crs))
    meta, _, binary, fields = pyogrio.raw.read(path, columns=list(columns.values()))
    by = dict(zip(meta["fields"], fields, strict=True))
    frame = pl.DataFrame({name: by[column].tolist() for name, column in columns.items()})
    frame = frame.with_columns(pl.Series("geometry", binary.tolist(), dtype=pl.Binary))
    return AreaLayer(kind, vintage, frame, told(file), meta["crs"])


@cache
def regso_2025():
    return real("regso_2025.gpkg", "regso", "2025", "regsokod")


def municipalities():
    return real("kommun.parquet", "municipality", "2025", "kommun_kod")


def dalarna(vintage):
    if vintage == "2018":
        return real("deso_2018_dalarna.gpkg", "deso", "2018", "deso")
    return real("deso_2025_dalarna_wfs.geojson", "deso", "2025", "desokod", "regsokod")


def dalarna_grid():
    path = shared("data", "geo", "scb_grid_1km_2025_dalarna.geojson")
    meta, _, binary, fields = pyogrio.raw.read(path, columns=["befolkning_2025"])
    frame = pl.DataFrame(
        {
            "geometry": pl.Series(binary.tolist(), dtype=pl.Binary),
            "population": fields[0].astype(float),
        }
    )
    return PopulationGrid(frame, told(path.name), meta["crs"])
