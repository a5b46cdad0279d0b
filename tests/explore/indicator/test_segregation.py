"""The pages of the indices of segregation."""

from __future__ import annotations

import polars as pl
import pytest

from samsyn.measure.catalogue import INDICES
from samsyn.publish.index_names import NAMES, READINGS, index_name, index_reading
from samsyn.publish.numbers import number
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release
from tests.explore.indicator.test_pages import demo, rows, taken, text  # noqa: F401


def test_every_index_has_a_name_and_a_reading():
    ours = {name for name, index in INDICES.items() if index.family != "local"}
    assert set(NAMES) == set(READINGS) == ours
    for language in ("sv", "en"):
        names = [index_name(name, language) for name in ours]
        assert len(set(names)) == len(names)
        assert all(index_reading(name, language) for name in ours)
    assert index_name("made_up_index", "sv") == "Made up index"


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_grouping_has_a_page(demo_site, demo, language):  # noqa: F811
    for name in demo.groupings:
        response = demo_site.get(f"{language}/indikator/segregation/{name}/")
        has_indices = len(groupings()[name].groups) > 1
        assert response.status_code == (200 if has_indices else 404), name


def test_the_page_says_what_the_release_says(demo_site, demo):  # noqa: F811
    query = "?index=isolation&group=foreign&units=regso&period=2018"
    found = rows(demo_site.get(f"/indikator/segregation/background/{query}"))
    expected = demo.indices(
        "background", "regso/2020", level="municipality", index="isolation", group="foreign",
        period="2018",
    ).filter(pl.col("against").is_null())  # fmt: skip
    told = {row["name"]: row for row in expected.iter_rows(named=True)}
    assert len(found) == len(told) == 8
    for cells in found:
        row = told[cells[1]]
        assert cells[2] == number(row["value"], "index", "sv")
        assert cells[4] == number(row["expected"], "index", "sv")
    values = [told[cells[1]]["value"] for cells in found]
    assert values == sorted(values, reverse=True)


def test_one_group_may_be_set_against_another(demo_site, demo):  # noqa: F811
    first = demo_site.get("/indikator/segregation/economic_standard/")
    assert "Låg ekonomisk standard mot hög ekonomisk standard" in text(first)
    found = taken(
        demo_site.get("/indikator/segregation/economic_standard.csv?period=2024&group=low/high")
    )
    expected = demo.indices(
        "economic_standard", "deso/2025", level="municipality", index="dissimilarity",
        group="low", period="2024",
    ).filter(pl.col("against") == "high")  # fmt: skip
    assert {row["area"]: float(row["value"]) for row in found} == pytest.approx(
        dict(expected.select("region", "value").iter_rows())
    )


def test_an_index_of_all_groups_lets_the_group_of_the_form_be(demo_site):
    address = "/indikator/segregation/background/?index=multigroup_theil_h&group="
    assert demo_site.get(f"{address}foreign").status_code == 200
    assert demo_site.get(f"{address}martian").status_code == 400


def test_a_series_tells_where_its_units_changed(demo_site):
    address = "/indikator/segregation/background/diagram/time.csv"
    found = taken(demo_site.get(address))
    assert {row["period"] for row in found} == {str(year) for year in range(2012, 2025)}
    assert [row["period"] for row in found if row["break"]] == ["2024"]


@pytest.mark.parametrize("chart", ["ranking", "spread", "time", "scales", "map"])
def test_each_chart_can_be_fetched(demo_site, chart):
    drawn = demo_site.get(f"/indikator/segregation/tenure/diagram/{chart}.svg?bare=1")
    assert drawn.status_code == 200
    assert "<svg" in text(drawn)


def test_a_neighbourhood_has_no_index(demo_site):
    response = demo_site.get("/indikator/segregation/tenure/?place=regso/9901R001")
    assert response.status_code == 400


def test_the_groupings_stand_in_the_list(demo_site):
    response = demo_site.get("/indikator/segregation/")
    assert response.status_code == 302
    assert response["Location"] == "/indikator/#segregation"


def test_all_periods_may_be_taken(demo_site, demo):  # noqa: F811
    found = taken(demo_site.get("/indikator/segregation/tenure.csv?part=all&units=regso"))
    assert len({row["period"] for row in found}) == 13
    assert isinstance(demo, Release)
