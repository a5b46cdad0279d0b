"""Area types over time, and how areas go between them."""

from __future__ import annotations

import polars as pl
import pytest

from samsyn.measure.errors import InputError
from samsyn.publish.about import about
from samsyn.publish.charts import type_course, type_flows
from samsyn.publish.charts.type_flows import flows
from samsyn.publish.drawing import svg
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release


@pytest.fixture(scope="module")
def types(demo: Release) -> pl.DataFrame:
    return people_by_type(demo, "country/00", None)


def pairs(types: pl.DataFrame) -> pl.DataFrame:
    then, now = (types.filter(pl.col("period") == period) for period in ("2012", "2023"))
    return then.select("area", before="type").join(
        now.select("area", "people", after="type"), on="area"
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_shares_of_each_period_are_those_of_its_people(demo, types, language):
    chart = type_course(types, about(demo, "Types", language, frames=[types]))
    whole = chart.table.group_by("period").agg(pl.col("share").sum(), pl.col("people").sum())
    assert whole["share"].to_list() == pytest.approx([1.0] * 13)
    people = types.group_by("period").agg(pl.col("people").sum())
    assert dict(whole.select("period", "people").iter_rows()) == pytest.approx(
        dict(people.iter_rows())
    )
    assert "2012" in chart.caption
    assert "2024" in chart.caption
    for narrow in (False, True):
        assert "<svg" in svg(chart, bare=True, narrow=narrow)


def test_where_people_are_not_known_areas_are_counted(demo, types):
    unknown = types.with_columns(people=pl.lit(None, pl.Float64))
    chart = type_course(unknown, about(demo, "Types", frames=[unknown]))
    assert chart.table["people"].null_count() == chart.table.height
    assert "områdena" in chart.caption


def test_one_period_has_no_course(demo, types):
    one = types.filter(pl.col("period") == "2020")
    with pytest.raises(InputError, match="two periods"):
        type_course(one, about(demo, "Types", frames=[one]))


def test_every_area_is_in_one_flow(demo, types):
    table = flows(pairs(types))
    assert table["areas"].sum() == 71
    assert table["people"].sum() == pytest.approx(pairs(types)["people"].sum())
    chart = type_flows(pairs(types), "2012", "2023", about(demo, "Flows", frames=[types]))
    same = table.filter(pl.col("before") == pl.col("after"))["areas"].sum()
    assert f"Av 71 områden har {same} samma typ 2023 som 2012" in chart.caption


def test_bands_begin_and_end_within_the_bars_of_their_types(demo, types):
    chart = type_flows(pairs(types), "2012", "2023", about(demo, "Flows", frames=[types]))
    bands, bars = (layer["data"]["values"] for layer in chart.spec["layer"][:2])
    for band in bands:
        if band["x"] < 0.031:
            (bar,) = (b for b in bars if b["x"] == 0 and b["type"] == band["type"])
            assert bar["top"] - 1e-9 <= band["top"] < band["low"] <= bar["low"] + 1e-9
    assert "mycket goda" in svg(chart, bare=True)
    assert "mycket goda" not in svg(chart, bare=True, narrow=True).partition("</desc>")[2]
