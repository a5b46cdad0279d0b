"""Nested and group decomposition: the parts against their definitions, and that they add up."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.decomposition import (
    group_decomposition,
    nested_decomposition,
    simpson_decomposition,
)
from samsyn.measure.diversity import simpson_interaction
from samsyn.measure.multigroup import relative_diversity
from tests.measure.cases import cases
from tests.measure.oracles import decomposition as oracle


def nested_levels(case, seed):
    """Two levels inside the regions, numbered through."""
    rng = np.random.default_rng(seed)
    coarse = case.region * 3 + rng.integers(0, 3, case.region.size)
    return [coarse, coarse * 2 + rng.integers(0, 2, coarse.size)]


SEEDS = st.integers(0, 2**32)


@given(case=cases(), seed=SEEDS)
def test_levels_are_what_their_definition_says(case, seed):
    levels = nested_levels(case, seed)
    found = nested_decomposition(case.counts, levels, region=case.region)
    for r in range(case.regions):
        rows = case.units(r)
        if not rows or oracle.total(rows) == 0:
            assert np.isnan(found.m[r])
            assert all(np.isnan(level.m[r]) for level in found.levels)
            continue
        steps = [np.zeros(len(rows)), *(level[case.region == r] for level in levels)]
        steps.append(np.arange(len(rows)))
        expected = [
            oracle.within(rows, list(outer), list(inner)) for outer, inner in pairwise(steps)
        ]
        assert_allclose([level.m[r] for level in found.levels], expected, atol=1e-10)
        assert_allclose(found.m[r], oracle.mutual_information(rows), atol=1e-10)
        assert_allclose(found.h[r], oracle.theil_h(rows), atol=1e-9)


@given(case=cases(), seed=SEEDS)
def test_levels_add_up_to_the_total_and_cells_to_their_level(case, seed):
    levels = nested_levels(case, seed)
    found = nested_decomposition(case.counts, levels, region=case.region)
    assert_allclose(sum(level.m for level in found.levels), found.m, rtol=0, atol=1e-12)
    assert_allclose(sum(level.h for level in found.levels), found.h, rtol=0, atol=1e-12)
    cell_of_region = [np.arange(case.regions), *levels]
    for level, cells in zip(found.levels, cell_of_region, strict=True):
        inside = level.within
        m, h = np.zeros(case.regions), np.zeros(case.regions)
        for cell in np.unique(cells):
            home = case.region[cells == cell] if cells is not cell_of_region[0] else [cell]
            if len(home) and inside.weight[cell] > 0:
                m[home[0]] += inside.weight[cell] * inside.m[cell]
                if inside.entropy_ratio[cell] > 0:
                    h[home[0]] += inside.weight[cell] * inside.entropy_ratio[cell] * inside.h[cell]
        known, diverse = ~np.isnan(found.m), ~np.isnan(found.h)
        assert_allclose(m[known], level.m[known], rtol=0, atol=1e-12)
        assert_allclose(h[diverse], level.h[diverse], rtol=0, atol=1e-12)


@given(case=cases(), seed=SEEDS)
def test_replicates_and_regions_are_as_each_alone(case, seed):
    levels = nested_levels(case, seed)
    both = np.stack([case.counts, 2 * case.counts])
    found = nested_decomposition(both, levels, region=case.region)
    assert_allclose(found.m[0], found.m[1], atol=1e-12)
    for r in np.unique(case.region):
        here = case.region == r
        alone = nested_decomposition(case.counts[here], [level[here] for level in levels])
        assert_allclose(found.m[:, r], [alone.m[0]] * 2, rtol=0, atol=1e-12)
        for k, level in enumerate(alone.levels):
            assert_allclose(found.levels[k].h[0, r], level.h[0], rtol=0, atol=1e-12)


def test_segregation_is_found_at_the_level_where_it_is():
    # Two counties alike; in each, one municipality of each group; units alike within.
    counts = [[10, 0], [30, 0], [0, 20], [0, 20]] * 2
    county, municipality = [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3]
    found = nested_decomposition(counts, [county, municipality])
    assert_allclose([level.h[0] for level in found.levels], [0, 1, 0], atol=1e-12)
    assert_allclose(found.levels[1].within.h, [1, 1])
    assert np.isnan(found.levels[2].within.h).all()


def test_levels_that_are_not_nested_name_the_unit():
    counts = np.ones((4, 2))
    with pytest.raises(InputError, match=r"unit 2 lies in level 0 1.* cell 0 of level 1"):
        nested_decomposition(counts, [[0, 0, 1, 1], [0, 1, 0, 2]])
    with pytest.raises(InputError, match=r"unit 3 lies in region 1"):
        nested_decomposition(counts, [[0, 0, 1, 1]], region=[0, 0, 0, 1])
    with pytest.raises(InputError, match=r"level 0 has shape"):
        nested_decomposition(counts, [[0, 1]])


@given(case=cases(), seed=SEEDS)
def test_groups_and_families_add_up(case, seed):
    groups = case.counts.shape[1]
    families = np.random.default_rng(seed).integers(0, 2, groups)
    found = group_decomposition(case.counts, case.region, families=families)
    for r in range(case.regions):
        rows = case.units(r)
        if not rows or oracle.total(rows) == 0:
            assert np.isnan(found.m[r])
            continue
        m = oracle.mutual_information(rows)
        assert_allclose(found.m[r], m, atol=1e-10)
        assert_allclose(found.local[r], [oracle.local(rows, g) for g in range(groups)], atol=1e-8)
        assert_allclose(np.nansum(found.share[r] * found.local[r]), found.m[r], atol=1e-12)
        assert_allclose(found.m_group[r].sum(), found.m[r], atol=1e-12)
        family = [[sum(row[families == k]) for k in (0, 1)] for row in np.array(rows)]
        assert_allclose(found.m_between[r], oracle.mutual_information(family), atol=1e-10)
        for k in range(families.max() + 1):
            expected = oracle.mutual_information(
                [[v for v, f in zip(row, families, strict=True) if f == k] for row in rows]
            )
            assert_allclose(found.within.m[r, k], expected, atol=1e-10)
        inside = np.nansum(found.within.weight[r] * found.within.m[r])
        assert_allclose(found.m_between[r] + inside, found.m[r], rtol=0, atol=1e-12)


def test_a_group_that_is_absent_adds_nothing():
    found = group_decomposition([[3, 0, 1], [1, 0, 3]])
    assert found.m_group[0, 1] == 0
    assert np.isnan(found.local[0, 1])
    assert found.within is None


def test_families_of_another_number_are_refused():
    with pytest.raises(InputError, match="counts have 3 groups: give the family of each group"):
        group_decomposition([[3, 0, 1]], families=[0, 1])


@given(case=cases(), data=st.data())
def test_the_chance_to_meet_ones_like_is_what_its_definition_says(case, data):
    order = data.draw(st.permutations(range(len(case.counts))))
    replicates = np.stack([case.counts, 3 * case.counts])
    around = case.counts + case.counts[order]
    alone = simpson_decomposition(replicates, case.region)
    among = simpson_decomposition(case.counts, case.region, environment=around)
    for r in range(case.regions):
        rows, near = case.units(r), around[case.region == r].tolist()
        for found, expected in (
            (alone, oracle.simpson(rows, rows)),
            (among, oracle.simpson(rows, near)),
        ):
            parts = [found.total, found.locational, found.compositional, found.qualitative]
            assert_allclose([np.atleast_2d(part)[0, r] for part in parts], expected, atol=1e-12)
    assert_allclose(alone.locational[0], alone.locational[1], atol=1e-12)


@given(case=cases())
def test_the_locational_part_is_relative_diversity_by_the_chance_to_differ(case):
    found = simpson_decomposition(case.counts, case.region).locational
    diverse = relative_diversity(case.counts, case.region)
    there = ~np.isnan(diverse)
    expected = diverse * simpson_interaction(case.counts, case.region)
    assert_allclose(found[there], expected[there], atol=1e-12)


def test_the_parts_of_full_segregation_and_of_evenness():
    apart = simpson_decomposition([[4, 0], [0, 4]])
    even = simpson_decomposition([[1, 3], [2, 6]])
    parts = [[p.locational, p.compositional, p.qualitative] for p in (apart, even)]
    assert_allclose(np.squeeze(parts), [[0.5, 0, 0.5], [0, 0.125, 0.5]], atol=1e-12)
