"""Tables as they are listed, described and coded; the same in both languages."""

from __future__ import annotations

import json
import math
import re

import pytest

from samsyn.api.pxweb.texts import TEXTS, UNITS
from samsyn.statistics.query import Release
from tests.api.asking import got, posted
from tests.reference import shared

RECORDED = "data/api/scb_pxwebapi2_recorded"
TABLES = "/api/v2/tables"


@pytest.fixture(scope="module")
def release(demo_store):
    return Release.open(demo_store)


def test_the_configuration_has_what_the_standard_asks(demo_site):
    told = got(demo_site, "/api/v2/config")
    recorded = json.loads(shared(f"{RECORDED}/config.json").read_text("utf-8"))
    assert told.keys() == recorded.keys()
    assert [one["id"] for one in told["languages"]] == ["sv", "en"]
    assert told["maxDataCells"] == 150_000
    assert set(told["dataFormats"]) == {"json-stat2", "csv", "px", "xlsx", "parquet"}


def test_every_indicator_grouping_and_family_is_a_table(demo_site, release):
    told = got(demo_site, f"{TABLES}?pageSize=1000")
    names = [table["id"] for table in told["tables"]]
    assert names[: len(release.indicators)] == release.indicators
    assert {f"counts-{name}" for name in release.groupings} <= set(names)
    assert "indices-background-evenness" in names
    assert len(set(names)) == len(names) == told["page"]["totalElements"]


def test_a_table_is_listed_as_the_agency_lists_its_own(demo_site):
    recorded = json.loads(shared(f"{RECORDED}/tables.json").read_text("utf-8"))["tables"][0]
    told = got(demo_site, f"{TABLES}/turnout_riksdag")
    assert set(recorded) - set(told) == set()
    assert told["variableNames"] == ["region", "kön", "tabellinnehåll", "år"]
    assert (told["firstPeriod"], told["lastPeriod"], told["timeUnit"]) == ("2014", "2022", "Annual")
    assert {link["rel"] for link in told["links"]} == {"self", "alternate", "metadata", "data"}
    for link in told["links"]:
        assert demo_site.get(link["href"].removeprefix("http://testserver")).status_code == 200


def test_pages_hold_every_table_once(demo_site):
    whole = got(demo_site, f"{TABLES}?pageSize=1000")["tables"]
    found, page = [], f"{TABLES}?pageSize=40"
    while page:
        told = got(demo_site, page)
        found += told["tables"]
        links = {link["rel"]: link["href"] for link in told["page"]["links"]}
        page = links.get("next", "").removeprefix("http://testserver")
    assert [one["id"] for one in found] == [one["id"] for one in whole]
    got(demo_site, f"{TABLES}?pageSize=40&pageNumber=99", 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("utländsk bakgrund", "counts-background"),
        ("UTLANDSK", "foreign_background_share"),
        ("olikhetsindex upplåtelseform", "indices-tenure-evenness"),
        ("turnout_riksdag", "turnout_riksdag"),
    ],
)
def test_a_search_looks_for_every_word(demo_site, query, found):
    told = got(demo_site, f"{TABLES}?query={query}&pageSize=1000")
    names = [one["id"] for one in told["tables"]]
    assert found in names
    assert len(names) < 60


def test_a_search_may_find_nothing(demo_site):
    assert got(demo_site, f"{TABLES}?query=finnsinte")["page"]["totalElements"] == 0
    assert got(demo_site, f"{TABLES}?query=&pastDays=1")["page"]["totalElements"] > 0


@pytest.mark.parametrize("wrong", ["pageSize=0", "pageNumber=x", "pastDays=-1", "pageSize=1e3"])
def test_counts_are_counts(demo_site, wrong):
    assert wrong.partition("=")[0] in got(demo_site, f"{TABLES}?{wrong}", 400)["detail"]


