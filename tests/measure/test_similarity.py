"""Which areas are alike, and what of them makes it."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, structural_distances
from tests.measure.oracles import similarity as oracle

METHODS = ("z", "minmax", "rank", "mean")


@st.composite
def tables(draw):
    """Areas by components with ties and gaps, all with some spread, and weights, some of them 0."""
    areas, components = draw(st.integers(3, 10)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = rng.integers(0, 6, (areas, components)) / 8
    values[0], values[1] = 0.0, 1.0
    values[2:][rng.random((areas - 2, components)) < 0.25] = np.nan
    weights = rng.integers(0, 4, components).astype(float)
    weights[rng.integers(components)] = 2.0
    return values, weights


def gaps(row):
    return [np.nan if value is None else value for value in row]


@pytest.mark.parametrize("method", METHODS)
@given(table=tables())
def test_distances_are_those_of_plain_loops(method, table):
    values, weights = table
    columns = [[None if np.isnan(v) else float(v) for v in column] for column in values.T]
    found = structural_distances(values, 0, weights=weights, method=method)
    for area in range(len(values)):
        distance, parts, known = oracle.distance(columns, weights.tolist(), 0, area, method)
        assert_allclose(found.distance[area], gaps([distance])[0], atol=1e-12)
        assert_allclose(found.contributions[area], gaps(parts), atol=1e-9)
        assert_allclose(found.known[area], known)


@given(table=tables())
def test_distances_are_the_same_both_ways_and_none_to_itself(table):
    values, weights = table
    every = np.stack(
        [structural_distances(values, at, weights=weights).distance for at in range(len(values))]
    )
    assert_allclose(every, every.T, atol=1e-12)
    own = np.diag(every)
    assert np.all((own == 0) | np.isnan(own))
    assert np.all((every >= 0) | np.isnan(every))


@given(
    table=tables(),
    scale=st.sampled_from([1e-6, 0.01, 100.0, -1.0, 3e7]),
    shift=st.sampled_from([0.0, -5.0, 1000.0]),
    factor=st.sampled_from([1e-300, 0.25, 7.0, 1e200]),
)
def test_units_and_the_size_of_weights_do_not_matter(table, scale, shift, factor):
    values, weights = table
    plain = structural_distances(values, 1, weights=weights)
    other = values.copy()
    other[:, 0] = other[:, 0] * scale + shift
    again = structural_distances(other, 1, weights=weights * factor)
    assert_allclose(again.distance, plain.distance, rtol=1e-7, atol=1e-7)
    assert_allclose(again.known, plain.known)


@given(table=tables())
def test_what_each_component_adds_sums_to_the_whole(table):
    values, weights = table
    found = structural_distances(values, 0, weights=weights)
    apart = found.distance > 0
    assert_allclose(found.contributions[apart].sum(axis=1), 1.0)
    assert np.isnan(found.contributions[~apart]).all()
    assert np.all(found.contributions[apart][:, weights == 0] == 0)


@given(table=tables())
def test_a_component_without_weight_may_hold_anything(table):
    values, weights = table
    assume(np.any(weights == 0))
    other = values.copy()
    other[:, weights == 0] = np.nan
    assert_allclose(
        structural_distances(other, 0, weights=weights).distance,
        structural_distances(values, 0, weights=weights).distance,
    )


def test_by_hand():
    # Mean 2 and standard deviation sqrt(2/3) in the first, 5 and sqrt(50/3) in the second.
    values = [[1.0, 0.0], [2.0, 5.0], [3.0, 10.0]]
    step = 1 / sqrt(2 / 3)
    found = structural_distances(values, 0, weights=[3, 1])
    assert_allclose(found.distance, [0.0, step, 2 * step])
    assert_allclose(found.differences[2], [2 * step, 2 * step])
    assert_allclose(found.contributions[1], [0.75, 0.25])


def test_what_is_missing_is_not_guessed():
    values = [[1.0, 0.0, 4.0], [2.0, np.nan, 6.0], [3.0, 10.0, np.nan], [np.nan, np.nan, 5.0]]
    found = structural_distances(values, 0)
    assert_allclose(found.known, [1.0, 2 / 3, 2 / 3, 1 / 3])
    assert np.isnan(found.distance[3])  # a third is too little to say
    assert_allclose(found.contributions[1, 1], 0.0)
    assert np.isnan(found.differences[1, 1])
    assert np.isfinite(structural_distances(values, 0, least=0.3).distance[3])
    # Of an area that lacks everything nothing is known, not even its distance to itself.
    lacking = structural_distances([[np.nan], [1.0], [2.0]], 0, least=0.0)
    assert np.isnan(lacking.distance).all()


@pytest.mark.parametrize(
    ("values", "area", "options", "told"),
    [
        ([[1.0], [2.0]], 2, {}, "no area 2"),
        ([[1.0], [2.0]], -1, {}, "no area -1"),
        ([1.0, 2.0], 0, {}, "axes"),
        ([[1.0], [2.0]], 0, {"weights": [1.0, 2.0]}, "one for each component"),
        ([[1.0], [2.0]], 0, {"weights": [0.0]}, "at least one"),
        ([[1.0], [2.0]], 0, {"weights": [-1.0]}, "0 or more"),
        ([[1.0], [2.0]], 0, {"weights": [np.inf]}, "finite"),
        ([[1.0, 5.0], [2.0, 5.0]], 0, {}, "same value in every area"),
        ([[1.0], [2.0]], 0, {"method": "guess"}, "method"),
    ],
)
def test_what_is_refused(values, area, options, told):
    with pytest.raises(InputError, match=told):
        structural_distances(values, area, **options)
