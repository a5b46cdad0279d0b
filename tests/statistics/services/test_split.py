"""Requests under a server's limit of cells."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.services.split import cells, halve, split

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=4).filter(lambda s: prod(s) <= 4000)


def cube(sizes):
    return {f"d{n}": [f"{n}.{code}" for code in range(size)] for n, size in enumerate(sizes)}


def every_cell(codes):
    return list(product(*codes.values()))


@given(SIZES, st.integers(1, 500))
def test_the_parts_are_within_the_limit_disjoint_and_together_the_whole(sizes, limit):
    whole = cube(sizes)
    parts = split(whole, limit)
    assert all(1 <= cells(part) <= limit for part in parts)
    assert all(list(part) == list(whole) for part in parts)
    found = [cell for part in parts for cell in every_cell(part)]
    assert sorted(found) == sorted(every_cell(whole))


@given(SIZES, st.integers(1, 500))
def test_there_are_not_many_more_parts_than_the_cells_need(sizes, limit):
    whole = cube(sizes)
    assert len(split(whole, limit)) <= max(1, 4 * cells(whole) / limit)


@given(SIZES)
def test_halves_are_the_whole_in_two(sizes):
    whole = cube(sizes)
    halves = halve(whole)
    assert len(halves) == (1 if cells(whole) == 1 else 2)
    found = [cell for part in halves for cell in every_cell(part)]
    assert sorted(found) == sorted(every_cell(whole))


def test_a_national_table_is_split_along_its_areas():
    whole = {"Region": range(5984), "Kon": range(3), "Tid": range(14)}
    parts = split(whole, 150_000)
    assert [len(part["Region"]) for part in parts] == [2992, 2992]
    assert all(len(part["Kon"]) == 3 and len(part["Tid"]) == 14 for part in parts)


def test_what_fits_is_one_request():
    whole = cube([3, 4])
    assert split(whole, 12) == [whole]


def test_nothing_fits_under_no_limit():
    with pytest.raises(InputError, match="0 cells"):
        split(cube([2]), 0)
