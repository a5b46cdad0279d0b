"""Proportional fitting and the Karmel-Maclachlan index."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.evenness import dissimilarity
from samsyn.measure.fitting import iterative_proportional_fit, karmel_maclachlan
from tests.measure.cases import cases
from tests.measure.oracles import fitting as oracle


@st.composite
def full_tables(draw):
    """Two tables without empty cells, several regions in no order."""
    units, groups = draw(st.integers(1, 10)), draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    region = rng.integers(0, 3, units)
    return rng.integers(1, 60, (2, units, groups)).astype(float), region


def margins(table, region):
    groups = np.zeros((region.max() + 1, table.shape[1]))
    np.add.at(groups, region, table)
    return table.sum(axis=1), groups


@given(tables=full_tables())
def test_margins_are_met_odds_ratios_kept_and_the_oracle_agrees(tables):
    (a, b), region = tables
    units, groups = margins(b, region)
    fit = iterative_proportional_fit(a, region, unit_totals=units, group_totals=groups)
    assert fit.converged.all()
    found = margins(fit.counts, region)
    assert_allclose(found[0], units, rtol=1e-12)
    assert_allclose(found[1], groups, atol=1e-9 * b.sum())
    # The ratio to the source is a product of a unit's and a group's factor.
    ratio = np.log(fit.counts / a)
    for r in np.unique(region):
        here = ratio[region == r]
        free = here - here[:, :1] - here[:1] + here[0, 0]
        assert_allclose(free, 0, atol=1e-9)
        expected = oracle.fit(a[region == r].tolist(), units[region == r], groups[r])
        assert_allclose(fit.counts[region == r], expected, rtol=1e-6)


@given(tables=full_tables())
def test_the_other_margin_keeps_its_shares(tables):
    (a, b), region = tables
    units, groups = margins(a, region)
    totals = b.sum(axis=1)
    fit = iterative_proportional_fit(a, region, unit_totals=totals)
    found = margins(fit.counts, region)
    assert_allclose(found[0], totals)
    for r in np.unique(region):
        assert_allclose(found[1][r] / found[1][r].sum(), groups[r] / groups[r].sum(), atol=1e-8)
    _, wanted = margins(b, region)
    fit = iterative_proportional_fit(a, region, group_totals=wanted)
    found = margins(fit.counts, region)
    assert_allclose(found[1], wanted, rtol=1e-6)
    for r in np.unique(region):
        here = region == r
        assert_allclose(found[0][here] / found[0][here].sum(), units[here] / units[here].sum())


def test_a_table_already_there_stays():
    fit = iterative_proportional_fit([[1, 2], [3, 4], [0, 0]])
    assert_allclose(fit.counts, [[1, 2], [3, 4], [0, 0]])
    assert fit.converged.tolist() == [True]


def test_replicates_are_fitted_each_alone():
    rng = np.random.default_rng(3)
    tables = rng.integers(1, 20, (4, 6, 3)).astype(float)
    region = np.array([0, 1, 0, 1, 0, 1])
    units = rng.integers(1, 30, 6).astype(float)
    together = iterative_proportional_fit(tables, region, unit_totals=units)
    for b, table in enumerate(tables):
        alone = iterative_proportional_fit(table, region, unit_totals=units)
        assert_allclose(together.counts[b], alone.counts, rtol=1e-12)


def test_margins_that_the_zeros_forbid_are_flagged_and_filled_zeros_allow_them():
    table, units, groups = [[5, 0], [5, 5]], [10, 10], [[5, 15]]
    fit = iterative_proportional_fit(table, unit_totals=units, group_totals=groups)
    assert fit.converged.tolist() == [False]
    assert fit.error[0] > 0.01
    fit = iterative_proportional_fit(table, unit_totals=units, group_totals=groups, zero=1e-6)
    assert fit.converged.all()
    assert_allclose(fit.counts.sum(axis=0), groups[0], rtol=1e-6)


def test_wrong_margins_are_named():
    table = [[5, 0], [5, 0], [0, 0]]
    with pytest.raises(InputError, match="unit 2 has no people"):
        iterative_proportional_fit(table, unit_totals=[1, 1, 1])
    with pytest.raises(InputError, match="group 1 has no people in region 0"):
        iterative_proportional_fit(table, group_totals=[[1, 1]])
    with pytest.raises(InputError, match="in region 0 unit_totals sum to 3 and group_totals to 2"):
        iterative_proportional_fit(table, unit_totals=[1, 2, 0], group_totals=[[2, 0]])
    with pytest.raises(InputError, match=r"unit_totals\[1\] is -1"):
        iterative_proportional_fit(table, unit_totals=[1, -1, 0])
    with pytest.raises(InputError, match="group_totals has shape"):
        iterative_proportional_fit(table, group_totals=[[1, 1, 1]])


@given(case=cases())
def test_karmel_maclachlan(case):
    found = karmel_maclachlan(case.counts, case.region)
    expected = [
        [oracle.karmel_maclachlan(case.pairs(r, g)) for g in range(case.counts.shape[1])]
        for r in range(case.regions)
    ]
    assert_allclose(found, expected, rtol=0, atol=1e-9)


@given(case=cases())
def test_karmel_maclachlan_is_dissimilarity_by_its_maximum(case):
    found = karmel_maclachlan(case.counts, case.region, group=0, against=1)
    d = dissimilarity(case.counts, case.region, group=0, against=1)
    for r in range(case.regions):
        if not np.isnan(d[r]):
            x, y = case.counts[case.region == r][:, :2].sum(axis=0)
            assert_allclose(found[r], 2 * x * y / (x + y) ** 2 * d[r], atol=1e-12)