def test_metadata_tell_all_that_data_needs(demo_site, release):
    told = got(demo_site, f"{TABLES}/turnout_riksdag/metadata")
    assert told["id"] == ["Region", "Kon", "ContentsCode", "Tid"]
    assert told["role"] == {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]}
    assert told["value"] == []
    dimension = told["dimension"]
    for name, size in zip(told["id"], told["size"], strict=True):
        category = dimension[name]["category"]
        assert list(category["index"].values()) == list(range(size))
        assert category["index"].keys() == category["label"].keys()
    assert dimension["Kon"]["category"]["label"] == {
        "total": "totalt", "men": "män", "women": "kvinnor",
    }  # fmt: skip
    assert dimension["Kon"]["extension"]["eliminationValueCode"] == "total"
    assert dimension["ContentsCode"]["category"]["unit"]["value"]["base"] == "andel"
    assert list(dimension["ContentsCode"]["category"]["index"]) == [
        "value", "numerator", "denominator",
    ]  # fmt: skip
    areas = release.values("turnout_riksdag", sex=None)["area"].unique()
    assert len(dimension["Region"]["category"]["index"]) == len(areas)


def test_regions_have_the_codes_of_the_agency(demo_site, release):
    told = got(demo_site, f"{TABLES}/population/metadata")
    codes = list(told["dimension"]["Region"]["category"]["index"])
    assert codes[0] == "00"
    old = {one[:9] for one in codes if one[4:5] in set("ABC") and "_" not in one}
    new = {one[:9] for one in codes if one.endswith("_DeSO2025")}
    assert old == set(release.areas("deso/2018")["code"])
    assert new == set(release.areas("deso/2025")["code"])
    assert any(one.startswith("custom/") for one in codes)


def test_codelists_choose_a_kind_of_regions(demo_site):
    told = got(demo_site, f"{TABLES}/population/metadata")
    extension = told["dimension"]["Region"]["extension"]
    assert extension["codelists"] == extension["codeLists"]
    every = []
    for one in extension["codelists"]:
        found = got(demo_site, one["links"][0]["href"].removeprefix("http://testserver"))
        assert found["id"] == one["id"]
        assert found["type"] == "Valueset"
        every += [value["code"] for value in found["values"]]
    assert set(told["dimension"]["Region"]["category"]["index"]) <= set(every)
    chosen = got(demo_site, f"{TABLES}/population/metadata?codelist[Region]=vs_municipality_2025")
    assert chosen["size"][0] == 8
    assert "vs_county" in got(demo_site, "/api/v2/codelists/vs_countty_2025", 404)["detail"]


def test_the_default_selection_is_what_data_without_one_have(demo_site):
    for table in ("population", "turnout_riksdag", "counts-tenure", "indices-tenure-exposure"):
        told = got(demo_site, f"{TABLES}/{table}/defaultselection")
        assert told["placement"]["heading"] == ["ContentsCode", "Tid"]
        whole = got(demo_site, f"{TABLES}/{table}/data")
        same = posted(demo_site, f"{TABLES}/{table}/data", told["selection"])
        assert whole["value"] == same["value"]
        assert any(value is not None for value in whole["value"])
        described = got(demo_site, f"{TABLES}/{table}/metadata?defaultSelection=true")
        assert described["size"] == whole["size"]
        assert math.prod(whole["size"]) == len(whole["value"])


def test_english(demo_site):
    told = got(demo_site, f"{TABLES}/counts-tenure/metadata?lang=en")
    assert told["label"] == "Tenure, counts by region, group and year. 2012–2024"
    assert told["dimension"]["Grupp"]["category"]["label"]["rental"] == "Rental"
    assert told["extension"]["px"]["language"] == "en"
    index = got(demo_site, f"{TABLES}/indices-tenure-evenness/metadata?lang=en")
    assert index["dimension"]["Index"]["category"]["label"]["gini"] == "Gini coefficient"
    assert index["dimension"]["Index"]["category"]["note"]["gini"]


def test_what_is_nearly_a_table_is_suggested(demo_site):
    assert "Did you mean" in got(demo_site, f"{TABLES}/populaton", 404)["detail"]
    assert got(demo_site, f"{TABLES}/POPULATION")["id"] == "population"


@pytest.mark.parametrize("table", [TEXTS, UNITS])
def test_every_text_is_in_both_languages_with_the_same_blanks(table):
    for name, text in table.items():
        assert set(text) == {"sv", "en"}, name
        blanks = [sorted(re.findall(r"{(\w+)}", one)) for one in text.values()]
        assert blanks[0] == blanks[1], name
