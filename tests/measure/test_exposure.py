"""Exposure, against its oracles and against what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, exposure
from samsyn.measure._table import tabulate
from tests.measure.cases import cases
from tests.measure.oracles import exposure as oracle

NAMES = ["isolation", "interaction", "correlation_ratio"]


@pytest.mark.parametrize("name", NAMES)
@given(case=cases())
def test_every_group_against_the_rest(name, case):
    found = getattr(exposure, name)(case.counts, case.region)
    expected = [
        [getattr(oracle, name)(case.units(r), g) for g in range(case.counts.shape[1])]
        if case.units(r)
        else [np.nan] * case.counts.shape[1]
        for r in range(case.regions)
    ]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", ["isolation", "correlation_ratio"])
@given(case=cases())
def test_against_another_group_the_two_are_the_population(name, case):
    found = getattr(exposure, name)(case.counts, case.region, group=1, against=0)
    both = [[row[1:2] + row[:1] for row in case.units(r)] or [[0, 0]] for r in range(case.regions)]
    expected = [getattr(oracle, name)(rows, 0) for rows in both]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@given(case=cases())
def test_interaction_is_with_the_other_group_among_everyone_and_the_matrix_holds_all(case):
    groups = range(case.counts.shape[1])
    expected = [
        [[oracle.exposure(case.units(r) or [[0] * 5], g, h) for h in groups] for g in groups]
        for r in range(case.regions)
    ]
    matrix = exposure.exposure_matrix(case.counts, case.region)
    assert_allclose(matrix, expected, rtol=0, atol=1e-9)
    found = exposure.interaction(case.counts, case.region, against=0)
    off = np.where(np.arange(len(groups)) == 0, np.nan, np.array(expected)[:, :, 0])
    assert_allclose(found, off, rtol=0, atol=1e-9)


WHOLE = st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=6)


@given(rows=WHOLE)
def test_exact_exposure_leaves_out_the_person_who_meets(rows):
    isolation = exposure.isolation(rows, exact=True)[0]
    assert_allclose(isolation, [oracle.meetings(rows, g, g) for g in range(3)], atol=1e-9)
    found = exposure.interaction(rows, group=0, against=1, exact=True)
    expected = oracle.meetings(rows, 0, 1) if any(row[1] for row in rows) else np.nan
    assert_allclose(found, [expected], atol=1e-9)


@given(case=cases())
def test_isolation_and_interaction_share_out_everyone_met(case):
    both = exposure.isolation(case.counts) + exposure.interaction(case.counts)
    assert_allclose(both[np.isfinite(both)], 1.0, atol=1e-12)


def test_known_exposures():
    apart = [[10, 0], [0, 30]]
    even = [[2, 4], [10, 20], [0, 0]]
    assert_allclose(exposure.isolation(apart), [[1, 1]])
    assert_allclose(exposure.interaction(apart), [[0, 0]])
    assert_allclose(exposure.correlation_ratio(apart), [[1, 1]])
    assert_allclose(exposure.isolation(even), [[1 / 3, 2 / 3]])
    assert_allclose(exposure.interaction(even), [[2 / 3, 1 / 3]])
    assert_allclose(exposure.correlation_ratio(even), [[0, 0]], atol=1e-12)


def test_a_group_alone_is_isolated_and_has_no_one_to_interact_with():
    alone = [[3, 0], [4, 0]]
    assert_allclose(exposure.isolation(alone), [[1, np.nan]])
    assert_allclose(exposure.interaction(alone), [[np.nan, np.nan]])
    assert_allclose(exposure.correlation_ratio(alone), [[np.nan, np.nan]])


@pytest.mark.parametrize("name", NAMES)
def test_a_group_against_itself_is_nan(name):
    index = getattr(exposure, name)
    assert_allclose(index([[1, 2], [3, 1]], group=1, against=1), [np.nan])
    assert np.isnan(index([[1, 2], [3, 1]], against=1)[0, 1])


def test_surroundings_give_the_composition_and_people_the_weight():
    counts = [[10.0, 0.0], [0.0, 30.0]]
    around = [[1.0, 1.0], [1.0, 3.0]]
    assert_allclose(exposure.isolation(counts, environment=around), [[0.5, 0.75]])
    assert_allclose(exposure.interaction(counts, environment=around), [[0.5, 0.25]])
    matrix = exposure.exposure_matrix(counts, environment=around)
    assert_allclose(matrix, [[[0.5, 0.5], [0.25, 0.75]]])
    v = exposure.correlation_ratio(counts, environment=around, group=0)
    assert_allclose(v, [(0.5 - 0.25) / 0.75])


def test_exact_refuses_what_it_cannot_count():
    with pytest.raises(InputError, match="whole counts"):
        exposure.isolation([[1.5, 2]], exact=True)
    with pytest.raises(InputError, match="environment"):
        exposure.interaction([[1, 2]], environment=[[1, 2]], exact=True)


@pytest.mark.parametrize("name", [*NAMES, "exposure_matrix"])
def test_a_shared_table_and_replicates_answer_as_counts_one_by_one(name):
    index = getattr(exposure, name)
    stack = np.random.default_rng(3).integers(0, 9, (3, 12, 3)).astype(float)
    region = np.arange(12) % 4
    each = [index(counts, region) for counts in stack]
    assert_allclose(index(stack, region), each, atol=1e-12)
    assert_allclose(index(tabulate(stack, region)), each, atol=1e-12)
