"""Indices corrected for chance, against plain loops, published values and PySAL."""

from math import floor, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from samsyn.measure import InputError, dissimilarity, gini
from samsyn.measure.corrected import (
    bias_corrected_dissimilarity,
    density_corrected_dissimilarity,
    expected_dissimilarity,
    modified_dissimilarity,
    modified_gini,
)
from samsyn.measure.inference import bootstrap, randomise
from tests.measure.cases import cases
from tests.measure.oracles import chance as oracle

CORRECTED = {
    "modified_dissimilarity": modified_dissimilarity,
    "modified_gini": lambda *a, **k: modified_gini(*a, replicates=3, seed=1, **k),
    "density": density_corrected_dissimilarity,
    "bootstrap": lambda *a, **k: bias_corrected_dissimilarity(*a, replicates=3, seed=1, **k),
}
SMALL = np.random.default_rng(3).poisson([2, 9, 5], (24, 3)).astype(float)


@pytest.mark.parametrize("null", ["evenness", "margins"])
@settings(max_examples=25)
@given(case=cases(max_units=6))
def test_expected_dissimilarity(null, case):
    counts = np.rint(case.counts)
    found = expected_dissimilarity(counts, case.region, null=null)
    for r, g in np.ndindex(found.shape):
        rows = counts[case.region == r].astype(int)
        units = [(int(row[g]), int(row.sum() - row[g])) for row in rows]
        expected = oracle.expected_dissimilarity(units, null)
        assert_allclose(found[r, g], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("unit", "published"), [((1, 9), 0.387), ((5, 5), 0.246), ((10, 90), 0.131)]
)
def test_expected_dissimilarity_of_winship(unit, published):
    found = expected_dissimilarity([unit] * 1_000, group=0, null="evenness")[0]
    # The table cuts off after three decimals.
    assert floor(found * 1_000) / 1_000 == published


@pytest.mark.parametrize("null", ["evenness", "margins"])
def test_expected_dissimilarity_is_the_mean_of_simulated_tables(null):
    region = np.repeat([0, 1], 12)
    drawn = randomise("dissimilarity", SMALL, region, null=null, replicates=3_000, seed=1)
    found = expected_dissimilarity(SMALL, region, null=null)
    noise = drawn.std(axis=0) / np.sqrt(3_000)
    # The formula holds the region's margins at their mean, which evenness does not.
    slack = 0.02 if null == "evenness" else 0.0
    assert (np.abs(drawn.mean(axis=0) - found) < 4 * noise + slack).all()


@settings(max_examples=40)
@given(case=cases(max_units=8))
def test_density_corrected_dissimilarity(case):
    found = density_corrected_dissimilarity(case.counts, case.region)
    for r, g in np.ndindex(found.shape):
        expected = oracle.density_corrected(case.pairs(r, g))
        # A flat top of the density, at t = 1, is not found to all digits by its oracle.
        assert_allclose(found[r, g], expected, rtol=0, atol=1e-5)


@settings(max_examples=20)
@given(case=cases())
def test_modified_dissimilarity_with_a_formula(case):
    counts = np.rint(case.counts)
    value = dissimilarity(counts, case.region)
    expected = expected_dissimilarity(counts, case.region)
    found = modified_dissimilarity(counts, case.region)
    for place in np.ndindex(value.shape):
        d, star = value[place], expected[place]
        room = (1 - star) if d >= star else star
        result = nan if isnan(d) or room == 0 else (d - star) / room
        assert_allclose(found[place], result, atol=1e-12)


def test_modified_indices_by_simulation_are_those_of_the_null():
    call = {"null": "systematic", "replicates": 60, "seed": 4}
    for index, modified in ((dissimilarity, modified_dissimilarity), (gini, modified_gini)):
        star = randomise(index, SMALL, group=0, **call).mean(axis=0)
        value = index(SMALL, group=0)
        room = np.where(value >= star, 1 - star, star)
        assert_allclose(modified(SMALL, group=0, **call), (value - star) / room, atol=1e-12)


