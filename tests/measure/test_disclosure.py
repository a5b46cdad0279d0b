"""Suppression that totals cannot undo, audited by linear programming, and rounding."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, disclosure
from samsyn.measure.disclosure import round_to_base, suppress_small
from tests.measure.oracles import disclosure as oracle


@st.composite
def small_tables(draw):
    """Whole counts, many of them small or 0, in up to three regions."""
    units, groups = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    high = draw(st.sampled_from([3, 8, 30]))
    counts = rng.integers(0, high, (units, groups)) * (rng.random((units, groups)) < 0.8)
    return counts.astype(float), rng.integers(0, 3, units)


@settings(max_examples=80)
@given(table=small_tables(), zeros=st.booleans())
def test_no_suppressed_cell_can_be_worked_out_unless_it_is_marked(table, zeros):
    counts, region = table
    found = suppress_small(counts, region, threshold=5, zeros=zeros)
    for r in np.unique(region):
        here = region == r
        known = oracle.bounds(counts[here].tolist(), found.suppressed[here].tolist())
        for cell, (low, high) in known.items():
            assert high - low > 0.5 or found.exposed[here][cell]


@given(table=small_tables(), zeros=st.booleans())
def test_a_marked_cell_is_given_away_even_when_everything_is_suppressed(table, zeros):
    counts, region = table
    found = suppress_small(counts, region, zeros=zeros)
    for r in np.unique(region[found.exposed.any(axis=1)]):
        here = region == r
        known = oracle.bounds(counts[here].tolist(), np.ones_like(counts[here], bool).tolist())
        for cell in zip(*np.nonzero(found.exposed[here]), strict=True):
            low, high = known[cell]
            assert high - low < 1e-9


@given(table=small_tables())
def test_small_counts_are_hidden_and_the_rest_is_as_it_was(table):
    counts, region = table
    found = suppress_small(counts, region, threshold=5)
    small = (counts > 0) & (counts < 5)
    assert_array_equal(found.primary, small)
    assert np.all(found.suppressed >= small)
    assert_array_equal(np.isnan(found.values), found.suppressed)
    assert_array_equal(found.values[~found.suppressed], counts[~found.suppressed])
    assert not np.any(found.exposed & ~found.suppressed)


@given(table=small_tables())
def test_regions_are_protected_each_by_itself(table):
    counts, region = table
    found = suppress_small(counts, region)
    for r in np.unique(region):
        alone = suppress_small(counts[region == r])
        assert_array_equal(found.suppressed[region == r], alone.suppressed)
        assert_array_equal(found.exposed[region == r], alone.exposed)


def test_the_smallest_rectangle_is_chosen():
    counts = [[3, 50, 20], [40, 60, 70], [9, 80, 11]]
    found = suppress_small(counts)
    assert found.suppressed.tolist() == [
        [True, False, True],
        [False, False, False],
        [True, False, True],
    ]
    assert found.primary.sum() == 1


def test_small_cells_that_protect_each_other_need_no_more():
    counts = [[3, 2, 20], [4, 1, 70], [90, 80, 60]]
    found = suppress_small(counts)
    assert_array_equal(found.suppressed, found.primary)


def test_a_cell_alone_in_its_unit_is_protected_by_an_empty_one():
    counts = [[3, 0], [20, 30]]
    found = suppress_small(counts)
    assert found.suppressed.all()
    assert not found.exposed.any()


def test_a_region_of_one_unit_is_exposed():
    found = suppress_small([[3, 50], [20, 30], [40, 4]], [0, 1, 1])
    assert found.exposed.tolist() == [[True, False], [False, False], [False, False]]


def test_without_totals_only_small_counts_go():
    found = suppress_small([[3, 50], [20, 0]], totals=False)
    assert found.suppressed.tolist() == [[True, False], [False, False]]
    found = suppress_small([[3, 50], [20, 0]], totals=False, zeros=True)
    assert found.suppressed.tolist() == [[True, False], [False, True]]


def test_blocks_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    counts, region = rng.poisson(9, (60, 5)).astype(float), rng.integers(0, 4, 60)
    whole = suppress_small(counts, region)
    assert not whole.exposed.any()
    monkeypatch.setattr(disclosure, "_BLOCK", 1)
    parts = suppress_small(counts, region)
    assert not parts.exposed.any()
    assert parts.suppressed.sum() <= 1.2 * whole.suppressed.sum()


@given(counts=st.lists(st.integers(0, 500), min_size=1, max_size=30), base=st.sampled_from([3, 5]))
def test_rounded_counts_are_multiples_less_than_a_base_away(counts, base):
    counts = np.array(counts)
    for found in (
        round_to_base(counts, base),
        round_to_base(counts, base, method="random", seed=1),
    ):
        assert_array_equal(found % base, 0)
        assert np.all(np.abs(found - counts) < base)
        assert_array_equal(found[counts % base == 0], counts[counts % base == 0])
    assert np.all(np.abs(round_to_base(counts, base) - counts) <= base / 2)


def test_random_rounding_is_unbiased_and_seeded():
    counts = np.full((20_000, 4), [1.0, 2.0, 3.0, 4.0])
    found = round_to_base(counts, 5, method="random", seed=3)
    assert_allclose(found.mean(axis=0), [1, 2, 3, 4], atol=0.09)
    assert_array_equal(found, round_to_base(counts, 5, method="random", seed=3))


def test_wrong_input_is_named():
    with pytest.raises(InputError, match="threshold is 0"):
        suppress_small([[1, 2]], threshold=0)
    with pytest.raises(InputError, match="give one table"):
        suppress_small([[[1, 2]]])
    with pytest.raises(InputError, match="base is -5"):
        round_to_base([1], -5)
    with pytest.raises(InputError, match="give nearest or random"):
        round_to_base([1], method="controlled")
    with pytest.raises(InputError, match=r"count at \[1\]"):
        round_to_base([1, np.nan])
