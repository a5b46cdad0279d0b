"""Spatial evenness, against its oracles and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.boundary import (
    boundary_dissimilarity,
    length_dissimilarity,
    perimeter_area_dissimilarity,
)
from samsyn.measure.contiguity import Contiguity, contiguity
from tests.measure.cases import cases
from tests.measure.oracles import boundary as oracle
from tests.measure.places import grid, neighbours, sizes


@st.composite
def contiguities(draw, units):
    """Some pairs with borders of different lengths, with perimeters and areas."""
    pairs = draw(neighbours(units))
    length = draw(st.lists(st.integers(1, 9), min_size=len(pairs), max_size=len(pairs)))
    first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
    perimeter, area = draw(sizes(units)), draw(sizes(units))
    return Contiguity.from_table(
        first, second, units=units, length=length, perimeter=perimeter, area=area
    )


def inside(near, case, region):
    """The borders inside a region, by the positions of units there, and their ratios."""
    place = {u: n for n, u in enumerate(np.flatnonzero(case.region == region).tolist())}
    rows = zip(near.i.tolist(), near.j.tolist(), near.length.tolist(), strict=True)
    borders = {(place[i], place[j]): n for i, j, n in rows if i in place and j in place}
    return borders, (near.perimeter / near.area)[case.region == region].tolist()


@given(data=st.data(), case=cases())
def test_every_index_for_every_group(data, case):
    near = data.draw(contiguities(len(case.counts)))
    whole = {
        "first": boundary_dissimilarity(case.counts, case.region, contiguity=near),
        "second": boundary_dissimilarity(case.counts, case.region, contiguity=near, order=2),
        "length": length_dissimilarity(case.counts, case.region, contiguity=near),
        "ratio": perimeter_area_dissimilarity(case.counts, case.region, contiguity=near),
    }
    for r in range(case.regions):
        borders, ratio = inside(near, case, r)
        for g in range(case.counts.shape[1]):
            units = case.pairs(r, g)
            expected = {
                "first": oracle.adjusted(units, borders, steps=1),
                "second": oracle.adjusted(units, borders, steps=2),
                "length": oracle.adjusted(units, borders),
                "ratio": oracle.adjusted(units, borders, ratio),
            }
            for name, value in expected.items():
                assert_allclose(whole[name][r, g], value, rtol=0, atol=1e-9, err_msg=name)


@pytest.mark.parametrize(
    "index", [boundary_dissimilarity, length_dissimilarity, perimeter_area_dissimilarity]
)
@given(data=st.data(), case=cases())
def test_a_group_against_another_with_replicates(index, data, case):
    near = data.draw(contiguities(len(case.counts)))
    replicates = np.stack([case.counts, case.counts[::-1]])
    found = index(replicates, case.region, contiguity=near, group=1, against=0)
    for b, counts in enumerate(replicates):
        alone = index(counts[:, :2], case.region, contiguity=near, group=1)
        assert_allclose(found[b], alone, rtol=0, atol=1e-12)


def test_a_checkerboard_is_less_segregated_than_a_divided_city():
    near = contiguity(grid(4, 4))
    column, row = np.arange(16) % 4, np.arange(16) // 4
    board, halves = (column + row) % 2 == 0, column < 2
    for index in (boundary_dissimilarity, length_dissimilarity, perimeter_area_dissimilarity):
        scattered = index(np.column_stack([board, ~board]), contiguity=near, group=0)
        divided = index(np.column_stack([halves, ~halves]), contiguity=near, group=0)
        assert_allclose(scattered, [0], atol=1e-12)
        # Four of 24 borders divide the city.
        assert_allclose(divided, [1 - 4 / 24])


def test_a_region_without_borders_keeps_its_dissimilarity():
    near = Contiguity.from_table([], [], units=2)
    assert_allclose(boundary_dissimilarity([[1, 0], [0, 1]], contiguity=near), [[1, 1]])


def test_what_is_missing_is_said():
    counts = [[1, 2], [3, 4]]
    near = Contiguity.from_table([0], [1], units=2)
    with pytest.raises(InputError, match="perimeter and area"):
        perimeter_area_dissimilarity(counts, contiguity=near)
    flat = Contiguity.from_table([0], [1], units=2, perimeter=[1, 1], area=[1, 0])
    with pytest.raises(InputError, match="has none"):
        perimeter_area_dissimilarity(counts, contiguity=flat)
    with pytest.raises(InputError, match="3"):
        boundary_dissimilarity([[1, 2]] * 3, contiguity=near)
    with pytest.raises(InputError, match="order is 0"):
        boundary_dissimilarity(counts, contiguity=near, order=0)
