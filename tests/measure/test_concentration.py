"""Concentration, against its oracles and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, concentration
from tests.measure.cases import cases
from tests.measure.oracles import concentration as oracle
from tests.measure.places import sizes

NAMES = ["delta", "absolute_concentration", "relative_concentration"]


def rows(case, area, region, group, against=None):
    """The units of a region as the oracles take them: both sides, everyone, land."""
    inside = case.region == region
    pairs = case.pairs(region, group, against)
    totals = case.counts[inside].sum(axis=1).tolist()
    return [(*p, t, a) for p, t, a in zip(pairs, totals, area[inside].tolist(), strict=True)]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases())
def test_every_group_against_the_rest(name, data, case):
    area = data.draw(sizes(len(case.counts)))
    found = getattr(concentration, name)(case.counts, case.region, area=area)
    expected = [
        [getattr(oracle, name)(rows(case, area, r, g)) for g in range(case.counts.shape[1])]
        for r in range(case.regions)
    ]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases())
def test_a_group_against_another(name, data, case):
    area = data.draw(sizes(len(case.counts)))
    found = getattr(concentration, name)(case.counts, case.region, area=area, group=1, against=0)
    expected = [getattr(oracle, name)(rows(case, area, r, 1, 0)) for r in range(case.regions)]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases(min_groups=3))
def test_all_pairs_at_once_are_each_pair_alone(name, data, case):
    area = data.draw(sizes(len(case.counts)))
    index = getattr(concentration, name)
    together = index(case.counts, case.region, area=area, against=0)
    for g in range(1, case.counts.shape[1]):
        alone = index(case.counts, case.region, area=area, group=g, against=0)
        assert_allclose(together[:, g], alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases())
def test_replicates_and_the_order_of_units_make_no_difference(name, data, case):
    area = data.draw(sizes(len(case.counts)))
    order = data.draw(st.permutations(range(len(case.counts))))
    index = getattr(concentration, name)
    replicates = np.stack([case.counts, 2 * case.counts, case.counts[::-1]])
    found = index(replicates, case.region, area=area)
    for b, counts in enumerate(replicates):
        shuffled = index(counts[order], case.region[order], area=area[order])
        assert_allclose(found[b], shuffled, rtol=0, atol=1e-12)


def test_a_group_on_the_smallest_units_is_concentrated_and_on_the_largest_is_not():
    area = [1, 1, 5, 5]
    packed = [[10, 0], [10, 0], [0, 10], [0, 10]]
    assert_allclose(concentration.absolute_concentration(packed, area=area), [[1, 0]])
    assert_allclose(concentration.relative_concentration(packed, area=area, group=0), [1])
    assert_allclose(concentration.delta(packed, area=area), [[5 / 6, 1 / 6]])


def test_a_group_by_itself_in_its_region_is_measured_and_an_absent_one_is_not():
    found = concentration.delta([[3, 0], [1, 0]], area=[1, 1])
    assert_allclose(found, [[0.25, np.nan]])


def test_land_without_people_does_not_count():
    assert_allclose(concentration.delta([[1, 1], [1, 1], [0, 0]], area=[1, 1, 98]), [[0, 0]])


def test_equal_areas_leave_no_room_between_the_bounds():
    counts = [[3, 1], [1, 4], [2, 2]]
    assert np.isnan(concentration.absolute_concentration(counts, area=[0.1, 0.1, 0.1])).all()
    assert np.isnan(concentration.relative_concentration(counts, area=[0.1, 0.1, 0.1])).all()


@pytest.mark.parametrize("area", [[1, 2], [1, 2, -1], [1, 2, np.nan]])
def test_wrong_areas_are_refused(area):
    with pytest.raises(InputError, match="area"):
        concentration.delta([[1, 2], [3, 4], [5, 6]], area=area)


@given(case=cases())
def test_the_profile_and_its_index(case):
    thresholds = [0.0, 0.13, 0.5, 0.77, 1.0]
    found = concentration.concentration_profile(case.counts, case.region, thresholds=thresholds)
    land = np.ones(len(case.counts))
    for r in range(case.regions):
        for g in range(case.counts.shape[1]):
            units = rows(case, land, r, g)
            curve = [oracle.profile(units, s) for s in thresholds]
            assert_allclose(found.curve[r, g], curve, rtol=0, atol=1e-9)
            assert_allclose(found.index[r, g], oracle.profile_index(units), rtol=0, atol=1e-9)
    single = concentration.concentration_profile(
        np.stack([case.counts, case.counts]), case.region, group=0, thresholds=thresholds
    )
    assert_allclose(single.curve, np.stack([found.curve[:, 0]] * 2))
    assert_allclose(single.index, np.stack([found.index[:, 0]] * 2))


def test_the_profile_of_full_segregation_and_of_evenness():
    apart = concentration.concentration_profile([[9, 0], [0, 2]], group=0)
    even = concentration.concentration_profile([[3, 1], [6, 2]], group=0)
    assert_allclose(apart.curve, [np.ones(101)])
    assert_allclose(even.curve[0], even.thresholds <= 0.75)
    assert_allclose([apart.index[0], even.index[0]], [1, 0], atol=1e-12)


def test_the_profile_refuses_thresholds_out_of_order():
    with pytest.raises(InputError, match="ascending"):
        concentration.concentration_profile([[1, 2]], thresholds=[0.5, 0.2])
