"""The neighbourhood sorting index, against its oracle and what is known."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.sorting import neighbourhood_sorting_index
from tests.measure.cases import cases
from tests.measure.oracles import sorting as oracle

COUNTS = [[9, 3, 1, 0], [2, 6, 4, 3], [0, 1, 5, 8]]


@given(case=cases())
def test_every_region_at_once(case):
    groups = case.counts.shape[1]
    values = [100.0 * (g - 1.5) ** 2 for g in range(groups)]
    for given_values, expected_values in ((values, values), (None, list(range(groups)))):
        found = neighbourhood_sorting_index(case.counts, case.region, values=given_values)
        expected = [
            oracle.neighbourhood_sorting_index(case.units(r), expected_values)
            for r in range(case.regions)
        ]
        # A root near 0 keeps half the digits.
        assert_allclose(found**2, np.square(expected), rtol=0, atol=1e-9)


def test_known_values():
    apart = [[5, 0, 0], [0, 5, 0], [0, 0, 5]]
    even = [[1, 2, 3], [10, 20, 30], [0, 0, 0]]
    assert_allclose(neighbourhood_sorting_index(apart), [1])
    assert_allclose(neighbourhood_sorting_index(even), [0], atol=1e-7)
    assert_allclose(neighbourhood_sorting_index([[3, 1], [1, 3]]), [0.5])


def test_limits_stand_for_the_middles_of_their_classes():
    middles = neighbourhood_sorting_index(COUNTS, values=[50, 150, 300, 600])
    closed = neighbourhood_sorting_index(COUNTS, limits=[0, 100, 200, 400, 800])
    assert_allclose(closed, middles)


@pytest.mark.parametrize("limits", [[100, 200, 400], [-np.inf, 100, 200, 400, np.inf]])
def test_an_open_class_is_as_wide_as_its_neighbour(limits):
    closed = neighbourhood_sorting_index(COUNTS, limits=[0, 100, 200, 400, 600])
    assert_allclose(neighbourhood_sorting_index(COUNTS, limits=limits), closed)


def test_the_unit_of_measurement_does_not_matter():
    one = neighbourhood_sorting_index(COUNTS, limits=[0, 100, 200, 400, 800])
    other = neighbourhood_sorting_index(COUNTS, limits=[7, 57, 107, 207, 407])
    assert_allclose(other, one)


def test_surroundings_give_the_means():
    counts = [[4.0, 0.0], [0.0, 4.0]]
    around = [[3.0, 1.0], [1.0, 3.0]]
    assert_allclose(neighbourhood_sorting_index(counts, environment=around), [0.5])


def test_one_class_or_nobody_is_nan():
    found = neighbourhood_sorting_index([[0.1, 0], [0.2, 0], [0, 0]], [0, 0, 1], values=[7, 8])
    assert_allclose(found, [np.nan, np.nan])


def test_replicates_come_first():
    stack = np.stack([COUNTS, 2 * np.array(COUNTS), np.array(COUNTS)[::-1]])
    each = [neighbourhood_sorting_index(c, [0, 1, 1]) for c in stack]
    assert_allclose(neighbourhood_sorting_index(stack, [0, 1, 1]), each)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"limits": [0, 1], "values": [1, 2]}, "give one of them"),
        ({"values": [1, 2, 3]}, "values must be 2"),
        ({"values": [1, np.nan]}, "values must be 2"),
        ({"limits": [1, 2, 3, 4]}, "limits has shape"),
        ({"limits": [1, 1, 2]}, "must rise"),
        ({"limits": [5.0]}, "give values instead"),
    ],
)
def test_wrong_limits_and_values_say_what_to_do(given, message):
    with pytest.raises(InputError, match=message):
        neighbourhood_sorting_index([[1, 2], [3, 4]], **given)
