"""The list of indicators and the page of each, over real releases."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.publish.charts import with_ranks
from samsyn.publish.intervals import with_intervals
from samsyn.publish.numbers import number
from samsyn.statistics.indicators import indicators
from samsyn.statistics.query import Release

LANGUAGES = ("", "/en")


@pytest.fixture(scope="session")
def demo(demo_release) -> Release:
    return Release.open(demo_release)


def text(response) -> str:
    return response.content.decode()


def rows(response) -> list[list[str]]:
    """The cells of the table of all areas."""
    (body,) = re.findall(r'class="ranked".*?<tbody>(.*?)</tbody>', text(response), re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def taken(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff"))))


def answers_for_every_indicator(site, release):
    for language in LANGUAGES:
        listed = text(site.get(f"{language}/indikator/"))
        for name in {*indicators(), *release.indicators}:
            address = f"{language}/indikator/{name}/"
            assert f'href="{address}"' in listed
            response = site.get(address)
            assert response.status_code == 200, address
            assert release.indicator(name).name[language.strip("/") or "sv"] in unescape(
                text(response)
            )


def test_every_indicator_of_the_demonstration_has_a_page_in_both_languages(demo_site, demo):
    answers_for_every_indicator(demo_site, demo)


def test_every_indicator_of_the_country_has_a_page_in_both_languages(
    national_site, national_release
):
    answers_for_every_indicator(national_site, Release.open(national_release))


def test_the_table_says_what_the_release_says(demo_site, demo):
    found = rows(demo_site.get("/indikator/rental_share/?level=regso/2020&period=2019"))
    expected = with_ranks(
        with_intervals(demo.values("rental_share", level="regso/2020", period="2019"))
    )
    assert len(found) == expected.height == 71
    for cells, row in zip(found, expected.iter_rows(named=True), strict=True):
        best, worst = row["best"], row["worst"]
        assert cells[0] == (str(best) if best == worst else f"{best}–{worst}")
        assert cells[1] == row["name"]
        assert cells[2] == number(row["value"], "share", "sv")
        assert cells[3] == " – ".join(number(row[end], "share", "sv") for end in ("lower", "upper"))
    assert any("–" in cells[0] for cells in found), "areas that cannot be told apart share ranks"


def test_places_are_taken_home_as_they_are_chosen(demo_site, demo):
    query = "?level=regso/2020&period=2019&within=municipality/9901"
    found = taken(demo_site.get(f"/indikator/rental_share.csv{query}"))
    expected = demo.values(
        "rental_share", level="regso/2020", period="2019", within="municipality/9901"
    )
    assert {row["area"]: float(row["value"]) for row in found} == pytest.approx(
        dict(expected.select("area", "value").iter_rows())
    )
    assert len(rows(demo_site.get(f"/indikator/rental_share/{query}"))) == expected.height
    every = taken(demo_site.get(f"/indikator/rental_share.csv{query}&part=all"))
    assert {row["period"] for row in every} == {str(year) for year in range(2012, 2024)}


def test_a_period_finds_the_borders_that_have_it(demo_site):
    old = demo_site.get("/indikator/rental_share.csv?level=regso&period=2015")
    new = demo_site.get("/indikator/rental_share.csv?level=regso&period=2024")
    assert {row["area"].split("/")[1] for row in taken(old)} == {"2020"}
    assert {row["area"].split("/")[1] for row in taken(new)} == {"2025"}


def test_the_order_may_be_that_of_names(demo_site):
    names = [cells[1] for cells in rows(demo_site.get("/indikator/rental_share/?order=name"))]
    assert len(names) == 8
    assert names == sorted(names, key=str.lower)


def test_areas_with_the_same_value_share_a_rank(national_site, national_release):
    release = Release.open(national_release)
    expected = with_ranks(release.values("area_type", level="regso", period="2022"))
    found = rows(national_site.get("/indikator/area_type/"))
    assert len(found) == 300, "a page of the table"
    assert {cells[0] for cells in found} == {"1–289", "290–2059"}
    assert set(expected["best"]) == {1, 290, 2060, 2915, 3204}
    last = rows(national_site.get("/indikator/area_type/?page=12"))
    assert len(last) == 3363 - 11 * 300
    assert {cells[0] for cells in last} == {"3204–3363"}


def test_a_page_beyond_the_last_is_the_last(demo_site):
    assert rows(demo_site.get("/indikator/rental_share/?page=77")) == rows(
        demo_site.get("/indikator/rental_share/")
    )


@pytest.mark.parametrize("chart", ["ranking", "spread", "time"])
def test_each_chart_of_the_page_can_be_fetched(demo_site, chart):
    page = text(demo_site.get("/indikator/rental_share/?place=municipality/9901"))
    address = f"/indikator/rental_share/diagram/{chart}"
    assert f"{address}.svg?place=municipality%2F9901&amp;bare=1" in page
    drawn = demo_site.get(f"{address}.svg?place=municipality/9901&bare=1&look=dark")
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    assert "Vattstad" in text(drawn)
    assert demo_site.get(f"{address}.vl.json").json()["usermeta"]["samsyn"]["release"] == "demo"
    assert len(taken(demo_site.get(f"{address}.csv"))) >= 8


def test_the_map_is_a_picture_of_its_own(demo_site):
    drawn = demo_site.get("/indikator/rental_share/diagram/map.svg")
    assert text(drawn).count("data-key=") == 8
    assert demo_site.get("/indikator/rental_share/diagram/map.vl.json").status_code == 400
    assert len(taken(demo_site.get("/indikator/rental_share/diagram/map.csv"))) == 8


def test_the_definition_is_all_there(demo_site):
    page = unescape(text(demo_site.get("/indikator/rental_share/")))
    entry = indicators()["rental_share"]
    for told in (
        entry.explanation["sv"], entry.caveats["sv"], entry.numerator_name["sv"],
        entry.denominator_name["sv"], entry.next_review.isoformat(), "version 1", "SCB 000006OC",
    ):  # fmt: skip
        assert told in page


def test_an_indicator_without_figures_says_so(national_site):
    response = national_site.get("/indikator/reported_violent_crime/")
    assert response.status_code == 200
    assert "har inga uppgifter" in text(response)
    assert national_site.get("/indikator/reported_violent_crime.csv").status_code == 404


def test_an_unknown_indicator_gets_near_names(demo_site):
    for asked in ("rentalshare", "hyresratt", "Andel hyresrätter"):
        response = demo_site.get(f"/indikator/{asked}/")
        assert response.status_code == 404
        assert "/indikator/rental_share/" in text(response), asked


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("level=block", "RegSO"),
        ("period=1900", "2024"),
        ("level=deso/2018&period=2024", "2023"),
        ("within=Vattsta", "Vattstad"),
        ("within=municipality/9901", "Hela landet"),
        ("place=a&place=b&place=c&place=d&place=e", "4"),
        ("page=0", "sidnummer"),
        ("order=size", "value"),
    ],
)
def test_a_wrong_choice_says_what_there_is(demo_site, query, said):
    response = demo_site.get(f"/indikator/rental_share/?{query}")
    assert response.status_code == 400
    assert said in text(response)


def test_the_list_is_searched_without_accents(demo_site):
    found = text(demo_site.get("/indikator/?q=hyresratt"))
    assert "/indikator/rental_share/" in found
    assert "/indikator/employment_rate/" not in found
    assert "/indikator/segregation/tenure/" in found
    assert 'href="/indikator/employment_rate/"' in text(demo_site.get("/indikator/?focus=labour"))
    assert demo_site.get("/indikator/?focus=nothing").status_code == 400


ODD = st.one_of(
    st.sampled_from(
        [
            "", "regso", "regso/2020", "deso", "municipality/9901", "county/99", "9901", "2012",
            "2024", "isolation", "dissimilarity", "low/high", "foreign", "-1", "1e9", "all",
            "dark", "Vattstad", "municipality", "custom", "country/00", "name", "🙂", "a" * 300,
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "level", "period", "within", "place", "order", "page", "vintage", "part", "look", "index",
        "group", "units", "q", "focus", "release", "bare",
    ]
)  # fmt: skip
PATHS = st.sampled_from(
    [
        "/indikator/", "/indikator/rental_share/", "/indikator/inequality_index/",
        "/indikator/socioeconomic_index/", "/indikator/rental_share.csv",
        "/en/indikator/rental_share.json", "/indikator/turnout_riksdag/diagram/time.csv",
        "/indikator/segregation/background/", "/en/indikator/segregation/economic_standard/",
        "/indikator/segregation/tenure.csv", "/indikator/segregation/age/diagram/scales.csv",
        "/indikator/rental_share/diagram/map.svg",
    ]
)  # fmt: skip


@given(PATHS, st.lists(st.tuples(NAMES, ODD), max_size=5))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_is_ever_a_fault_of_ours(demo_site, path, parameters):
    query: dict[str, list[str]] = {}
    for name, value in parameters:
        query.setdefault(name, []).append(value)
    response = demo_site.get(path, query)
    assert response.status_code in {200, 400, 404}, (path, query)


@given(st.text(min_size=1, max_size=20).filter(lambda text: "/" not in text))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_is_ever_a_fault_of_ours(demo_site, name):
    from urllib.parse import quote

    for path in ("/indikator/{}/", "/indikator/segregation/{}/", "/indikator/{}.csv"):
        response = demo_site.get(path.format(quote(name, safe="")))
        assert response.status_code in {200, 301, 302, 400, 404}, name
