"""Land: what is drawn of areas that reach into water."""

import tomllib
from importlib import resources

import polars as pl
import pytest
import shapely

from samsyn.statistics.areas.coverage import coverages, on_the_plane
from samsyn.statistics.areas.land import WHOLE, WIDENED, clipped, land_among, land_areas, land_of
from samsyn.statistics.areas.shapes import shapes_of
from tests.statistics.areas.geography import drawn, municipalities, regso_2025, squares

KM = 1000.0


def box(west, south, east, north):
    return shapely.box(west * KM, 6700 * KM + south * KM, east * KM, 6700 * KM + north * KM)


@pytest.fixture
def coast():
    """Two RegSO with 10 km of land and 30 km of sea to the east; the municipality is its land."""
    regso = drawn("regso", {"0114R001": box(500, 0, 540, 20), "0114R002": box(500, 20, 540, 40)})
    land = drawn("municipality", {"0114": box(500, 0, 510, 40)})
    return regso, land


def shapes_in(shapes, resolution="fine"):
    rows = shapes.polygons[resolution].filter(pl.col("kind") == "regso")
    flat = on_the_plane(rows["geometry"].to_list(), "EPSG:4326", "made")
    return dict(zip(rows["area"], flat, strict=True))


def test_what_lies_far_out_is_not_drawn_and_shared_borders_stay_shared(coast):
    shapes = shapes_of(list(coast))
    found = shapes_in(shapes)
    for shape in found.values():
        assert shape.bounds[2] == pytest.approx(510 * KM + WIDENED, abs=2)
    assert shapely.coverage_is_valid(
        shapely.from_wkb(
            shapes.polygons["fine"].filter(pl.col("kind") == "regso")["geometry"].to_numpy()
        )
    )
    row = shapes.places.row(by_predicate=pl.col("area") == "regso/2025/0114R001", named=True)
    assert row["land_area"] == pytest.approx(200 * KM**2, rel=1e-3)
    assert any("more than 3 km off" in finding.message for finding in shapes.findings)
    # Neighbours are those of the whole areas, sea and all.
    assert shapes.neighbours["border"].to_list() == pytest.approx([40 * KM, 40 * KM])


def test_nothing_is_cut_where_no_layer_keeps_to_land(coast):
    regso, _ = coast
    whole = drawn("municipality", {"0114": box(500, 0, 540, 40)})
    shapes = shapes_of([regso, whole])
    assert shapes_in(shapes)["regso/2025/0114R001"].area == pytest.approx(800 * KM**2, rel=1e-4)
    assert shapes.findings == ()


def test_islands_small_areas_and_squares_where_people_live_are_kept(coast):
    regso, land = coast
    far = drawn(
        "regso",
        {"0114R001": box(500, 0, 540, 20), "0114R002": box(500, 20, 540, 40),
         "0114R003": box(560, 0, 580, 20), "0114R004": box(512, 40, 515, 43)},
    )  # fmt: skip
    grid = squares({(530, 6710): 12})
    found = shapes_in(shapes_of([far, land], [grid]))
    # An area that is all water for the mask keeps its own shape; a small one is a part of a town.
    assert found["regso/2025/0114R003"].area == pytest.approx(400 * KM**2, rel=1e-3)
    assert found["regso/2025/0114R004"].area == pytest.approx(9 * KM**2, rel=1e-3)
    assert found["regso/2025/0114R001"].covers(box(530, 10, 531, 11))
    assert not found["regso/2025/0114R001"].covers(box(535, 15, 536, 16))
    without = shapes_in(shapes_of([regso, land]))
    assert not without["regso/2025/0114R001"].covers(box(530, 10, 531, 11))


def test_the_land_of_an_area_that_the_mask_does_not_know_is_not_told(coast):
    _, land = coast
    regso = drawn("regso", {"0114R001": box(500, 0, 540, 40), "0114R002": box(560, 0, 580, 20)})
    shapes = shapes_of([regso, land])
    told = dict(shapes.places.select("area", "land_area").iter_rows())
    assert told["regso/2025/0114R001"] == pytest.approx(400 * KM**2, rel=1e-3)
    assert told["regso/2025/0114R002"] is None


def test_a_given_layer_serves_as_land(coast):
    regso, land = coast
    shapes = shapes_of([regso], land=land)
    assert shapes_in(shapes)["regso/2025/0114R001"].bounds[2] < 514 * KM


@pytest.fixture(scope="module")
def sweden():
    found, _ = coverages([regso_2025(), municipalities()])
    by = {one.kind: one for one in found}
    mask = land_among([by["municipality"]], [by["regso"]])
    assert mask is by["municipality"]
    whole = by["regso"].shapes
    return by["regso"], shapely.coverage_simplify(whole, 20), land_of(mask)


def test_the_country_is_cut_off_its_sea_and_nothing_vanishes(sweden):
    _, fine, land = sweden
    drawn_shapes = clipped(fine, land)
    assert shapely.coverage_is_valid(drawn_shapes)
    assert not shapely.is_empty(drawn_shapes).any()
    before, after = shapely.area(fine).sum(), shapely.area(drawn_shapes).sum()
    # Sweden's land and lakes are about 447,000 km²; the RegSO have 532,000 with the sea.
    assert before == pytest.approx(531_925e6, rel=1e-3)
    assert 447_000e6 < after < 465_000e6
    small = shapely.area(fine) <= WHOLE
    assert shapely.area(drawn_shapes)[small] == pytest.approx(shapely.area(fine)[small])
    found, known = land_areas(drawn_shapes, land)
    assert (~known).sum() < 10
    # Without the four great lakes it is about 438,000 km².
    assert found.sum() == pytest.approx(438_000e6, rel=0.01)


def test_towns_hardly_reach_beyond_the_widened_mask(sweden):
    """The mask is drawn for a map of the country: towns, which are land, show how far it is off."""
    _, fine, land = sweden
    towns = fine[shapely.area(fine) < WHOLE]
    shapely.prepare(land.mask)
    out = shapely.area(towns) - shapely.area(shapely.intersection(towns, land.mask))
    wide = shapely.area(towns) - shapely.area(shapely.intersection(towns, land.drawn))
    assert out.sum() > 100e6
    assert wide.sum() < 0.05 * out.sum()


def test_islands_lie_in_the_regso_that_are_said_and_are_drawn(sweden):
    regso, _, land = sweden
    file = resources.files("samsyn.statistics.areas").joinpath("land.toml")
    told = tomllib.loads(file.read_text(encoding="utf-8"))["island"]
    place = {code: at for at, code in enumerate(regso.codes)}
    wkb = [shapely.to_wkb(shapely.Point(one["lon"], one["lat"])) for one in told]
    points = on_the_plane(wkb, "EPSG:4326", "land.toml")
    for one, point in zip(told, points, strict=True):
        assert regso.shapes[place[one["regso"]]].covers(point), one["name"]
        assert land.drawn.covers(point), one["name"]
