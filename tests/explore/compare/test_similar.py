"""The page of similar places: weights are seen, and what they do is told."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from django.test import Client

from samsyn.statistics.query import Release
from samsyn.statistics.query.similar import WEIGHTS
from samsyn.statistics.release.store import Store

ONE = "municipality/9901"


@pytest.fixture
def release(demo_store: Store) -> Release:
    return Release.open(demo_store)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return html.unescape(response.content.decode())


def names_of(page: str) -> list[str]:
    return re.findall(r'<span class="soft">\d+</span> <a href="[^"]+">([^<]+)</a>', page)


def weights_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="weight\.(\w+)" value="([^"]+)"', page))


def test_the_places_are_those_that_the_release_answers(demo_site: Client, release: Release) -> None:
    page = text_of(demo_site, f"/jamfor/lika/?place={ONE}")
    assert names_of(page) == release.similar(ONE).places["name"].to_list()
    told = weights_of(page)
    assert {name: float(weight) for name, weight in told.items() if float(weight)} == WEIGHTS


def test_weights_change_the_order(demo_site: Client, release: Release) -> None:
    weights = {"rental_share": 5.0, "population": 0.0}
    page = text_of(
        demo_site, f"/jamfor/lika/?place={ONE}&weight.rental_share=5&weight.population=0"
    )
    assert names_of(page) == release.similar(ONE, weights).places["name"].to_list()
    assert weights_of(page)["rental_share"] == "5"
    assert weights_of(page)["employment_rate"] == "0"


def test_a_weight_with_a_decimal_comma(demo_site: Client) -> None:
    page = text_of(demo_site, f"/jamfor/lika/?place={ONE}&weight.rental_share=2,5")
    assert weights_of(page)["rental_share"] == "2.5"


def test_weights_that_cannot_be_used_are_told(demo_site: Client) -> None:
    page = text_of(
        demo_site, f"/jamfor/lika/?place={ONE}&weight.rental_share=9&weight.luck=1"
        "&weight.population=much&weight.employment_rate=1",
    )  # fmt: skip
    for told in ("9", "luck", "much"):
        assert f"<strong>{told}</strong>" in page
    assert weights_of(page)["employment_rate"] == "1"
    nothing = text_of(demo_site, f"/jamfor/lika/?place={ONE}&weight.population=0")
    assert "alla vikter" in nothing
    assert names_of(nothing) == names_of(text_of(demo_site, f"/jamfor/lika/?place={ONE}"))
    assert text_of(demo_site, f"/jamfor/lika.csv?place={ONE}&weight.luck=1", 400)


def test_what_each_trait_adds_is_there_to_take(demo_site: Client, release: Release) -> None:
    told = text_of(demo_site, f"/jamfor/lika.csv?place={ONE}")
    rows = list(csv.DictReader(io.StringIO(told.lstrip("\ufeff"))))
    found = release.similar(ONE)
    assert len(rows) == found.parts.height
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["area"]] = sums.get(row["area"], 0.0) + float(row["contribution"])
    assert sums == {area: pytest.approx(1.0) for area in found.places["area"]}


def test_small_areas_have_similar_ones_and_counties_of_one_have_none(
    demo_site: Client, release: Release
) -> None:
    code = release.areas("regso").filter(vintage="2020")["code"][0]
    assert len(names_of(text_of(demo_site, f"/jamfor/lika/?place=regso/2020/{code}"))) == 12
    assert text_of(demo_site, "/jamfor/lika/?place=county/99", 400)
    assert text_of(demo_site, "/jamfor/lika/?place=nowhere", 400)
    assert text_of(demo_site, "/jamfor/lika/", 400)


def test_trollhattan_is_like_towns_of_its_size(national_site: Client) -> None:
    page = text_of(national_site, "/jamfor/lika/?place=municipality/1488")
    assert {"Uddevalla", "Borlänge", "Kristianstad"} <= set(names_of(page)[:4])
    pair = text_of(national_site, "/jamfor/?place=municipality/1488&place=municipality/1485")
    assert "Trollhättan och Uddevalla skiljer sig säkert åt" in pair
