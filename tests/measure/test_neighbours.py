"""Individualised neighbourhoods, against sorting everyone and against EquiPop's own output."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, dissimilarity
from samsyn.measure import neighbours as module
from samsyn.measure.neighbours import nearest_neighbours
from tests.measure.oracles import neighbours as oracle
from tests.reference import reference

QUARTERS = st.integers(0, 40).map(lambda n: n / 4)
GRID = st.integers(-6, 6).map(lambda n: n * 100.0)
LINE = st.just(250.0)
# Multiples of a power of two: computed squares are exact, so that the oracle's ties are ours.
DYADIC = st.integers(-2000, 2000).map(lambda n: n / 64)
HUGE = st.integers(-3, 3).map(lambda n: 1e12 + n * 1e9)
SIZES = st.lists(
    st.one_of(st.integers(1, 400), st.sampled_from([0.5, 7.25, 1e7])), min_size=1, max_size=4
)


@st.composite
def settlements(draw):
    """Counts, totals, coordinates and regions: ties, several units at a place, empty units."""
    units = draw(st.integers(1, 16))
    x, y = draw(
        st.sampled_from(
            [(GRID, GRID), (GRID, LINE), (LINE, DYADIC), (DYADIC, DYADIC), (HUGE, GRID)]
        )
    )
    xy = np.array(draw(st.lists(st.tuples(x, y), min_size=units, max_size=units)))
    row = st.lists(QUARTERS, min_size=2, max_size=2)
    counts = np.array(draw(st.lists(row, min_size=units, max_size=units)))
    counts[draw(st.lists(st.integers(0, units - 1), max_size=3))] = 0
    others = np.array(draw(st.lists(QUARTERS, min_size=units, max_size=units)))
    region = np.array(draw(st.lists(st.integers(0, 2), min_size=units, max_size=units)))
    return counts, counts.sum(axis=1) + others, xy, region


def check(found, counts, totals, xy, k, **options):
    for i, size in enumerate(k):
        for u in range(len(counts)):
            groups, weighted, people, distance = oracle.neighbourhood(
                u, counts.tolist(), totals.tolist(), xy.tolist(), size, **options
            )
            assert_allclose(found.counts[i, u], groups, rtol=1e-9, atol=1e-9)
            assert_allclose(found.total[i, u], weighted, rtol=1e-9, atol=1e-9)
            assert_allclose(found.people[i, u], people, rtol=1e-9)
            assert_allclose(found.distance[i, u], distance, rtol=1e-9)


@given(case=settlements(), k=SIZES, ring=st.sampled_from(["share", "whole"]), within=st.booleans())
def test_everyone_sorted_by_distance(case, k, ring, within):
    counts, totals, xy, region = case
    region = region if within else None
    found = nearest_neighbours(counts, xy, k=k, ring=ring, total=totals, region=region)
    check(found, counts, totals, xy, k, ring=ring, region=region)


@given(case=settlements(), k=SIZES, ring=st.sampled_from(["share", "whole"]), within=st.booleans())
def test_decay_weighs_the_same_people(case, k, ring, within):
    counts, totals, xy, region = case
    region = region if within else None
    found = nearest_neighbours(counts, xy, k=k, ring=ring, total=totals, region=region, decay=300.0)
    check(found, counts, totals, xy, k, ring=ring, region=region, half_life=300.0)


OFF = st.floats(-1e6, 1e6).map(lambda v: round(v, 3))
# Far to the north, where the squares of small steps to the east are lost in the sum.
THIN = (st.sampled_from([0.0, 0.0031, 0.005, 2.0]), st.sampled_from([0.1, 1e6, 2e6]))


@given(
    xy=st.one_of(
        st.lists(st.tuples(*pair), min_size=1, max_size=25) for pair in [(OFF, OFF), THIN]
    ),
    k=SIZES,
    half_life=st.sampled_from([None, 1e6]),
)
def test_coordinates_off_a_lattice_tie_where_their_computed_squares_do(xy, k, half_life):
    xy = np.array(xy)
    counts = np.arange(1.0, len(xy) + 1)[:, None]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "on_lattice", lambda xy: None)
        found = nearest_neighbours(counts, xy, k=k, decay=half_life)
    check(found, counts, counts[:, 0], xy, k, away=oracle.computed, half_life=half_life)


def town(units, seed, spread=30):
    """Cells of 100 m, dense in the middle, with an odd one far away."""
    rng = np.random.default_rng(seed)
    xy = np.unique(np.round(rng.normal(0, spread, (units, 2))), axis=0) * 100 + (674_350, 6_579_250)
    xy[0] += (400_000, 900_000)
    return xy, rng.poisson(4, (len(xy), 3)).astype(float)


@pytest.mark.parametrize("ring", ["share", "whole"])
def test_a_town_cell_by_cell(ring):
    xy, counts = town(3000, 1)
    k = [100, 51_200, 400, 3, 10_000]
    found = nearest_neighbours(counts, xy, k=k, ring=ring)
    totals = counts.sum(axis=1)
    for u in np.linspace(0, len(xy) - 1, 40).astype(int):
        if totals[u] == 0:
            assert np.isnan(found.counts[:, u]).all()
            continue
        squared = ((xy - xy[u]) ** 2).sum(axis=1)
        for i, size in enumerate(k):
            rings = np.unique(squared[totals > 0])
            people = np.array([totals[squared <= s].sum() for s in rings[:3000]])
            last = min(np.searchsorted(people, size), len(people) - 1)
            part = (min(size, totals.sum()) - totals[squared < rings[last]].sum()) / totals[
                squared == rings[last]
            ].sum()
            part = 1 if ring == "whole" else part
            expected = counts[squared < rings[last]].sum(axis=0)
            expected = expected + part * counts[squared == rings[last]].sum(axis=0)
            assert_allclose(found.counts[i, u], expected, rtol=1e-12)
            assert found.distance[i, u] == pytest.approx(np.sqrt(rings[last]), rel=1e-12)


def test_a_lattice_and_the_same_points_as_any_others_answer_alike(monkeypatch):
    xy, counts = town(6000, 2)
    k = [50, 100, 800, 12_800]
    on = nearest_neighbours(counts, xy, k=k)
    monkeypatch.setattr(module, "on_lattice", lambda xy: None)
    off = nearest_neighbours(counts, xy, k=k)
    assert_allclose(on.counts, off.counts, rtol=1e-12)
    assert_allclose(on.distance, off.distance, rtol=1e-12)
    assert_array_equal(on.people, off.people)


def test_the_order_of_units_and_of_k_changes_nothing():
    xy, counts = town(2000, 3)
    found = nearest_neighbours(counts, xy, k=[100, 500, 2000])
    shuffled = np.random.default_rng(0).permutation(len(xy))
    other = nearest_neighbours(counts[shuffled], xy[shuffled], k=[2000, 100, 500])
    assert_array_equal(other.counts, found.counts[[2, 0, 1]][:, shuffled])
    assert_array_equal(other.distance, found.distance[[2, 0, 1]][:, shuffled])


def test_a_thin_ring_is_told_from_the_next_on_a_lattice_of_tenths():
    # 0.1 * 3 is not 0.3 in double precision; the cells to the east and the north tie all the same.
    xy = np.array([[0.1, 0.1], [0.1 + 0.2, 0.1], [0.1, 0.3], [0.5, 0.1]])
    found = nearest_neighbours(np.diag([1.0, 2.0, 2.0, 9.0]), xy, k=3)
    assert_allclose(found.counts[0, 0], [1, 1, 1, 0])
    assert_allclose(found.distance[0, 0], 0.2)


def test_many_people_on_one_exact_circle_are_one_ring():
    triples = [(3, 4), (4, 3), (5, 0), (0, 5), (-3, 4), (3, -4), (-4, -3), (-5, 0)]
    xy = np.array([(0, 0), *triples, (6, 0)], dtype=float)
    found = nearest_neighbours(np.full((10, 1), 4.0), xy, k=[4, 5, 36, 37])
    assert_allclose(found.distance[:, 0], [0, 5, 5, 6])
    assert_allclose(found.counts[:, 0, 0], [4, 5, 36, 37])


def test_a_place_with_thousands_on_a_circle_is_not_split():
    angle = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    xy = np.vstack([[0, 0], 1000 * np.column_stack([np.cos(angle), np.sin(angle)])])
    found = nearest_neighbours(np.ones((5001, 1)), xy, k=[1, 2500, 5001])
    assert_allclose(found.distance[:, 0], [0, 1000, 1000], rtol=1e-12)
    assert_allclose(found.people[:, 0], [1, 2500, 5001])


@pytest.mark.parametrize("lattice", [True, False])
def test_wrong_coordinates_far_away_harm_nobody(lattice):
    xy, counts = town(4000, 6)
    if not lattice:
        xy = xy + np.random.default_rng(7).uniform(0, 1, xy.shape)
    far = np.vstack([xy, [[0, 0], [4e9, -3e9], [4e9, -3e9 + 500]]])
    more = np.vstack([counts, np.full((3, 3), 4.0)])
    plain = nearest_neighbours(counts, xy, k=[50, 3000])
    found = nearest_neighbours(more, far, k=[50, 3000])
    # The first cell of the town lies far away too, and has new neighbours.
    assert_allclose(found.counts[:, 1:-3], plain.counts[:, 1:], rtol=1e-9)
    assert_allclose(found.distance[:, 1:-3], plain.distance[:, 1:], rtol=1e-9)
    assert_allclose(found.people[0, -2:], 50)
    assert (found.distance[0, -2:] > 4.9e9).all()


def test_fewer_than_k_people_are_all_of_them_and_not_reached():
    found = nearest_neighbours([[2.0], [3.0]], [[0, 0], [3, 4]], k=[5, 6])
    assert_allclose(found.people, 5)
    assert_allclose(found.distance, 5)
    assert_array_equal(found.reached, [[True, True], [False, False]])


def test_nobody_anywhere_and_no_units_at_all():
    assert np.isnan(nearest_neighbours([[0.0, 0.0]], [[1, 1]], k=10).shares).all()
    assert nearest_neighbours(np.zeros((0, 2)), np.zeros((0, 2)), k=[1, 2]).counts.shape == (
        2,
        0,
        2,
    )


def test_its_counts_are_surroundings_for_an_index_at_every_size():
    xy, counts = town(500, 4)
    found = nearest_neighbours(counts, xy, k=[10, 100, 1e9])
    around = found.environment
    profile = dissimilarity(np.broadcast_to(counts, around.shape), environment=around, group=0)
    for value, size in zip(profile, around, strict=True):
        assert_allclose(dissimilarity(counts, environment=size, group=0), value, atol=1e-12)
    assert profile[0, 0] > profile[1, 0] > profile[2, 0]
    assert_allclose(profile[2], 0, atol=1e-12)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"k": [10, 0]}, "k contains 0"),
        ({"k": [np.nan]}, "k contains nan"),
        ({"k": [[1]]}, "k has shape"),
        ({"ring": "half"}, "ring is 'half'"),
        ({"decay": 0}, "decay is 0"),
        ({"total": [1, -2]}, r"total\[1\] is -2"),
        ({"total": [1, 0]}, r"total\[1\] is 0"),
        ({"total": [1]}, "total has shape"),
        ({"xy": [[0, 0], [np.inf, 0]]}, r"xy\[1\]"),
        ({"counts": [[[1]], [[2]]]}, "give \\(units, groups\\)"),
    ],
)
def test_wrong_input_is_named(changed, message):
    given_ = {"counts": [[1], [2]], "xy": [[0, 0], [1, 1]], "k": [1]} | changed
    with pytest.raises(InputError, match=message):
        nearest_neighbours(given_.pop("counts"), given_.pop("xy"), **given_)


def test_the_output_of_the_original_equipop_to_all_its_digits():
    fastexcel = pytest.importorskip("fastexcel")
    book = fastexcel.read_excel(reference("berlin_example.xlsx"))
    output = book.load_sheet("EquiPop_output").to_polars()
    xy = output.select("EastWest", "NorthSouth").to_numpy()
    people, group = output.select("CountAllLocal", "CountGroupLocal").to_numpy().T
    sizes = [50, 100, 200, 400, 800]
    whole = nearest_neighbours(group[:, None], xy, k=sizes, ring="whole", total=people)
    # The original answers for empty cells too, and stops within a ring after the cell that
    # brings the sum to k, so that its answer hangs on the order of its cells: 6 times in 1,250.
    lives = people > 0
    split = 0
    for i, k in enumerate(sizes):
        all_, some, ratio, distance = (
            output[f"Interval{name}_{k}"].to_numpy()[lives]
            for name in ("SumCountAll", "SumCountGroup", "Ratio", "Distance")
        )
        assert_array_equal(whole.distance[i, lives].round(2), distance)
        same = whole.people[i, lives] == all_
        assert_array_equal(whole.counts[i, lives, 0][same], some[same])
        assert_allclose(whole.shares[i, lives, 0][same], ratio[same], rtol=0, atol=1e-15)
        assert (all_[~same] >= k).all()
        assert (all_[~same] < whole.people[i, lives][~same]).all()
        split += int((~same).sum())
    assert np.isnan(whole.people[:, ~lives]).all()
    assert split == 6
