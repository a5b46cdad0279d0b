"""A client that was written for the agencies' servers, unchanged, against a server as a process."""

from __future__ import annotations

import warnings

import polars as pl
import pytest
from pxweb import PxApi

from samsyn.statistics.query import Release
from tests.api.conftest import CELLS


@pytest.fixture(scope="module")
def api(server):
    return PxApi(f"{server}/api/v2", disable_cache=True)


@pytest.fixture(scope="module")
def release(demo_store):
    return Release.open(demo_store)


@pytest.fixture(autouse=True)
def its_own_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_what_there_is(api, release):
    assert api.get_config()["maxDataCells"] == CELLS
    assert api.language == "sv"
    tables = api.all_tables()
    assert len(tables) == api.number_of_tables > len(release.indicators)
    assert {"housing", "counts", "indices"} <= {path["id"] for path in api.get_paths()}
    assert "employment_rate" in {table["id"] for table in api.tables_on_path("labour")}


def test_a_search(api):
    found = api.search(query="utländsk bakgrund", page_size=100)
    assert "counts-background" in {table["id"] for table in found["tables"]}
    assert api.search(query="xyzzy")["tables"] == []
    assert api.search(past_days=30, include_discontinued=True)["page"]["totalElements"] > 0


def test_what_a_table_has(api):
    metadata = api.get_table_metadata("counts-background")
    assert metadata["label"].startswith("Svensk och utländsk bakgrund, antal efter region")
    variables = api.get_table_variables("counts-background")
    assert list(variables) == ["Region", "Grupp", "ContentsCode", "Tid"]
    assert variables["Grupp"]["category"]["label"]["foreign"] == "Utländsk bakgrund"
    lists = {one["id"] for one in variables["Region"]["codelists"]}
    assert {"vs_municipality_2025", "vs_deso_2018"} <= lists
    values = api.get_code_list("vs_municipality_2025")["values"]
    assert len(values) == 8
    assert all(value["label"] for value in values)


def test_the_default_selection(api):
    (row,) = api.get_table_data("population")
    assert row["år"] == "2024"
    assert row["value"] > 0


def test_some_figures(api, release):
    rows = api.get_table_data(
        "counts-background",
        value_codes={
            "Region": ["*"], "Grupp": "foreign", "ContentsCode": "count", "Tid": ["2022", "2023"],
        },
        code_list={"Region": "vs_municipality_2025"},
        show="code",
    )  # fmt: skip
    expected = release.counts("background", "municipality", period=["2022", "2023"]).filter(
        group="foreign"
    )
    assert len(rows) == expected.height == 16
    found = {(row["region"], row["år"]): row["value"] for row in rows}
    for area, period, count in expected.select("area", "period", "count").iter_rows():
        assert found[area.rpartition("/")[2], period] == count


def test_a_whole_table_in_parts(api, release):
    rows = api.get_table_data_all("counts-household_type", show="code")
    expected = release.counts("household_type")
    # Every region in every year, more than one answer holds; some areas have no figures in a year.
    assert len(rows) > CELLS
    frame = pl.DataFrame(rows, infer_schema_length=None)
    known = frame.filter(pl.col("value").is_not_null())
    assert known.height == expected["count"].is_not_null().sum()
    assert known["value"].sum() == pytest.approx(expected["count"].sum())
    one = expected.filter(area="deso/2025/9901A0010", period="2024", group="couple_children")
    cell = frame.filter(
        pl.col("region") == "9901A0010_DeSO2025",
        pl.col("år") == "2024",
        pl.col("grupp") == "couple_children",
    )
    assert cell["value"].to_list() == one["count"].to_list()


def test_a_release_of_its_own(server):
    api = PxApi(f"{server}/release/demo/api/v2", language="en", disable_cache=True)
    (row,) = api.get_table_data("population")
    assert row["year"] == "2024"
    assert api.get_table_metadata("population")["extension"]["samsyn"]["release"] == "demo"


def test_what_is_wrong_is_said(api):
    with pytest.raises(Exception, match="There is no table"):
        api.get_table_metadata("nothing")
    with pytest.raises(Exception, match="is not a code of Region"):
        api.get_table_data("population", value_codes={"Region": "9", "Tid": "*"})
