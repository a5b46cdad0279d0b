"""Files of geometry: real ones in their formats, and broken ones."""

from __future__ import annotations

import json
import time
import zipfile

import geopandas
import numpy as np
import pyproj
import pytest
import shapely

from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import AreaLayer, PopulationGrid
from tests.reference import shared

SQUARES = [shapely.box(x, 0, x + 1, 1) for x in range(3)]
CODES = ["1488A0010", "1488A0020", "1488C1030"]


def taken(path):
    reading = read([path])
    assert reading.unread == ()
    (found,) = reading.materials
    return found


def refused(path):
    (unread,) = read([path]).unread
    return unread.reason


@pytest.mark.parametrize(
    ("file", "kind", "vintage", "number", "columns"),
    [
        ("regso_2025.gpkg", "regso", "2025", 3363, {"name", "parent"}),
        ("regso_2025_coverage_simplified_200m.parquet", "regso", "2025", 3363, {"name", "parent"}),
        ("kommun.parquet", "municipality", "2025", 290, {"name"}),
        ("lan.parquet", "county", "2025", 21, {"name"}),
        ("deso_2018_stockholm_lan_simplified.geojson", "deso", "2018", 1287, set()),
        ("deso_2018_dalarna.gpkg", "deso", "2018", 175, set()),
        ("deso_2025_dalarna_wfs.geojson", "deso", "2025", 175, {"parent"}),
        ("deso_2025_goteborgsregionen.gpkg", "deso", "2025", 584, {"parent"}),
    ],
)
def test_real_layers(file, kind, vintage, number, columns):
    path = shared("data", "geo", file)
    layer = taken(path)
    assert isinstance(layer, AreaLayer)
    assert (layer.kind, layer.vintage, layer.frame.height) == (kind, vintage, number)
    assert set(layer.frame.columns) == {"code", "geometry"} | columns
    assert layer.frame["code"].n_unique() == number
    shapes = shapely.from_wkb(layer.frame["geometry"].to_numpy())
    # By another way, and on the same plane: the areas are the same ones.
    frame = geopandas.read_parquet(path) if path.suffix == ".parquet" else geopandas.read_file(path)
    assert pyproj.CRS.from_user_input(layer.crs) == pyproj.CRS.from_user_input(frame.crs)
    assert np.allclose(
        shapely.area(shapes),
        frame.area if not frame.crs.is_geographic else shapely.area(frame.geometry.values),
    )


def test_municipalities_with_their_groups():
    layer = taken(shared("data", "geo", "kommuner_2025_with_skr2023_la2023_fa2025.gpkg"))
    frame = layer.frame.drop("geometry")
    assert (layer.kind, frame.height) == ("municipality", 290)
    assert sorted(frame["main_group"].unique()) == ["A", "B", "C"]
    assert frame["type_group"].n_unique() == 9
    assert frame.row(0, named=True) == {
        "code": "0114", "name": "Upplands Väsby", "parent": "01", "main_group": "A",
        "main_group_name": "Storstäder och storstadsnära kommuner", "type_group": "A2",
        "type_group_name": "Pendlingskommun nära storstad",
    }  # fmt: skip


def test_the_population_grid():
    grid = taken(shared("data", "geo", "scb_grid_1km_2025_dalarna.geojson"))
    assert isinstance(grid, PopulationGrid)
    assert grid.crs == "EPSG:4326"
    assert grid.frame.height == 4004
    assert grid.frame["population"].sum() == 285_587


def test_all_of_regso_in_full_detail_reads_fast():
    path = shared("data", "geo", "regso_2025.gpkg")
    taken(shared("data", "geo", "deso_2018_dalarna.gpkg"))  # imports
    start = time.perf_counter()
    taken(path)
    assert time.perf_counter() - start < 2


def squares(**columns):
    return geopandas.GeoDataFrame(columns, geometry=SQUARES, crs="EPSG:3006")


