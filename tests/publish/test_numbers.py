"""How numbers are written in both languages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.numbers import (
    DASH,
    MINUS,
    SPACE,
    about,
    axis_format,
    cell,
    d3_format,
    number,
    quantity,
)
from samsyn.statistics.indicators import UNITS


@pytest.mark.parametrize(
    ("value", "unit", "swedish", "english"),
    [
        (0.1234, "share", f"12,3{SPACE}%", "12.3%"),
        (12345.6, "persons", f"12{SPACE}346", "12,346"),
        (0.5616, "index", "0,562", "0.562"),
        (-0.25, "index", f"{MINUS}0,250", f"{MINUS}0.250"),
        (-0.0001, "index", "0,000", "0.000"),
        (1234567, "per_100000", f"1{SPACE}234{SPACE}567", "1,234,567"),
        (0.0, "share", f"0,0{SPACE}%", "0.0%"),
        # Units of somebody's own have the decimals that the value has.
        (14.0, "personer", "14", "14"),
        (2.5, "timmar", "2,5", "2.5"),
        (1 / 3, "timmar", "0,33", "0.33"),
    ],
)
def test_numbers_by_their_unit(value: float, unit: str, swedish: str, english: str) -> None:
    assert number(value, unit, "sv") == swedish
    assert number(value, unit, "en") == english


def test_words_of_units() -> None:
    assert quantity(312.4, "tkr", "sv") == f"312,4{SPACE}tusen kronor"
    assert quantity(312.4, "tkr", "en") == f"312.4{SPACE}SEK thousand"
    assert quantity(0.5, "share", "sv") == f"50,0{SPACE}%"
    assert quantity(None, "persons", "sv") == DASH


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_not_known_is_never_0(nothing: float | None, language: str) -> None:
    assert number(nothing, "share", language) == DASH
    for status in ("missing", "secret", "not_applicable", None):
        shown = cell(nothing, "share", status, language)
        assert shown
        assert not any(sign.isdigit() for sign in shown)
    assert cell(None, "share", "secret", "sv") == "sekretess"


@given(st.floats(-1e9, 1e9), st.sampled_from(sorted(UNITS)))
def test_both_languages_write_the_same_number(value: float, unit: str) -> None:
    swedish = number(value, unit, "sv").replace(SPACE, "").replace(",", ".").replace(SPACE, "")
    assert swedish == number(value, unit, "en").replace(",", "")


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, 0), (7, 7), (42, 42), (123, 120), (7582, 7600), (104_900, 100_000), (105_100, 110_000)],
)
def test_about_keeps_two_figures(people: float, said: float) -> None:
    assert about(people) == said


@given(st.floats(1, 1e8))
def test_about_is_at_most_a_twentieth_off(people: float) -> None:
    assert abs(about(people) - people) <= max(0.05 * people, 0.5) + 1e-9


def test_formats_for_vega_follow_the_unit() -> None:
    assert (d3_format("share"), d3_format("persons"), d3_format("index")) == (
        ",.1%", ",.0f", ",.3f",
    )  # fmt: skip
    assert (axis_format("share"), axis_format("tkr")) == (",~%", ",~f")
