"""A part of Sweden is not taken for the whole."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from samsyn.statistics.areas.sweden import MUNICIPALITIES, lacking_beside, partly_there
from tests.reference import shared

EVERY = sorted(code for codes in MUNICIPALITIES.values() for code in codes)


def areas(municipalities: list[str]) -> pl.DataFrame:
    """The areas of these municipalities and of the counties that they lie in."""
    counties = sorted({code[:2] for code in municipalities})
    keys = [f"municipality/2025/{code}" for code in municipalities]
    keys += [f"county/2025/{code}" for code in counties]
    return pl.DataFrame({"area": [*keys, "country/2025/00"]})


def test_the_codes_are_those_of_the_official_list() -> None:
    with shared("data", "municipalities.csv").open(encoding="utf-8-sig") as file:
        official = sorted(row["municipality_code"] for row in csv.DictReader(file))
    assert official == EVERY
    assert len(MUNICIPALITIES) == 21


def test_all_of_sweden_is_no_part() -> None:
    assert partly_there(areas(EVERY)) == []
    assert lacking_beside(EVERY) == []


@pytest.mark.parametrize("code", ["1488", "0980"])
def test_one_municipality_is_a_part_of_the_country(code: str) -> None:
    # Gotland is a county of one municipality.
    county = [] if code == "0980" else [f"county/2025/{code[:2]}"]
    assert partly_there(areas([code])) == [*county, "country/2025/00"]


def test_a_whole_county_is_no_part_though_the_country_is() -> None:
    assert partly_there(areas(sorted(MUNICIPALITIES["20"]))) == ["country/2025/00"]


def test_where_one_is_lacking_its_county_is_a_part() -> None:
    there = [code for code in EVERY if code != "1488"]
    assert partly_there(areas(there)) == ["county/2025/14"]
    assert lacking_beside(there) == ["1488"]


def test_made_up_places_are_whole_as_they_are() -> None:
    assert partly_there(areas(["9901", "9902"])) == []
    assert partly_there(areas(["0101", "0102", "0201"])) == []
    assert lacking_beside(["9901"]) == []


def test_what_is_lacking_in_a_county_is_told_where_most_of_it_is_there() -> None:
    county = sorted(MUNICIPALITIES["03"])
    assert lacking_beside(county[1:]) == county[:1]
    assert lacking_beside([*county[1:], "1488"]) == county[:1]
    assert lacking_beside(county[:2]) == []
