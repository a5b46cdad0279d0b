"""Differences between two times and between two regions."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, dissimilarity, theil_h
from samsyn.measure.comparison import compare, compare_regions
from samsyn.measure.inference import bootstrap
from tests.measure.cases import cases
from tests.measure.oracles import chance


@settings(max_examples=15)
@given(case=cases(min_groups=3, max_groups=3), other=cases(min_groups=3, max_groups=3))
def test_the_difference_is_that_of_the_indices(case, other):
    found = compare(
        theil_h, case.counts, other.counts, case.region, other.region, replicates=2, seed=1
    )
    before, after = theil_h(case.counts, case.region), theil_h(other.counts, other.region)
    common = min(len(before), len(after))
    assert_allclose(found.value[:common], after[:common] - before[:common], atol=1e-12)
    assert found.value.shape == (max(len(before), len(after)), 3)
    assert np.isnan(found.value[common:]).all()
    for part in vars(found).values():
        assert np.isnan(part[np.isnan(found.value)]).all()


def towns(rng, spread, regions, units=25, people=400):
    shares = 1 / (1 + np.exp(1.5 - spread * rng.normal(size=regions * units)))
    first = rng.binomial(people, shares)
    return np.column_stack([first, people - first]), np.repeat(np.arange(regions), units)


def test_a_change_is_found_and_no_change_is_not():
    rng = np.random.default_rng(4)
    even, region = towns(rng, 0.4, 30)
    uneven, _ = towns(rng, 1.2, 30)
    again = np.column_stack([rng.binomial(400, even[:, 0] / 400), np.zeros(len(even))])
    again[:, 1] = 400 - again[:, 0]
    changed = compare("theil_h", even, uneven, region, group=0, replicates=99, seed=1)
    assert (changed.p <= 0.05).all()
    assert (changed.lower > 0).all()
    # Drawn from the first, the second has twice its noise: the truth is its shares, not its value.
    same = compare("theil_h", even, again, region, group=0, replicates=99, seed=1)
    assert np.mean(same.p <= 0.05) < 0.35


def test_interval_and_p_value_speak_with_one_voice():
    rng = np.random.default_rng(6)
    before, region = towns(rng, 0.5, 60, units=8)
    after, _ = towns(rng, 0.6, 60, units=8)
    found = compare("dissimilarity", before, after, region, group=0, replicates=999, seed=1)
    outside = (found.lower > 0) | (found.upper < 0)
    clear = np.abs(found.p - 0.05) > 0.005
    assert_array_equal(outside[clear], (found.p < 0.05)[clear])
    assert 0 < outside.sum() < 60


def test_shuffled_labels_ask_whether_both_could_be_one():
    rng = np.random.default_rng(5)
    even, region = towns(rng, 0.4, 20)
    other, _ = towns(rng, 0.4, 20)
    uneven, _ = towns(rng, 1.5, 20)
    call = {"group": 0, "replicates": 199, "seed": 1, "test": "labels"}
    assert (compare("gini", even, uneven, region, **call).p <= 0.02).mean() > 0.8
    alike = compare("gini", even, other, region, **call).p
    assert 0.3 < alike.mean() < 0.7
    assert (alike <= 0.1).mean() < 0.35


def test_regions_are_compared_pair_by_pair():
    rng = np.random.default_rng(3)
    counts, region = towns(rng, 0.7, 4)
    pairs = [[0, 3], [2, 1], [1, 1]]
    call = {"group": 0, "replicates": 80, "seed": 2}
    found = compare_regions("dissimilarity", counts, region, pairs, **call)
    values = dissimilarity(counts, region, group=0)
    drawn = bootstrap("dissimilarity", counts, region, **call)
    for p, (a, b) in enumerate(pairs):
        assert_allclose(found.value[p], values[b] - values[a])
        own = (drawn[:, b] - drawn[:, a]).tolist()
        expected = chance.interval("basic", found.value[p], own, 0.95)
        assert_allclose((found.lower[p], found.upper[p]), expected, atol=1e-12)
    assert (found.value[2], found.p[2]) == (0, 1)


def test_what_cannot_be_compared_is_refused():
    counts, region = np.ones((4, 2)), [0, 0, 1, 1]
    with pytest.raises(InputError, match=r"pairs\[1\] is \[0, 2\] and there are 2 regions"):
        compare_regions("gini", counts, region, [[0, 1], [0, 2]])
    with pytest.raises(InputError, match="two region numbers"):
        compare_regions("gini", counts, region, [0, 1])
    with pytest.raises(InputError, match="one index is compared at a time"):
        compare_regions(["gini"], counts, region, [[0, 1]])
    with pytest.raises(InputError, match="different groups"):
        compare("gini", counts, np.ones((4, 3)))
    with pytest.raises(InputError, match="test is 'permutation'"):
        compare("gini", counts, counts, test="permutation")
