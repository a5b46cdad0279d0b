"""Local indices, against loops, R's segregation and PySAL."""

import csv
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError, local, multigroup
from tests.measure.cases import cases
from tests.measure.oracles import local as oracle
from tests.reference import reference, reference_values

EXACT = {"rtol": 0, "atol": 1e-9}
BY_UNIT = [
    "location_quotient",
    "local_entropy",
    "local_simpson",
    "local_divergence",
    "local_mutual_information",
]


def by_region(case, name, around=None):
    """An oracle's answers, region by region, in the order of the units."""
    expected = None
    for r in np.unique(case.region):
        there = case.region == r
        surroundings = None if around is None else around[there].tolist()
        rows = case.units(r)
        if np.sum(rows) == 0:
            continue
        found = np.array(getattr(oracle, name)(rows, surroundings))
        if expected is None:
            expected = np.full((len(case.region), *found.shape[1:]), np.nan)
        expected[there] = found
    return expected


@pytest.mark.parametrize("name", BY_UNIT)
@given(case=cases())
def test_each_unit_in_the_order_given(name, case):
    found = getattr(local, name)(case.counts, case.region)
    expected = by_region(case, name)
    assert_allclose(found, np.nan if expected is None else expected, **EXACT)


@pytest.mark.parametrize("name", BY_UNIT)
@given(case=cases(), seed=st.integers(0, 99))
def test_surroundings_take_the_place_of_the_unit(name, case, seed):
    around = np.random.default_rng(seed).integers(0, 3, case.counts.shape) + case.counts
    found = getattr(local, name)(case.counts, case.region, environment=around)
    expected = by_region(case, name, around)
    assert_allclose(found, np.nan if expected is None else expected, **EXACT)


@pytest.mark.parametrize("name", BY_UNIT)
@given(case=cases())
def test_replicates_come_first(name, case):
    stack = np.stack([case.counts, 2 * case.counts[::-1]])
    together = getattr(local, name)(stack, case.region)
    for found, counts in zip(together, stack, strict=True):
        assert_allclose(found, getattr(local, name)(counts, case.region), atol=1e-12)


@given(case=cases())
def test_contributions_by_group(case):
    found = local.local_mutual_information(case.counts, case.region, by="group")
    for r in range(case.regions):
        rows = case.units(r) or [[0.0] * case.counts.shape[1]]
        assert_allclose(found[r], oracle.mutual_information_by_group(rows), **EXACT)


@given(case=cases(), seed=st.integers(0, 99))
def test_contributions_add_up_to_the_whole(case, seed):
    # Surroundings hold only groups that the region has: otherwise the divergence is infinite.
    lived = np.stack([case.counts[case.region == r].sum(axis=0) > 0 for r in case.region])
    extra = np.random.default_rng(seed).random(case.counts.shape) * lived
    for environment in (None, case.counts + extra):
        options = {"environment": environment}
        index = multigroup.mutual_information if environment is None else multigroup.divergence
        whole = index(case.counts, case.region, **options)
        units = local.local_mutual_information(case.counts, case.region, **options)
        sums = np.zeros(case.regions)
        np.add.at(sums, case.region, np.nan_to_num(units))
        groups = local.local_mutual_information(case.counts, case.region, by="group", **options)
        # With a single group the whole does not exist; nothing is contributed to it.
        there = ~np.isnan(whole)
        assert_allclose(sums[there], whole[there], **EXACT)
        assert_allclose(np.nansum(groups, axis=1)[there], whole[there], **EXACT)


def test_what_is_known():
    counts = [[10, 0], [0, 30], [0, 0], [5, 15]]
    assert_allclose(
        local.location_quotient(counts), [[4, 0], [0, 4 / 3], [np.nan] * 2, [1, 1]], atol=1e-12
    )
    assert_allclose(local.local_divergence(counts), [np.log(4), np.log(4 / 3), np.nan, 0])
    assert_allclose(local.local_entropy([[4, 4, 4]], normalised=True), [1])
    assert_allclose(local.local_simpson([[4, 4], [9, 0]], form="concentration"), [0.5, 1])


def test_surroundings_across_a_border_may_hold_whom_the_region_lacks():
    counts, region = [[5, 0], [0, 5]], [0, 1]
    around = [[5, 5], [5, 5]]
    found = local.local_divergence(counts, region, environment=around)
    assert_allclose(found, [np.inf, np.inf])
    quotient = local.location_quotient(counts, region, environment=around)
    assert_allclose(quotient, [[0.5, np.nan], [np.nan, 0.5]])


def test_unknown_choices_are_named():
    with pytest.raises(InputError, match="choose interaction or concentration"):
        local.local_simpson([[1, 2]], form="gini")
    with pytest.raises(InputError, match="choose unit or group"):
        local.local_mutual_information([[1, 2]], by="region")


def test_scores_of_the_r_package():
    with reference("schools00.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    schools = {name: i for i, name in enumerate(sorted({row["school"] for row in rows}))}
    races = {name: i for i, name in enumerate(sorted({row["race"] for row in rows}))}
    counts = np.zeros((len(schools), len(races)))
    for row in rows:
        counts[schools[row["school"]], races[row["race"]]] += float(row["n"])
    expected = reference_values("R segregation", "schools00")
    options = {"by": "group"}
    score = local.local_mutual_information(counts, weighted=False, **options)[0]
    contribution = local.local_mutual_information(counts, **options)[0]
    for race, g in races.items():
        ls = expected[f"mutual_local(unit=race)[{race}].ls"]
        share = expected[f"mutual_local(unit=race)[{race}].p"]
        assert_allclose(score[g], ls, rtol=1e-13)
        assert_allclose(contribution[g], ls * share, rtol=1e-13)
    # Schools as units, the groups turned into units and back.
    turned = local.local_divergence(counts.T)
    assert_allclose(turned, score, rtol=1e-12)


def test_pysal():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports is deprecated here and there
        import geopandas as gpd
        from segregation import local as theirs

        counts = np.random.default_rng(5).integers(1, 50, (30, 3)).astype(float)
        names = ["a", "b", "c"]
        columns = dict(zip(names, counts.T, strict=True))
        frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*counts.T[:2]), crs=3006)
        # Its indices add up surroundings of 1000 m unless they are told a smaller distance.
        expected = {
            name: np.array(getattr(theirs, name)(frame, names, distance=1e-9).statistics)
            for name in (
                "MultiLocationQuotient",
                "MultiLocalEntropy",
                "MultiLocalDiversity",
                "MultiLocalSimpsonInteraction",
                "MultiLocalSimpsonConcentration",
            )
        }
    found = {
        "MultiLocationQuotient": local.location_quotient(counts),
        "MultiLocalEntropy": local.local_entropy(counts, normalised=True),
        "MultiLocalDiversity": local.local_entropy(counts),
        "MultiLocalSimpsonInteraction": local.local_simpson(counts),
        "MultiLocalSimpsonConcentration": local.local_simpson(counts, form="concentration"),
    }
    for name, values in found.items():
        assert_allclose(values, expected[name], **EXACT, err_msg=name)
