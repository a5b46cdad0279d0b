"""Comparison: what the page says is what the release answers, and addresses say it all."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.publish.intervals import Figure, difference, with_intervals
from samsyn.publish.numbers import number
from samsyn.statistics.query import LATEST, Release
from samsyn.statistics.release.store import Store

ONE, OTHER = "municipality/9901", "municipality/9903"
PAIR = f"place={ONE}&place={OTHER}"


@pytest.fixture
def release(demo_store: Store) -> Release:
    return Release.open(demo_store)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:2000]
    return html.unescape(response.content.decode())


def rows_of(page: str, section: str) -> dict[str, list[str]]:
    """The rows of the first table after a heading, by what stands first in them."""
    table = page[page.index(f'id="{section}"') :]
    table = table[: table.index("</table>")]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        plain = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
        found[plain[0]] = plain[1:]
    return found


def row_of(page: str, section: str, name: str) -> list[str]:
    return next(cells for title, cells in rows_of(page, section).items() if name in title)


def test_the_table_says_what_the_release_answers(demo_site: Client, release: Release) -> None:
    page = text_of(demo_site, f"/jamfor/?{PAIR}&indicator=rental_share")
    values = with_intervals(release.values("rental_share", areas=[ONE, OTHER], period=LATEST))
    own, other = (Figure.of(row) for row in values.sort("area").iter_rows(named=True))
    word = {"higher": "högre", "lower": "lägre", "alike": "ingen säker skillnad"}
    cells = [" ".join(cell.split()) for cell in row_of(page, "tabell", "Andel hyresrätter")]
    assert cells[0].startswith(" ".join(number(own.value, "share").split()))
    assert cells[1].startswith(" ".join(number(other.value, "share").split()))
    assert cells[1].endswith(word[difference(other, own)])
    assert not any(cells[0].endswith(told) for told in word.values())


def test_places_of_any_kinds_stand_beside_each_other(demo_site: Client, release: Release) -> None:
    regso = release.areas("regso", within=ONE)["area"][0]
    kind, _vintage, code = regso.split("/")
    custom = release.areas("custom")["code"][0]
    places = [ONE, "county/99", "country/00", f"{kind}/{code}", f"custom/{custom}", "type/C6"]
    query = "&".join(f"place={place}" for place in places)
    page = text_of(demo_site, f"/jamfor/?{query}&indicator=rental_share")
    assert len(row_of(page, "tabell", "Andel hyresrätter")) == len(places)


def test_an_index_is_told_by_its_parts(demo_site: Client) -> None:
    whole = text_of(demo_site, f"/jamfor.csv?{PAIR}&index=birth_country.dissimilarity.regso.abroad")
    for same in ("index=birth_country", "index=regso.birth_country", "grouping=birth_country",
                 "index=dissimilarity&grouping=birth_country&units=regso"):  # fmt: skip
        assert text_of(demo_site, f"/jamfor.csv?{PAIR}&{same}") == whole
    deso = text_of(demo_site, f"/jamfor.csv?{PAIR}&index=birth_country.deso")
    assert deso != whole
    assert "birth_country.dissimilarity.deso" in deso


def test_figures_of_an_index_are_those_of_the_release(demo_site: Client, release: Release) -> None:
    told = text_of(demo_site, f"/jamfor.csv?place={ONE}&index=birth_country.regso")
    rows = list(csv.DictReader(io.StringIO(told.lstrip("\ufeff"))))
    there = release.indices(
        "birth_country", "regso", index="dissimilarity", within=ONE, group="abroad"
    ).filter(region=release.area(ONE).area)
    by_period = {row["period"]: row for row in there.sort("units").iter_rows(named=True)}
    assert {row["period"] for row in rows} == set(by_period)
    for row in rows:
        assert float(row["value"]) == pytest.approx(by_period[row["period"]]["value"])
        assert float(row["lower"]) == pytest.approx(by_period[row["period"]]["lower"])


def test_a_type_of_municipalities_is_all_its_people(demo_site: Client, release: Release) -> None:
    members = release.areas("municipality").filter(type_group="C6")["area"].to_list()
    values = release.values("rental_share", areas=members)
    told = text_of(demo_site, f"/jamfor.csv?place={ONE}&place=type/C6&indicator=rental_share")
    rows = [
        row
        for row in csv.DictReader(io.StringIO(told.lstrip("\ufeff")))
        if row["area"] == "type/C6"
    ]
    assert rows
    for row in rows:
        there = values.filter(period=row["period"])
        share = sum(there["numerator"]) / sum(there["denominator"])
        assert float(row["value"]) == pytest.approx(share)
    page = text_of(demo_site, f"/jamfor/?place={ONE}&place=type/C6&indicator=median_net_income")
    assert f"medel av {len(members)} kommuner" in page


def test_before_and_after(demo_site: Client, release: Release) -> None:
    values = with_intervals(release.values("rental_share", areas=[ONE])).drop_nulls("value")
    first, last = (Figure.of(values.row(at, named=True)) for at in (0, -1))
    since, period = values["period"][0], values["period"][-1]
    page = text_of(
        demo_site, f"/jamfor/?{PAIR}&indicator=rental_share&since={since}&period={period}"
    )
    both = text_of(
        demo_site, f"/jamfor/?{PAIR}&indicator=rental_share&period={period}&period={since}"
    )
    name = release.area(ONE).name
    cells = row_of(page, "rental_share", name)
    assert cells == row_of(both, "rental_share", name)
    assert cells[0] == " ".join(number(first.value, "share").split())
    assert cells[1] == " ".join(number(last.value, "share").split())
    word = {
        "higher": "säker ökning", "lower": "säker minskning", "alike": "ingen säker förändring",
    }  # fmt: skip
    assert cells[3] == word[difference(last, first)]


def test_breaks_of_a_series_are_said(demo_site: Client, release: Release) -> None:
    # The demonstration has DeSO in two vintages, and some of them have other borders in the new.
    moved = None
    for area in release.areas("deso").filter(vintage="2025")["area"]:
        if "borders" in release.series("rental_share", area)["break"]:
            moved = area.split("/")[-1]
            break
    assert moved is not None
    page = text_of(demo_site, f"/jamfor/?place=deso/{moved}&indicator=rental_share")
    assert "serien bryts (nya gränser)" in page
    # Within one vintage there is no other border, and employment is counted otherwise since 2020.
    page = text_of(demo_site, f"/jamfor/?place=deso/{moved}&indicator=rental_share&period=2022")
    assert "serien bryts" not in page
    page = text_of(demo_site, f"/jamfor/?place={ONE}&indicator=employment_rate&period=2021")
    assert "serien bryts (ny definition)" in page
    chart = text_of(demo_site, f"/jamfor/diagram/time-rental_share.csv?place=deso/{moved}")
    assert ",borders" in chart


def test_what_cannot_be_used_is_told_and_the_rest_shown(demo_site: Client) -> None:
    page = text_of(
        demo_site, f"/jamfor/?{PAIR}&place=municipality/0000&indicator=rental_share"
        "&indicator=happiness&index=nothing.at.all&period=1812",
    )  # fmt: skip
    notice = page[page.index('class="notice" aria-label="Det som') :]
    notice = notice[: notice.index("</aside>")]
    for dropped in ("municipality/0000", "happiness", "nothing.at.all", "1812"):
        assert dropped in notice
    assert len(row_of(page, "tabell", "Andel hyresrätter")) == 2


def test_there_is_room_for_so_many(demo_site: Client, release: Release) -> None:
    keys = release.areas("deso").head(13)["area"].to_list()
    query = "&".join(f"place={key}" for key in keys)
    page = text_of(demo_site, f"/jamfor/?{query}&indicator=rental_share")
    assert len(row_of(page, "tabell", "Andel hyresrätter")) == 12
    assert "Högst 12 platser" in page
    assert 'id="add-place"' not in page


def test_a_file_of_what_is_wrong_is_refused(demo_site: Client) -> None:
    assert "happiness" in text_of(demo_site, f"/jamfor.csv?{PAIR}&indicator=happiness", 400)
    assert text_of(demo_site, "/jamfor.csv", 400)
    assert text_of(demo_site, f"/jamfor/diagram/time-happiness.svg?{PAIR}", 404)
    assert text_of(demo_site, f"/jamfor/diagram/pie-rental_share.svg?{PAIR}", 404)
    assert text_of(demo_site, f"/jamfor/karta/rental_share.vl.json?place={ONE}", 404)
    assert text_of(demo_site, "/jamfor/karta/rental_share.svg?place=country/00", 400)


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "xlsx"])
def test_the_figures_can_be_taken(demo_site: Client, form: str) -> None:
    query = f"{PAIR}&place=type/C6&indicator=rental_share&index=birth_country"
    response = demo_site.get(f"/jamfor.{form}?{query}")
    assert response.status_code == 200
    link = re.match(r"<([^>]+)>", response["Link"])
    assert link is not None
    assert parse_qs(urlsplit(link[1]).query)["place"] == [ONE, OTHER, "type/C6"]
    if form == "json":
        assert json.loads(response.content)["class"] == "dataset"


def test_every_picture_and_file_of_the_page_is_there(demo_site: Client) -> None:
    page = text_of(
        demo_site, f"/jamfor/?{PAIR}&place=type/C6&indicator=rental_share&index=birth_country"
    )
    pictures = set(re.findall(r'(?:src|srcset)="(/jamfor/[^"]+)"', page))
    assert {urlsplit(one).path for one in pictures} == {
        "/jamfor/diagram/order-rental_share.svg", "/jamfor/diagram/time-rental_share.svg",
        "/jamfor/diagram/order-birth_country.dissimilarity.regso.svg",
        "/jamfor/diagram/time-birth_country.dissimilarity.regso.svg",
        "/jamfor/karta/rental_share.svg",
    }  # fmt: skip
    for address in sorted(pictures):
        if "dark" not in address and "narrow" not in address:
            assert text_of(demo_site, address).startswith("<svg"), address
    files = set(re.findall(r'href="(/jamfor/(?:diagram|karta)/[^"]+)" download', page))
    for address in sorted(one for one in files if ".csv" in one or ".json" in one):
        assert demo_site.get(address).status_code == 200, address


def test_maps_are_on_one_scale(demo_site: Client) -> None:
    maps = [
        text_of(demo_site, f"/jamfor/karta/rental_share.svg?place={one}") for one in (ONE, OTHER)
    ]
    labels = [re.findall(r">([^<>]*%[^<>]*)<tspan", drawn) for drawn in maps]
    assert labels[0] == labels[1] != []


def test_places_are_found_with_and_without_a_script(demo_site: Client, release: Release) -> None:
    name = release.area(OTHER).name
    part = text_of(demo_site, f"/jamfor/platser/?place={ONE}&q={name[:4]}")
    assert "<html" not in part
    whole = text_of(demo_site, f"/jamfor/?place={ONE}&q={name[:4]}")
    address = re.search(rf'href="([^"]+)">{name} <span', part)
    assert address is not None
    assert address[1] in whole
    assert parse_qs(urlsplit(address[1]).query)["place"] == [ONE, OTHER]
    assert "Ingen plats hittades" in text_of(demo_site, "/jamfor/platser/?q=qqqqqq")


def test_where_nothing_is_chosen_there_are_examples(demo_site: Client) -> None:
    page = text_of(demo_site, "/jamfor/")
    examples = re.findall(r'class="whole" href="([^"]+)"', page)
    assert len(examples) == 4
    for address in examples:
        assert 'id="tabell"' in text_of(demo_site, address)
        assert "kunde inte användas" not in text_of(demo_site, address)


def test_a_pinned_page_stays_in_its_release(demo_site: Client) -> None:
    page = text_of(demo_site, f"/jamfor/?{PAIR}&release=demo")
    for address in re.findall(r'(?:href|src)="(/jamfor[^"]*\?[^"]*)"', page):
        assert parse_qs(urlsplit(address).query)["release"] == ["demo"], address
    assert text_of(demo_site, f"/jamfor/?{PAIR}&release=none", 404)


def test_in_english(demo_site: Client) -> None:
    page = text_of(demo_site, f"/en/jamfor/?{PAIR}&indicator=rental_share")
    assert row_of(page, "tabell", "Share of rental dwellings")
    assert "/en/jamfor/diagram/" in page


WORDS = st.one_of(
    st.sampled_from(
        [ONE, OTHER, "type/C6", "type/", "country/00", "9901", "regso/9901R001", "/",
         "municipality/", "rental_share", "birth_country.gini.deso", "birth_country",
         "dissimilarity", ".", "..",
         "2022", "2012", "demo", "deso", "regso", "-1", "nan", "1e999", "5", "0"]
    ),
    st.text(max_size=12),
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(
        ["place", "indicator", "index", "grouping", "units", "period", "since", "map", "level", "q",
         "release", "look", "bare", "narrow", "weight.population", "weight.rental_share", "weight."]
    ),
    st.text(max_size=6),
)  # fmt: skip
PATHS = st.sampled_from(
    ["/jamfor/", "/en/jamfor/", "/jamfor/lika/", "/jamfor/platser/", "/jamfor.csv", "/jamfor.json",
     "/jamfor/lika.json", "/jamfor/karta/rental_share.csv", "/jamfor/diagram/time-rental_share.csv"]
)  # fmt: skip


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, query=st.lists(st.tuples(NAMES, WORDS), max_size=6))
def test_nothing_in_an_address_is_too_much(
    demo_site: Client, path: str, query: list[tuple[str, str]]
) -> None:
    asked: dict[str, list[str]] = {}
    for name, value in query:
        asked.setdefault(name, []).append(value)
    assert demo_site.get(path, asked).status_code in {200, 400, 404}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=20), form=st.sampled_from(["svg", "csv", "json", "vl.json"]))
def test_nothing_in_a_name_is_too_much(demo_site: Client, name: str, form: str) -> None:
    for folder in ("diagram", "karta"):
        path = f"/jamfor/{folder}/{name.replace('/', '')}.{form}"
        assert demo_site.get(path, {"place": ONE}).status_code in {200, 301, 400, 404}
