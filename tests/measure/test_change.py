"""The change between two tables: parts against their definitions, and that they add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, change
from samsyn.measure.change import METHODS, Change, change_decomposition
from samsyn.measure.fitting import iterative_proportional_fit
from tests.measure.cases import cases
from tests.measure.oracles import change as oracle

PARTS = [
    "additions", "removals", "unit_marginal", "group_marginal", "interaction", "structural",
]  # fmt: skip
INDICES = ["mutual_information", "theil_h", "karmel_maclachlan"]


def parts_sum(part: Change):
    return sum(getattr(part, name) for name in PARTS)


def known(found):
    return [i for i in (getattr(found, name) for name in INDICES) if i is not None]


@st.composite
def two_times(draw):
    """Tables without empty cells, but units and groups that come and go."""
    units, groups = draw(st.integers(3, 6)), draw(st.integers(3, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    tables = rng.integers(1, 60, (2, units, groups)).astype(float)
    for table in tables:
        if draw(st.booleans()):
            table[rng.integers(units)] = 0
        if draw(st.booleans()):
            table[:, rng.integers(groups)] = 0
    return tables


@settings(max_examples=30)
@given(tables=two_times())
def test_parts_are_what_their_definition_says(tables):
    before, after = tables
    shared = oracle.common(before.tolist(), after.tolist())
    if sum(1 for v in oracle.columns(shared[0]) if v) < 2:
        return
    definitions = {"shapley": oracle.shapley, "karmel-maclachlan": oracle.karmel_maclachlan_parts}
    for method, definition in definitions.items():
        found = change_decomposition(before, after, method=method)
        assert found.converged.all()
        for name in INDICES:
            expected = definition(before.tolist(), after.tolist(), oracle.INDICES[name])
            for part, value in expected.items():
                assert_allclose(getattr(getattr(found, name), part)[0], value, atol=1e-7)
    found = change_decomposition(before, after, method="mora-ruiz-castillo")
    expected = oracle.mora_ruiz_castillo(before.tolist(), after.tolist())
    for part, value in expected.items():
        assert_allclose(getattr(found.mutual_information, part)[0], value, atol=1e-9)
    assert found.theil_h is None


@pytest.mark.parametrize("method", METHODS)
@given(case=cases(), seed=st.integers(0, 2**32))
def test_parts_add_up_whatever_comes_and_goes(method, case, seed):
    after = np.random.default_rng(seed).permuted(case.counts, axis=0)
    found = change_decomposition(case.counts, after, case.region, method=method, max_iterations=200)
    for part in known(found):
        assert_allclose(part.difference, part.after - part.before, rtol=0, atol=1e-15)
        assert_allclose(parts_sum(part), part.difference, rtol=0, atol=1e-12)
    if method != "mora-ruiz-castillo":
        structural = found.mutual_information.structural
        by_group = np.nansum(found.structural_by_group, axis=-1)
        some = ~np.isnan(structural)
        assert_allclose(by_group[some], structural[some], rtol=0, atol=1e-12)
        by_unit = np.bincount(
            case.region, np.nan_to_num(found.structural_by_unit), minlength=case.regions
        )
        assert_allclose(by_unit[some], structural[some], rtol=0, atol=1e-12)


@given(tables=two_times())
def test_shapley_is_symmetric_in_time_and_in_units_and_groups(tables):
    before, after = tables
    there = change_decomposition(before, after)
    back = change_decomposition(after, before)
    turned = change_decomposition(before.T, after.T)
    swap = {
        "additions": "removals", "removals": "additions",
        "unit_marginal": "unit_marginal", "group_marginal": "group_marginal",
        "structural": "structural",
    }  # fmt: skip
    for name in INDICES:
        for part, other in swap.items():
            one, two = getattr(getattr(there, name), part), getattr(getattr(back, name), other)
            assert_allclose(one, -two, rtol=0, atol=1e-7)
    m, t = there.mutual_information, turned.mutual_information
    assert_allclose(m.unit_marginal, t.group_marginal, rtol=0, atol=1e-7)
    assert_allclose(m.structural, t.structural, rtol=0, atol=1e-7)


@given(tables=two_times())
def test_other_margins_alone_are_no_structural_change(tables):
    before, after = np.where(tables > 0, tables, 1.0)
    fit = iterative_proportional_fit(
        before, unit_totals=after.sum(axis=1), group_totals=after.sum(axis=0)[np.newaxis]
    )
    for method in ("shapley", "karmel-maclachlan"):
        found = change_decomposition(before, fit.counts, method=method)
        for part in known(found):
            assert_allclose(part.structural, 0, atol=1e-7)
            assert_allclose(part.additions, 0, atol=1e-12)


@given(case=cases(), seed=st.integers(0, 2**32))
def test_regions_scales_and_replicates_are_as_each_alone(case, seed):
    after = np.random.default_rng(seed).permuted(case.counts, axis=0)
    settings = {"max_iterations": 200}
    both = change_decomposition(
        np.stack([case.counts, 8 * case.counts]), 2 * after, case.region, **settings
    )
    for r in np.unique(case.region):
        here = case.region == r
        alone = change_decomposition(case.counts[here], after[here], **settings)
        for name in INDICES:
            for part in PARTS:
                one = getattr(getattr(both, name), part)[:, r]
                two = getattr(getattr(alone, name), part)[0]
                assert_allclose(one, [two, two], rtol=0, atol=1e-9)


def test_blocks_of_replicates_change_nothing(monkeypatch):
    rng = np.random.default_rng(5)
    before, after = rng.integers(0, 9, (2, 5, 4, 3)).astype(float)
    whole = change_decomposition(before, after)
    monkeypatch.setattr(change, "_BLOCK", 1)
    parts = change_decomposition(before, after)
    assert_allclose(whole.theil_h.structural, parts.theil_h.structural, rtol=0, atol=1e-12)
    assert_allclose(whole.structural_by_unit, parts.structural_by_unit, rtol=0, atol=1e-12)
    assert whole.converged.shape == parts.converged.shape == (5, 1)


def test_nothing_in_common_is_all_additions_and_removals():
    found = change_decomposition([[3, 1], [1, 3], [0, 0]], [[0, 0], [0, 0], [2, 5]])
    m = found.mutual_information
    assert_allclose(m.removals, -m.before)
    assert_allclose(m.additions, m.after)
    assert m.structural[0] == m.unit_marginal[0] == m.group_marginal[0] == 0
    assert np.isnan(found.structural_by_unit).all()


def test_a_region_that_is_empty_once_is_nan():
    found = change_decomposition([[3, 1], [0, 0]], [[3, 1], [1, 3]], [0, 1])
    assert not np.isnan(found.mutual_information.structural[0])
    assert np.isnan(found.mutual_information.structural[1])


def test_wrong_input_is_named():
    with pytest.raises(InputError, match="before has shape"):
        change_decomposition([[1, 2]], [[1, 2], [3, 4]])
    with pytest.raises(InputError, match="as many replicates"):
        change_decomposition(np.ones((2, 1, 2)), np.ones((3, 1, 2)))
    with pytest.raises(InputError, match="give one of shapley"):
        change_decomposition([[1, 2]], [[1, 2]], method="km")
