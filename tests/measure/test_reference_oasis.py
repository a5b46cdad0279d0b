"""The aspatial values of the R packages OasisR 3.1.1 and seg 0.5 on their example data."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure import diversity, evenness, exposure, multigroup, ordered
from tests.reference import patterns, reference_values

DIGITS = {"rtol": 0, "atol": 2e-14}

# By the name in OasisR: one value for each group.
BY_GROUP = {
    "ISDuncan": evenness.dissimilarity,
    "HTheil": evenness.theil_h,
    "Gorard": evenness.gorard,
    "Gini": evenness.gini,
    "Eta2": exposure.correlation_ratio,
    "xPx": exposure.isolation,
    "xPx(exact)": lambda counts: exposure.isolation(counts, exact=True),
    "Atkinson(0.1)": lambda counts: evenness.atkinson(counts, shape=0.1),
    "Atkinson(0.5)": evenness.atkinson,
    "Atkinson(0.9)": lambda counts: evenness.atkinson(counts, shape=0.9),
}
# One value in all.
TOTAL = {
    "GiniMulti": multigroup.multigroup_gini,
    "DMulti": multigroup.multigroup_dissimilarity,
    "PMulti": multigroup.normalised_exposure,
    "RelDivers": multigroup.relative_diversity,
    "HMulti": multigroup.multigroup_theil_h,
    "CMulti": multigroup.squared_coefficient_of_variation,
    "HShannon": diversity.entropy,
    "NShannon": lambda counts: diversity.entropy(counts, normalised=True),
    "ISimpson": diversity.simpson_interaction,
}


def exact_matrix(counts):
    """Isolation on the diagonal and interaction beside it, of two groups."""
    own = exposure.isolation(counts, exact=True)[0]
    other = exposure.interaction(counts, exact=True)[0]
    return [own[0], other[0], other[1], own[1]]


@pytest.fixture(params="ABCD")
def letter(request):
    return request.param


@pytest.mark.parametrize("name", BY_GROUP)
def test_one_group(name, letter):
    expected = reference_values("OasisR", f"OasisR::segdata pattern {letter}")
    found = BY_GROUP[name](patterns(letter))
    assert_allclose(found, [[expected[f"{name}[1]"], expected[f"{name}[2]"]]], **DIGITS)


@pytest.mark.parametrize("name", TOTAL)
def test_all_groups(name, letter):
    expected = reference_values("OasisR", f"OasisR::segdata pattern {letter}")
    assert_allclose(TOTAL[name](patterns(letter)), [expected[name]], **DIGITS)


@pytest.mark.parametrize(
    ("name", "index"), [("DIDuncan", evenness.dissimilarity), ("Gini2", evenness.gini)]
)
def test_one_group_against_another(name, index, letter):
    expected = reference_values("OasisR", f"OasisR::segdata pattern {letter}")
    # OasisR gives 0 for a group against itself; here that does not exist.
    found = index(patterns(letter), group=0, against=1)
    assert_allclose(found, [expected[f"{name}[2]"]], **DIGITS)
    found = index(patterns(letter), group=1, against=0)
    assert_allclose(found, [expected[f"{name}[3]"]], **DIGITS)


@pytest.mark.parametrize(
    ("name", "matrix"),
    [
        ("xPy", lambda counts: exposure.exposure_matrix(counts).ravel()),
        ("xPy(exact)", exact_matrix),
    ],
)
def test_exposure_to_each_group(name, matrix, letter):
    expected = reference_values("OasisR", f"OasisR::segdata pattern {letter}")
    found = matrix(patterns(letter))
    assert_allclose(found, [expected[f"{name}[{i}]"] for i in (1, 2, 3, 4)], **DIGITS)


def test_dissimilarity_as_in_seg(letter):
    expected = reference_values("R seg", f"seg::segdata pattern {letter}")["dissim D"]
    found = evenness.dissimilarity(patterns(letter), group=0)
    assert_allclose(found, [expected], **DIGITS)


# The examples of the help pages of ordinalseg and rankorderseg.
X1 = [[0, 0, 30], [0, 20, 10], [10, 20, 0], [30, 0, 0]]
X2 = [[0, 30, 0], [0, 10, 20], [10, 0, 20], [30, 0, 0]]
Y1 = np.array(
    [
        [10, 10, 10, 20, 30, 40, 50],
        [0, 20, 10, 10, 10, 20, 20],
        [10, 20, 10, 10, 10, 0, 0],
        [30, 30, 20, 10, 10, 0, 0],
    ]
)
Y2 = Y1[:, [0, 1, 5, 6, 4, 2, 3]]


@pytest.mark.parametrize(("dataset", "counts"), [("x1", X1), ("x2", X2)])
@pytest.mark.parametrize("name", ["theil", "variance_ratio", "square_root", "absolute_difference"])
def test_ordinal(name, dataset, counts):
    # The four values of an example are the same, and so are their names.
    values = reference_values("OasisR", f"ordinalseg.Rd example {dataset}").values()
    found = getattr(ordered, f"ordinal_{name}")(counts)
    assert_allclose(found, list(values), **DIGITS)


@pytest.mark.parametrize(("dataset", "counts"), [("y1", Y1), ("y2", Y2)])
@pytest.mark.parametrize(
    ("name", "key"), [("theil", "Hr"), ("variance_ratio", "Rr"), ("square_root", "Sr")]
)
def test_rank_order(name, key, dataset, counts):
    expected = reference_values("OasisR", f"rankorderseg.Rd example {dataset}")
    # OasisR fits without Reardon's weights.
    found = getattr(ordered, f"rank_order_{name}")(counts, weighted=False)
    assert_allclose(found, [expected[f"rankorderseg {key}"]], rtol=1e-12)
