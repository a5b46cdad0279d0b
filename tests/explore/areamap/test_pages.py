"""The page of the map: every state of it is a page, and says what the release says."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.publish.numbers import number
from samsyn.statistics.query import Release


@pytest.fixture
def release(demo_release):
    return Release(demo_release)


def read(site, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def rows(page: str) -> list[tuple[str, str]]:
    """The areas of the table with their figures, in its order."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    found = re.findall(r'data-code="(\w+)".*?</span> ([^<]+?)\s*<', body, re.DOTALL)
    return [(code, said.strip()) for code, said in found]


def legend(page: str) -> list[tuple[str, int]]:
    """The classes with how many areas each has."""
    part = page[page.index('<ul class="classes">') :].partition("</ul>")[0]
    found = re.findall(r"<span>([^<]+)</span> <span class=\"soft\">(\d+)</span>", part)
    return [(label, int(count)) for label, count in found]


def test_without_a_question_the_map_shows_the_area_types(demo_site, release):
    page = read(demo_site, "/karta/")
    types = release.area_types("latest")
    assert "Områdestyp, 2024" in page
    assert sum(count for _, count in legend(page)) == types.height
    first = types.filter(types["published"].fill_null(types["computed"]) == 1).height
    assert legend(page)[0] == ("1 Stora utmaningar", first)
    assert f"har {first} stora socioekonomiska utmaningar (typ 1)" in page


def test_the_table_has_the_values_of_the_release(demo_site, release):
    page = read(demo_site, "/karta/?indicator=rental_share&level=municipality&period=2020")
    values = release.values("rental_share", level="municipality", period="2020")
    falling = values.sort("value", descending=True)
    wanted = [
        (area.rpartition("/")[2], number(value, "share"))
        for area, value in falling.select("area", "value").iter_rows()
    ]
    assert rows(page) == wanted


def test_the_table_is_put_in_another_order_and_cut_in_pages(demo_site):
    first = rows(read(demo_site, "/karta/?indicator=rental_share&level=deso"))
    second = rows(read(demo_site, "/karta/?indicator=rental_share&level=deso&page=2"))
    assert len(first) == len(second) == 50
    assert not {code for code, _ in first} & {code for code, _ in second}
    rising = rows(read(demo_site, "/karta/?indicator=rental_share&level=deso&order=rising"))
    assert rising[0] != first[0]
    beyond = rows(read(demo_site, "/karta/?indicator=rental_share&level=deso&page=99"))
    assert len(beyond) == 209 % 50


def test_names_stand_in_the_order_of_the_alphabet(demo_site):
    page = read(demo_site, "/karta/?indicator=rental_share&level=regso&sort=name")
    names = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)
    last = {"å": "{", "ä": "|", "ö": "}"}
    keys = ["".join(last.get(letter, letter) for letter in name.lower()) for name in names]
    assert keys == sorted(keys)
    assert 'aria-sort="ascending"' in page


def test_within_a_place_its_parts_are_shown_and_the_way_back(demo_site, release):
    page = read(demo_site, "/karta/?indicator=rental_share&within=municipality/9901")
    codes = [code for code, _ in rows(page)]
    there = release.areas("regso", within="municipality/9901")
    assert sorted(codes) == sorted(set(there["code"]))
    trail = page[page.index("breadcrumb") : page.index("</nav>", page.index("breadcrumb"))]
    assert trail.count("<li>") == 3
    assert "within=county%2F99" in trail


def test_the_same_limits_hold_all_years_and_within_every_place(demo_site):
    address = "/karta/?indicator=rental_share&level=regso"
    labels = [label for label, _ in legend(read(demo_site, address))]
    earlier = read(demo_site, f"{address}&period=2014")
    assert [label for label, _ in legend(earlier)] == labels
    inside = read(demo_site, f"{address}&within=municipality/9901")
    assert [label for label, _ in legend(inside)] == labels
    own = read(demo_site, f"{address}&period=2014&limits=own")
    assert [label for label, _ in legend(own)] != labels


def test_each_period_has_the_borders_that_it_was_counted_in(demo_site):
    address = "/karta/?indicator=rental_share&level=deso"
    newest, earlier = read(demo_site, address), read(demo_site, f"{address}&period=2020")
    assert 'data-areas="/karta/areas.json?level=deso/2025' in newest
    assert 'data-areas="/karta/areas.json?level=deso/2018' in earlier
    assert "Gränserna är de från 2018, som uppgifterna för 2012–2023 har." in earlier
    assert "av 209." in newest
    assert "av 200." in earlier
    fixed = read(demo_site, "/karta/?indicator=rental_share&level=deso/2018")
    assert "DeSO, gränser från 2018" in fixed
    assert 'option value="2024"' not in fixed


def test_an_index_is_shown_with_its_interval(demo_site, release):
    page = read(
        demo_site, "/karta/?index=dissimilarity&grouping=background&units=deso&level=municipality"
    )
    values = release.indices(
        "background", "deso", level="municipality", period="latest", index="dissimilarity",
        group="foreign",
    ).sort("value", descending=True)  # fmt: skip
    assert rows(page)[0] == (
        values["region"][0].rpartition("/")[2], number(values["value"][0], "index"),
    )  # fmt: skip
    low, high = (number(values[end][0], "index") for end in ("lower", "upper"))
    assert f"{low}–{high}" in page
    assert "95 procents intervall" in page


