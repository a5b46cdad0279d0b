"""Polygons, points and neighbours of areas, on hand-drawn country and on the real files."""

import numpy as np
import polars as pl
import pytest
import shapely

from samsyn.measure import InputError, contiguity
from samsyn.statistics.areas.coverage import coverages
from samsyn.statistics.areas.mending import mended, shared_borders
from samsyn.statistics.areas.shapes import PLACES, shapes_of
from samsyn.statistics.release.schema import NEIGHBOURS, RESOLUTIONS, SHAPES
from tests.statistics.areas.geography import (
    dalarna,
    dalarna_grid,
    drawn,
    links,
    municipalities,
    real,
    regso_2025,
    squares,
)


def table(shapes, resolution, kind, vintage="2025"):
    rows = shapes.polygons[resolution].filter(pl.col("kind") == kind, pl.col("vintage") == vintage)
    return dict(zip(rows["area"], shapely.from_wkb(rows["geometry"].to_numpy()), strict=True))


def place(shapes, area):
    return shapes.places.row(by_predicate=pl.col("area") == area, named=True)


def listed(*keys, **columns):
    return pl.DataFrame({"area": list(keys), **columns})


def block(x, y, size=10_000, east=500_000, north=6_700_000):
    """A square in the middle of the country, by its place in a grid of squares."""
    left, low = east + x * size, north + y * size
    return shapely.box(left, low, left + size, low + size)


@pytest.fixture
def four():
    """Four RegSO of two municipalities."""
    return drawn(
        "regso",
        {"0114R001": block(0, 0), "0114R002": block(1, 0),
         "0115R001": block(0, 1), "0115R002": block(1, 1)},
    )  # fmt: skip


def test_larger_areas_are_the_unions_of_smaller_ones_at_every_resolution(four):
    shapes = shapes_of([four])
    assert shapes.places.columns == list(PLACES)
    assert shapes.neighbours.schema == pl.Schema(NEIGHBOURS)
    for resolution in RESOLUTIONS:
        assert shapes.polygons[resolution].schema == pl.Schema(SHAPES)
        regso, whole = table(shapes, resolution, "regso"), table(shapes, resolution, "municipality")
        assert set(whole) == {"municipality/2025/0114", "municipality/2025/0115"}
        for key, shape in whole.items():
            parts = [s for name, s in regso.items() if name.split("/")[2][:4] == key[-4:]]
            assert shape.equals(shapely.union_all(parts))
        assert len(table(shapes, resolution, "county")) == 1


def test_places_are_measured_on_the_plane_and_told_in_degrees(four):
    shapes = shapes_of([four])
    one = place(shapes, "municipality/2025/0114")
    assert (one["x"], one["y"]) == pytest.approx((510_000, 6_705_000))
    assert one["land_area"] == pytest.approx(2e8)
    assert one["weighted"] is False
    assert one["shape_from"] is None
    # SWEREF 99 TM has its middle meridian, 15 degrees east, at x = 500 km.
    assert one["west"] == pytest.approx(15.0, abs=1e-6)
    assert 15.18 < one["lon"] < 15.19
    assert one["south"] < one["lat"] < one["north"]


def test_neighbours_stand_in_both_directions_with_their_border(four):
    shapes = shapes_of([four]).neighbours
    found = {(a, b): m for a, b, m in shapes.iter_rows()}
    assert found["regso/2025/0114R001", "regso/2025/0114R002"] == pytest.approx(10_000)
    assert found["municipality/2025/0115", "municipality/2025/0114"] == pytest.approx(20_000)
    # A corner is no border.
    assert ("regso/2025/0114R001", "regso/2025/0115R002") not in found
    assert len(found) == 4 * 2 + 2


