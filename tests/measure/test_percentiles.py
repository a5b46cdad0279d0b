"""Percentiles over people and profiles by scale, against sorting and plain sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError
from samsyn.measure.neighbours import nearest_neighbours
from samsyn.measure.percentiles import neighbourhood_profile, weighted_percentiles
from tests.measure.oracles import neighbours as oracle

VALUES = st.one_of(st.just(np.nan), st.integers(-4, 4).map(float))
UNITS = st.lists(
    st.tuples(VALUES, VALUES, st.integers(0, 8).map(lambda n: n / 4), st.integers(0, 3)),
    min_size=1,
    max_size=20,
)


@given(units=UNITS, q=st.lists(st.sampled_from([0, 5, 25, 100 / 3, 50, 75, 100]), min_size=1))
def test_the_least_value_that_q_per_cent_do_not_exceed(units, q):
    *values, weights, region = np.array(units).T
    found = weighted_percentiles(values, weights, q, region)
    for i, percentage in enumerate(q):
        for row, given_ in enumerate(values):
            for r in range(found.shape[-1]):
                at = region == r
                expected = oracle.percentile(given_[at], weights[at], percentage)
                assert_array_equal(found[i, row, r], expected)


def test_numpy_with_weights_agrees():
    rng = np.random.default_rng(1)
    values, weights = rng.normal(size=1000), rng.integers(1, 9, 1000)
    q = np.linspace(0, 100, 38)
    expected = np.percentile(values, q, weights=weights, method="inverted_cdf")
    assert_array_equal(weighted_percentiles(values, weights, q)[:, 0], expected)


def test_one_percentage_has_no_axis_of_its_own():
    assert_array_equal(weighted_percentiles([3.0, 1.0, 2.0], [1, 1, 1], 50), [2])


@pytest.mark.parametrize(
    ("values", "weights", "q", "message"),
    [
        ([1, 2], [1], 50, "one weight for each unit"),
        ([1, 2], [1, -1], 50, r"weights\[1\] is -1"),
        ([1, 2], [1, 1], 101, "from 0 to 100"),
        (1.0, [1], 50, "units last"),
    ],
)
def test_wrong_input_is_named(values, weights, q, message):
    with pytest.raises(InputError, match=message):
        weighted_percentiles(values, weights, q)


def test_a_profile_by_plain_sums():
    rng = np.random.default_rng(5)
    counts = rng.poisson(2, (60, 3)).astype(float)
    counts[7] = 0
    region = rng.integers(0, 3, 60)
    weights = counts.sum(axis=1)
    found = nearest_neighbours(counts, rng.uniform(0, 1000, (60, 2)), k=[5, 50])
    profile = neighbourhood_profile(found, weights, region, q=[10, 50])
    assert profile.percentiles.shape == (2, 2, 3, 3)
    for i in range(2):
        for r in range(3):
            for g in range(3):
                pairs = [
                    (found.shares[i, u, g], weights[u])
                    for u in range(60)
                    if region[u] == r and weights[u]
                ]
                whole = sum(w for _, w in pairs)
                mean = sum(p * w for p, w in pairs) / whole
                spread = sum((p - mean) ** 2 * w for p, w in pairs) / whole
                assert profile.mean[i, r, g] == pytest.approx(mean)
                assert profile.variance_ratio[i, r, g] == pytest.approx(spread / mean / (1 - mean))
                assert profile.percentiles[1, i, r, g] == oracle.percentile(
                    [p for p, _ in pairs], [w for _, w in pairs], 50
                )


def test_a_profile_knows_full_segregation_and_full_mixing():
    xy = [[0, 0], [1, 0], [2, 0], [3, 0]]
    apart = nearest_neighbours([[5, 0], [0, 5], [5, 0], [0, 5]], xy, k=[5, 20])
    profile = neighbourhood_profile(apart, [5, 5, 5, 5])
    assert_allclose(profile.variance_ratio[:, 0, 0], [1, 0])
    assert_allclose(profile.percentiles[[0, -1], 0, 0, 0], [0, 1])
    alone = nearest_neighbours([[5, 0], [5, 0]], [[0, 0], [1, 0]], k=5)
    assert np.isnan(neighbourhood_profile(alone, [5, 5]).variance_ratio).all()
