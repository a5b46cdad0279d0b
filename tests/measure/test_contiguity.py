"""Contiguity of polygons and from tables."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.contiguity import Contiguity, contiguity
from tests.measure.oracles import boundary as oracle
from tests.measure.places import blocks, grid, neighbours


def test_a_grid_by_rook_and_by_queen():
    rook, queen = contiguity(grid()), contiguity(grid(), "queen")
    assert rook.i.size == 2 * 9 * 10
    assert queen.i.size == 2 * 9 * 10 + 2 * 9 * 9
    assert np.all(rook.i < rook.j)
    assert_allclose(rook.length, 1)
    assert sorted(set(queen.length)) == [0, 1]
    assert_allclose(rook.perimeter, 4)
    assert_allclose(rook.area, 1)


def test_shared_borders_have_their_length():
    shapes = blocks(1)
    found = contiguity(shapes)
    for i, j, length in zip(found.i, found.j, found.length, strict=True):
        assert_allclose(length, shapely.intersection(shapes[i], shapes[j]).length)
    # Inside the rectangle, every border is shared by two.
    around = shapely.union_all(shapes).length
    assert_allclose(2 * found.length.sum() + around, found.perimeter.sum())


def test_a_sliver_of_overlap_is_a_border():
    found = contiguity([shapely.box(0, 0, 1, 1), shapely.box(0.999, 0, 2, 1)])
    assert_allclose(found.length, [1.001])


def test_missing_polygons_and_unknown_rules_are_refused():
    with pytest.raises(InputError, match="polygon 1"):
        contiguity([shapely.box(0, 0, 1, 1), None])
    with pytest.raises(InputError, match="'rook' or 'queen'"):
        contiguity(grid(2, 2), "bishop")


def test_a_table_may_name_pairs_in_one_direction_or_both():
    once = Contiguity.from_table([0, 2], [1, 1], units=3, length=[5, 7])
    twice = Contiguity.from_table([1, 0, 1, 2, 0], [0, 1, 2, 1, 0], units=3, length=[5, 5, 7, 7, 9])
    for found in (once, twice):
        assert found.i.tolist() == [0, 1]
        assert found.j.tolist() == [1, 2]
        assert found.length.tolist() == [5, 7]
    assert Contiguity.from_table([0], [1], units=2).length.tolist() == [1]


def test_what_is_wrong_with_a_table_is_said():
    with pytest.raises(InputError, match=r"j\[1\] is 3"):
        Contiguity.from_table([0, 1], [1, 3], units=3)
    with pytest.raises(InputError, match="whole numbers"):
        Contiguity.from_table([0.5], [1], units=3)
    with pytest.raises(InputError, match="both units"):
        Contiguity.from_table([0, 1], [1], units=3)
    with pytest.raises(InputError, match="two lengths"):
        Contiguity.from_table([0, 1], [1, 0], units=3, length=[1, 2])
    with pytest.raises(InputError, match=r"length\[0\]"):
        Contiguity.from_table([0], [1], units=3, length=[-1])
    with pytest.raises(InputError, match="area has shape"):
        Contiguity.from_table([0], [1], units=3, area=[1])


@given(data=st.data())
def test_order_walks_from_neighbour_to_neighbour(data):
    units = data.draw(st.integers(1, 8))
    pairs = data.draw(neighbours(units))
    first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
    near = Contiguity.from_table(first, second, units=units, length=np.arange(1.0, len(pairs) + 1))
    borders = {pair: n + 1.0 for n, pair in enumerate(pairs)}
    for steps in (1, 2, 3):
        found = near.order(steps)
        expected = oracle.within_steps(borders, steps, units)
        assert list(zip(found.i.tolist(), found.j.tolist(), strict=True)) == list(expected)
        assert found.length.tolist() == list(expected.values())


def test_an_order_below_one_is_refused():
    with pytest.raises(InputError, match="order is 0"):
        contiguity(grid(2, 2)).order(0)
