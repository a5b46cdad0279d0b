"""Cells as numbers and statuses."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.sources.values import symbols_in, values_of


def got(cells, **options):
    value, status = values_of(pl.Series(cells), "f", lambda at: f"cell {at}", **options)
    return list(zip(value.to_list(), status.to_list(), strict=True))


def spaced(number, space):
    return f"{number:,}".replace(",", space)


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1),
    st.sampled_from([" ", "\u00a0", "\u202f", ""]),
)
def test_thousands_in_any_kind_of_space(numbers, space):
    assert got([spaced(n, space) for n in numbers]) == [(float(n), "ok") for n in numbers]


@given(st.lists(st.decimals(-9999, 9999, places=2).map(str), min_size=1), st.booleans())
def test_decimals_with_comma_or_point(numbers, comma):
    texts = [n.replace(".", ",") if comma else n for n in numbers]
    assert got(texts) == [(float(n), "ok") for n in numbers]


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=False)), min_size=1))
def test_numbers_that_are_numbers(numbers):
    series = [None if n is None or math.isnan(n) else n for n in numbers]
    expected = [(None, "missing") if n is None else (n, "ok") for n in series]
    assert got(pl.Series(numbers, dtype=pl.Float64)) == expected


def test_symbols_by_what_notes_say():
    assert got(["..", ".", "-", "", None, "7"]) == [
        (None, "missing"), (None, "not_applicable"), (None, "missing"), (None, "missing"),
        (None, "missing"), (7, "ok"),
    ]  # fmt: skip
    notes = [".. = Sekretess", "x: uppgift saknas", "Priser 2022: se nedan. Antal - totalt"]
    assert got(["..", "x", "-"], symbols=symbols_in(notes)) == [
        (None, "secret"), (None, "missing"), (None, "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["tolv", "12a", "1 2345", "12:30", "inf", "1,2,3", "=A1"])
def test_what_is_no_number_is_named(cell):
    with pytest.raises(InputError, match=r'f: cell 1 is ".*", which is neither'):
        got(["5", cell])


def test_a_comma_that_could_be_either_mark_is_not_guessed():
    with pytest.raises(InputError, match='"1,234" can be a whole number with thousands'):
        got(["1,234", "5"])
    assert got(["1,234", "5,5"]) == [(1.234, "ok"), (5.5, "ok")]
    assert got(["1,234", "5.5"]) == [(1234, "ok"), (5.5, "ok")]
    # In Excel, numbers that are numbers have a point whatever the others have.
    with pytest.raises(InputError):
        got(["1,234", "5.5"], typed=True)
