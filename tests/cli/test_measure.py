"""samsyn measure, done right and done wrong."""

import json

import polars as pl
import pytest
import shapely

from samsyn.measure import dissimilarity
from samsyn.measure.catalogue import INDICES
from tests.cli.conftest import VATTLAND

AREAS = "area;kommun;svensk;utländsk\nA;Ö;90;10\nB;Ö;10;90\nC;Å;50;50\nD;Å;40;60\n"
GROUPS = ["--groups", "swedish_background,foreign_background"]
EXAMPLE = ["measure", VATTLAND, "--unit", "area", *GROUPS]


def as_json(samsyn, *arguments):
    outcome = samsyn(*arguments, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_json_is_a_list_of_objects(samsyn, table):
    path = table(AREAS)
    rows = as_json(
        samsyn, "measure", path, "--unit", "area", "--region", "kommun",
        "--groups", "svensk,utländsk", "--group", "utländsk",
    )  # fmt: skip
    assert [list(row) for row in rows] == [["region", "index", "group", "against", "value"]] * 2
    expected = dissimilarity([[90, 10], [10, 90], [50, 50], [40, 60]], [0, 0, 1, 1], group=1)
    assert [row["region"] for row in rows] == ["Ö", "Å"]
    assert [row["value"] for row in rows] == pytest.approx(expected.tolist(), abs=1e-15)
    assert {row["group"] for row in rows} == {"utländsk"}
    assert {row["against"] for row in rows} == {None}


def test_without_region_all_is_one(samsyn):
    rows = as_json(samsyn, *EXAMPLE, "--group", "foreign_background", "--index", "gini,isolation")
    assert [(row["region"], row["index"]) for row in rows] == [
        ("all", "gini"),
        ("all", "isolation"),
    ]


def test_what_cannot_be_said_is_null(samsyn, table):
    path = table("u,r,a,b\n1,x,1,2\n2,y,0,3\n")
    rows = as_json(samsyn, "measure", path, "--unit", "u", "--region", "r", "--groups", "a,b")
    assert [row["value"] for row in rows] == [0.0, 0.0, None, None]


def test_intervals_and_chance_add_their_columns(samsyn):
    question = [
        *EXAMPLE,
        "--interval",
        "bootstrap",
        "--seed",
        "3",
        "--replicates",
        "99",
    ]
    (row, _), again = as_json(samsyn, *question), as_json(samsyn, *question)
    assert list(row)[4:] == ["value", "lower", "upper", "expected", "corrected", "p"]
    assert row["lower"] < row["value"] < row["upper"]
    assert 0 < row["expected"] < row["value"]
    assert row["p"] == pytest.approx(0.01)
    assert again[0] == row
    chance = as_json(samsyn, *EXAMPLE, "--expected", "--seed", "3", "--replicates", "99")
    assert list(chance[0])[4:] == ["value", "expected", "corrected", "p"]
    assert chance[0]["expected"] == row["expected"]


def test_all_is_every_index_that_the_input_suffices_for(samsyn):
    plain = {row["index"] for row in as_json(samsyn, *EXAMPLE, "--index", "all", "--seed", "1")}
    assert plain == {name for name, index in INDICES.items() if frozenset() in index.needs}
    placed = as_json(samsyn, *EXAMPLE, "--index", "all", "--x", "x", "--y", "y", "--scale", "1000")
    added = {row["index"] for row in placed} - plain
    assert {"relative_centralisation", "spatial_proximity", "global_distortion"} <= added
    ordered = as_json(samsyn, *EXAMPLE, "--index", "all", "--ordered")
    assert "rank_order_theil" in {row["index"] for row in ordered}
    smooth = as_json(
        samsyn, *EXAMPLE, "--index", "all", "--x", "x", "--y", "y", "--bandwidth", "900"
    )
    assert {row["index"] for row in smooth} <= {
        n for n, i in INDICES.items() if "environment" in i.takes
    }


def test_units_drawn_anew_have_no_place(samsyn):
    question = [*EXAMPLE, "--x", "x", "--y", "y", "--ordered", "--resample", "units",
                "--interval", "bca", "--seed", "1", "--replicates", "50"]  # fmt: skip
    found = {row["index"] for row in as_json(samsyn, *question, "--index", "all")}
    assert "rank_order_theil" in found
    assert "relative_centralisation" not in found
    outcome = samsyn(*question, "--index", "relative_centralisation")
    assert outcome.code == 2
    assert "no place" in outcome.err


def test_local_indices_name_their_unit(samsyn):
    rows = as_json(
        samsyn, *EXAMPLE, "--index", "location_quotient", "--group", "foreign_background"
    )
    assert len(rows) == 45
    assert rows[0]["unit"] == "Gamla staden"


def test_geometry_gives_places_areas_and_borders(samsyn, table):
    pyogrio = pytest.importorskip("pyogrio")
    squares = shapely.box([0, 1, 0, 1], [0, 0, 1, 1], [1, 2, 1, 2], [1, 1, 2, 2])
    path = table(AREAS)
    shapes = path.parent / "shapes.gpkg"
    pyogrio.raw.write(
        shapes, shapely.to_wkb(squares), [pl.Series(list("DCBA")).to_numpy()], ["kod"],
        geometry_type="Polygon", crs="EPSG:3006",
    )  # fmt: skip
    question = ["measure", path, "--unit", "area", "--groups", "svensk,utländsk"]
    rows = as_json(samsyn, *question, "--geometry", shapes, "--key", "kod",
                   "--index", "boundary_dissimilarity,absolute_clustering,delta")  # fmt: skip
    assert len(rows) == 6
    assert all(row["value"] is not None for row in rows)
    wrong = samsyn(*question, "--geometry", shapes, "--key", "nyckel")
    assert wrong.code == 2
    assert 'no column "nyckel"' in wrong.err
    assert "kod" in wrong.err


def test_the_total_less_the_groups_is_other(samsyn, table):
    path = table("u,a,everyone\n1,10,100\n2,60,100\n")
    rows = as_json(samsyn, "measure", path, "--unit", "u", "--groups", "a", "--total", "everyone")
    assert [row["group"] for row in rows] == ["a", "other"]
    assert rows[0]["value"] == pytest.approx(60 / 70 - 40 / 130)


def test_parameters_reach_their_index(samsyn):
    question = [*EXAMPLE, "--index", "atkinson", "--group", "foreign_background"]
    low, high = (
        as_json(samsyn, *question, "--option", f"shape={shape}")[0]["value"] for shape in (0.1, 0.9)
    )
    assert low != high
    extreme = [
        "measure",
        VATTLAND,
        "--unit",
        "area",
        "--groups",
        "income_low,income_middle,income_high",
    ]
    rows = as_json(samsyn, *extreme, "--index", "concentration_at_extremes",
                   "--option", "low=income_high", "--option", "high=income_low")  # fmt: skip
    assert rows[0]["value"] > 0


WRONG = [
    (
        ["--groups", "a,foreign_background"],
        'has no column "a". Its columns are: area, municipality',
    ),
    ([*GROUPS, "--index", "disimilarity"], "Did you mean dissimilarity"),
    ([*GROUPS, "--index", ","], "empty index"),
    ([*GROUPS, "--group", "martians"], "The groups are: swedish_background"),
    ([*GROUPS, "--index", "delta"], "delta needs more: give the area"),
    ([*GROUPS, "--index", "absolute_clustering", "--x", "x", "--y", "y"], "give the scale"),
    ([*GROUPS, "--x", "x"], "both --x and --y"),
    ([*GROUPS, "--bandwidth", "500"], "a bandwidth needs places"),
    ([*GROUPS, "--bandwidth", "far"], '"far" is not a number'),
    ([*GROUPS, "--key", "x"], "--key belongs to --geometry"),
    ([*GROUPS, "--index", "atkinson", "--option", "shape"], "NAME=VALUE"),
    ([*GROUPS, "--index", "gini", "--option", "shape=0.1"], "shape is not an option of gini"),
    ([*GROUPS, "--index", "modified_gini", "--interval", "bca"], "cannot be drawn anew"),
    ([*GROUPS, "--sheet", "1"], "not an Excel file"),
    ([*GROUPS, "--centre", "here"], "give X,Y in metres"),
    ([*GROUPS, "--geometry", "nowhere.gpkg"], "no file nowhere.gpkg"),
    (["--groups", "x,x"], "named twice"),
    (["--groups", "x", "--region", "x"], "both a name and a number"),
]


@pytest.mark.parametrize(("options", "said"), WRONG, ids=[" ".join(o[-2:]) for o, _ in WRONG])
def test_wrong_input_is_said_in_one_paragraph(samsyn, options, said):
    outcome = samsyn("measure", VATTLAND, "--unit", "area", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.startswith("samsyn: ")
    assert outcome.err.count("\n") == 1


def test_a_duplicate_unit_names_both_rows(samsyn, table):
    outcome = samsyn(
        "measure", table("u,a,b\nx,1,2\n\ny,3,4\nx,5,6\n"), "--unit", "u", "--groups", "a,b"
    )
    assert outcome.code == 2
    assert '"x"' in outcome.err
    assert "row 2" in outcome.err
    assert "row 5" in outcome.err


def test_a_bad_cell_names_row_column_and_text(samsyn, table):
    outcome = samsyn("measure", table("u,a,b\nx,1,2\ny,3,fyra\n"), "--unit", "u", "--groups", "a,b")
    assert outcome.code == 2
    assert 'areas.csv: row 3, column "b" is "fyra"' in outcome.err


def test_one_group_alone_gets_a_note(samsyn):
    outcome = samsyn("measure", VATTLAND, "--unit", "area", "--groups", "income_low")
    assert outcome.code == 0
    assert "--total" in outcome.err
