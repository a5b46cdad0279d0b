"""Spatial proximity profile, against its oracle and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.contiguity import Contiguity, contiguity
from samsyn.measure.proximity_profile import spatial_proximity_profile
from tests.measure.cases import cases
from tests.measure.oracles import proximity_profile as oracle
from tests.measure.places import grid, neighbours

THRESHOLDS = [0.0, 0.13, 0.5, 0.77, 1.0]


def table(pairs, units):
    i, j = np.array(pairs, dtype=int).reshape(-1, 2).T
    return Contiguity.from_table(i, j, units=units)


@given(data=st.data(), case=cases(max_units=10))
def test_every_group_in_every_region(data, case):
    units = len(case.counts)
    pairs = data.draw(neighbours(units))
    found = spatial_proximity_profile(
        case.counts, case.region, contiguity=table(pairs, units), thresholds=THRESHOLDS
    )
    borders = np.zeros((units, units))
    for i, j in pairs:
        borders[i, j] = borders[j, i] = 1
    for r in range(case.regions):
        inside = case.region == r
        d = oracle.steps_between(borders[inside][:, inside].tolist())
        for g in range(case.counts.shape[1]):
            rows = case.pairs(r, g)
            expected = oracle.index(rows, d)
            assert_allclose(found.index[r, g], expected, rtol=0, atol=1e-9)
            curve = [oracle.nearness(rows, d, s) for s in THRESHOLDS]
            if np.isnan(expected):
                curve = [np.nan] * len(curve)
            assert_allclose(found.curve[r, g], curve, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases(max_units=10))
def test_replicates_pairs_of_groups_and_the_order_of_units(data, case):
    units = len(case.counts)
    pairs = data.draw(neighbours(units))
    order = np.array(data.draw(st.permutations(range(units))))
    place = np.argsort(order)
    shuffled = table([(place[i], place[j]) for i, j in pairs], units)
    replicates = np.stack([case.counts, case.counts[::-1]])
    found = spatial_proximity_profile(
        replicates, case.region, contiguity=table(pairs, units), group=1, against=0
    )
    for b, counts in enumerate(replicates):
        alone = spatial_proximity_profile(
            counts[order], case.region[order], contiguity=shuffled, against=0
        )
        assert_allclose(found.index[b], alone.index[:, 1], rtol=0, atol=1e-12)
        assert_allclose(found.curve[b], alone.curve[:, 1], rtol=0, atol=1e-12)


def test_a_group_in_one_corner_is_nearer_than_one_in_all_corners():
    near = contiguity(grid(6, 6))
    together, scattered = np.zeros(36, bool), np.zeros(36, bool)
    together[[0, 1, 6, 7]] = scattered[[0, 5, 30, 35]] = True
    one, four = (
        spatial_proximity_profile(np.column_stack([here, ~here]), contiguity=near, group=0)
        for here in (together, scattered)
    )
    # Of the six pairs of a square, four are one step apart and two are two; of the corners of
    # the map, four are five steps apart and two are ten.
    assert_allclose(one.curve[0, 1:], 6 / 8)
    assert_allclose(four.curve[0, 1:], 6 / 40)
    assert one.index[0] > four.index[0]


def test_where_all_border_on_each_other_a_group_by_itself_is_one():
    every = table([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], 4)
    apart = [[5, 0], [5, 0], [0, 9], [0, 9]]
    assert_allclose(spatial_proximity_profile(apart, contiguity=every).index, [[1, 1]])
    even = [[1, 3], [2, 6], [1, 3], [3, 9]]
    found = spatial_proximity_profile(even, contiguity=every).index
    assert_allclose(found, [[0, 0]], atol=1e-12)


def test_units_that_cannot_be_reached_are_not_near():
    found = spatial_proximity_profile([[1, 1], [1, 1]], contiguity=table([], 2), group=0)
    assert_allclose(found.curve, np.zeros((1, 101)))


def test_wrong_input_is_refused():
    with pytest.raises(InputError, match="ascending"):
        spatial_proximity_profile([[1, 2]], contiguity=table([], 1), thresholds=[0.5, 0.2])
    with pytest.raises(InputError, match="3 units"):
        spatial_proximity_profile([[1, 2]], contiguity=table([(0, 2)], 3))
