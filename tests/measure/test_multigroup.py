"""Segregation among many groups, against its oracles and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import evenness, exposure, multigroup
from tests.measure.cases import cases
from tests.measure.oracles import multigroup as oracle

NAMES = [
    "multigroup_dissimilarity",
    "multigroup_gini",
    "multigroup_theil_h",
    "mutual_information",
    "relative_diversity",
    "squared_coefficient_of_variation",
    "normalised_exposure",
    "divergence",
]
TO_ONE = [name for name in NAMES if name not in ("mutual_information", "divergence")]


@pytest.mark.parametrize("name", NAMES)
@given(case=cases())
def test_every_region_at_once_is_the_formula_region_by_region(name, case):
    found = getattr(multigroup, name)(case.counts, case.region)
    empty = [[0.0] * case.counts.shape[1]]
    expected = [getattr(oracle, name)(case.units(r) or empty) for r in range(case.regions)]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(case=cases())
def test_an_absent_group_a_scale_and_merged_equals_change_nothing(name, case):
    index = getattr(multigroup, name)
    plain = index(case.counts, case.region)
    absent = np.insert(case.counts, 1, 0.0, axis=1)
    assert_allclose(index(absent, case.region), plain, atol=1e-9)
    assert_allclose(index(3 * case.counts, case.region), plain, atol=1e-9)
    assert_allclose(index(case.counts[:, ::-1], case.region), plain, atol=1e-9)
    doubled = np.concatenate([case.counts / 2, case.counts / 2])
    assert_allclose(index(doubled, np.tile(case.region, 2)), plain, atol=1e-9)


@pytest.mark.parametrize("name", TO_ONE)
def test_full_segregation_is_one_and_perfect_evenness_zero(name):
    index = getattr(multigroup, name)
    apart = [[10, 0, 0], [30, 0, 0], [0, 5, 0], [0, 0, 7]]
    even = [[2, 4, 6], [10, 20, 30], [0, 0, 0]]
    assert_allclose(index(apart), [1], atol=1e-12)
    assert_allclose(index(even), [0], atol=1e-12)


@pytest.mark.parametrize("name", ["mutual_information", "divergence"])
def test_information_reaches_the_entropy_of_the_region(name):
    index = getattr(multigroup, name)
    assert_allclose(index([[8, 0], [0, 8]]), [np.log(2)], atol=1e-12)
    assert_allclose(index([[8, 0], [4, 0]]), [0], atol=1e-12)


def test_one_group_or_nobody_is_nan_where_the_index_divides_by_diversity():
    for name in TO_ONE:
        found = getattr(multigroup, name)([[3, 0], [4, 0], [0, 0]], [0, 0, 1])
        assert_allclose(found, [np.nan, np.nan])


@pytest.mark.parametrize(
    ("many", "two"),
    [
        (multigroup.multigroup_dissimilarity, evenness.dissimilarity),
        (multigroup.multigroup_gini, evenness.gini),
        (multigroup.multigroup_theil_h, evenness.theil_h),
        (multigroup.relative_diversity, exposure.correlation_ratio),
        (multigroup.squared_coefficient_of_variation, exposure.correlation_ratio),
        (multigroup.normalised_exposure, exposure.correlation_ratio),
    ],
)
@given(case=cases(max_groups=2))
def test_of_two_groups_it_is_the_index_of_two_groups(many, two, case):
    assert_allclose(
        many(case.counts, case.region), two(case.counts, case.region, group=0), atol=1e-9
    )


@pytest.mark.parametrize("name", NAMES)
def test_own_surroundings_change_nothing_and_the_whole_region_around_is_no_segregation(name):
    index = getattr(multigroup, name)
    counts = np.random.default_rng(2).integers(1, 30, (9, 3)).astype(float)
    assert_allclose(index(counts, environment=5 * counts), index(counts), atol=1e-12)
    everyone = np.tile(counts.sum(axis=0), (9, 1))
    assert_allclose(index(counts, environment=everyone), [0], atol=1e-12)


def test_surroundings_more_diverse_than_the_region():
    counts = [[9.0, 1.0], [8.0, 2.0]]
    around = [[1.0, 1.0], [1.0, 1.0]]
    assert multigroup.multigroup_theil_h(counts, environment=around)[0] < 0
    assert multigroup.relative_diversity(counts, environment=around)[0] < 0
    expected = 0.5 * np.log(0.5 / 0.85) + 0.5 * np.log(0.5 / 0.15)
    assert_allclose(multigroup.divergence(counts, environment=around), [expected])


def test_divergence_from_a_region_that_lacks_a_group_around_it_is_nan():
    assert_allclose(multigroup.divergence([[4.0, 0.0]], environment=[[1.0, 1.0]]), [np.nan])


@pytest.mark.parametrize("name", NAMES)
def test_replicates_come_first_and_answer_as_one_by_one(name):
    index = getattr(multigroup, name)
    stack = np.random.default_rng(3).integers(0, 9, (3, 12, 4)).astype(float)
    region = np.arange(12) % 4
    assert_allclose(index(stack, region), [index(c, region) for c in stack], atol=1e-12)