def test_a_municipality_that_lacks_a_part_is_not_made_of_the_rest(four):
    lacking = listed(*four.frame["code"].map_elements(lambda c: f"regso/2025/{c}", pl.String),
                     "regso/2025/0115R003")  # fmt: skip
    assert set(table(shapes_of([four], areas=lacking), "fine", "municipality")) == {
        "municipality/2025/0114"
    }
    # With a layer of its own the level is taken from there, all of it.
    own = drawn("municipality", {"0114": block(0, 0, 20_000), "0115": block(0, 1, 20_000)})
    shapes = table(shapes_of([four, own], areas=lacking), "fine", "municipality")
    assert set(shapes) == {"municipality/2025/0114", "municipality/2025/0115"}


def test_a_grid_or_the_people_of_smaller_areas_weigh_in_the_point(four):
    # All people of 0114R001 live in its south-west corner.
    grid = squares({(500, 6700): 90, (509, 6709): 10})
    keys = ["regso/2025/0114R001", "regso/2025/0114R002", "regso/2025/0115R001",
            "regso/2025/0115R002"]  # fmt: skip
    areas = listed(*keys, population=[100.0, 300.0, None, 50.0])
    shapes = shapes_of([four], [grid], areas=areas)
    one = place(shapes, keys[0])
    assert one["weighted"]
    assert (one["x"], one["y"]) == pytest.approx((501_400, 6_701_400))
    assert not place(shapes, keys[1])["weighted"]
    whole = place(shapes, "municipality/2025/0114")
    assert whole["weighted"]
    assert whole["x"] == pytest.approx((100 * 501_400 + 300 * 515_000) / 400)
    # Of 0115 the people of one part are not known: a missing value is not 0.
    other = place(shapes, "municipality/2025/0115")
    assert not other["weighted"]
    assert other["x"] == pytest.approx(510_000)


def test_an_area_without_polygons_gets_those_of_its_code_or_its_link_in_another_vintage(four):
    older = ["0114R001", "0199R001", "0115R009", "0115R002"]
    areas = listed(
        *(f"regso/2020/{code}" for code in older),
        *(f"regso/2025/{code}" for code in four.frame["code"]),
    )
    link = links(("regso", "2020"), ("regso", "2025"), [("0199R001", "0114R002")])
    shapes = shapes_of([four], areas=areas, links=[link])
    assert place(shapes, "regso/2020/0114R001")["shape_from"] == "2025"
    assert place(shapes, "regso/2020/0199R001")["shape_from"] == "2025"
    fine = table(shapes, "fine", "regso", "2020")
    assert fine["regso/2020/0199R001"].equals(table(shapes, "fine", "regso")["regso/2025/0114R002"])
    assert set(fine) == {"regso/2020/0114R001", "regso/2020/0199R001", "regso/2020/0115R002"}
    pairs = set(shapes.neighbours.filter(pl.col("area").str.contains("2020"))
                .select("area", "neighbour").iter_rows())  # fmt: skip
    assert ("regso/2020/0114R001", "regso/2020/0199R001") in pairs
    assert all("2020" in other or "municipality" in area for area, other in pairs)


def test_regso_without_a_layer_are_made_of_their_deso_where_those_make_all_of_them():
    deso = drawn("deso", {"0114A0010": block(0, 0), "0114A0020": block(1, 0),
                          "0114A0030": block(0, 1)}, "2018")  # fmt: skip
    pairs = [("0114A0010", "0114R001"), ("0114A0020", "0114R001"), ("0114A0030", "0114R002")]
    link = links(("deso", "2018"), ("regso", "2020"), pairs)
    known = listed("regso/2020/0114R001", "regso/2020/0114R002")
    found = table(shapes_of([deso], areas=known, links=[link]), "fine", "regso", "2020")
    assert set(found) == {"regso/2020/0114R001", "regso/2020/0114R002"}
    more = listed("regso/2020/0114R001", "regso/2020/0114R003")
    assert not table(shapes_of([deso], areas=more, links=[link]), "fine", "regso", "2020")