@pytest.mark.parametrize(
    "name", ["deso_2018.gpkg", "deso_2018.geojson", "deso_2018.parquet", "x.zip"]
)
@pytest.mark.parametrize("crs", ["EPSG:3006", "EPSG:4326", "EPSG:3021"])
def test_the_same_areas_in_every_format(tmp_path, name, crs):
    frame = squares(deso=CODES).set_crs(crs, allow_override=True)
    path = tmp_path / name
    if name.endswith("parquet"):
        frame.to_parquet(path)
    elif name.endswith("zip"):
        frame.to_file(tmp_path / "deso_2018.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("deso_2018.*"):
                archive.write(part, f"mapp/{part.name}")
    else:
        frame.to_file(path)
    layer = taken(path)
    assert (layer.kind, layer.vintage) == ("deso", "2018")
    assert layer.frame["code"].to_list() == CODES
    assert all(
        a.equals(b)
        for a, b in zip(shapely.from_wkb(layer.frame["geometry"].to_list()), SQUARES, strict=True)
    )
    assert pyproj.CRS.from_user_input(layer.crs).to_epsg() == int(crs[5:])


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("areas.gpkg", {"desokod": CODES, "version": "2025_v2"}),
        ("areas.gpkg", {"DeSO_2025": CODES}),
        ("areas.gpkg", {"id": CODES, "RegSOkod_2025": ["1488R001", "1488R002", "1488R002"]}),
        ("deso-2025-simplified.gpkg", {"id": CODES}),
        ("DeSO_2018_later_2025.gpkg", {"id": CODES, "version": "2025_v1"}),
    ],
)
def test_a_vintage_is_found_where_it_stands(tmp_path, name, columns):
    squares(**columns).to_file(tmp_path / name)
    assert (taken(tmp_path / name).kind, taken(tmp_path / name).vintage) == ("deso", "2025")


def test_a_vintage_that_nothing_tells_is_asked_for(tmp_path):
    path = tmp_path / "areas_2022.gpkg"
    squares(id=CODES).to_file(path)
    assert refused(path) == (
        'areas_2022.gpkg: it has codes of deso in column "id", and nothing tells of which '
        'vintage: write vintage = "2025" (or 2018) for the file in samsyn.toml'
    )
    (tmp_path / "samsyn.toml").write_text('[[file]]\nmatch = "areas*"\nvintage = "2018"\n')
    assert taken(path).vintage == "2018"


def test_what_is_wrong_is_said(tmp_path):
    path = tmp_path / "deso_2018.gpkg"
    squares(id=[CODES[0], CODES[1], CODES[0]]).to_file(path)
    assert 'the code "1488A0010" stands twice in column "id", in feature 1 and in feature 3' in (
        refused(path)
    )
    path.unlink()
    squares(namn=["a", "b", "c"]).to_file(path)
    assert "has no column of codes of areas" in refused(path)
    assert "Its columns are: namn, geometry" in refused(path)
    path.unlink()
    frame = squares(id=CODES)
    frame.loc[1, "geometry"] = None
    frame.to_file(path)
    assert refused(path) == "deso_2018.gpkg: feature 2 has no geometry"
    frame = geopandas.GeoDataFrame({"id": CODES}, geometry=SQUARES)
    frame.to_parquet(tmp_path / "deso_2018.parquet")
    assert "does not say in which reference system" in refused(tmp_path / "deso_2018.parquet")


@pytest.mark.parametrize(
    "file", ["deso_2018_dalarna.gpkg", "deso_2025_dalarna_wfs.geojson", "kommun.parquet"]
)
@pytest.mark.parametrize("share", [0.02, 0.6, 0.98])
def test_a_real_file_cut_off(tmp_path, file, share):
    whole = shared("data", "geo", file).read_bytes()
    path = tmp_path / file
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "the file seems to be cut off or damaged" in refused(path)


def test_a_zip_cut_off(tmp_path):
    path = tmp_path / "deso_2018.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deso_2018.shp", b"0" * 1000)
    path.write_bytes(path.read_bytes()[:500])
    assert "deso_2018.zip cannot be opened as a zip: the file seems to be cut off" in refused(path)


def test_json_that_is_no_geometry_is_said_to_be_none(tmp_path):
    (tmp_path / "t.json").write_text(json.dumps({"hej": 1}))
    assert "as geometry, it is no GeoJSON" in refused(tmp_path / "t.json")
