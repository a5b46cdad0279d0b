"""Vector tiles, read back by GDAL, which knows nothing of how they were written."""

from __future__ import annotations

import warnings

import numpy as np
import pyogrio.raw
import pytest
import shapely

from samsyn.api.geometry import encoding, tiles
from samsyn.api.geometry.layers import areas, projected, resolution, shapes
from samsyn.api.geometry.levels import level, levels
from samsyn.statistics.query import Release


@pytest.fixture(scope="module")
def release(demo_release):
    return Release(demo_release)


def read(content: bytes, folder, layer: str):
    """The features of a layer of a tile: their properties with their ids, their geometries."""
    path = folder / "tile.mvt"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL tells of a file with no name for its tile
        meta, _, geometry, fields = pyogrio.raw.read(f"MVT:{path}", layer=layer, CLIP="NO")
    told = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*fields, strict=True)]
    return told, shapely.from_wkb(geometry)


def placed(geometries, extent=encoding.EXTENT):
    """GDAL turns a tile that it knows no place of up: its y from below."""
    return shapely.transform(geometries, lambda p: np.column_stack([p[:, 0], extent - p[:, 1]]))


def test_what_is_written_is_read(tmp_path):
    ring = [(10, 10), (100, 10), (100, 90), (10, 90)]
    hole = [(20, 20), (40, 20), (40, 40), (20, 40)]
    many = shapely.MultiPolygon([shapely.Polygon(ring, [hole]), shapely.box(-64, 4000, 30, 4160)])
    drawn = np.array([many, shapely.box(200, 200, 300, 300)])
    told = [{"name": "Åkersberga", "rank": 3}, {"name": None, "rank": 70_000}]
    layer = encoding.Layer("areas", "polygons", drawn, [7, 300], told)
    found, geometries = read(encoding.tile([layer]), tmp_path, "areas")
    assert [one["name"] for one in found] == ["Åkersberga", None]
    assert [one["rank"] for one in found] == [3, 70_000]
    assert [one["mvt_id"] for one in found] == [7, 300]
    for was, now in zip(drawn, placed(geometries), strict=True):
        assert shapely.equals(was, now)


def test_a_polygon_that_is_lost_in_the_grid_is_a_dot(tmp_path):
    drawn = np.array(
        [
            shapely.box(0, 0, 50, 50),
            shapely.box(60.1, 60.1, 60.2, 60.2),
            shapely.box(70, 70, 90, 90),
        ]
    )
    layer = encoding.Layer("areas", "polygons", drawn, [0, 1, 2], [{"at": i} for i in range(3)])
    found, geometries = read(encoding.tile([layer]), tmp_path, "areas")
    assert [one["at"] for one in found] == [0, 1, 2]
    assert shapely.equals(placed(geometries)[1], shapely.box(60, 60, 61, 61))


def test_points_are_written_one_by_one(tmp_path):
    points = shapely.points([(3.2, 4.9), (4000, 1)])
    layer = encoding.Layer("places", "points", points, [5, 6], [{"name": "Å"}, {"name": "Ö"}])
    found, geometries = read(encoding.tile([layer]), tmp_path, "places")
    assert [one["name"] for one in found] == ["Å", "Ö"]
    assert shapely.get_coordinates(placed(geometries)).tolist() == [[3, 5], [4000, 1]]


def test_a_tile_without_anything_is_empty():
    assert encoding.tile([]) == b""


@pytest.mark.parametrize("kind", ["county", "municipality", "regso", "deso"])
def test_every_area_is_in_the_tile_of_the_whole_world(release, kind, tmp_path):
    chosen = level(release, kind)
    found, geometries = read(tiles.cut(chosen, 0, 0, 0), tmp_path, "areas")
    codes = areas(chosen)["code"].to_list()
    assert {codes[one["mvt_id"]] for one in found} == {one["code"] for one in found}
    drawn = release.shapes(chosen.name, "coarse")
    assert len(found) == drawn.height
    assert not shapely.is_empty(geometries).any()


def test_the_tiles_of_a_zoom_make_up_the_areas(release, tmp_path):
    """Areas of what lies within the tiles' own edges, put together, are those of the polygons."""
    chosen, z = level(release, "municipality"), 9
    bounds = shapes(chosen, resolution(z)).bounds
    west, north = np.floor(bounds[:, :2].min(axis=0) * 2**z).astype(int)
    east, south = np.floor(bounds[:, 2:].max(axis=0) * 2**z).astype(int)
    found: dict[str, float] = {}
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            content = tiles.cut(chosen, z, x, y)
            if not content:
                continue
            told, geometries = read(content, tmp_path, "areas")
            inside = shapely.clip_by_rect(geometries, 0, 0, encoding.EXTENT, encoding.EXTENT)
            for one, size in zip(told, shapely.area(inside), strict=True):
                found[one["code"]] = found.get(one["code"], 0.0) + size
    rows = release.shapes(chosen.name, resolution(z))
    whole = shapely.transform(shapely.from_wkb(rows["geometry"].to_list()), projected)
    grid = (2**z * encoding.EXTENT) ** 2
    for area, size in zip(rows["area"], shapely.area(whole) * grid, strict=True):
        assert found[area.rpartition("/")[2]] == pytest.approx(size, rel=2e-3)


def test_names_stand_once_in_all_tiles_of_a_zoom(release, tmp_path):
    chosen, z = level(release, "municipality"), 8
    names: list[str] = []
    for x in range(130, 150):
        for y in range(70, 80):
            content = tiles.cut(chosen, z, x, y)
            if b"places" in content:
                names += [one["name"] for one in read(content, tmp_path, "places")[0]]
    assert sorted(names) == sorted(areas(chosen)["name"].to_list())


def test_the_levels_that_are_drawn_are_those_of_the_release(release):
    assert list(levels(release)) == ["country", "county", "municipality", "regso", "deso"]
    assert level(release, "custom") is None
    assert level(release, "regso", "2020").name == "regso/2020"
    assert level(release, "regso", "1999") is None
