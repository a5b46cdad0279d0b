"""Segregation by scale: checkerboards of fine and coarse squares, and every bandwidth by itself."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, evenness, multigroup
from samsyn.measure.profile import macro_micro_ratio, segregation_profile
from samsyn.measure.smoothing import smoothed
from tests.measure.places import middles


def checkerboard(size, side=24):
    """Squares of `size` by `size` units with one group each."""
    row, column = np.divmod(np.arange(side * side), side)
    dark = (row // size + column // size) % 2
    return np.column_stack([10.0 * dark, 10.0 * (1 - dark)])


def test_each_bandwidth_is_the_smoothed_index():
    rng = np.random.default_rng(3)
    counts, region = rng.poisson(5, (4, 50, 3)).astype(float), np.arange(50) % 4
    xy = rng.uniform(0, 9, (50, 2))
    options = {"xy": xy, "kernel": "triangular", "across": True}
    found = segregation_profile("dissimilarity", counts, region, bandwidths=[4, 1], **options)
    assert found.shape == (2, 4, 4, 3)
    for k, bandwidth in enumerate((4, 1)):
        expected = smoothed("dissimilarity", counts, region, bandwidth=bandwidth, **options)
        assert_array_equal(found[k], expected)


def test_fine_squares_vanish_with_scale_and_coarse_ones_stay():
    xy = middles(24, 24)
    fine, coarse = (
        segregation_profile(
            multigroup.multigroup_theil_h, checkerboard(size), xy=xy, bandwidths=[0.5, 1.5, 3]
        )[:, 0]
        for size in (1, 12)
    )
    assert_allclose([fine[0], coarse[0]], 1.0)
    assert fine[2] < 0.01
    assert coarse[2] > 0.6
    assert np.all(np.diff(coarse) < 0)


def test_the_ratio_of_large_to_small_scale():
    xy = middles(24, 24)
    options = {"xy": xy, "micro": 0.5, "macro": 3.0, "kernel": "uniform"}
    fine, coarse = (
        macro_micro_ratio("multigroup_theil_h", checkerboard(size), **options)[0]
        for size in (1, 12)
    )
    assert fine < 0.05
    assert 0.4 < coarse < 1
    even = macro_micro_ratio(evenness.dissimilarity, np.ones((576, 2)), group=0, **options)
    assert_array_equal(even, [np.nan])


def test_wrong_bandwidths_are_named():
    options = {"xy": np.zeros((2, 2))}
    with pytest.raises(InputError, match="one or more distances"):
        segregation_profile("gini", np.ones((2, 2)), bandwidths=500, **options)
    with pytest.raises(InputError, match="macro must be the larger"):
        macro_micro_ratio("gini", np.ones((2, 2)), micro=2.0, macro=1.0, **options)
