"""Areas found by what somebody types."""

import pytest

from samsyn.statistics.areas import registry_of, search
from tests.statistics.areas.layers import layer, municipalities, national


def found(text, areas=None, limit=20):
    rows = search(national().areas if areas is None else areas, text, limit)
    return rows["area"].to_list()


@pytest.mark.parametrize("text", ["trollhattan", "Trollhättan", "TROLLHÄTTAN", " trollhättan "])
def test_a_municipality_is_found_first_however_it_is_typed(text):
    assert found(text)[0] == "municipality/2025/1488"


def test_a_place_is_found_by_a_word_without_its_ending():
    kronogarden = found("kronogarden")
    assert "regso/2025/1488R007" in kronogarden
    assert all("/1488R" in area for area in kronogarden)
    assert found("Kronogårds torg")[0] == "regso/2025/1488R007"


def test_codes_and_keys_find_their_area():
    assert found("1488R007") == ["regso/2025/1488R007", "regso/2020/1488R007"]
    assert found("1488r007", limit=1) == ["regso/2025/1488R007"]
    assert found("regso/2020/1488R007") == ["regso/2020/1488R007"]
    assert found("1488")[0] == "municipality/2025/1488"
    assert found("00")[0] == "country/2025/00"


def test_better_matches_and_larger_areas_come_first():
    areas = registry_of(
        [
            municipalities(_1488="Dalby", _1480="Övre Dalby"),
            layer("county", "2025", code=["14"], name=["Dalby län"]),
            layer("regso", "2025",
                  code=["1488R001", "1488R002", "1488R003", "1480R001", "1480R002"],
                  name=["Dalby", "Dalbyhöjden", "Södra Dalby", "Sydalby", "Lund"]),
        ],
        [],
    ).areas  # fmt: skip
    assert found("dalby", areas) == [
        "municipality/2025/1488",  # called so
        "regso/2025/1488R001",
        "county/2025/14",  # begins so
        "regso/2025/1488R002",
        "municipality/2025/1480",  # a word begins so
        "regso/2025/1488R003",
        "regso/2025/1480R001",  # within a word
    ]
    assert found("dalby", areas, limit=2) == ["municipality/2025/1488", "regso/2025/1488R001"]
    assert found("ovre dalby lund", areas) == ["regso/2025/1480R002"]


def test_a_slip_of_the_finger_finds_what_is_nearly_the_same():
    assert found("trolhattan") == ["municipality/2025/1488"]


def test_what_is_nothing_finds_nothing():
    assert found("xyzzyx") == []
    assert found(" -- ") == []
    assert found("") == []


def test_the_answer_has_the_columns_of_the_areas():
    areas = national().areas
    assert search(areas, "lextorp").columns == areas.columns
    assert search(areas, "").schema == areas.schema
