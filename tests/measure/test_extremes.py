"""Concentration at the extremes, against its oracle and what is known."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.extremes import concentration_at_extremes, local_concentration_at_extremes
from tests.measure.cases import cases
from tests.measure.oracles import extremes as oracle


@given(case=cases(min_groups=3))
def test_of_regions_and_of_units(case):
    last = case.counts.shape[1] - 1
    for ends, low, high in (
        ({}, [0], [last]),
        ({"low": [0, 1], "high": 2}, [0, 1], [2]),
    ):
        found = concentration_at_extremes(case.counts, case.region, **ends)
        expected = [
            oracle.concentration_at_extremes(case.units(r), low, high) for r in range(case.regions)
        ]
        assert_allclose(found, expected, rtol=0, atol=1e-12)
        found = local_concentration_at_extremes(case.counts, case.region, **ends)
        expected = [
            oracle.concentration_at_extremes([row], low, high) for row in case.counts.tolist()
        ]
        assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_both_ends_are_told_apart_from_the_middle():
    counts = [[7, 0, 0], [0, 7, 0], [0, 0, 7], [3, 1, 3], [0, 0, 0]]
    assert_allclose(local_concentration_at_extremes(counts), [-1, 0, 1, 0, np.nan])


def test_surroundings_take_the_place_of_the_unit():
    counts = [[4.0, 0.0], [0.0, 12.0]]
    around = [[1.0, 3.0], [1.0, 1.0]]
    assert_allclose(local_concentration_at_extremes(counts, environment=around), [0.5, 0.0])
    assert_allclose(concentration_at_extremes(counts, environment=around), [0.125])


def test_replicates_come_first():
    stack = np.arange(24.0).reshape(2, 4, 3)
    region = [1, 0, 1, 0]
    for index in (concentration_at_extremes, local_concentration_at_extremes):
        assert_allclose(index(stack, region), [index(c, region) for c in stack])


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        ({"low": [0, 2]}, "both low and high"),
        ({"high": 3}, "high is 3"),
        ({"low": []}, "low is empty"),
    ],
)
def test_wrong_ends_are_refused(ends, message):
    with pytest.raises(InputError, match=message):
        concentration_at_extremes([[1, 2, 3]], **ends)
