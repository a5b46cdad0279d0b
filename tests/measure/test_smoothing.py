"""Surroundings and the spatial version of any index, against loops and the package seg."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, evenness, exposure, multigroup
from samsyn.measure.smoothing import smoothed, surroundings
from samsyn.measure.sweeps import threads
from tests.measure.cases import cases
from tests.measure.oracles import smoothing as oracle
from tests.measure.places import middles, points
from tests.reference import patterns, reference_values

EXACT = {"rtol": 1e-12, "atol": 1e-12}
KERNELS = sorted(oracle.KERNELS)


# Weights of these are continuous, so that a distance rounded otherwise makes no difference.
CONTINUOUS = [name for name in KERNELS if name != "uniform"]


@st.composite
def scenes(draw):
    """Counts with a region and a place for each unit, where places and distances tie."""
    case = draw(cases())
    return case, draw(points(len(case.counts)))


@pytest.mark.parametrize("kernel", KERNELS)
@given(scene=scenes(), bandwidth=st.sampled_from([0.25, 0.5, 1.0, 2.5, 50.0]))
def test_within_regions_and_across_them(kernel, scene, bandwidth):
    case, xy = scene
    units, places = case.counts.tolist(), xy.tolist()
    for across in (False, True):
        found = surroundings(
            case.counts, xy, bandwidth=bandwidth, kernel=kernel, region=case.region, across=across
        )
        region = None if across else case.region
        expected = oracle.surroundings(units, places, kernel, bandwidth, region)
        assert_allclose(found, expected, **EXACT)


@pytest.mark.parametrize("kernel", KERNELS)
def test_many_units_over_all_sizes_of_surroundings(kernel):
    rng = np.random.default_rng(4)
    xy = np.concatenate([rng.normal(0, 1, (60, 2)), rng.normal(40, 9, (60, 2)), [[900, -700]]])
    xy += [674_000, 6_580_000]  # where rounding is coarser
    counts = rng.poisson(3, (121, 2)).astype(float)
    for bandwidth in (0.01, 0.7, 8.0, 300.0, 1e7):
        found = surroundings(counts, xy, bandwidth=bandwidth, kernel=kernel)
        expected = oracle.surroundings(counts.tolist(), xy.tolist(), kernel, bandwidth)
        assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("reach", [1.0, 1.5, np.inf])
def test_reach_cuts_where_it_says_and_counts_the_cut_itself(kernel, reach):
    xy, counts = middles(5, 4), np.arange(40.0).reshape(20, 2)
    units = counts.tolist()
    found = surroundings(counts, xy, bandwidth=1.2, kernel=kernel, reach=reach)
    weight, bandwidths = oracle.KERNELS[kernel]
    limitless = {kernel: (weight, np.inf if bandwidths > 1 else 1)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle, "KERNELS", limitless)
        expected = oracle.surroundings(units, xy.tolist(), kernel, 1.2, reach=reach)
    assert_allclose(found, expected, **EXACT)


def test_a_small_bandwidth_leaves_everyone_alone_and_a_large_one_together():
    xy, counts = middles(4, 4), np.arange(32.0).reshape(16, 2)
    assert_allclose(surroundings(counts, xy, bandwidth=0.9), counts)
    together = surroundings(counts, xy, bandwidth=50.0, kernel="uniform")
    assert_allclose(together, np.tile(counts.sum(axis=0), (16, 1)))


@given(scene=scenes())
def test_replicates_come_first_and_answer_as_one_by_one(scene):
    case, xy = scene
    stack = np.stack([case.counts, case.counts[::-1], 2 * case.counts])
    options = {"bandwidth": 1.5, "region": case.region}
    together = surroundings(stack, xy, **options)
    assert together.shape == stack.shape
    for found, counts in zip(together, stack, strict=True):
        assert_allclose(found, surroundings(counts, xy, **options), **EXACT)


def test_blocks_and_threads_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    counts, xy = rng.poisson(4, (7, 200, 3)).astype(float), rng.uniform(0, 9, (200, 2))
    whole = surroundings(counts, xy, bandwidth=2.0)
    monkeypatch.setattr(threads, "FEW", 0)
    for processors in (1, 3):
        monkeypatch.setattr(threads, "processors", lambda n=processors: n)
        assert_array_equal(surroundings(counts, xy, bandwidth=2.0), whole)
    monkeypatch.setattr("samsyn.measure.smoothing._BLOCK", 400)
    assert_array_equal(surroundings(counts, xy, bandwidth=2.0), whole)


@given(scene=scenes())
def test_each_region_is_measured_as_if_alone(scene):
    case, xy = scene
    found = surroundings(case.counts, xy, bandwidth=1.5, region=case.region)
    for r in np.unique(case.region):
        there = case.region == r
        alone = surroundings(case.counts[there], xy[there], bandwidth=1.5)
        assert_allclose(found[there], alone, **EXACT)


def test_smoothed_is_the_index_over_surroundings():
    rng = np.random.default_rng(2)
    counts, xy, region = rng.poisson(9, (40, 3)), rng.uniform(0, 9, (40, 2)), np.arange(40) % 3
    around = surroundings(counts, xy, bandwidth=3.0, kernel="gaussian", region=region, across=True)
    expected = evenness.atkinson(counts, region, group=1, shape=0.3, environment=around)
    options = {"xy": xy, "bandwidth": 3.0, "kernel": "gaussian", "across": True}
    for index in ("atkinson", evenness.atkinson):
        found = smoothed(index, counts, region, group=1, shape=0.3, **options)
        assert_array_equal(found, expected)


def test_no_units_have_no_surroundings():
    assert surroundings(np.zeros((0, 3)), np.zeros((0, 2)), bandwidth=1.0).shape == (0, 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bandwidth": 0}, "bandwidth is 0: give a distance above 0"),
        ({"bandwidth": np.nan}, "bandwidth is nan"),
        ({"bandwidth": np.inf}, "bandwidth is inf"),
        ({"bandwidth": 1, "reach": 0}, "reach is 0"),
        ({"bandwidth": 1, "kernel": "flat"}, "kernel is 'flat': choose one of uniform, tri"),
        ({"bandwidth": 1, "xy": [[0, 0]]}, "xy has shape"),
        ({"bandwidth": 1, "xy": [[0, 0], [0, np.nan], [1, 1]]}, r"xy\[1\]"),
    ],
)
def test_wrong_input_is_named(options, message):
    options = {"xy": np.zeros((3, 2)), **options}
    with pytest.raises(InputError, match=message):
        surroundings(np.ones((3, 2)), **options)


def test_an_index_without_surroundings_is_refused():
    options = {"xy": np.zeros((2, 2)), "bandwidth": 1.0}
    with pytest.raises(InputError, match="no index 'similarity'"):
        smoothed("similarity", np.ones((2, 2)), **options)
    with pytest.raises(InputError, match="area_types takes no environment"):
        smoothed("area_types", np.ones((2, 2)), **options)


# seg::localenv weighs by exp(-power * d), with power 2 and every unit, or those within maxdist.
SEG = {"none,default localenv": np.inf, "none,maxdist=2,exp": 2.0}


@pytest.mark.parametrize("pattern", "ABCD")
@pytest.mark.parametrize("env", SEG)
def test_spatial_indices_of_the_package_seg(pattern, env):
    expected = reference_values("R seg", f"seg::segdata pattern {pattern}")
    counts, xy = np.array(patterns(pattern)), middles()
    options = {"xy": xy, "bandwidth": 0.5, "kernel": "exponential", "reach": SEG[env]}
    for part, index in (
        ("d", multigroup.multigroup_dissimilarity),
        ("r", multigroup.relative_diversity),
        ("h", multigroup.multigroup_theil_h),
    ):
        found = smoothed(index, counts, **options)
        assert_allclose(found, [expected[f"spseg({env}).{part}"]], rtol=1e-13)
    met = smoothed(exposure.exposure_matrix, counts, **options)
    given_ = [expected[f"spseg({env}).p[{i}]"] for i in (1, 2, 3, 4)]
    assert_allclose(met.ravel(), given_, rtol=1e-13)


def test_pysal_measures_the_surroundings_as_if_people_lived_there():
    rng = np.random.default_rng(6)
    # PySAL rounds surroundings to whole people: with many people, that makes no difference.
    counts = rng.integers(0, 60, (60, 3)) * 1e12
    xy = rng.uniform(0, 5_000, (60, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports is deprecated here and there
        import geopandas as gpd
        from segregation.multigroup import MultiDissim, MultiInfoTheory
        from segregation.singlegroup import Dissim

        columns = dict(zip("abc", counts.T, strict=True), total=counts.sum(axis=1))
        frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*xy.T), crs=3006)
        expected = [
            MultiInfoTheory(frame, ["a", "b", "c"], distance=1_500).statistic,
            MultiDissim(frame, ["a", "b", "c"], distance=1_500).statistic,
            Dissim(frame, "a", "total", distance=1_500).statistic,
        ]
    around = surroundings(counts, xy, bandwidth=1_500, kernel="triangular")
    found = [
        multigroup.multigroup_theil_h(around)[0],
        multigroup.multigroup_dissimilarity(around)[0],
        evenness.dissimilarity(around, group=0)[0],
    ]
    assert_allclose(found, expected, rtol=0, atol=1e-9)
