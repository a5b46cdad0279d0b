"""Geometries by key."""

import numpy as np
import polars as pl
import pytest
import shapely

from samsyn.measure import InputError
from samsyn.statistics.geometry import read_geometry

geopandas = pytest.importorskip("geopandas")

SQUARES = shapely.box([0, 1000, 2000], 0, [1000, 2000, 3000], 1000)
# About 600 m from west to east at 60 degrees north.
DEGREES = shapely.box([15, 15.01, 15.02], 60, [15.01, 15.02, 15.03], 60.01)


@pytest.fixture
def write(tmp_path):
    def save(name, keys=("0114", "0115", "ö"), shapes=SQUARES, crs="EPSG:3006"):
        frame = geopandas.GeoDataFrame({"kod": list(keys)}, geometry=list(shapes), crs=crs)
        path = tmp_path / name
        if name.endswith("parquet"):
            frame.to_parquet(path)
        elif name.endswith("zip"):
            frame.to_file(path, driver="ESRI Shapefile", engine="pyogrio", encoding="utf-8")
        else:
            frame.to_file(path, engine="pyogrio")
        return path

    return save


@pytest.mark.parametrize("name", ["s.gpkg", "s.parquet", "s.shp.zip"])
def test_shapes_come_in_the_order_of_the_units(write, name):
    found = read_geometry(write(name), "kod", ["ö", "0114"])
    assert shapely.equals(found, SQUARES[[2, 0]]).all()


@pytest.mark.parametrize("name", ["s.geojson", "s.gpkg", "s.parquet"])
def test_degrees_become_metres(write, name):
    found = read_geometry(write(name, shapes=DEGREES, crs="EPSG:4326"), "kod", ["0114", "0115"])
    # 0.01 degrees are 557.9 m and 1,114.1 m there.
    assert np.allclose(shapely.area(found), 557.9 * 1114.1, rtol=2e-3)


def test_whole_numbers_are_keys_without_decimals(tmp_path):
    path = tmp_path / "s.gpkg"
    geopandas.GeoDataFrame({"id": [1.0, 2.0]}, geometry=list(SQUARES[:2]), crs=3006).to_file(path)
    assert len(read_geometry(path, "id", ["2"])) == 1


def test_what_does_not_fit_is_named(write, tmp_path):
    path = write("s.gpkg")
    with pytest.raises(InputError, match=r'2 of 3 units are not in column "kod".*"x", "y"'):
        read_geometry(path, "kod", ["0114", "x", "y"])
    with pytest.raises(InputError, match=r'no column "code". Its columns are: kod'):
        read_geometry(path, "code", ["0114"])
    with pytest.raises(InputError, match=r'"a" stands twice .* feature 1 and in feature 3'):
        read_geometry(write("d.gpkg", keys="aba"), "kod", ["a"])
    with pytest.raises(InputError, match=r"no file"):
        read_geometry(tmp_path / "nowhere.gpkg", "kod", ["a"])
    (tmp_path / "text.gpkg").write_text("no map")
    with pytest.raises(InputError, match=r"cannot be read as geometry"):
        read_geometry(tmp_path / "text.gpkg", "kod", ["a"])
    pl.DataFrame({"kod": ["a"]}).write_parquet(tmp_path / "plain.parquet")
    with pytest.raises(InputError, match=r"without geometry"):
        read_geometry(tmp_path / "plain.parquet", "kod", ["a"])
