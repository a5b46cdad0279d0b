"""Every index at the edges of what counts can be: of one size, of one group, tiny, vast, or none.

Indices that need places have edges of their own, which are tested with them.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn import measure
from samsyn.measure import InputError
from samsyn.measure.catalogue import INDICES

# Ordered groups need nothing but counts; what draws random numbers has tests of its own.
PLAIN = sorted(
    name
    for name, index in INDICES.items()
    if index.fed_by({"ordered"}) is not None and index.resampled
)
# Chance matters more among few: these see the size of counts, as they should.
OF_SIZE = {"modified_dissimilarity", "density_corrected_dissimilarity"}
# The polynomial through the thresholds, or the thresholds' spacing, add their own rounding.
ROUNDED = {"rank_order_theil", "rank_order_variance_ratio", "rank_order_square_root"}
ROUNDED |= {"concentration_profile"}
# These say something else than 0 of evenness.
NOT_EVENNESS = {"isolation", "interaction", "location_quotient", "local_entropy", "local_simpson"}
NOT_EVENNESS |= {"concentration_at_extremes", "local_concentration_at_extremes"} | OF_SIZE

MIXED = np.array([[3.0, 1, 2], [1, 4, 0], [0, 0, 0], [7, 7, 1], [2, 0, 5]])
REGION = [0, 2, 2, 0, 2]
EDGES = {
    "one unit": MIXED[:1],
    "even": np.outer(np.arange(1.0, 300.0), [0.1, 0.7, 3.3]),
    "even, of one fortieth": np.outer(np.arange(1.0, 300.0), [1.0, 3e-5, 0.7]),
    "apart": np.eye(3)[np.arange(1000) % 3] * np.linspace(0.01, 0.7, 1000)[:, np.newaxis],
    "nearly everyone in one group": np.array([[1e9, 1, 0], [1e9, 0, 1], [1e9, 0, 0]]),
    "vast": MIXED * 1e9,
    "tiny": MIXED * 1e-12,
    "vast beside tiny": MIXED * [1e9, 1.0, 1e-12],
    "empty": np.zeros((3, 3)),
}


def values(name, counts, region=None, **options):
    return INDICES[name].function(counts, region, **options)


def named(keys):
    return pytest.mark.parametrize("name", sorted(keys))


@pytest.mark.parametrize("edge", EDGES)
@named(PLAIN)
def test_no_rounding_takes_an_index_out_of_its_range(name, edge):
    found = values(name, EDGES[edge])
    slack = 1e-12 if name in ROUNDED else 0.0
    index = INDICES[name]
    known = found[~np.isnan(found)]
    assert known.size == 0 or known.min() >= index.lowest - slack
    assert known.size == 0 or known.max() <= index.highest + slack
    if edge == "empty":
        assert known.size == 0
    elif name not in OF_SIZE:
        assert known.size > 0


@named(name for name in PLAIN if INDICES[name].family != "diversity" and name not in NOT_EVENNESS)
def test_evenness_is_nothing_to_the_last_digits_also_in_many_regions(name):
    sizes = np.random.default_rng(1).integers(1, 10**6, 20_000).astype(float)
    region = np.arange(20_000) % 1000
    found = values(name, np.outer(sizes, [1.0, 3e-3, 0.3]), region)
    assert np.abs(found).max() < (1e-7 if name == "neighbourhood_sorting_index" else 1e-12)


@named(set(PLAIN) - OF_SIZE)
@pytest.mark.parametrize("scale", [1e9, 1e-12])
def test_the_unit_of_counting_makes_no_difference(name, scale):
    assert_allclose(
        values(name, MIXED * scale, REGION), values(name, MIXED, REGION), rtol=1e-11, atol=1e-13
    )


@named(PLAIN)
def test_any_kind_of_array_is_taken_and_none_is_changed(name):
    expected = values(name, MIXED, REGION)
    frozen = MIXED.copy()
    frozen.flags.writeable = False
    strided = np.repeat(MIXED, 2, axis=0)[::2]
    for counts in (MIXED.tolist(), MIXED.astype(np.uint8), np.asfortranarray(frozen), strided):
        assert_allclose(values(name, counts, REGION), expected, rtol=1e-12)
    for region in (np.array(REGION, np.int8), np.array(REGION, np.uint64), np.array(REGION, float)):
        region.flags.writeable = False
        assert_allclose(values(name, frozen, region), expected, rtol=1e-12)
    assert_allclose(frozen, MIXED)


@named(PLAIN)
def test_what_is_not_there_is_nan_or_left_out(name):
    by_region = not INDICES[name].answers.startswith("unit")
    found = values(name, MIXED, REGION)
    assert found.shape[0] == (3 if by_region else 5)
    assert np.isnan(found[1 if by_region else 2]).all()
    assert values(name, np.zeros((0, 3)), []).shape[0] == 0
    assert values(name, np.zeros((0, 5, 3)), REGION).shape == (0, *found.shape)
    once = values(name, MIXED[np.newaxis], REGION)
    assert_allclose(once, found[np.newaxis], rtol=1e-12)
    if by_region and INDICES[name].family != "ordered groups":
        assert values(name, MIXED[:, :1], REGION).shape[0] == 3


@pytest.mark.parametrize("name", ["gini", "dissimilarity", "theil_h", "multigroup_theil_h"])
def test_thousands_of_large_regions_are_as_exact_as_one(name):
    rng = np.random.default_rng(2)
    region = np.sort(rng.integers(0, 3000, 100_000))
    counts = np.stack([rng.integers(0, 10**6, 100_000), rng.poisson(9.0, 100_000)], axis=1)
    found = values(name, counts, region)
    for r in (0, 1, 1500, 2999):
        assert_allclose(found[r], values(name, counts[region == r])[0], rtol=0, atol=1e-13)


def test_a_small_group_keeps_its_order_of_units_among_thousands_of_regions():
    rng = np.random.default_rng(3)
    counts = np.stack([rng.random(6000), rng.random(6000) * 1e-12], axis=1)
    region = np.arange(6000) // 2
    alone = [measure.gini(counts[region == r], group=0)[0] for r in (0, 2999)]
    assert_allclose(measure.gini(counts, region, group=0)[[0, 2999]], alone, atol=1e-11)


def test_both_sides_of_a_contrast_agree_where_one_is_nearly_everyone():
    counts = [[1e9, 1.0], [1e9, 2.0], [1e9, 0.0]]
    for index in (measure.theil_h, measure.correlation_ratio, measure.gini):
        assert_allclose(index(counts)[0, 0], index(counts)[0, 1], rtol=1e-12)
    # sum_u t_u (p_u - P)^2 / (T P (1 - P)) by hand, to what 1e-9 beside 1 leaves out.
    assert_allclose(measure.correlation_ratio(counts)[0], [5e-9 / 3 - 1e-9] * 2, rtol=1e-6)


@pytest.mark.parametrize("bad", ["a", 1.5, [0], np.array([0, 1])])
def test_a_group_that_is_no_position_is_refused(bad):
    for option in ("group", "against"):
        with pytest.raises(InputError, match=f"{option} is .*position"):
            measure.dissimilarity(MIXED, **{option: bad})


def test_a_masked_count_is_missing_and_not_what_lies_behind_the_mask():
    mask = np.zeros(MIXED.shape, dtype=bool)
    mask[3, 1] = True
    with pytest.raises(InputError, match="row 3, group 1"):
        measure.entropy(np.ma.array(MIXED, mask=mask))


def test_a_region_that_is_infinite_is_refused():
    with pytest.raises(InputError, match="whole numbers"):
        measure.entropy(MIXED, [0, 1, np.inf, 0, 0])


def test_surroundings_without_anybody_are_refused_where_people_live():
    around = MIXED.copy()
    assert measure.entropy(MIXED, REGION, environment=around).shape == (3,)
    around[3] = 0
    with pytest.raises(InputError, match="unit 3 has people and nobody in its surroundings"):
        measure.dissimilarity(MIXED, REGION, environment=around)
    with pytest.raises(InputError, match="for each replicate"):
        measure.dissimilarity(np.stack([MIXED] * 3), environment=np.stack([MIXED] * 2))


@pytest.mark.parametrize("name", ["group_decomposition", "simpson_decomposition"])
def test_what_does_not_answer_with_an_array_is_not_resampled(name):
    for call in (measure.bootstrap, measure.estimate, measure.randomise):
        with pytest.raises(InputError, match=f"{name} is not an index"):
            call(name, MIXED, REGION, replicates=2, seed=1)


def test_what_measures_no_counts_by_region_is_not_resampled():
    for name in ("nested_decomposition", "smoothed", "round_to_base"):
        for asked in (name, getattr(measure, name)):
            with pytest.raises(InputError, match=f"{name} is not an index of counts and region"):
                measure.bootstrap(asked, MIXED, REGION, replicates=2, seed=1)
    with pytest.raises(InputError, match="there is no index 'Table'"):
        measure.bootstrap("Table", MIXED)
    with pytest.raises(InputError, match="delta needs area"):
        measure.bootstrap("delta", MIXED, replicates=2, seed=1)


def test_an_index_that_takes_no_table_is_resampled_all_the_same():
    places = np.arange(10.0).reshape(5, 2)
    drawn = measure.bootstrap("global_distortion", MIXED, REGION, xy=places, replicates=2, seed=1)
    assert drawn.shape == (2, 3)


def test_one_replicate_has_no_spread_and_none_is_refused():
    found = measure.estimate("dissimilarity", MIXED, group=0, replicates=1, null="margins", seed=1)
    assert np.isnan(found.standard_error).all()
    assert found.lower.shape == found.p.shape == (1,)
    for bad in (0, 1.5):
        with pytest.raises(InputError, match="replicates is"):
            measure.bootstrap("entropy", MIXED, replicates=bad)
    nothing, value = np.empty((0, 2)), np.ones(2)
    for interval in (measure.percentile_interval, measure.basic_interval, measure.bca_interval):
        assert np.isnan(interval(value, nothing)).all()
    assert np.isnan(measure.p_value(value, nothing)).all()
    assert np.isnan(measure.p_value(value, np.full((3, 2), np.nan))).all()


def test_a_fit_without_a_round_is_refused():
    for wrong in ({"max_iterations": 0}, {"tolerance": np.nan}, {"zero": -1.0}):
        with pytest.raises(InputError, match=next(iter(wrong))):
            measure.iterative_proportional_fit(MIXED, **wrong)
    with pytest.raises(InputError, match="max_iterations"):
        measure.change_decomposition(MIXED, MIXED, max_iterations=0)


@pytest.mark.parametrize("method", ["mean", "z", "minmax", "rank"])
def test_no_areas_have_no_composite(method):
    assert measure.composite_index(np.zeros((0, 2)), method=method).shape == (0,)
    assert measure.area_types(np.zeros(0)).shape == (0,)


def test_a_replicate_without_spread_does_not_stop_the_others():
    still = np.array([[0.2, 0.3], [0.2, 0.1], [0.2, 0.4]])
    moving = np.array([[0.1, 0.3], [0.2, 0.1], [0.3, 0.4]])
    for method in ("z", "minmax"):
        found = measure.composite_index(np.stack([still, moving]), method=method)
        assert np.isnan(found[0]).all()
        assert_allclose(found[1], measure.composite_index(moving, method=method))
        with pytest.raises(InputError, match="component 0 has the same value"):
            measure.composite_index(still, method=method)


def test_surroundings_across_a_border_may_take_evenness_beyond_its_range_and_all_indices_say_so():
    counts, around = [[9.0, 1.0], [8.0, 2.0]], [[1.0, 1.0], [1.0, 4.0]]
    sides = np.array([[5.0, 5.0], [2.0, 8.0]]) / [17.0, 3.0]
    found = measure.hutchens(counts, environment=around, group=0)
    assert_allclose(found, [1 - np.sqrt(sides.prod(axis=1)).sum()])
    assert found[0] < 0
    assert measure.dissimilarity(counts, environment=around, group=0)[0] > 1
    assert measure.atkinson(counts, environment=around, group=0)[0] < 0