def test_bootstrap_correction_is_twice_the_value_less_the_mean():
    region = np.arange(24) % 3
    drawn = bootstrap(
        "dissimilarity", SMALL, region, group=1, against=2, resample="groups", replicates=50,
        seed=6,
    )  # fmt: skip
    found = bias_corrected_dissimilarity(SMALL, region, group=1, against=2, replicates=50, seed=6)
    value = dissimilarity(SMALL, region, group=1, against=2)
    noise = drawn.std(axis=0) / np.sqrt(50)
    assert (np.abs(found - (2 * value - drawn.mean(axis=0))) < 6 * noise).all()
    assert_allclose(
        bias_corrected_dissimilarity(SMALL, region, method="density"),
        density_corrected_dissimilarity(SMALL, region),
    )


@pytest.mark.parametrize("name", CORRECTED)
def test_full_segregation_is_one_and_an_absent_group_has_no_value(name):
    apart = np.array([[300.0, 0, 0], [0, 200, 0], [0, 100, 0]])
    found = CORRECTED[name](apart)
    assert_allclose(found[0, :2], 1, atol=1e-9)
    assert np.isnan(found[0, 2])


@pytest.mark.parametrize("name", CORRECTED)
def test_chance_alone_is_near_zero_while_dissimilarity_is_not(name):
    rng = np.random.default_rng(9)
    counts = rng.multinomial(20, [0.1, 0.9], 4_000).astype(float)
    region = np.repeat(np.arange(40), 100)
    assert dissimilarity(counts, region, group=0).mean() > 0.25
    corrected = CORRECTED[name](counts, region, group=0).mean()
    # Allen et al. find that both of theirs leave part of the bias where nothing is segregated.
    assert abs(corrected) < (0.05 if name.startswith("modified") else 0.2)


@pytest.mark.parametrize("name", CORRECTED)
def test_shapes_with_years_and_empty_regions(name):
    years = np.stack([SMALL, SMALL + 1, SMALL[::-1]])
    region = np.arange(24) // 8 * 2
    every = CORRECTED[name](years, region)
    assert every.shape == (3, 5, 3)
    assert np.isnan(every[:, [1, 3]]).all()
    assert np.isfinite(every[:, [0, 2, 4]]).all()
    assert CORRECTED[name](SMALL, region, group=1).shape == (5,)
    one = CORRECTED[name](years, region, group=1)
    assert one.shape == (3, 5)
    if name in {"density", "modified_dissimilarity"}:
        assert_allclose(one, every[:, :, 1])
        assert_allclose(every[1], CORRECTED[name](SMALL + 1, region))


def test_wrong_choices_are_refused():
    with pytest.raises(InputError, match="give replicates"):
        modified_dissimilarity(SMALL, null="systematic")
    with pytest.raises(InputError, match="method is 'jackknife'"):
        bias_corrected_dissimilarity(SMALL, method="jackknife")
    with pytest.raises(InputError, match="null is 'chance'"):
        expected_dissimilarity(SMALL, null="chance")


def test_pysal_agrees_within_its_tolerance():
    pd = pytest.importorskip("pandas")
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.singlegroup import BiasCorrectedDissim, DensityCorrectedDissim

        frame = pd.DataFrame({"group": SMALL[:, 0], "total": SMALL.sum(axis=1)})
        density = DensityCorrectedDissim(frame, "group", "total").statistic
        np.random.seed(1)  # noqa: NPY002 - the generator that PySAL uses
        bias = BiasCorrectedDissim(frame, "group", "total", B=500).statistic
    # Its optimiser stops at 1e-5 of each theta and takes the second best point.
    assert_allclose(density_corrected_dissimilarity(SMALL, group=0), density, atol=1e-4)
    found = bias_corrected_dissimilarity(SMALL, group=0, replicates=500, seed=1)
    drawn = bootstrap("dissimilarity", SMALL, group=0, resample="groups", seed=1)
    assert_allclose(found, bias, atol=5 * float(drawn.std()) * np.sqrt(2 / 500))


def test_a_bias_correction_takes_its_own_noise_past_full_segregation():
    # One replicate: 2 D less a D that by chance came out lower.
    counts = [[6.0, 1.0], [1.0, 6.0]]
    values = [
        bias_corrected_dissimilarity(counts, group=0, replicates=1, seed=seed)
        for seed in range(300)
    ]
    assert dissimilarity(counts, group=0) < 1 < max(values) <= 2
