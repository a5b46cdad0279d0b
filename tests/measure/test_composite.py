"""Composite indices, area types and how sure they are."""

import csv
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, composite
from samsyn.measure.composite import (
    METHODS,
    area_types,
    composite_index,
    standardise,
    type_uncertainty,
)
from tests.measure.oracles import composite as oracle
from tests.reference import shared


@st.composite
def tables(draw):
    """Areas by components with ties and gaps, every component with some spread, and weights."""
    areas, components = draw(st.integers(3, 12)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = rng.integers(0, 6, (areas, components)) / 8
    values[0], values[1] = 0.0, 1.0
    values[2:][rng.random((areas - 2, components)) < 0.2] = np.nan
    return values, rng.integers(1, 9, areas).astype(float)


def lists(column):
    return [None if np.isnan(v) else v for v in column]


def gaps(column):
    return [np.nan if v is None else v for v in column]


@pytest.mark.parametrize("method", METHODS)
@given(table=tables())
def test_standardised_components(method, table):
    values, weights = table
    for mass in (weights, np.ones_like(weights)):
        found = standardise(values, weights=mass, method=method)
        for c, column in enumerate(values.T):
            expected = gaps(oracle.standardise(lists(column), mass.tolist(), method))
            assert_allclose(found[:, c], expected, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
@given(table=tables())
def test_the_index_is_the_weighted_mean_of_the_components(method, table):
    values, population = table
    weights = np.arange(1.0, values.shape[1] + 1)
    found = composite_index(values, method=method, weights=weights, population=population)
    scores = standardise(values, weights=population, method=method)
    expected = [
        sum(w * s for w, s in zip(weights, row, strict=True)) / sum(weights) for row in scores
    ]
    assert_allclose(found, expected, atol=1e-12)
    assert_array_equal(np.isnan(found), np.isnan(values).any(axis=1))


def test_direction_turns_a_component_and_weight_0_leaves_it_out():
    values = np.array([[0.1, 0.9], [0.3, 0.7], [0.5, np.nan]])
    found = composite_index(values, method="z", direction=[1, -1])
    assert_allclose(found[0], found[0])
    assert found[0] < found[1]
    assert_allclose(composite_index(values, weights=[1, 0]), [0.1, 0.3, 0.5])


def test_replicates_are_standardised_each_alone():
    values = np.random.default_rng(1).random((3, 8, 2))
    for method in METHODS:
        together = composite_index(values, method=method)
        assert_allclose(together, [composite_index(v, method=method) for v in values], atol=1e-12)
    index = composite_index(values)
    assert_array_equal(area_types(index), [area_types(v) for v in index])


@given(table=tables())
def test_types_by_limits(table):
    values, population = table
    limits = (1.3, 0.45, -0.2)
    index = values[:, 0]
    for mass in (population, np.ones_like(population)):
        found = area_types(index, limits=limits, population=mass)
        assert_array_equal(found, oracle.area_types(lists(index), mass.tolist(), limits))
        # Ascending limits count from the other end.
        turned = area_types(index, limits=limits[::-1], population=mass)
        assert_array_equal(turned[found > 0], 5 - found[found > 0])


def test_an_area_at_a_limit_belongs_above_it():
    # Mean 0 and standard deviation 1 exactly.
    assert area_types([1.0, -1.0]).tolist() == [2, 4]
    assert area_types([1.0, -1.0], limits=(-1, 0, 1)).tolist() == [4, 2]


def test_areas_that_are_all_alike_or_unknown_have_no_type():
    assert area_types([0.1] * 7).tolist() == [0] * 7
    assert area_types([np.nan, np.nan]).tolist() == [0, 0]


def test_the_limits_fit_the_official_number_of_areas_of_each_type():
    # An index inside its official type everywhere, sorted anew: possible only where the types'
    # sizes and the limits belong together, since mean and deviation follow from them.
    path = shared("data", "scb_regso", "regso2020_omradestyp_2022.csv")
    with path.open(encoding="utf-8-sig") as file:
        official = np.array(
            [int(row[1]) for row in csv.reader(file) if len(row) == 2 and row[1] in set("12345")]
        )
    assert np.bincount(official)[1:].tolist() == [160, 289, 855, 1770, 289]
    within = {1: 2.9, 2: 1.4, 3: 0.4, 4: -0.55, 5: -1.2}
    assert_array_equal(area_types([within[t] for t in official]), official)


def test_uncertainty_is_that_of_the_binomial():
    # Two areas far apart and one whose type turns on one coin toss in two.
    people = np.array([[10_000], [10_000], [1]])
    found = type_uncertainty([[0], [10_000], [0.5]], people, limits=(0.0,), replicates=4000, seed=1)
    assert found.types.tolist() == [2, 1, 1]
    assert found.change[:2].tolist() == [0, 0]
    assert abs(found.change[2] - 0.5) < 4 * sqrt(0.25 / 4000)
    assert_allclose(found.probability.sum(axis=1), 1)
    assert_allclose(found.share_changed, found.change.mean())


def test_more_people_make_types_surer():
    rng = np.random.default_rng(2)
    shares = rng.beta(2, 8, (200, 3))
    few, many = (
        type_uncertainty(shares * n, np.full((200, 1), n), replicates=60, seed=1).share_changed
        for n in (100, 10_000)
    )
    assert 0 < many < few / 3


def test_the_seed_decides_whatever_the_block(monkeypatch):
    rng = np.random.default_rng(4)
    people = rng.integers(20, 90, (30, 2))
    counts = rng.binomial(people, 0.3)
    sequence = np.random.SeedSequence(7)
    first = type_uncertainty(counts, people, replicates=50, seed=7)
    monkeypatch.setattr(composite, "_BLOCK", 130)
    assert_array_equal(
        first.probability, type_uncertainty(counts, people, replicates=50, seed=7).probability
    )
    for _ in range(2):
        again = type_uncertainty(counts, people, replicates=50, seed=sequence)
        assert_array_equal(first.probability, again.probability)
    generator = np.random.default_rng(7)
    one = type_uncertainty(counts, people, replicates=50, seed=generator)
    two = type_uncertainty(counts, people, replicates=50, seed=generator)
    assert not np.array_equal(one.probability, two.probability)


def test_areas_where_nobody_is_counted_have_no_type():
    found = type_uncertainty(
        [[1, 2], [5, 5], [0, 0], [np.nan, 1]], [[10, 10], [10, 10], [0, 10], [10, 10]],
        replicates=5, seed=1,
    )  # fmt: skip
    assert found.types[2:].tolist() == [0, 0]
    assert np.isnan(found.change[2:]).all()
    assert np.isnan(found.probability[2:]).all()
    assert not np.isnan(found.share_changed)


def test_wrong_input_is_named():
    with pytest.raises(InputError, match="component 1 has the same value in every area"):
        standardise([[1, 2], [2, 2]])
    with pytest.raises(InputError, match="component 0 has the same"):
        standardise([[2], [2], [np.nan]], method="minmax")
    with pytest.raises(InputError, match="give one of mean"):
        composite_index([[1.0]], method="pca")
    with pytest.raises(InputError, match="each 1 or -1"):
        composite_index([[1.0]], direction=[0.5])
    with pytest.raises(InputError, match="weights must be 1 finite"):
        composite_index([[1.0]], weights=[0])
    with pytest.raises(InputError, match="strictly"):
        area_types([1, 2, 3], limits=(1, 1))
    with pytest.raises(InputError, match="area 1, component 0: 3 of 2 is no share"):
        type_uncertainty([[1], [3]], [[2], [2]])