def test_deso_and_their_regso_fit_and_borders_that_nearly_meet_are_closed():
    # The DeSO of 0114 have a corner on its border that the RegSO of 0115 does not have.
    corner = shapely.Point(505_000, 6_710_000)
    deso = drawn(
        "deso",
        {"0114A0010": shapely.box(500_000, 6_700_000, 505_000, 6_710_000),
         "0114A0020": shapely.box(505_000, 6_700_000, 510_000, 6_710_000.0004)},
        parent=["0114R001", "0114R001"],
    )  # fmt: skip
    regso = drawn("regso", {"0114R001": block(0, 0), "0115R001": block(0, 1)})
    shapes = shapes_of([deso, regso])
    for resolution in RESOLUTIONS:
        cells = table(shapes, resolution, "deso")
        whole = table(shapes, resolution, "regso")
        joint = [*cells.values(), whole["regso/2025/0115R001"]]
        assert shapely.coverage_is_valid(joint)
        assert whole["regso/2025/0114R001"].equals(shapely.union_all(list(cells.values())))
    found = {(a, b): m for a, b, m in shapes.neighbours.iter_rows()}
    assert found["regso/2025/0114R001", "regso/2025/0115R001"] == pytest.approx(10_000, abs=0.01)
    assert corner.distance(shapely.from_wkb(regso.frame["geometry"][1])) == 0


def test_overlaps_and_gaps_between_areas_are_closed():
    rng = np.random.default_rng(1)
    corners = np.array([shapely.get_coordinates(block(x, y, 1000))[:4]
                        for x in range(5) for y in range(5)])  # fmt: skip
    rough = shapely.polygons(corners + rng.normal(0, 8, corners.shape))
    assert not shapely.coverage_is_valid(rough)
    good, changed = mended(shapely.make_valid(rough))
    assert shapely.coverage_is_valid(good)
    assert shapely.is_valid(good).all()
    assert changed.size == 25
    assert shapely.union_all(good).area == pytest.approx(25e6, rel=0.01)
    assert not list(shapely.union_all(good).interiors)
    assert np.abs(shapely.area(good) - 1e6).max() < 0.1e6


def test_polygons_in_any_system_and_crossing_themselves_are_taken():
    bow = shapely.Polygon([(15.0, 60.0), (15.1, 60.1), (15.1, 60.0), (15.0, 60.1)])
    layer = drawn("regso", {"0114R001": bow, "0114R002": shapely.box(15.2, 60.0, 15.3, 60.1)},
                  crs="OGC:CRS84")  # fmt: skip
    shapes = shapes_of([layer])
    assert [f.severity for f in shapes.findings] == ["note"]
    assert "0114R001" in shapes.findings[0].message
    fine = table(shapes, "fine", "regso")
    assert all(shape.is_valid for shape in fine.values())
    assert fine["regso/2025/0114R002"].bounds == pytest.approx((15.2, 60.0, 15.3, 60.1), abs=1e-5)


def test_what_cannot_be_read_is_told(four):
    with pytest.raises(InputError, match=r"drawn.gpkg has polygons and does not say"):
        shapes_of([drawn("regso", {"0114R001": block(0, 0)}, crs=None)])
    with pytest.raises(InputError, match=r'"EPSG:99" is no known coordinate system'):
        shapes_of([drawn("regso", {"0114R001": block(0, 0)}, crs="EPSG:99")])
    twice = drawn("regso", {"0114R001": block(0, 0), "0114R002": block(1, 0)})
    twice = type(twice)(
        "regso", "2025", twice.frame.with_columns(code=pl.lit("0114R001")),
        twice.provenance, twice.crs,
    )  # fmt: skip
    with pytest.raises(InputError, match=r"0114R001 stands twice"):
        shapes_of([twice])
    empty = shapes_of([])
    assert empty.places.is_empty()
    assert set(empty.polygons) == set(RESOLUTIONS)


def test_borders_agree_with_those_of_intersections():
    found, _ = coverages([dalarna("2025")])
    i, j, border = shared_borders(found[0].shapes)
    slow = contiguity(found[0].shapes)
    assert list(zip(i, j, strict=True)) == list(zip(slow.i, slow.j, strict=True))
    assert border == pytest.approx(slow.length, rel=1e-6)


