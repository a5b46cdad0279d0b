"""What every index shares: checked counts, regions, replicates and surroundings."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError, dissimilarity, gini, tabulate
from tests.measure.cases import cases


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_a_bad_count_is_named_by_row_and_group(bad):
    counts = np.ones((4, 3))
    counts[2, 1] = bad
    with pytest.raises(InputError, match="row 2, group 1"):
        dissimilarity(counts)


@pytest.mark.parametrize(
    ("region", "message"),
    [([0, 1], "shape"), ([0, -1, 1], "numbered from 0"), ([0.5, 0, 1], "whole numbers")],
)
def test_a_bad_region_says_what_is_wrong(region, message):
    with pytest.raises(InputError, match=message):
        dissimilarity(np.ones((3, 2)), region)


def test_groups_outside_the_table_are_refused():
    with pytest.raises(InputError, match="group is 2 and there are 2"):
        dissimilarity(np.ones((3, 2)), group=2)
    with pytest.raises(InputError, match="against is -1"):
        dissimilarity(np.ones((3, 2)), against=-1)


def test_regions_without_units_and_tables_without_rows_are_nan_or_empty():
    assert_allclose(dissimilarity([[1, 0], [0, 1]], [2, 2], group=0), [np.nan, np.nan, 1.0])
    assert dissimilarity(np.zeros((0, 2)), [], group=0).shape == (0,)


@given(case=cases())
def test_replicates_come_first_and_answer_as_one_by_one(case):
    stack = np.stack([case.counts, case.counts[::-1], 2 * case.counts])
    together = dissimilarity(stack, case.region)
    for found, counts in zip(together, stack, strict=True):
        assert_allclose(found, dissimilarity(counts, case.region), atol=1e-12)


@given(case=cases())
def test_an_environment_equal_to_the_unit_changes_nothing(case):
    plain = dissimilarity(case.counts, case.region)
    around = dissimilarity(case.counts, case.region, environment=7 * case.counts)
    assert_allclose(around, plain, atol=1e-12)


@given(case=cases())
def test_a_table_stands_in_for_its_counts(case):
    table = tabulate(case.counts, case.region)
    for index in (dissimilarity, gini):
        assert_allclose(index(table), index(case.counts, case.region), atol=0)
    with pytest.raises(InputError, match="give them to tabulate"):
        dissimilarity(table, case.region)