def test_an_index_may_be_named_as_the_list_names_it(demo_site):
    short = read(demo_site, "/karta/?indicator=dissimilarity.background")
    assert 'value="dissimilarity.background" selected' in short
    assert "Olikhetsindex" in short


def test_what_a_level_lacks_is_shown_as_near_as_can_be_and_told(demo_site):
    page = read(demo_site, "/karta/?indicator=area_type&level=deso")
    assert "Uppgiften finns inte på nivån DeSO. Kartan visar RegSO." in page
    page = read(demo_site, "/karta/?indicator=turnout_riksdag&level=municipality&period=2023")
    assert "finns inga uppgifter för 2023. Kartan visar 2022." in page
    # A municipality has no smaller one in it: its own figure is shown.
    page = read(
        demo_site, "/karta/?indicator=rental_share&level=municipality&within=regso/9901R001"
    )
    assert [code for code, _ in rows(page)] == ["9901"]


def test_colours_go_out_from_a_middle_only_where_there_is_one(demo_site):
    around = read(demo_site, "/karta/?indicator=concentration_at_extremes&level=deso")
    assert 'class="shade d1"' in around
    assert "ut från 0,000, åt båda hållen" in around
    assert 'class="shade d' not in read(demo_site, "/karta/?indicator=rental_share&level=deso")


def test_areas_without_a_figure_are_told_in_words(demo_site, release):
    values = release.values("rental_share", level="deso", period="latest")
    unknown = values.filter(values["value"].is_null())
    page = read(demo_site, "/karta/?indicator=rental_share&level=deso&order=rising&page=4")
    if unknown.height:
        assert ("uppgift saknas", unknown.height) in legend(page)
    else:
        assert "uppgift saknas" not in [label for label, _ in legend(page)]


def test_a_figure_has_its_unit_in_the_sentence(demo_site, release):
    page = read(demo_site, "/karta/?indicator=median_net_income&level=municipality")
    highest = release.values("median_net_income", level="municipality", period="latest")["value"]
    assert f"({number(highest.max(), 'tkr')}\u00a0tusen kronor)" in page


def test_in_english_the_same_figures_are_told_in_english(demo_site):
    page = read(demo_site, "/en/karta/?indicator=rental_share&level=municipality")
    assert "Highest in" in page
    assert "Share of rental" in page or "rental" in page.lower()
    assert "Högst" not in page


def test_a_page_of_a_release_that_is_named_keeps_to_it(demo_site):
    page = read(demo_site, "/karta/?indicator=rental_share&level=municipality&release=demo")
    within = re.findall(r'href="\?([^"#]+)', page)
    assert within
    assert all("release=demo" in query for query in within)
    places = re.findall(r'href="(/omrade/municipality/[^"]+)"', page)
    assert places
    assert all(address.endswith("?release=demo") for address in places)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("indicator=wealth", 400, "rental_share"),
        ("indicator=rental_share&level=parish", 400, "municipality"),
        ("indicator=rental_share&level=regso/1901", 400, "regso/20"),
        ("indicator=rental_share&period=3000", 400, "2012"),
        ("indicator=rental_share&sort=colour", 400, "name"),
        ("indicator=rental_share&page=0", 400, "helt tal"),
        ("indicator=rental_share&page=" + "9" * 5000, 400, "helt tal"),
        ("indicator=rental_share&limits=wide", 400, "own"),
        ("index=dissimilarity&grouping=shoes", 400, "background"),
        ("index=dissimilarity&grouping=background&group=none", 400, "foreign"),
        ("index=dissimilarity&grouping=background&units=parish", 400, "deso"),
        ("index=magic&grouping=background", 400, "magic"),
        ("within=municipality/0000", 404, "municipality/0000"),
        ("release=none", 404, "none"),
    ],
)
def test_what_cannot_be_shown_is_told_with_what_can(demo_site, query, status, said):
    answer = demo_site.get(f"/karta/?{query}")
    assert answer.status_code == status
    assert said in unescape(answer.content.decode())


NAMES = [
    "indicator", "index", "grouping", "group", "units", "level", "within", "period", "limits",
    "sort", "order", "page", "release", "look",
]  # fmt: skip
WORDS = [
    "area_type", "rental_share", "dissimilarity", "background", "foreign", "deso", "regso/2020",
    "custom", "custom/2018", "municipality/9901", "county/99", "regso/9901R001", "country/00",
    "2014", "latest", "own", "value", "falling", "2", "dark", ".", "/", "deso/", "dissimilarity.",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.sampled_from(
        ["/karta/", "/karta.csv", "/karta/figures.json", "/karta/areas.json", "/karta/style.json"]
    ),
    st.dictionaries(
        st.sampled_from([*NAMES, "below"]), st.sampled_from(WORDS) | st.text(max_size=8), max_size=4
    ),
)
def test_no_question_makes_it_fail(demo_site, path, asked):
    assert demo_site.get(path, asked).status_code in {200, 400, 404}
