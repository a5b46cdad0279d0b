"""The addresses of borders: what they answer, to whom, and what they say to a wrong question."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_the_kinds_that_have_borders_are_told(demo_site):
    told = demo_site.get("/api/geo/").json()
    assert [one["kind"] for one in told["kinds"]] == [
        "country", "county", "municipality", "regso", "deso",
    ]  # fmt: skip
    assert demo_site.get(told["kinds"][2]["geojson"]).status_code == 200
    assert demo_site.get(told["kinds"][2]["tiles"]).status_code == 200


def test_areas_come_as_geojson_with_what_they_are(demo_site):
    answer = demo_site.get("/api/geo/municipality")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["type"] == "FeatureCollection"
    first = told["features"][0]
    assert first["id"] == first["properties"]["key"]
    assert set(first["properties"]) == {"key", "name", "code", "parent"}
    assert first["properties"]["parent"] == "county/99"
    assert all(
        shapely.from_geojson(json.dumps(one["geometry"])).is_valid for one in told["features"]
    )


def test_a_part_of_the_areas_as_fine_as_is_asked(demo_site):
    address = "/api/geo/regso?within=municipality/9901"
    sizes = {
        name: len(demo_site.get(f"{address}&resolution={name}").content)
        for name in ("coarse", "medium", "fine")
    }
    assert sizes["coarse"] < sizes["medium"] <= sizes["fine"]
    assert len(demo_site.get(f"{address}&zoom=4").content) == sizes["coarse"]
    assert len(demo_site.get(f"{address}&zoom=11").content) == sizes["fine"]
    told = demo_site.get(address).json()
    assert {one["properties"]["parent"] for one in told["features"]} == {"municipality/9901"}


def test_another_vintage_has_other_areas(demo_site):
    counts = {
        vintage: len(demo_site.get(f"/api/geo/deso?vintage={vintage}").json()["features"])
        for vintage in ("2018", "2025")
    }
    assert counts == {"2018": 200, "2025": 209}


def test_an_answer_of_a_release_that_is_named_may_be_kept(demo_site):
    assert "immutable" in demo_site.get("/api/geo/county?release=demo")["Cache-Control"]
    assert "immutable" not in demo_site.get("/api/geo/county").get("Cache-Control", "")
    told = demo_site.get("/api/geo/regso/tiles.json").json()
    assert "release=demo" in told["tiles"][0]
    tile = told["tiles"][0].replace("{z}/{x}/{y}", "0/0/0")
    answer = demo_site.get(tile)
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/geo/planet", 404, "It has them of country"),
        ("/api/geo/custom", 404, "It has them of country"),
        ("/api/geo/regso?vintage=1999", 404, "regso: 20"),
        ("/api/geo/regso?within=nowhere", 404, "nowhere"),
        ("/api/geo/regso?resolution=sharp", 400, "fine, medium, coarse"),
        ("/api/geo/regso?zoom=nan", 400, "from 0 to 24"),
        ("/api/geo/regso?release=none", 404, "none"),
        ("/api/geo/regso/tiles/a/0/0.mvt", 400, "whole numbers"),
        ("/api/geo/regso/tiles/1/2/0.mvt", 404, "0 to 1"),
        ("/api/geo/regso/tiles/1/-1/0.mvt", 404, "0 to 1"),
        ("/api/geo/regso/tiles/13/0/0.mvt", 404, "0 to 12"),
    ],
)
def test_a_wrong_question_is_told_what_can_be_asked(demo_site, address, status, said):
    answer = demo_site.get(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["status"] == status
    assert said in told["detail"]
    assert "store" not in told["detail"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.sampled_from(["regso", "deso", "country", "0", "é"]),
    st.dictionaries(
        st.sampled_from(["within", "resolution", "zoom", "vintage", "release"]),
        st.text(max_size=12) | st.sampled_from(["regso/9901R001", "-1", "1e400", "2018"]),
        max_size=3,
    ),
)
def test_no_question_makes_it_fail(demo_site, kind, asked):
    assert demo_site.get(f"/api/geo/{kind}", asked).status_code in {200, 400, 404}
