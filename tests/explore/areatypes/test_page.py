"""The page of the area types, over real releases."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.explore.areatypes import flows, types
from samsyn.statistics.query import Release

PUBLISHED = {1: 160, 2: 289, 3: 855, 4: 1770, 5: 289}  # of Sweden in 2022
LIMITS = (2.0, 1.0, 0.0, -1.0)


@pytest.fixture(scope="session")
def demo(demo_release) -> Release:
    return Release.open(demo_release)


def text(response) -> str:
    return response.content.decode()


def taken(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff"))))


def table(page: str, css: str) -> list[list[str]]:
    """The cells of the first table of a class."""
    body = re.findall(rf'class="{css}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)[0]
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split())
            for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def test_the_official_types_of_the_country_come_out(national_site):
    page = text(national_site.get("/omradestyper/"))
    shown = [int(re.sub(r"\D", "", row[1])) for row in table(page, "types")]
    assert shown == list(PUBLISHED.values())
    found = taken(national_site.get("/omradestyper.csv"))
    assert Counter(int(row["type"]) for row in found) == PUBLISHED


def test_people_of_the_country_are_all_in_a_type(national_site, national_release):
    release = Release.open(national_release)
    whole = release.values("population", level="regso", period="2022")["value"].sum()
    found = taken(national_site.get("/omradestyper.csv?part=people"))
    assert sum(float(row["people"]) for row in found) == pytest.approx(whole)
    assert sum(float(row["share"]) for row in found) == pytest.approx(1)


def test_a_single_year_is_told_kindly(national_site):
    page = text(national_site.get("/omradestyper/"))
    assert "ett enda år, 2022" in page
    assert national_site.get("/omradestyper/?since=2020").status_code == 200
    assert national_site.get("/omradestyper/diagram/flows.svg").status_code == 404


def test_computed_and_published_are_set_against_each_other(national_site, national_release):
    release = Release.open(national_release)
    agreement = release.agreement("2022")
    page = text(national_site.get("/omradestyper/"))
    matrix = [[int(re.sub(r"\D", "", n)) for n in row[1:]] for row in table(page, "matrix")]
    assert sum(map(sum, matrix)) == agreement.areas == 3363
    assert sum(matrix[i][i] for i in range(5)) / 3363 == pytest.approx(agreement.share)
    apart = taken(national_site.get("/omradestyper.csv?part=disagreements"))
    assert len(apart) == 3363 - sum(matrix[i][i] for i in range(5))
    distances = [float(row["distance"]) for row in apart]
    assert distances == sorted(distances, reverse=True)


def test_a_municipality_shows_both_its_ends(national_site):
    page = unescape(text(national_site.get("/omradestyper/?within=municipality/1488")))
    for name in ("Kronogårds Torg", "Norra Lextorp", "Björndalen", "Strömslund", "Halvorstorp"):
        assert name in page
    shown = [int(row[1]) for row in table(page, "types")]
    assert sum(shown) == 16
    assert "står andelen arbetslösa i dess ställe" in page


def test_counties_add_up_to_the_country(national_site):
    page = text(national_site.get("/omradestyper/"))
    links = re.findall(r'href="\?within=(county%2F\d\d)"', page)
    assert len(links) == 21
    assert "Västra Götalands län" in page
    response = national_site.get("/omradestyper.csv?part=regions")
    found = taken(response)
    assert len(found) == 290
    assert sum(int(row["first_areas"]) for row in found) == PUBLISHED[1]
    assert sum(int(row["last_areas"]) for row in found) == PUBLISHED[5]


def test_flows_are_those_of_areas_with_the_same_borders(demo, demo_site):
    """Followed by hand: each area's type by its code, and the borders by the crosswalk."""
    every = demo.area_types()
    then, now = (
        {
            row["area"]: row["published"] or row["computed"]
            for row in every.filter(pl.col("period") == period).iter_rows(named=True)
        }
        for period in ("2012", "2024")
    )
    same = {
        row["area"]: row["target"]
        for row in demo.crosswalk().iter_rows(named=True)
        if row["area"] in then and (row["population_share"] or row["area_share"]) > 0.995
    }
    expected = Counter((then[old], now[new]) for old, new in same.items())
    found = flows.between(demo, None, "2012", "2024")
    assert found.moved
    assert found.known
    assert Counter(zip(found.pairs["before"], found.pairs["after"], strict=True)) == expected
    assert found.pairs.height + found.left_out == len(then)

    page = text(demo_site.get("/omradestyper/?since=2012"))
    matrix = [[int(n) for n in row[1:]] for row in table(page, "matrix")]
    assert {(i + 1, j + 1): matrix[i][j] for i in range(5) for j in range(5)} == {
        (i, j): expected[i, j] for i in range(1, 6) for j in range(1, 6)
    }


