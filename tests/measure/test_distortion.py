"""Distortion coefficients, against the definition in loops and PySAL."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError
from samsyn.measure.distortion import global_distortion, local_distortion
from samsyn.measure.sweeps import threads
from tests.measure.cases import cases
from tests.measure.oracles import distortion as oracle
from tests.measure.places import middles, points

EXACT = {"rtol": 0, "atol": 1e-9}


@st.composite
def scenes(draw):
    """Counts with a region and a place for each unit, where places and distances tie."""
    case = draw(cases(max_units=10, max_regions=3))
    return case, draw(points(len(case.counts)))


@pytest.mark.parametrize("form", ["focal", "divergences"])
@given(scene=scenes())
def test_the_definition_region_by_region(form, scene):
    case, xy = scene
    # An empty unit may see nobody at first, where the definition has no answer.
    counts = case.counts + (case.counts.sum(axis=1, keepdims=True) == 0)
    found = local_distortion(counts, case.region, xy=xy, form=form)
    for r in np.unique(case.region):
        there = case.region == r
        expected = getattr(oracle, form)(counts[there].tolist(), xy[there].tolist())
        assert_allclose(found[there], expected, **EXACT)


@pytest.mark.parametrize("form", ["normalised", "focal", "divergences"])
@given(scene=scenes())
def test_empty_units_do_not_count(form, scene):
    case, xy = scene
    lived = case.counts.sum(axis=1) > 0
    found = local_distortion(case.counts, case.region, xy=xy, form=form)
    alone = local_distortion(case.counts[lived], case.region[lived], xy=xy[lived], form=form)
    assert_allclose(found[lived], alone, **EXACT)
    assert np.isnan(found[~lived]).all()


@given(scene=scenes())
def test_normalised_is_a_share_of_the_largest(scene):
    case, xy = scene
    found = local_distortion(case.counts, case.region, xy=xy)
    assert not np.any((found < 0) | (found > 1 + 1e-9))
    plain = local_distortion(case.counts, case.region, xy=xy, form="focal")
    for r in np.unique(case.region):
        there = case.region == r
        units = case.units(r)
        mixed = np.count_nonzero(np.sum(units, axis=0)) > 1
        expected = plain[there] / oracle.largest(units, 2_000) if mixed else np.nan
        assert_allclose(found[there], expected, rtol=2e-3)


def test_the_largest_is_reached_by_the_smallest_group_far_from_all_others():
    group = np.repeat([0, 1, 2], [100, 300, 600])
    counts = np.eye(3)[group]
    line = np.column_stack([np.arange(1_000.0), np.zeros(1_000)])
    found = local_distortion(counts, xy=line)
    assert_allclose(found[0], 1.0, atol=2e-3)
    assert found.max() == found[0]


def test_where_all_units_are_alike_nothing_is_distorted():
    counts = np.outer([1, 5, 2, 9.5], [2, 3, 4])
    assert_allclose(local_distortion(counts, xy=middles(2, 2)), 0, atol=1e-12)


@pytest.mark.parametrize("form", ["normalised", "focal", "divergences"])
@given(scene=scenes(), seed=st.integers(0, 99))
def test_the_order_of_units_and_the_scale_of_counts_and_places_do_not_matter(form, scene, seed):
    case, xy = scene
    found = local_distortion(case.counts, case.region, xy=xy, form=form)
    order = np.random.default_rng(seed).permutation(len(xy))
    counts, region = 4 * case.counts[order], case.region[order]
    other = local_distortion(counts, region, xy=8 * xy[order] - 64, form=form)
    assert_allclose(other, found[order], **EXACT)


@given(scene=scenes())
def test_the_global_index_is_the_mean_over_people(scene):
    case, xy = scene
    stack = np.stack([case.counts, case.counts[::-1]])
    found = global_distortion(stack, case.region, xy=xy, form="focal")
    units = local_distortion(stack, case.region, xy=xy, form="focal")
    assert units.shape == stack.shape[:2]
    assert found.shape == (2, case.regions)
    for b, counts in enumerate(stack):
        assert_allclose(units[b], local_distortion(counts, case.region, xy=xy, form="focal"))
        for r in range(case.regions):
            people = counts.sum(axis=1)[case.region == r]
            mean = np.nansum(people * units[b][case.region == r])
            assert_allclose(found[b, r], mean / people.sum() if people.sum() else np.nan, **EXACT)


def test_clustered_places_and_the_number_of_threads(monkeypatch):
    rng = np.random.default_rng(7)
    # From afar a town's places are almost equally distant: more than a bucket holds.
    town = rng.normal(0, 1e-3, (150, 2))
    xy = np.concatenate([town, rng.uniform(-9, 9, (30, 2)), town[:40]])
    counts = rng.poisson(2, (len(xy), 3)) + 1.0
    found = local_distortion(counts, xy=xy, form="focal")
    assert_allclose(found, oracle.focal(counts.tolist(), xy.tolist()), **EXACT)
    monkeypatch.setattr(threads, "FEW", 0)
    for processors in (1, 3):
        monkeypatch.setattr(threads, "processors", lambda n=processors: n)
        assert_array_equal(local_distortion(counts, xy=xy, form="focal"), found)


def test_pysal():
    rng = np.random.default_rng(8)
    counts, xy = rng.integers(1, 60, (50, 3)).astype(float), rng.uniform(0, 9e3, (50, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports is deprecated here and there
        import geopandas as gpd
        from segregation.local import LocalDistortion
        from segregation.multigroup import GlobalDistortion

        names = ["a", "b", "c"]
        columns = dict(zip(names, counts.T, strict=True))
        frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*xy.T), crs=3006)
        units = LocalDistortion(frame, names).statistics
        whole = GlobalDistortion(frame, names).statistic
    assert_allclose(local_distortion(counts, xy=xy, form="divergences"), units, **EXACT)
    assert_allclose(global_distortion(counts, xy=xy, form="divergences"), [whole], **EXACT)


def test_nothing_and_nobody():
    assert local_distortion(np.zeros((0, 2)), xy=np.zeros((0, 2))).shape == (0,)
    assert_array_equal(global_distortion(np.zeros((2, 2)), xy=np.zeros((2, 2))), [np.nan])
    found = global_distortion([[1, 2], [3, 0]], [2, 2], xy=[[0, 0], [1, 1]])
    assert np.isnan(found[:2]).all()
    assert found[2] > 0


def test_wrong_input_is_named():
    with pytest.raises(InputError, match="form is 'sum': choose one of normalised"):
        local_distortion([[1, 2]], xy=[[0, 0]], form="sum")
    with pytest.raises(InputError, match="xy has shape"):
        local_distortion([[1, 2]], xy=[[0, 0], [1, 1]])
