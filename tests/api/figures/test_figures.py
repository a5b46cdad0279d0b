"""Areas, values, indices and releases as rows, against what the release answers."""

from __future__ import annotations

import io
import time

import polars as pl
import pytest

from samsyn.statistics.query import Release
from samsyn.statistics.release.build import build_release
from samsyn.statistics.release.store import Store
from tests.api.asking import got


@pytest.fixture(scope="module")
def release(demo_store):
    return Release.open(demo_store)


def test_areas_are_found(demo_site, release):
    told = got(demo_site, "/api/areas?kind=municipality&size=1000")
    assert told["release"] == "demo"
    assert told["total"] == len(told["areas"]) == 8
    assert [one["area"] for one in told["areas"]] == release.areas("municipality")["area"].to_list()
    first = told["areas"][0]
    assert first["kind"] == "municipality"
    assert first["area"] == f"municipality/2025/{first['code']}"
    found = got(demo_site, f"/api/areas?search={first['name'][:5].upper()}&kind=municipality")
    assert first["area"] in {one["area"] for one in found["areas"]}
    inside = got(demo_site, f"/api/areas?within={first['code']}&kind=regso/2025&size=1000")
    assert {one["municipality"] for one in inside["areas"]} == {first["area"]}


def test_pages_of_rows(demo_site, release):
    found, address = [], "/api/areas?size=150"
    while address:
        answer = demo_site.get(address)
        found += answer.json()["areas"]
        links = dict(reversed(one.split("; ")) for one in answer["Link"].split(", "))
        address = links.get('rel="next"', "").strip("<>").removeprefix("http://testserver")
    assert [one["area"] for one in found] == release.areas()["area"].to_list()
    assert "the last is" in got(demo_site, "/api/areas?size=150&page=99", 404)["detail"]


def test_one_area(demo_site, release):
    key = release.areas("regso/2025")["area"][3]
    kind, vintage, code = key.split("/")
    told = got(demo_site, f"/api/areas/{kind}/{code}?vintage={vintage}")
    assert told["area"] == key
    near = release.neighbours(key)
    assert {one["area"] for one in told["neighbours"]} == set(near["neighbour"])
    assert told["parts"] == {"deso/2025": release.areas("deso/2025", within=key).height}
    for link in told["links"].values():
        assert demo_site.get(link.removeprefix("http://testserver")).status_code == 200
    assert "/api/areas?search=" in got(demo_site, "/api/areas/county/xyz", 404)["detail"]
    near = got(demo_site, f"/api/areas/{kind}/{code[:-1]}", 404)["detail"]
    assert "Did you mean" in near
    custom = release.areas("custom")["area"][0].split("/", 2)
    assert got(demo_site, f"/api/areas/custom/{custom[2]}")["kind"] == "custom"


def test_values_are_those_of_the_release(demo_site, release):
    told = got(demo_site, "/api/values?indicator=distrust_share&period=all&size=20000")
    expected = release.values("distrust_share").drop("source")
    assert told["values"] == expected.to_dicts()
    assert {one["status"] for one in told["values"]} == {"ok", "missing", "secret"}
    parts = got(
        demo_site, "/api/values?indicator=turnout_riksdag&sex=women,men&period=2022&area=9901"
    )
    assert [one["sex"] for one in parts["values"]] == ["men", "women"]
    newest = got(demo_site, "/api/values?indicator=population&level=county")["values"]
    assert [one["period"] for one in newest] == ["2024"]


def test_counts_and_indices_are_those_of_the_release(demo_site, release):
    told = got(demo_site, "/api/counts?grouping=tenure&level=municipality&size=20000")
    expected = release.counts("tenure", "municipality", period="latest").drop("source")
    assert told["counts"] == expected.to_dicts()
    told = got(
        demo_site, "/api/indices?grouping=tenure&units=regso&level=municipality&index=evenness"
        "&period=2020,2021&within=9901&size=20000",
    )  # fmt: skip
    expected = release.indices(
        "tenure", "regso", "municipality", ["2020", "2021"], "evenness", "9901"
    )
    assert told["indices"] == expected.to_dicts()