@pytest.fixture(scope="module")
def sweden():
    """All RegSO in full detail, and municipalities that keep to land."""
    return shapes_of([regso_2025(), municipalities()])


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_the_country_is_a_coverage_at_every_resolution(sweden, resolution):
    regso = table(sweden, resolution, "regso")
    whole = table(sweden, resolution, "municipality")
    assert (len(regso), len(whole)) == (3363, 290)
    for shapes in (list(regso.values()), list(whole.values())):
        assert shapely.coverage_is_valid(shapes)
        assert shapely.is_valid(shapes).all()
        assert not shapely.is_empty(shapes).any()
    both = shapely.coverage_union_all(list(regso.values()))
    assert shapely.area(list(whole.values())).sum() == pytest.approx(both.area)


def test_files_for_the_web_are_small(sweden):
    size = {name: t.filter(pl.col("kind") == "regso")["geometry"].bin.size().sum()
            for name, t in sweden.polygons.items()}  # fmt: skip
    assert size["coarse"] < 1.2e6
    assert size["coarse"] < size["medium"] / 2 < size["fine"] / 4


def test_all_areas_of_the_country_have_neighbours_and_levels_agree(sweden):
    pairs = sweden.neighbours.with_columns(pl.col("area").str.split("/").list.get(0).alias("kind"))
    assert pairs.filter(pl.col("kind") == "regso")["area"].n_unique() == 3363
    swapped = pairs.select(pl.col("neighbour").alias("area"), pl.col("area").alias("neighbour"),
                           pl.col("border").alias("back"))  # fmt: skip
    assert pairs.join(swapped, on=["area", "neighbour"]).filter(
        (pl.col("border") - pl.col("back")).abs() < 1e-6
    ).height == pairs.height  # fmt: skip
    around = pairs.filter(pl.col("area") == "municipality/2025/1488")["neighbour"].to_list()
    # Trollhättan: Ale, Grästorp, Essunga, Lilla Edet, Vänersborg and Alingsås.
    assert [key[-4:] for key in around] == ["1440", "1444", "1445", "1462", "1487", "1489"]


def test_dalarna_with_deso_regso_and_a_grid_fit_each_other():
    county = regso_2025()
    county = type(county)(
        "regso", "2025", county.frame.filter(pl.col("code").str.starts_with("20")),
        county.provenance, county.crs,
    )  # fmt: skip
    shapes = shapes_of([county, dalarna("2025"), dalarna("2018")], [dalarna_grid()])
    deso, regso = table(shapes, "medium", "deso"), table(shapes, "medium", "regso")
    assert (len(deso), len(regso)) == (175, 119)
    assert shapely.coverage_is_valid(list(deso.values()))
    assert shapely.coverage_union_all(list(deso.values())).equals(
        shapely.coverage_union_all(list(regso.values()))
    )
    assert len(table(shapes, "medium", "deso", "2018")) == 175
    own = shapes.places.filter(pl.col("area").str.starts_with("deso/2025"))
    assert own["weighted"].mean() > 0.95
    assert own["land_area"].sum() == pytest.approx(30_377e6, rel=1e-3)
    # Falun's people live near the middle of the town (15.63 E, 60.61 N).
    falun = place(shapes, "municipality/2025/2080")
    assert falun["weighted"]
    assert (falun["lon"], falun["lat"]) == pytest.approx((15.63, 60.61), abs=0.06)


def test_layers_that_do_not_meet_in_degrees_are_mended():
    """Stockholm's DeSO were simplified one by one: gaps and overlaps all over."""
    layer = real("deso_2018_stockholm_lan_simplified.geojson", "deso", "2018", "id")
    shapes = shapes_of([layer])
    for resolution in RESOLUTIONS:
        fine = table(shapes, resolution, "deso", "2018")
        assert len(fine) == 1287
        assert shapely.coverage_is_valid(list(fine.values()))
    assert "did not meet" in shapes.findings[0].message
