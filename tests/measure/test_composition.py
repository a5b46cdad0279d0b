"""The friendly door: names in, frames of the same kind out."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import shapely
from numpy.testing import assert_allclose

from samsyn import measure
from samsyn.measure import Composition, InputError

ROWS = {
    "area": ["a", "b", "c", "d", "e"],
    "town": ["Å", "Ö", "Å", "Ö", "Å"],
    "x": [0.0, 5000.0, 100.0, 5100.0, 200.0],
    "y": [0.0, 0.0, 0.0, 0.0, 0.0],
    "land": [1.0, 2.0, 3.0, 4.0, 5.0],
    "swedes": [90, 10, 30, 70, 20],
    "finns": [10, 20, 60, 5, 20],
    "danes": [0, 5, 10, 5, 0],
}
GROUPS = ["swedes", "finns", "danes"]
COUNTS = np.array([ROWS[g] for g in GROUPS], dtype=float).T
REGION = np.array([0, 1, 0, 1, 0])
KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.table}


def made(kind="polars", **more):
    given = {"unit": "area", "region": "town", "groups": GROUPS} | more
    return Composition.from_frame(KINDS[kind](ROWS), **given)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_that_came_in_comes_out(kind):
    found = made(kind).index("dissimilarity", group="finns")
    assert isinstance(found, type(KINDS[kind](ROWS)))
    frame = pl.DataFrame(found if kind != "arrow" else found.to_pydict())
    assert frame.columns == ["region", "index", "group", "against", "value"]
    assert frame["region"].to_list() == ["Å", "Ö"]
    assert_allclose(frame["value"], measure.dissimilarity(COUNTS, REGION, group=1))


def test_lazy_frames_are_collected():
    lazy = Composition.from_frame(pl.LazyFrame(ROWS), unit="area", groups=GROUPS)
    assert lazy.index("gini")["region"].unique().to_list() == ["all"]


@pytest.mark.parametrize("kind", KINDS)
def test_long_form_is_the_same(kind):
    wide = pl.DataFrame(ROWS).select("area", "town", "x", *GROUPS)
    tall = wide.unpivot(GROUPS, index=["area", "town", "x"], variable_name="who", value_name="n")
    # A pair without a row is nobody.
    tall = tall.filter(pl.col("n") > 0).sample(fraction=1, shuffle=True, seed=1)
    native = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.table}[kind]
    long = Composition.from_frame(
        native(tall.to_dict(as_series=False)),
        unit="area", region="town", group="who", count="n", groups=GROUPS,
    )  # fmt: skip
    order = [long.units.index(unit) for unit in ROWS["area"]]
    assert_allclose(long.counts[order], COUNTS)
    assert [long.regions[r] for r in long.region[order]] == ROWS["town"]


def test_long_form_says_what_is_wrong():
    frame = pl.DataFrame(
        {"u": ["a", "a", "a"], "g": ["x", "y", "x"], "n": [1, 2, 3], "r": [1, 2, 1]}
    )
    names = {"unit": "u", "group": "g", "count": "n"}
    with pytest.raises(InputError, match=r'"a" has the group "x" twice: in row 0 .* row 2'):
        Composition.from_frame(frame, **names)
    with pytest.raises(InputError, match=r'two values of "r": 1 in row 0 .* and 2 in row 1'):
        Composition.from_frame(frame[:2], region="r", **names)
    with pytest.raises(InputError, match=r'no group "z". The groups are: x, y'):
        Composition.from_frame(frame[:2], groups=["z"], **names)
    with pytest.raises(InputError, match=r"both group and count"):
        Composition.from_frame(frame, unit="u", group="g")


def test_the_total_less_the_groups_is_other():
    everyone = pl.DataFrame(ROWS).with_columns(all=pl.sum_horizontal(GROUPS) + 5)
    found = Composition.from_frame(everyone, unit="area", groups=["finns"], total="all")
    assert found.groups == ("finns", "other")
    assert_allclose(found.counts[:, 1], COUNTS[:, [0, 2]].sum(axis=1) + 5)
    few = everyone.with_columns(all=pl.lit(30))
    with pytest.raises(InputError, match=r'row 2 .*the groups sum to 60 and "all" is 30'):
        Composition.from_frame(few, unit="area", groups=["finns"], total="all")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        (
            "finns",
            [1, 2, None, 4, 5],
            r'row 2 .*"finns" has no value, and a missing value is not 0',
        ),
        ("finns", [1.0, -2.0, 3, 4, 5], r'row 1 .*"finns" is "-2.0": it cannot be negative'),
        ("finns", list("12x45"), r'row 2 .*"finns" is "x", which is not a finite number'),
        ("area", list("abcad"), r'"a" stands twice in column "area": in row 0 .* and in row 3'),
        ("area", ["a", None, "c", "d", "e"], r'row 1 .*nothing in column "area"'),
        ("town", ["a", "", "c", "d", "e"], r'row 1 .*nothing in column "town"'),
    ],
)
def test_wrong_cells_are_named(kind, column, cells, said):
    frame = KINDS[kind](ROWS | {column: cells})
    with pytest.raises(InputError, match=said):
        Composition.from_frame(frame, unit="area", region="town", groups=GROUPS)


def test_wrong_names_are_told_with_those_there_are():
    with pytest.raises(InputError, match=r'no column "norse". The columns are: area, town'):
        made(groups=["norse"])
    with pytest.raises(InputError, match=r'no group "norse". The groups are: swedes'):
        made().index("gini", group="norse")
    with pytest.raises(InputError, match=r'"finns" is named twice'):
        made(groups=["finns", "finns"])
    with pytest.raises(InputError, match=r"give a list of columns"):
        made(groups="finns")
    with pytest.raises(InputError, match=r"cannot be compared with itself"):
        made().index("gini", group="finns", against="finns")
    with pytest.raises(InputError, match=r"both x and y"):
        made(x="x")
    with pytest.raises(InputError, match=r"is no frame"):
        Composition.from_frame(ROWS, unit="area", groups=GROUPS)


def test_rows_can_have_the_numbers_of_their_file():
    frame = pl.DataFrame(ROWS | {"finns": [1, 2, None, 4, 5]})
    with pytest.raises(InputError, match=r"^row 14,"):
        Composition.from_frame(frame, unit="area", groups=GROUPS, rows=[12, 13, 14, 15, 16])


def test_several_indices_stand_region_by_region():
    found = made().indices(["gini", "multigroup_theil_h"], against="swedes")
    assert found["region"].to_list() == ["Å"] * 3 + ["Ö"] * 3
    # A group against itself has no row.
    assert found["group"].to_list() == ["finns", "danes", None] * 2
    assert found["against"].to_list() == ["swedes", "swedes", None] * 2
    gini = found.filter(pl.col("index") == "gini")["value"].to_numpy().reshape(2, 2)
    assert_allclose(gini, measure.gini(COUNTS, REGION, against=0)[:, 1:])


def test_local_indices_give_a_row_for_each_unit():
    found = made().indices(["local_entropy", "location_quotient", "gini"], group="finns")
    local = found.filter(pl.col("index") == "local_entropy").sort("unit")
    assert local["unit"].to_list() == ROWS["area"]
    assert_allclose(local["value"], measure.local_entropy(COUNTS, REGION))
    quotient = found.filter(pl.col("index") == "location_quotient").sort("unit")
    assert_allclose(quotient["value"], measure.location_quotient(COUNTS, REGION)[:, 1])
    assert found.filter(pl.col("index") == "gini")["unit"].null_count() == 2


def test_inference_is_that_of_the_functions():
    found = made().index("dissimilarity", group="finns", interval="bootstrap", null="margins",
                         seed=7, replicates=99, level=0.9)  # fmt: skip
    expected = measure.estimate(
        "dissimilarity", COUNTS, REGION, group=1, interval="basic", null="margins",
        seed=7, replicates=99, level=0.9,
    )  # fmt: skip
    for column in ("value", "lower", "upper", "expected", "corrected", "p"):
        assert_allclose(found[column], getattr(expected, column))


def test_what_is_drawn_does_not_depend_on_company():
    question = {"group": "finns", "interval": "basic", "seed": 1, "replicates": 50}
    alone = made().index("isolation", **question)
    together = made().indices(["interaction", "isolation", "local_entropy"], **question)
    assert_allclose(together.filter(pl.col("index") == "isolation")["lower"], alone["lower"])


def test_chance_is_told_on_the_side_where_segregation_lies():
    apart = pl.DataFrame({"u": [1, 2], "a": [50, 0], "b": [0, 50]})
    found = Composition.from_frame(apart, unit="u", groups=["a", "b"]).indices(
        ["isolation", "interaction"], group="a", null="evenness", seed=1, replicates=99
    )
    assert_allclose(found["p"], 0.01)


def test_surroundings_take_the_place_of_units():
    placed = made(x="x", y="y")
    xy = np.column_stack([ROWS["x"], ROWS["y"]])
    around = measure.surroundings(COUNTS, xy, bandwidth=150, region=REGION)
    assert_allclose(placed.surroundings(150), around)
    found = placed.index("theil_h", group="finns", bandwidth=[150, 900])
    assert found["bandwidth"].to_list() == [150, 900] * 2
    expected = measure.theil_h(COUNTS, REGION, group=1, environment=around)
    assert_allclose(found.filter(pl.col("bandwidth") == 150)["value"], expected)
    drawn = placed.index("theil_h", group="finns", bandwidth=150, interval="percentile", seed=1)
    assert (drawn["lower"] < drawn["upper"]).all()
    with pytest.raises(InputError, match=r"no form over surroundings"):
        placed.index("relative_centralisation", bandwidth=150)
    with pytest.raises(InputError, match=r"needs places"):
        made().index("theil_h", bandwidth=150)


def test_places_and_parameters_reach_the_indices():
    placed = made(x="x", y="y", area="land")
    found = placed.index(
        "relative_centralisation", group="finns", centre=[[0.0, 0.0], [5000.0, 0.0]]
    )
    xy = np.column_stack([ROWS["x"], ROWS["y"]])
    expected = measure.relative_centralisation(
        COUNTS, REGION, xy=xy, centre=[[0.0, 0.0], [5000.0, 0.0]], group=1
    )
    assert_allclose(found["value"], expected)
    densest = placed.index("relative_centralisation", group="finns", centre="densest")
    assert densest["value"].is_not_nan().any()
    assert_allclose(
        placed.index("delta", group="finns")["value"],
        measure.delta(COUNTS, REGION, area=ROWS["land"], group=1),
    )
    ice = placed.index("concentration_at_extremes", low="danes", high=["swedes"])
    assert_allclose(
        ice["value"], measure.concentration_at_extremes(COUNTS, REGION, low=[2], high=[0])
    )
    with pytest.raises(InputError, match=r"shape is not an option of delta"):
        placed.index("delta", shape=0.1)
    with pytest.raises(InputError, match=r"needs more: give the scale .*, or the geometry"):
        placed.index("spatial_proximity")


def test_a_geodataframe_brings_its_geometry():
    geopandas = pytest.importorskip("geopandas")
    squares = shapely.box(np.arange(5) * 10.0, 0, np.arange(5) * 10.0 + 10, 10)
    frame = geopandas.GeoDataFrame(ROWS, geometry=list(squares), crs=3006)
    found = Composition.from_frame(frame, unit="area", groups=GROUPS)
    assert_allclose(found.xy[:, 0], np.arange(5) * 10 + 5)
    assert_allclose(found.area, 100)
    value = found.index("boundary_dissimilarity", group="finns")
    assert isinstance(value, pd.DataFrame)
    expected = measure.boundary_dissimilarity(
        COUNTS, contiguity=measure.contiguity(squares), group=1
    )
    assert_allclose(value["value"], expected)
    names = set(found.indices("all", seed=1, replicates=20)["index"])
    assert {"length_dissimilarity", "spatial_proximity", "delta"} <= names
    with pytest.raises(InputError, match=r"in degrees"):
        Composition.from_frame(frame.set_crs(4326, allow_override=True), unit="area", groups=GROUPS)


def test_points_have_no_area_and_no_borders():
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame(ROWS, geometry=geopandas.points_from_xy(ROWS["x"], ROWS["y"]))
    found = Composition.from_frame(frame, unit="area", groups=GROUPS)
    assert (found.area, found.contiguity) == (None, None)
    with pytest.raises(InputError, match=r"geometry"):
        found.index("boundary_dissimilarity")


def test_it_says_what_it_holds():
    assert repr(made()) == (
        "<Composition of 355 people in 5 units and 2 regions: swedes, finns, danes>"
    )
