"""Clustering, against its oracles and against what is known."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, clustering
from samsyn.measure.contiguity import Contiguity
from tests.measure.cases import cases
from tests.measure.oracles import clustering as oracle
from tests.measure.places import middles, neighbours, points, sizes

NAMES = [
    "absolute_clustering",
    "relative_clustering",
    "spatial_proximity",
    "distance_decay_isolation",
    "distance_decay_interaction",
]


def expect(name, case, region, c, group, against=None):
    """What the oracle says of one group in one region, `c` being the nearness of its units."""
    pairs = case.pairs(region, group, against)
    x, y = [p[0] for p in pairs], [p[1] for p in pairs]
    pair = [a + b for a, b in pairs]
    everyone = case.counts[case.region == region].sum(axis=1).tolist()
    if name in {"absolute_clustering", "relative_clustering"}:
        return getattr(oracle, name)(pairs, c)
    if name == "spatial_proximity":
        return oracle.spatial_proximity([x, y], c)
    if name == "distance_decay_isolation":
        return oracle.meeting(x, x, pair, c)
    return oracle.meeting(y, x, everyone, c) if sum(y) else np.nan


def nearness(xy, case, region, own, scale):
    inside = case.region == region
    return oracle.nearness(xy[inside].tolist(), np.asarray(own)[inside].tolist(), scale)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases(max_units=8))
def test_every_group_against_the_rest(name, data, case):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    index = getattr(clustering, name)
    found = index(case.counts, case.region, xy=xy, area=area, scale=0.8)
    for r in range(case.regions):
        c = nearness(xy, case, r, np.sqrt(0.6 * area), 0.8)
        expected = [expect(name, case, r, c, g) for g in range(case.counts.shape[1])]
        assert_allclose(found[r], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases(max_units=8))
def test_a_group_against_another(name, data, case):
    xy = data.draw(points(len(case.counts)))
    index = getattr(clustering, name)
    found = index(case.counts, case.region, xy=xy, group=1, against=0)
    together = index(case.counts, case.region, xy=xy, against=0)
    for r in range(case.regions):
        c = nearness(xy, case, r, np.zeros(len(xy)), 1.0)
        assert_allclose(found[r], expect(name, case, r, c, 1, 0), rtol=1e-9, atol=1e-9)
    assert_allclose(together[:, 1], found, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases(max_units=8))
def test_neighbours_in_place_of_distances(name, data, case):
    units = len(case.counts)
    pairs = data.draw(neighbours(units))
    found = getattr(clustering, name)(
        case.counts, case.region, contiguity=Contiguity.from_table(*columns(pairs), units=units)
    )
    whole = np.eye(units)
    for i, j in pairs:
        whole[i, j] = whole[j, i] = 1.0
    for r in range(case.regions):
        inside = case.region == r
        c = whole[inside][:, inside].tolist()
        expected = [expect(name, case, r, c, g) for g in range(case.counts.shape[1])]
        assert_allclose(found[r], expected, rtol=1e-9, atol=1e-9)


def columns(pairs):
    return np.array(pairs, dtype=int).reshape(-1, 2).T


@given(data=st.data(), case=cases(max_units=8))
def test_proximity_of_many_groups(data, case):
    xy = data.draw(points(len(case.counts)))
    found = clustering.spatial_proximity(case.counts, case.region, xy=xy, multigroup=True)
    for r in range(case.regions):
        c = nearness(xy, case, r, np.zeros(len(xy)), 1.0)
        groups = case.counts[case.region == r].T.tolist()
        assert_allclose(found[r], oracle.spatial_proximity(groups, c), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("form", ["nearness", "distance"])
@given(data=st.data(), case=cases(max_units=8))
def test_mean_proximity_of_every_pair_of_groups(form, data, case):
    xy = data.draw(points(len(case.counts)))
    area = data.draw(sizes(len(case.counts)))
    found = clustering.proximity_matrix(
        np.stack([case.counts, 2 * case.counts]), case.region, xy=xy, area=area, form=form
    )
    groups = case.counts.shape[1]
    for r in range(case.regions):
        places, own = xy[case.region == r].tolist(), np.sqrt(0.6 * area[case.region == r]).tolist()
        c = oracle.nearness(places, own, 1.0)
        if form == "distance":
            c = oracle.distances(places, own)
        for g in range(groups):
            for h in range(groups):
                sides = case.counts[case.region == r][:, [g, h]].T.tolist()
                expected = oracle.mean_proximity(c, *sides)
                assert_allclose(found[:, r, g, h], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), case=cases(max_units=8))
def test_replicates_and_the_order_of_units_make_no_difference(name, data, case):
    xy = data.draw(points(len(case.counts)))
    order = data.draw(st.permutations(range(len(case.counts))))
    replicates = np.stack([case.counts, 3 * case.counts, case.counts[::-1]])
    index = getattr(clustering, name)
    found = index(replicates, case.region, xy=xy)
    for b, counts in enumerate(replicates):
        shuffled = index(counts[order], case.region[order], xy=xy[order])
        assert_allclose(found[b], shuffled, rtol=1e-9, atol=1e-9)


def divided(columns=8):
    """A city in two halves, and the same people on a checkerboard."""
    xy = middles(columns, columns)
    west = xy[:, 0] < columns / 2
    black = np.floor(xy).sum(axis=1) % 2 == 0
    return xy, *(np.column_stack([here, ~here]) * 10.0 for here in (west, black))


def test_a_divided_city_is_clustered_and_a_checkerboard_is_not():
    xy, halves, board = divided()
    for name in ("absolute_clustering", "spatial_proximity", "distance_decay_isolation"):
        index = getattr(clustering, name)
        assert np.all(index(halves, xy=xy) > index(board, xy=xy) + 0.1)
    assert np.all(clustering.spatial_proximity(halves, xy=xy) > 1.4)


def test_isolation_and_interaction_add_to_one():
    xy, halves, _ = divided()
    isolation = clustering.distance_decay_isolation(halves, xy=xy, area=np.ones(64))
    interaction = clustering.distance_decay_interaction(halves, xy=xy, area=np.ones(64))
    assert_allclose(isolation + interaction, 1)


def test_evenly_spread_groups_are_as_near_each_other_as_themselves():
    xy = middles(6, 6)
    counts = np.outer(np.arange(36) % 5 + 1, [1.0, 3.0])
    assert_allclose(clustering.spatial_proximity(counts, xy=xy), [[1, 1]])
    assert_allclose(clustering.spatial_proximity(counts, xy=xy, multigroup=True), [1])
    assert_allclose(clustering.relative_clustering(counts, xy=xy), [[0, 0]], atol=1e-12)
    assert_allclose(clustering.distance_decay_isolation(counts, xy=xy), [[0.25, 0.75]])


def test_metres_and_kilometres_agree_by_their_scale():
    xy, halves, _ = divided()
    in_metres = clustering.spatial_proximity(
        halves, xy=1000 * xy, area=np.full(64, 1e6), own_distance=600, scale=1000
    )
    assert_allclose(in_metres, clustering.spatial_proximity(halves, xy=xy, own_distance=0.6))


def test_a_scale_that_reaches_nobody_is_refused():
    xy, halves, _ = divided()
    with pytest.raises(InputError, match="within reach at scale"):
        clustering.spatial_proximity(halves, xy=1000 * xy)


def test_far_units_in_many_runs_of_the_kernel_match_plain_sums():
    rng = np.random.default_rng(3)
    xy, counts = rng.uniform(0, 900, (1100, 2)), rng.integers(0, 9, (1100, 3)).astype(float)
    away = np.hypot(*(xy[:, np.newaxis] - xy).transpose(2, 0, 1))
    c = np.exp(-away)
    t = counts.sum(axis=1)
    near, everyone = c @ counts, c @ t
    met = (counts * near / everyone[:, np.newaxis]).sum(axis=0) / counts.sum(axis=0)
    assert_allclose(clustering.distance_decay_isolation(counts, xy=xy), [met], rtol=1e-12)


def test_infinity_leaves_units_themselves_out():
    # Two people of each group in different units: nobody lives near another of the own group.
    counts, xy = [[1, 0], [0, 1]], [[0, 0], [1, 0]]
    found = clustering.distance_decay_isolation(counts, xy=xy, own_distance=inf)
    assert_allclose(found, [[0, 0]])


def test_what_is_wrong_is_said():
    counts, xy = [[1, 2], [3, 4]], [[0, 0], [1, 1]]
    index = clustering.spatial_proximity
    with pytest.raises(InputError, match="either the xy"):
        index(counts)
    with pytest.raises(InputError, match="scale"):
        index(counts, xy=xy, scale=0)
    with pytest.raises(InputError, match="own_distance"):
        index(counts, xy=xy, own_distance=[0, -1])
    with pytest.raises(InputError, match="leave out group"):
        index(counts, xy=xy, group=0, multigroup=True)
    with pytest.raises(InputError, match="3 units"):
        index(counts, contiguity=Contiguity.from_table([0], [1], units=3))
    with pytest.raises(InputError, match="shape"):
        index(counts, xy=[[0, 0]])
    matrix = clustering.proximity_matrix
    with pytest.raises(InputError, match="nearness or distance"):
        matrix(counts, xy=xy, form="linear")
    with pytest.raises(InputError, match="between xy"):
        matrix(counts, contiguity=Contiguity.from_table([0], [1], units=2), form="distance")
    with pytest.raises(InputError, match="finite"):
        matrix(counts, xy=xy, own_distance=inf, form="distance")