def test_csv_is_the_same_rows(demo_site):
    address = "/api/values?indicator=employment_rate&level=regso&period=2020&size=20000"
    rows = pl.DataFrame(got(demo_site, address)["values"], infer_schema_length=None)
    answer = demo_site.get(f"{address}&format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="values.csv"'
    assert 'rel="cite-as"' in answer["Link"]
    frame = pl.read_csv(io.BytesIO(answer.content), schema_overrides=rows.schema)
    assert frame.equals(rows)


def test_what_there_is(demo_site, release):
    told = got(demo_site, "/api/indicators?lang=en")
    assert [one["id"] for one in told["indicators"]] == release.indicators
    assert [one["id"] for one in told["groupings"]] == release.groupings
    population = next(one for one in told["indicators"] if one["id"] == "population")
    assert (population["first"], population["last"]) == ("2012", "2024")
    assert "deso/2025" in population["levels"]
    tenure = next(one for one in told["groupings"] if one["id"] == "tenure")
    assert tenure["groups"]["rental"] == "Rental"
    for one in (population, tenure):
        got(demo_site, f"/api/v2/tables/{one['table']}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/values?indicator=populaton", "Did you mean population"),
        ("/api/values?indicator=population&level=street", 'There is no level "street"'),
        ("/api/values?indicator=population&period=1700", "It has them of 2012 to 2024"),
        ("/api/values?indicator=population&sex=women", "It has only those for all"),
        ("/api/indices?grouping=tenure&index=nothing", 'There is no index "nothing"'),
        ("/api/indices?grouping=tenure&units=street", 'no indices on the units "street"'),
        ("/api/areas?size=0", "size: Input should be greater than or equal to 1"),
        ("/api/areas?format=xml", "format: Input should be 'json' or 'csv'"),
        ("/api/counts", "grouping: Field required"),
    ],
)
def test_what_is_wrong_is_said(demo_site, address, said):
    assert said in got(demo_site, address, 400)["detail"]


def test_releases(demo_site, release):
    told = got(demo_site, "/api/releases")
    assert told["current"] == "demo"
    (one,) = told["releases"]
    assert one["created"] == release.manifest.created
    assert got(demo_site, f"{one['address'].removeprefix('http://testserver')}config")
    whole = got(demo_site, "/api/releases/demo")
    assert len(whole["sources"]) == len(release.sources())
    assert whole["files"].keys() == release.manifest.files.keys()
    got(demo_site, "/api/releases/none", 404)


def test_what_differs_between_two_releases(shelved, tmp_path):
    store = Store(tmp_path / "store")
    for name, change in (("first", 0), ("second", 5)):
        source = tmp_path / name
        source.mkdir()
        (source / "figures.csv").write_text(
            "area,period,indicator,value\n1488,2020,reported_violent_crime,100\n"
            f"1480,2020,reported_violent_crime,{200 + change}\n",
            "utf-8",
        )
        with store.building(name) as building:
            report = build_release([source], building.folder)
            building.describe(report.sources, report.seed)
    client = shelved(store)
    address = "/api/releases/second/changes?since=first&table=observations"
    for _ in range(20):
        answer = client.get(address)
        if answer.status_code != 503:
            break
        time.sleep(int(answer["Retry-After"]))
    told = answer.json()
    (change,) = told["changes"]
    assert (change["area"], change["old"], change["new"]) == ("municipality/2025/1480", 200, 205)
    assert change["difference"] == 5
    assert told["since"] == "first"
    assert told["release"] == "second"
    assert told["summary"][0]["values"] == 1
    assert got(client, "/api/releases/second/changes?since=second")["total"] == 0
    got(client, "/api/releases/second/changes?since=third", 404)
    got(client, "/api/releases/second/changes", 400)
