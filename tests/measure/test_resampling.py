"""What a scheme keeps fixed it keeps, and what it draws has the distribution that it says."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import chisquare

from samsyn.measure._regions import Regions
from samsyn.measure.resampling import NULLS, RESAMPLES
from tests.measure.cases import cases
from tests.measure.oracles.chance import chance_of_table, multinomial, tables

SCHEMES = RESAMPLES | NULLS
# Schemes that keep the totals of: units, groups of a region, regions.
KEEP = {
    "people": (True, False, True),
    "units": (False, False, False),
    "table": (False, False, True),
    "groups": (False, True, True),
    "systematic": (False, True, True),
    "evenness": (True, False, True),
    "permutation": (False, True, True),
}
seeds = st.integers(0, 2**32)


def drawn(name, counts, region, seed=1):
    draw = SCHEMES[name](counts, Regions.of(region, len(region)))
    return draw(np.random.default_rng(seed))


def margins(counts, region):
    sums = np.zeros((region.max() + 1, counts.shape[1]))
    np.add.at(sums, region, counts)
    return sums


@pytest.mark.parametrize("name", KEEP)
@given(case=cases(), seed=seeds)
def test_what_is_held_fixed_stays_also_when_fractional(name, case, seed):
    found = drawn(name, case.counts, case.region, seed)
    units, groups, regions = KEEP[name]
    before, after = margins(case.counts, case.region), margins(found, case.region)
    if units:
        assert_allclose(found.sum(axis=1), case.counts.sum(axis=1), atol=1e-9)
    if groups:
        assert_allclose(after, before, atol=1e-9)
    if regions:
        assert_allclose(after.sum(axis=1), before.sum(axis=1), atol=1e-9)


@given(case=cases(), seed=seeds)
def test_fixed_margins_of_whole_people(case, seed):
    counts = np.rint(case.counts)
    found = drawn("margins", counts, case.region, seed)
    assert_array_equal(found.sum(axis=1), counts.sum(axis=1))
    assert_array_equal(margins(found, case.region), margins(counts, case.region))
    assert found.min() >= 0


@pytest.mark.parametrize("name", SCHEMES)
@given(case=cases(), seed=seeds)
def test_nobody_appears_where_nobody_of_the_region_can_be(name, case, seed):
    found = drawn(name, case.counts, case.region, seed)
    absent = margins(case.counts, case.region) == 0
    assert not found[absent[case.region]].any()
    if name in {"people", "units", "table", "groups"}:
        assert not found[case.counts == 0].any()
    if name in {"systematic", "evenness"}:
        assert not found[case.counts.sum(axis=1) == 0].any()


def assert_as_often(found, chances):
    """Draws (tables or the like) come as often as their chances say; the rare ones together."""
    chances = {key: chance for key, chance in chances.items() if chance > 0}
    common = [key for key, chance in chances.items() if chance * len(found) >= 5]
    observed = [found.count(key) for key in common]
    expected = [chances[key] * len(found) for key in common]
    if sum(chances.values()) > 1 - 1e-9:
        assert set(found) <= set(chances)
    if len(found) - sum(expected) > 1e-6:
        observed.append(len(found) - sum(observed))
        expected.append(len(found) - sum(expected))
    if len(expected) == 1:
        assert observed == [len(found)]
    else:
        assert chisquare(observed, expected).pvalue > 1e-4


@pytest.mark.parametrize("name", ["people", "table", "groups", "systematic", "evenness", "margins"])
def test_every_table_comes_as_often_as_it_should(name):
    # Two regions of different size among each other, and three units so that halves are uneven.
    first, second = [[1, 1], [0, 1], [2, 0]], [[1, 0], [0, 2]]
    counts = np.array([first[0], second[0], first[1], second[1], first[2]], dtype=float)
    draw = SCHEMES[name](counts, Regions.of([1, 0, 1, 0, 1], 5))
    rng = np.random.default_rng(7)
    found = np.stack([draw(rng) for _ in range(5_000)]).astype(int)
    for rows, own in ((found[:, [0, 2, 4]], first), (found[:, [1, 3]], second)):
        seen = [tuple(map(tuple, table)) for table in rows.tolist()]
        chances = {t: chance_of_table(t, own, name) for t in tables(len(own), 2, 3)}
        assert_as_often(seen, chances)


def test_fixed_margins_of_three_groups_come_as_often_as_they_should():
    own = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
    draw = NULLS["margins"](np.array(own, dtype=float), Regions.of(None, 3))
    rng = np.random.default_rng(3)
    found = [tuple(map(tuple, draw(rng).astype(int).tolist())) for _ in range(4_000)]
    chances = {t: chance_of_table(t, own, "margins") for t in tables(3, 3, 2)}
    assert sum(chances.values()) == pytest.approx(1)
    assert_as_often(found, chances)


def test_units_are_drawn_with_replacement_among_those_with_people():
    counts = np.array([[1.0, 0], [0, 0], [0, 1], [1, 1]])
    draw = RESAMPLES["units"](counts, Regions.of(None, 4))
    rng = np.random.default_rng(5)
    weights = [tuple(draw(rng)[[0, 2, 3]].max(axis=1).astype(int)) for _ in range(3_000)]
    chances = {
        w: multinomial(w, [1 / 3] * 3)
        for w in [(a, b, 3 - a - b) for a in range(4) for b in range(4 - a)]
    }
    assert_as_often(weights, chances)


@given(case=cases(), seed=seeds)
def test_a_permutation_moves_whole_units_within_their_region(case, seed):
    found = drawn("permutation", case.counts, case.region, seed)
    for r in range(case.regions):
        before = sorted(case.units(r))
        assert sorted(found[case.region == r].tolist()) == before


def test_every_order_of_units_is_as_likely():
    counts = np.array([[1.0], [2], [3]])
    draw = NULLS["permutation"](counts, Regions.of(None, 3))
    rng = np.random.default_rng(2)
    found = [tuple(draw(rng)[:, 0]) for _ in range(3_000)]
    assert_as_often(found, dict.fromkeys(permutations([1.0, 2.0, 3.0]), 1 / 6))
