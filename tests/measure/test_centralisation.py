"""Centralisation, against its oracles and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.centralisation import (
    absolute_centralisation,
    local_relative_centralisation,
    relative_centralisation,
)
from samsyn.measure.contiguity import Contiguity
from tests.measure.cases import cases
from tests.measure.oracles import centralisation as oracle
from tests.measure.places import middles, neighbours, points, sizes

CENTRES = [[1.25, 0.5], [3.0, 3.0]]


def against_rest(case, xy, region, group):
    places = xy[case.region == region].tolist()
    return [(x, y, p) for (x, y), p in zip(case.pairs(region, group), places, strict=True)]


def against_land(case, xy, area, region, group):
    inside = case.region == region
    lands = (area * (case.counts.sum(axis=1) > 0))[inside].tolist()
    return [
        (x, a, p) for (x, _, p), a in zip(against_rest(case, xy, region, group), lands, strict=True)
    ]


@given(data=st.data(), case=cases())
def test_both_indices_with_several_centres(data, case):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    relative = relative_centralisation(case.counts, case.region, xy=xy, centre=CENTRES)
    absolute = absolute_centralisation(case.counts, case.region, xy=xy, centre=CENTRES, area=area)
    for r in range(case.regions):
        for g in range(case.counts.shape[1]):
            rest = oracle.centralisation(against_rest(case, xy, r, g), CENTRES)
            land = oracle.centralisation(against_land(case, xy, area, r, g), CENTRES)
            assert_allclose(relative[r, g], rest, rtol=0, atol=1e-9)
            assert_allclose(absolute[r, g], land, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_a_centre_for_each_region(data, case):
    xy = data.draw(points(len(case.counts)))
    own = np.full((case.regions, 2, 2), np.nan)
    own[:, 0] = data.draw(points(case.regions))
    own[0, 1] = 2.0, 1.0
    found = relative_centralisation(case.counts, case.region, xy=xy, centre=own, group=0)
    for r in range(case.regions):
        centres = own[r, : 2 if r == 0 else 1].tolist()
        expected = oracle.centralisation(against_rest(case, xy, r, 0), centres)
        assert_allclose(found[r], expected, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_the_centre_of_population(data, case):
    xy = data.draw(points(len(case.counts)))
    found = relative_centralisation(case.counts, case.region, xy=xy, group=0)
    for r in range(case.regions):
        inside = case.region == r
        people = case.counts[inside].sum(axis=1)
        if people.sum():
            middle = [(people * c).sum() / people.sum() for c in xy[inside].T]
            expected = oracle.centralisation(against_rest(case, xy, r, 0), [middle])
            assert_allclose(found[r], expected, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_the_densest_unit(data, case):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    index = relative_centralisation
    found = index(case.counts, case.region, xy=xy, area=area, centre="densest", group=0)
    for r in range(case.regions):
        inside = np.flatnonzero(case.region == r)
        if inside.size:
            dense = min(inside, key=lambda u: (-case.counts[u].sum() / area[u], *xy[u]))
            expected = oracle.centralisation(against_rest(case, xy, r, 0), [xy[dense].tolist()])
            assert_allclose(found[r], expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("centre", [CENTRES, "population", "densest"])
@given(data=st.data(), case=cases())
def test_replicates_and_the_order_of_units_make_no_difference(centre, data, case):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    order = data.draw(st.permutations(range(len(case.counts))))
    replicates = np.stack([case.counts, case.counts[::-1]])
    for index in (absolute_centralisation, relative_centralisation):
        found = index(replicates, case.region, xy=xy, area=area, centre=centre)
        for b, counts in enumerate(replicates):
            shuffled = index(
                counts[order], case.region[order], xy=xy[order], area=area[order], centre=centre
            )
            assert_allclose(found[b], shuffled, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_compared_with_people_the_absolute_index_is_the_relative_one(data, case):
    xy = data.draw(points(len(case.counts)))
    found = absolute_centralisation(case.counts, case.region, xy=xy, spread="people", group=1)
    assert_allclose(found, relative_centralisation(case.counts, case.region, xy=xy, group=1))


@given(data=st.data(), case=cases(), reach=st.sampled_from([0.5, 1.0, 2.5]))
def test_units_out_of_reach_do_not_count(data, case, reach):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    options = {"xy": xy, "centre": CENTRES, "reach": reach}
    relative = relative_centralisation(case.counts, case.region, **options)
    absolute = absolute_centralisation(case.counts, case.region, area=area, **options)
    people = absolute_centralisation(case.counts, case.region, spread="people", **options)
    assert_allclose(people, relative)
    for r in range(case.regions):
        for g in range(case.counts.shape[1]):
            rest = oracle.centralisation(against_rest(case, xy, r, g), CENTRES, reach)
            land = oracle.centralisation(against_land(case, xy, area, r, g), CENTRES, reach)
            assert_allclose(relative[r, g], rest, rtol=0, atol=1e-9)
            assert_allclose(absolute[r, g], land, rtol=0, atol=1e-9)


@pytest.mark.parametrize("number", [1, 3])
@given(data=st.data(), case=cases())
def test_around_every_unit(number, data, case):
    xy = data.draw(points(len(case.counts)))
    found = local_relative_centralisation(case.counts, case.region, xy=xy, neighbours=number)
    for u, region in enumerate(case.region):
        at = np.flatnonzero(case.region[:u] == region).size
        for g in range(case.counts.shape[1]):
            here = oracle.surroundings(against_rest(case, xy, region, g), at, number)
            expected = oracle.centralisation(here, [xy[u].tolist()])
            assert_allclose(found[u, g], expected, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_around_every_unit_among_those_that_border_on_it(data, case):
    units = len(case.counts)
    xy = data.draw(points(units))
    pairs = data.draw(neighbours(units))
    i, j = np.array(pairs, dtype=int).reshape(-1, 2).T
    near = Contiguity.from_table(i, j, units=units)
    found = local_relative_centralisation(case.counts, case.region, xy=xy, contiguity=near, group=0)
    for u, region in enumerate(case.region):
        there = {u} | {j for i, j in pairs if i == u} | {i for i, j in pairs if j == u}
        there = [v for v in there if case.region[v] == region]
        rows = [(case.counts[v, 0], case.counts[v, 1:].sum(), xy[v].tolist()) for v in there]
        expected = oracle.centralisation(rows, [xy[u].tolist()])
        if not case.counts[u].sum():
            expected = np.nan
        assert_allclose(found[u], expected, rtol=0, atol=1e-9)


@given(data=st.data(), case=cases())
def test_replicates_and_the_order_of_units_make_no_difference_around_units(data, case):
    xy = data.draw(points(len(case.counts)))
    order = data.draw(st.permutations(range(len(case.counts))))
    replicates = np.stack([case.counts, case.counts[::-1], 2 * case.counts])
    found = local_relative_centralisation(replicates, case.region, xy=xy, neighbours=2, against=1)
    for b, counts in enumerate(replicates):
        shuffled = local_relative_centralisation(
            counts[order], case.region[order], xy=xy[order], neighbours=2, against=1
        )
        assert_allclose(found[b][order], shuffled, rtol=0, atol=1e-9)


def test_a_unit_of_the_group_among_others_is_its_centre():
    xy = middles(3, 3)
    counts = np.column_stack([np.arange(9) == 4, np.arange(9) != 4]) * 5.0
    found = local_relative_centralisation(counts, xy=xy, neighbours=8)
    assert_allclose(found[4], [1, -1])
    # From a corner, three of the eight others are nearer than the middle and five farther.
    assert_allclose(found[0, 0], 5 / 8 - 3 / 8)


def test_a_group_in_the_middle_is_central_and_one_at_the_edge_is_not():
    xy = middles(5, 5)
    middle = (np.abs(xy - 2.5) < 1).all(axis=1)
    counts = np.column_stack([middle, ~middle]) * 10.0
    assert_allclose(relative_centralisation(counts, xy=xy, centre=[2.5, 2.5]), [[1, -1]])
    land = absolute_centralisation(counts, xy=xy, centre=[2.5, 2.5], area=np.ones(25))
    assert land[0, 0] > 0.6
    assert land[0, 1] < 0


def test_what_is_wrong_with_the_centre_is_said():
    counts, xy = [[1, 2], [3, 4]], [[0, 0], [1, 1]]
    with pytest.raises(InputError, match="'population' or 'densest'"):
        relative_centralisation(counts, xy=xy, centre="middle")
    with pytest.raises(InputError, match="area"):
        relative_centralisation(counts, xy=xy, centre="densest")
    with pytest.raises(InputError, match="area"):
        absolute_centralisation(counts, xy=xy)
    with pytest.raises(InputError, match="shape"):
        relative_centralisation(counts, xy=xy, centre=[1, 2, 3])
    centre = [[[0, 0]], [[np.nan, np.nan]]]
    with pytest.raises(InputError, match="region 1 has no centre"):
        relative_centralisation(counts, [0, 1], xy=xy, centre=centre)
    with pytest.raises(InputError, match=r"xy\[1\]"):
        relative_centralisation(counts, xy=[[0, 0], [np.nan, 1]])
    with pytest.raises(InputError, match="spread"):
        absolute_centralisation(counts, xy=xy, spread="water")
    with pytest.raises(InputError, match="reach"):
        relative_centralisation(counts, xy=xy, reach=0)
    with pytest.raises(InputError, match="neighbours"):
        local_relative_centralisation(counts, xy=xy, neighbours=0)


def test_distances_that_differ_by_rounding_are_one_ring():
    # The same distance from the centre, reached through different square roots.
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    xy = 6_500_000 + 1000 * np.column_stack([np.cos(turn), np.sin(turn)])
    counts = np.column_stack([np.arange(12.0), np.arange(12.0)[::-1] ** 2])
    found = relative_centralisation(counts, xy=xy, centre=[6_500_000, 6_500_000])
    assert_allclose(found, 0, atol=1e-12)