def test_within_the_same_borders_every_area_is_followed(demo):
    found = flows.between(demo, None, "2012", "2023")
    assert not found.moved
    assert found.left_out == 0
    towards = {end: found.towards(end) for end in (1, 5)}
    assert (towards[1]["after"] < towards[1]["before"]).all()
    assert (towards[5]["after"] > towards[5]["before"]).all()
    changed = found.pairs.filter(pl.col("before") != pl.col("after")).height
    assert found.same + changed == 71
    assert towards[1].height + towards[5].height == changed


def test_of_borders_that_are_not_linked_nothing_is_said(national_release):
    """The country's RegSO of two vintages have the same codes, and no table that links them."""
    release = Release.open(national_release)
    codes = release.areas("regso/2025")["code"].head(20)
    then, now = (pl.DataFrame({"area": f"regso/{of}/" + codes}) for of in ("2020", "2025"))
    followed, known = flows._followed(release, then, now)
    assert followed.is_empty()
    assert not known


def test_an_uncertain_area_lies_next_to_the_type_it_may_have(demo):
    near = types.near_a_border(types.now(demo, None, "2020"))
    assert near.height
    for row in near.iter_rows(named=True):
        distances = [abs(row["z"] - limit) for limit in LIMITS]
        assert row["distance"] == pytest.approx(min(distances))
        at = distances.index(min(distances))
        assert {row["computed"], row["other"]} == {at + 1, at + 2}
    assert near["distance"].is_sorted()


def test_the_parts_can_be_taken(demo_site):
    every = taken(demo_site.get("/omradestyper.csv"))
    assert len(every) == 71
    assert {row["period"] for row in every} == {"2024"}
    assert len(taken(demo_site.get("/omradestyper.csv?part=people"))) == 13 * 5
    assert taken(demo_site.get("/omradestyper.csv?part=uncertain"))[0]["distance"]
    assert len(taken(demo_site.get("/omradestyper.csv?part=flows&since=2020&period=2022"))) == 71
    assert demo_site.get("/omradestyper.json").json()["class"] == "dataset"
    assert demo_site.get("/omradestyper.csv?part=everything").status_code == 400
    assert demo_site.get("/omradestyper.csv?part=flows&period=2012").status_code == 400


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("within", ["", "county/99", "municipality/9901"])
def test_every_picture_of_the_page_can_be_fetched(demo_site, language, within):
    page = text(demo_site.get(f"{language}/omradestyper/", {"within": within}))
    addresses = set(re.findall(r'src="([^"]+diagram[^"]+)"', page))
    assert len(addresses) >= 8
    for address in addresses:
        response = demo_site.get(unescape(address))
        assert response.status_code == 200, address
        assert "<svg" in text(response)


def test_the_first_period_has_nothing_before_it(demo_site):
    page = text(demo_site.get("/omradestyper/?period=2012"))
    assert "2012 är den första perioden" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=1900", "2024"),
        ("period=2015&since=2020", "2014"),
        ("within=regso/9901R001", "Hela landet"),
        ("within=Vattsta", "Vattstad"),
    ],
)
def test_a_wrong_choice_says_what_there_is(demo_site, query, said):
    response = demo_site.get(f"/omradestyper/?{query}")
    assert response.status_code == 400
    assert said in text(response)


ODD = st.one_of(
    st.sampled_from(
        ["", "2012", "2020", "2024", "county/99", "9901", "municipality/9903", "custom", "dark",
         "uncertain", "flows", "regions", "country/00", "regso/2020/9901R001", "x" * 300]
    ),
    st.text(max_size=12),
)  # fmt: skip
PATHS = (
    "/omradestyper/", "/en/omradestyper/", "/omradestyper.csv", "/omradestyper.json",
    "/omradestyper/diagram/map.csv", "/omradestyper/diagram/flows.csv",
    "/omradestyper/diagram/course.csv", "/omradestyper/diagram/none.csv",
)  # fmt: skip


@given(
    st.sampled_from(PATHS),
    st.dictionaries(
        st.sampled_from(["within", "period", "since", "part", "look", "bare", "release"]), ODD,
        max_size=4,
    ),
)  # fmt: skip
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_is_ever_a_fault_of_ours(demo_site, path, query):
    response = demo_site.get(path, query)
    assert response.status_code in {200, 400, 404}, (path, query)
