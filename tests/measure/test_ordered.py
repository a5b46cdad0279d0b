"""Segregation of ordered groups, against its oracles, Reardon's coefficients and what is known."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from samsyn.measure import InputError, evenness, exposure, ordered
from tests.measure.cases import cases
from tests.measure.oracles import ordered as oracle

ORDINAL = {
    "ordinal_theil": oracle.entropy,
    "ordinal_variance_ratio": oracle.variance,
    "ordinal_square_root": oracle.root,
    "ordinal_absolute_difference": oracle.absolute,
}
# Reardon's coefficients; those of the square root follow from the beta function.
RANK_ORDER = {
    "rank_order_theil": (oracle.entropy, "1 1/2 11/36 5/24 137/900"),
    "rank_order_variance_ratio": (oracle.variance, "1 1/2 3/10 1/5 1/7"),
    "rank_order_square_root": (oracle.root, "1 1/2 5/16 7/32 21/128"),
}
MEASURES = {
    "rank_order_theil": ordered._INFORMATION,
    "rank_order_variance_ratio": ordered._VARIANCE,
    "rank_order_square_root": ordered._ROOT,
}


def coefficients(name):
    return [float(Fraction(text)) for text in RANK_ORDER[name][1].split()]


@pytest.mark.parametrize("name", ORDINAL)
@given(case=cases())
def test_ordinal_every_region_at_once(name, case):
    found = getattr(ordered, name)(case.counts, case.region)
    empty = [[0.0] * case.counts.shape[1]]
    expected = [oracle.ordinal(case.units(r) or empty, ORDINAL[name]) for r in range(case.regions)]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", MEASURES)
def test_moments_are_the_published_coefficients_and_the_integrals(name):
    measure, f = MEASURES[name], RANK_ORDER[name][0]
    assert_allclose([measure.moment(m) for m in range(5)], coefficients(name), rtol=1e-14)
    whole = oracle.integral(f)
    for m in (5, 8):
        found = oracle.integral(lambda p, m=m: p**m * f(p)) / whole
        assert_allclose(measure.moment(m), found, rtol=1e-5)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_the_weight_up_to_a_rank_is_the_integral(name, p):
    f = RANK_ORDER[name][0]
    part = p * oracle.integral(lambda s: f(p * s)) / oracle.integral(f)
    assert_allclose(MEASURES[name].cumulated(np.array(p)), part, atol=1e-6)


def well_spread(rows):
    """Whether a polynomial through the thresholds is determined beyond rounding."""
    p = [point for point, _ in oracle.thresholds(rows, oracle.variance)]
    return all(b - a > 0.02 for a, b in zip([0.0, *p], [*p, 1.0], strict=True))


@pytest.mark.parametrize("name", RANK_ORDER)
@pytest.mark.parametrize(("degree", "weighted"), [(0, True), (2, True), (2, False), (4, True)])
@given(case=cases(max_groups=7, max_regions=3))
def test_rank_order_every_region_at_once(name, degree, weighted, case):
    f = RANK_ORDER[name][0]
    found = getattr(ordered, name)(case.counts, case.region, degree=degree, weighted=weighted)
    for r in range(case.regions):
        rows = case.units(r) or [[0.0] * case.counts.shape[1]]
        if well_spread(rows):
            expected = oracle.rank_order(rows, f, coefficients(name), degree, weighted)
            assert_allclose(found[r], expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("name", RANK_ORDER)
def test_without_a_fit_every_rank_takes_the_nearest_limit(name):
    rng = np.random.default_rng(5)
    counts = rng.integers(0, 20, (30, 6)).astype(float)
    counts[:, 2] = 0
    region = np.arange(30) % 3
    counts[region == 1, 0] = 0
    counts[region == 2, -2:] = 0
    found = getattr(ordered, name)(counts, region, degree=None)
    f = RANK_ORDER[name][0]
    expected = [oracle.nearest(counts[region == r].tolist(), f) for r in range(3)]
    assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("name", [*ORDINAL, *RANK_ORDER])
def test_full_segregation_is_one_and_perfect_evenness_zero(name):
    index = getattr(ordered, name)
    apart = [[10, 0, 0], [30, 0, 0], [0, 5, 0], [0, 0, 7]]
    even = [[2, 4, 6], [10, 20, 30], [0, 0, 0]]
    assert_allclose(index(apart), [1], atol=1e-12)
    assert_allclose(index(even), [0], atol=1e-12)


@pytest.mark.parametrize("name", RANK_ORDER)
@pytest.mark.parametrize("degree", [None, 1, 4])
@given(case=cases(min_groups=3))
def test_an_empty_class_changes_nothing(name, degree, case):
    index = getattr(ordered, name)
    plain = index(case.counts, case.region, degree=degree)
    for at in (0, 1, case.counts.shape[1]):
        wider = np.insert(case.counts, at, 0.0, axis=1)
        assert_allclose(index(wider, case.region, degree=degree), plain, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", [*ORDINAL, *RANK_ORDER])
def test_order_matters_but_not_its_direction(name):
    index = getattr(ordered, name)
    counts = np.random.default_rng(1).integers(1, 30, (12, 6)).astype(float)
    assert_allclose(index(counts[:, ::-1]), index(counts), rtol=1e-9)
    swapped = counts[:, [3, 1, 2, 0, 4, 5]]
    assert abs(index(swapped)[0] - index(counts)[0]) > 1e-4


@given(case=cases(max_groups=2))
def test_of_two_classes_it_is_the_index_of_two_groups(case):
    h = evenness.theil_h(case.counts, case.region, group=0)
    v = exposure.correlation_ratio(case.counts, case.region, group=0)
    o = evenness.hutchens(case.counts, case.region, group=0)
    for family in ("ordinal", "rank_order"):
        for name, expected in (("theil", h), ("variance_ratio", v), ("square_root", o)):
            found = getattr(ordered, f"{family}_{name}")(case.counts, case.region)
            assert_allclose(found, expected, rtol=0, atol=1e-9)


def test_the_variance_ratio_is_how_much_less_people_of_one_unit_differ_in_rank():
    rng = np.random.default_rng(8)
    people, units = 400, 8
    unit = np.sort(rng.integers(0, units, people))
    rank = np.argsort(np.argsort(rng.normal(unit, 3)))
    counts = np.zeros((units, people))
    counts[unit, rank] = 1
    apart = np.abs(rank[:, np.newaxis] - rank)
    inside = [apart[unit == u][:, unit == u].mean() for u in range(units)]
    expected = 1 - np.array(inside)[unit].mean() / apart.mean()
    assert_allclose(ordered.ordinal_variance_ratio(counts), [expected], atol=1e-12)
    assert_allclose(ordered.rank_order_variance_ratio(counts, degree=None), [expected], atol=1e-3)


@pytest.mark.parametrize("name", [*ORDINAL, *RANK_ORDER])
def test_surroundings_take_the_place_of_the_unit(name):
    index = getattr(ordered, name)
    counts = np.random.default_rng(2).integers(1, 30, (9, 4)).astype(float)
    assert_allclose(index(counts, environment=5 * counts), index(counts), atol=1e-12)
    everyone = np.tile(counts.sum(axis=0), (9, 1))
    assert_allclose(index(counts, environment=everyone), [0], atol=1e-9)


@pytest.mark.parametrize("name", [*ORDINAL, *RANK_ORDER])
def test_one_class_or_nobody_is_nan(name):
    found = getattr(ordered, name)([[0, 3, 0], [0, 4, 0], [0, 0, 0]], [0, 0, 1])
    assert_allclose(found, [np.nan, np.nan])
    assert_allclose(getattr(ordered, name)([[3], [4]]), [np.nan])


@pytest.mark.parametrize("name", [*ORDINAL, *RANK_ORDER])
def test_replicates_come_first_and_answer_as_one_by_one(name):
    index = getattr(ordered, name)
    stack = np.random.default_rng(3).integers(1, 9, (3, 12, 7)).astype(float)
    region = np.arange(12) % 4
    assert_allclose(index(stack, region), [index(c, region) for c in stack], rtol=1e-9)


@pytest.mark.parametrize("degree", [-1, 1.5])
def test_a_degree_that_is_no_whole_number_is_refused(degree):
    with pytest.raises(InputError, match="whole number"):
        ordered.rank_order_theil([[1, 2]], degree=degree)
