"""Diversity of regions and within their units, against its oracles and what is known."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError, diversity, multigroup
from tests.measure.cases import cases
from tests.measure.oracles import diversity as oracle

ORDERS = [0.0, 0.5, 1.0, 2.0, 7.5, inf]


def by_region(case, function, *args):
    """The oracle's two parts of every region, (2, R)."""
    empty = [[0.0] * case.counts.shape[1]]
    return np.array([function(case.units(r) or empty, *args) for r in range(case.regions)]).T


@given(case=cases())
def test_entropy_by_part(case):
    region, within = by_region(case, oracle.entropy)
    assert_allclose(diversity.entropy(case.counts, case.region), region, atol=1e-9)
    for part, expected in (("within", within), ("between", region - within)):
        found = diversity.entropy(case.counts, case.region, part=part)
        assert_allclose(found, expected, rtol=0, atol=1e-9)
    between = diversity.entropy(case.counts, case.region, part="between")
    assert_allclose(
        between, multigroup.mutual_information(case.counts, case.region), rtol=0, atol=1e-9
    )


@given(case=cases())
def test_simpson_by_part(case):
    region, within = by_region(case, oracle.simpson_concentration)
    for part, alike in (("region", region), ("within", within)):
        found = diversity.simpson_concentration(case.counts, case.region, part=part)
        assert_allclose(found, alike, atol=1e-9)
        found = diversity.simpson_interaction(case.counts, case.region, part=part)
        assert_allclose(found, 1 - alike, rtol=0, atol=1e-9)
    for index in (diversity.simpson_concentration, diversity.simpson_interaction):
        found = index(case.counts, case.region, part="between")
        assert_allclose(found, within - region, rtol=0, atol=1e-9)


@pytest.mark.parametrize("order", ORDERS)
@given(case=cases())
def test_hill_and_renyi_by_part(order, case):
    region, within = by_region(case, oracle.hill_diversity, order)
    for part, expected in (("region", region), ("within", within), ("between", region / within)):
        found = diversity.hill_diversity(case.counts, case.region, order=order, part=part)
        assert_allclose(found, expected, rtol=1e-9)
        found = diversity.renyi_diversity(case.counts, case.region, order=order, part=part)
        assert_allclose(found, np.log(expected), rtol=0, atol=1e-9)


@pytest.mark.parametrize("order", ORDERS)
@given(case=cases())
def test_a_region_is_at_least_as_diverse_as_its_units(order, case):
    between = diversity.hill_diversity(case.counts, case.region, order=order, part="between")
    assert np.all(between[np.isfinite(between)] >= 1 - 1e-9)


@pytest.mark.parametrize("order", ORDERS)
def test_equal_groups_count_as_many_as_they_are(order):
    counts = [[6, 6, 6, 0], [6, 6, 6, 0]]
    assert_allclose(diversity.hill_diversity(counts, order=order), [3])
    assert_allclose(diversity.hill_diversity(counts, order=order, part="between"), [1])
    apart = [[6, 0, 0], [0, 6, 0], [0, 0, 6]]
    assert_allclose(diversity.hill_diversity(apart, order=order, part="between"), [3])


def test_orders_are_continuous_at_one_and_towards_infinity():
    counts = [[5, 20, 75], [40, 1, 3]]
    for part in ("region", "within", "between"):
        one, near = (
            diversity.hill_diversity(counts, order=q, part=part) for q in (1.0, 1.0 + 1e-6)
        )
        assert_allclose(near, one, rtol=1e-5)
        last, large = (diversity.hill_diversity(counts, order=q, part=part) for q in (inf, 5e4))
        assert_allclose(large, last, rtol=1e-3)


def test_normalised_entropy_is_one_for_equal_groups_of_the_whole_table():
    counts = [[5, 5], [7, 0], [0, 0]]
    found = diversity.entropy(counts, [0, 1, 2], normalised=True)
    assert_allclose(found, [1, 0, np.nan], atol=1e-12)


def test_surroundings_describe_the_units_and_not_the_region():
    counts = [[4.0, 0.0], [0.0, 4.0]]
    around = [[1.0, 1.0], [1.0, 1.0]]
    assert_allclose(diversity.simpson_interaction(counts, part="within"), [0])
    assert_allclose(diversity.simpson_interaction(counts, part="within", environment=around), [0.5])
    assert_allclose(diversity.hill_diversity(counts, environment=[[1.0, 0.0]] * 2), [2])


def test_wrong_orders_and_parts_are_refused():
    with pytest.raises(InputError, match="order is -1"):
        diversity.hill_diversity([[1, 2]], order=-1)
    with pytest.raises(InputError, match="order is nan"):
        diversity.renyi_diversity([[1, 2]], order=np.nan)
    with pytest.raises(InputError, match="part is 'alpha'"):
        diversity.entropy([[1, 2]], part="alpha")


def test_replicates_come_first_and_answer_as_one_by_one():
    stack = np.random.default_rng(3).integers(0, 9, (3, 12, 4)).astype(float)
    region = np.arange(12) % 4
    for part in ("region", "within", "between"):
        for order in ORDERS:
            found = diversity.renyi_diversity(stack, region, order=order, part=part)
            each = [diversity.renyi_diversity(c, region, order=order, part=part) for c in stack]
            assert_allclose(found, each, atol=1e-12)
