"""Evenness of two groups, against its oracles and against what is known."""

import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError, evenness
from tests.measure.cases import cases
from tests.measure.oracles import evenness as oracle

TO_ONE = ["dissimilarity", "gini", "atkinson", "hutchens", "minmax", "theil_h"]
NAMES = [*TO_ONE, "gorard"]


@pytest.mark.parametrize("name", NAMES)
@given(case=cases())
def test_every_group_against_the_rest(name, case):
    found = getattr(evenness, name)(case.counts, case.region)
    expected = [
        [getattr(oracle, name)(case.pairs(r, g)) for g in range(case.counts.shape[1])]
        for r in range(case.regions)
    ]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(case=cases())
def test_a_group_against_another(name, case):
    found = getattr(evenness, name)(case.counts, case.region, group=1, against=0)
    expected = [getattr(oracle, name)(case.pairs(r, 1, 0)) for r in range(case.regions)]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@given(case=cases())
def test_atkinson_shapes(case):
    for shape in (0.1, 0.9):
        found = evenness.atkinson(case.counts, case.region, group=0, shape=shape)
        expected = [oracle.atkinson(case.pairs(r, 0), shape) for r in range(case.regions)]
        assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", TO_ONE)
def test_full_segregation_is_one_and_perfect_evenness_zero(name):
    index = getattr(evenness, name)
    apart = [[10, 0], [30, 0], [0, 5], [0, 7]]
    even = [[2, 4], [10, 20], [0, 0], [1, 2]]
    assert_allclose(index(apart), [[1, 1]], atol=1e-12)
    assert_allclose(index(even), [[0, 0]], atol=1e-12)


@given(case=cases())
def test_gorard_is_dissimilarity_times_the_share_of_the_others(case):
    share = case.counts.sum() - case.counts.sum(axis=0)
    found = evenness.gorard(case.counts) * max(case.counts.sum(), 1)
    assert_allclose(found, evenness.dissimilarity(case.counts) * share, rtol=0, atol=1e-9)


def test_atkinson_refuses_a_shape_outside_its_range():
    with pytest.raises(InputError, match="between 0 and 1"):
        evenness.atkinson([[1, 2]], shape=1.0)
