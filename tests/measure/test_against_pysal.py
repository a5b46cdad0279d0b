"""Agreement with PySAL's segregation, wherever both define the same aspatial index."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure import diversity, evenness, exposure, multigroup

GROUPS = ["a", "b", "c", "d"]
CLOSE = {"rtol": 0, "atol": 1e-9}

SINGLE = {
    "Dissim": evenness.dissimilarity,
    "Gini": evenness.gini,
    "Entropy": evenness.theil_h,
    "MinMax": evenness.minmax,
    "Isolation": exposure.isolation,
    "Interaction": exposure.interaction,
    "CorrelationR": exposure.correlation_ratio,
}
MULTI = {
    "MultiDissim": multigroup.multigroup_dissimilarity,
    "MultiGini": multigroup.multigroup_gini,
    "MultiInfoTheory": multigroup.multigroup_theil_h,
    "MultiRelativeDiversity": multigroup.relative_diversity,
    "MultiSquaredCoefVar": multigroup.squared_coefficient_of_variation,
    "MultiNormExposure": multigroup.normalised_exposure,
    "MultiDivergence": multigroup.divergence,
    "MultiDiversity": diversity.entropy,
    "SimpsonsConcentration": diversity.simpson_concentration,
    "SimpsonsInteraction": diversity.simpson_interaction,
}


@pytest.fixture(scope="module")
def pysal():
    """The package, with its Gini left uncompiled: compiling takes longer than all else here."""
    pytest.importorskip("segregation")
    from segregation import multigroup as many
    from segregation import singlegroup as single
    from segregation.singlegroup import gini

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gini, "_gini_vecp", gini._gini_vecp.py_func)
        yield {**vars(single), **vars(many)}


def random_counts(seed):
    """Counts with empty cells, units where nobody lives, and every group present."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.4, 50, size=(60, len(GROUPS)))).astype(float)
    counts[rng.integers(0, 60, 5)] = 0
    return counts


def frame(counts):
    import pandas as pd

    return pd.DataFrame(counts, columns=GROUPS).assign(total=counts.sum(axis=1))


@pytest.fixture(params=[1, 2, 3])
def counts(request):
    return random_counts(request.param)


def statistic(index, *args, **options):
    """PySAL's answer; it divides by 0 in units where nobody lives."""
    with np.errstate(all="ignore"):
        return index(*args, **options).statistic


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SINGLE)
def test_one_group(name, counts, pysal):
    expected = [statistic(pysal[name], frame(counts), g, "total") for g in GROUPS]
    assert_allclose(SINGLE[name](counts), [expected], **CLOSE)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shape", [0.2, 0.5, 0.8])
def test_atkinson(shape, counts, pysal):
    from segregation.singlegroup import atkinson

    found = evenness.atkinson(counts, group=1, shape=shape)
    expected, _ = atkinson._atkinson(frame(counts), "b", "total", b=shape)
    assert_allclose(found, [expected], **CLOSE)
    # The class takes the shape and leaves it at 0.5.
    found = evenness.atkinson(counts, group=1)
    expected = statistic(pysal["Atkinson"], frame(counts), "b", "total", b=shape)
    assert_allclose(found, [expected], **CLOSE)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MULTI)
def test_many_groups(name, counts, pysal):
    data, total = frame(counts), len(GROUPS)
    expected = statistic(pysal[name], data, GROUPS)
    assert_allclose(MULTI[name](counts), [expected], **CLOSE)
    if name == "MultiDiversity":
        expected = statistic(pysal[name], data, GROUPS, normalized=True)
        assert_allclose(diversity.entropy(counts) / np.log(total), [expected], **CLOSE)
        assert_allclose(diversity.entropy(counts, normalised=True), [expected], **CLOSE)


def test_every_aspatial_index_of_pysal_has_its_like(pysal):
    """Those of PySAL that are left are spatial, or correct another for chance."""
    elsewhere = {
        *("AbsoluteCentralization", "AbsoluteClustering", "AbsoluteConcentration"),
        *("RelativeCentralization", "RelativeClustering", "RelativeConcentration"),
        *("BiasCorrectedDissim", "DensityCorrectedDissim", "ModifiedDissim", "ModifiedGini"),
        *("BoundarySpatialDissim", "ConProf", "Delta", "PARDissim", "SpatialDissim"),
        *("DistanceDecayInteraction", "DistanceDecayIsolation", "GlobalDistortion"),
        *("SpatialProxProf", "SpatialProximity"),
    }
    known = {*SINGLE, *MULTI, *elsewhere, "Atkinson"}
    theirs = {name for name, value in pysal.items() if isinstance(value, type)}
    assert theirs <= known


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["MultiInfoTheory", "MultiSquaredCoefVar", "MultiDiversity"])
def test_an_absent_group_makes_pysal_nan_and_leaves_ours(name, pysal):
    counts = random_counts(4)
    counts[:, 2] = 0
    assert np.isnan(statistic(pysal[name], frame(counts), GROUPS))
    there = [g for g in GROUPS if g != "c"]
    expected = statistic(pysal[name], frame(counts), there)
    assert_allclose(MULTI[name](counts), [expected], **CLOSE)
