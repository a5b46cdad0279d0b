"""Agreement with PySAL's `segregation` wherever both define the same index."""

import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure import boundary, centralisation, concentration, proximity_profile
from samsyn.measure.contiguity import contiguity
from tests.measure.oracles import clustering as oracle
from tests.measure.places import blocks

EXACT = {"rtol": 0, "atol": 1e-9}
SEEDS = [1, 2, 3]


@pytest.fixture(scope="module")
def singlegroup():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports is deprecated here and there
        from segregation import singlegroup

    return singlegroup


@pytest.fixture(params=SEEDS)
def city(request):
    """Unequal blocks where every one has people of both groups, as a frame and as arrays."""
    import geopandas as gpd

    shapes = blocks(request.param)
    counts = np.random.default_rng(request.param).integers(1, 60, (shapes.size, 2))
    columns = {"group": counts[:, 0], "total": counts.sum(axis=1)}
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=3006)
    xy = np.column_stack([frame.centroid.x, frame.centroid.y])
    return frame, counts, frame.area.to_numpy(), xy


def theirs(index, frame, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return index(frame, "group", "total", **options)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Delta", concentration.delta),
        ("AbsoluteConcentration", concentration.absolute_concentration),
        ("RelativeConcentration", concentration.relative_concentration),
    ],
)
def test_concentration(singlegroup, city, name, ours):
    frame, counts, area, _ = city
    expected = theirs(getattr(singlegroup, name), frame).statistic
    assert_allclose(ours(counts, area=area, group=0), [expected], **EXACT)


def test_centralisation(singlegroup, city):
    frame, counts, area, xy = city
    # A place of no symmetry: PySAL takes units that are equally far in any order.
    for centre, point in (((2.1234, 1.9876), (2.1234, 1.9876)), ("population", None)):
        there = "population_weighted_mean" if point is None else centre
        expected = theirs(singlegroup.RelativeCentralization, frame, center=there).statistic
        found = centralisation.relative_centralisation(counts, xy=xy, centre=centre, group=0)
        assert_allclose(found, [expected], **EXACT)
        expected = theirs(singlegroup.AbsoluteCentralization, frame, center=there).statistic
        found = centralisation.absolute_centralisation(
            counts, xy=xy, area=area, centre=centre, group=0
        )
        assert_allclose(found, [expected], **EXACT)


def test_spatial_evenness(singlegroup, city):
    frame, counts, _, _ = city
    rook, queen = contiguity(frame.geometry), contiguity(frame.geometry, "queen")
    expected = theirs(singlegroup.SpatialDissim, frame).statistic
    found = boundary.boundary_dissimilarity(counts, contiguity=queen, group=0)
    assert_allclose(found, [expected], **EXACT)
    expected = theirs(singlegroup.BoundarySpatialDissim, frame, standardize=False).statistic
    found = boundary.length_dissimilarity(counts, contiguity=rook, group=0)
    assert_allclose(found, [expected], **EXACT)
    expected = theirs(singlegroup.PARDissim, frame, standardize=True).statistic
    found = boundary.perimeter_area_dissimilarity(counts, contiguity=rook, group=0)
    assert_allclose(found, [expected], **EXACT)


def test_the_concentration_profile(singlegroup, city):
    frame, counts, _, _ = city
    profile = theirs(singlegroup.ConProf, frame)
    found = concentration.concentration_profile(counts, group=0, thresholds=profile.grid)
    assert_allclose(found.curve[0], profile.curve, **EXACT)
    # PySAL adds up steps of a thousandth, whatever its m; ours is the area itself.
    assert_allclose(found.index, [profile.statistic], rtol=0, atol=2e-3)


def test_the_spatial_proximity_profile(singlegroup, city):
    frame, counts, _, _ = city
    profile = theirs(singlegroup.SpatialProxProf, frame, m=200)
    queen = contiguity(frame.geometry, "queen")
    found = proximity_profile.spatial_proximity_profile(
        counts, contiguity=queen, group=0, thresholds=profile.grid
    )
    assert_allclose(found.curve[0], profile.curve, **EXACT)
    # Ours is the area itself; PySAL's is the sum of m columns that are 1 / m wide.
    assert_allclose(found.index, [profile.statistic], rtol=0, atol=2e-2)
    whole = counts[:, 0].sum() / counts.sum()
    sign = np.where(profile.grid < whole, -1, 1)
    columns = (whole + (sign * found.curve[0]).sum() / 200) / (1 - whole)
    assert_allclose(columns, profile.statistic, **EXACT)


def test_local_relative_centralisation(city):
    frame, counts, _, xy = city
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.local import LocalRelativeCentralization

        frame = frame.assign(rest=frame["total"] - frame["group"])
        expected = LocalRelativeCentralization(frame, "group", "total", groups=["group", "rest"])
    found = centralisation.local_relative_centralisation(counts, xy=xy, group=0)
    assert_allclose(found, expected.statistics, **EXACT)


def test_pysals_proximity_rises_with_distance(singlegroup, city):
    """Its value is that of a nearness 1 - exp(-d), which is larger the farther units lie apart."""
    frame, counts, area, xy = city
    away = np.hypot(*(xy[:, np.newaxis] - xy).transpose(2, 0, 1))
    farness = 1 - np.exp(-away / away.sum(axis=0))
    np.fill_diagonal(farness, 1 - np.exp(-np.sqrt(0.6 * area)))
    expected = theirs(singlegroup.SpatialProximity, frame).statistic
    assert_allclose(oracle.spatial_proximity(counts.T.tolist(), farness.tolist()), expected)
