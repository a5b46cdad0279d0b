"""What holds for every index of the catalogue, whatever it measures."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import Contiguity, InputError
from samsyn.measure.catalogue import INDICES
from tests.measure.cases import Case, cases
from tests.measure.places import neighbours, points, sizes

NAMES = sorted(INDICES)
FEW = settings(max_examples=8)
# The outcome of drawing, which a change of the rows changes.
DRAWN = {"modified_gini", "bias_corrected_dissimilarity"}
# A fitted value can fall outside the range of what is fitted.
FITTED = {"rank_order_theil", "rank_order_variance_ratio", "rank_order_square_root"}
# Indices of people and not of shares: twice as many people tell more.
OF_PEOPLE = {name for name in NAMES if INDICES[name].family == "corrected evenness"}


@dataclass(frozen=True)
class Setting:
    """Counts and regions with all that any index needs."""

    case: Case
    xy: np.ndarray
    area: np.ndarray
    pairs: list

    def answer(self, name, keep=None, counts=None, region=None, order=None):
        """The index on these units, or on those that are kept, or in another order."""
        case, index = self.case, INDICES[name]
        units = np.arange(len(case.region)) if keep is None else np.flatnonzero(keep)
        units = units if order is None else units[order]
        counts = (case.counts if counts is None else counts)[..., units, :]
        region = (case.region if region is None else region)[units]
        options = {}
        need = index.needs[-1]
        if "xy" in need:
            options["xy"] = self.xy[units]
        if "area" in need:
            options["area"] = self.area[units]
        if "scale" in need:
            options["scale"] = 2.0
        if "contiguity" in need:
            options["contiguity"] = self.contiguity(units)
        if name in DRAWN:
            options |= {"seed": 1, "replicates": 20}
        return index.function(counts, region, **options)

    def contiguity(self, units):
        place = {unit: position for position, unit in enumerate(units.tolist())}
        kept = [(place[i], place[j]) for i, j in self.pairs if i in place and j in place]
        i, j = np.array(kept, dtype=int).reshape(-1, 2).T
        length = np.array([1.0 + (a + b) % 3 for a, b in self.pairs if a in place and b in place])
        return Contiguity.from_table(
            i, j, units=len(units), length=length, perimeter=4 + self.area[units],
            area=self.area[units],
        )  # fmt: skip


@st.composite
def scenes(draw, **kinds):
    case = draw(cases(**kinds))
    units = len(case.region)
    return Setting(case, draw(points(units)), draw(sizes(units)), draw(neighbours(units)))


def shape(name, case):
    units, groups = case.counts.shape
    sizes = {"group": (case.regions, groups), "region": (case.regions,), "unit": (units,)}
    return sizes.get(INDICES[name].answers, (units, groups))


def is_local(name):
    return INDICES[name].local


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(scene=scenes())
def test_it_answers_in_the_declared_shape_and_range(name, scene):
    found = scene.answer(name)
    assert found.shape == shape(name, scene.case)
    if name in FITTED:
        return
    known = found[~np.isnan(found)]
    assert np.all(known >= INDICES[name].lowest - 1e-9)
    assert np.all(known <= INDICES[name].highest + 1e-9)


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAWN))
@FEW
@given(scene=scenes())
def test_many_regions_at_once_equal_each_alone(name, scene):
    together = scene.answer(name)
    region = scene.case.region
    for r in np.unique(region):
        keep = region == r
        alone = scene.answer(name, keep=keep, region=np.zeros_like(region))
        assert_allclose(
            together[keep] if is_local(name) else together[[r]], alone, rtol=1e-9, atol=1e-9
        )


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAWN))
@FEW
@given(scene=scenes(), seed=st.integers(0, 99))
def test_the_order_of_units_makes_no_difference(name, scene, seed):
    order = np.random.default_rng(seed).permutation(len(scene.case.region))
    found, moved = scene.answer(name), scene.answer(name, order=order)
    regions = scene.case.regions
    expected = found[order] if is_local(name) else found[:regions]
    assert_allclose(moved, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAWN))
@FEW
@given(scene=scenes())
def test_replicates_come_first_and_equal_each_alone(name, scene):
    counts = scene.case.counts
    stack = np.stack([counts, counts[::-1], 2 * counts])
    together = scene.answer(name, counts=stack)
    for found, single in zip(together, stack, strict=True):
        assert_allclose(found, scene.answer(name, counts=single), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAWN - OF_PEOPLE))
@FEW
@given(scene=scenes())
def test_the_number_of_people_makes_no_difference(name, scene):
    # Four times: a power of two, so that ties of shares stay ties.
    found = scene.answer(name, counts=4 * scene.case.counts)
    assert_allclose(found, scene.answer(name), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "name", sorted(n for n in NAMES if "ordered" not in INDICES[n].needs[-1] and n not in DRAWN)
)
@FEW
@given(scene=scenes())
def test_groups_have_no_order(name, scene):
    found = scene.answer(name)
    turned = scene.answer(name, counts=scene.case.counts[:, ::-1])
    by_group = INDICES[name].answers in {"group", "unit and group"}
    expected = found[:, ::-1] if by_group else found
    assert_allclose(turned, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "name",
    sorted(
        n for n in NAMES
        if not is_local(n) and INDICES[n].needs[0] <= {"ordered"} and n not in OF_PEOPLE
    ),
)  # fmt: skip
@FEW
@given(scene=scenes())
def test_identical_units_can_be_merged(name, scene):
    case, index = scene.case, INDICES[name]
    halves = np.concatenate([case.counts, case.counts]) / 2
    found = index.function(halves, np.concatenate([case.region, case.region]))
    assert_allclose(found, index.function(case.counts, case.region), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(set(NAMES) - DRAWN))
@FEW
@given(scene=scenes())
def test_an_empty_region_and_an_empty_unit_have_no_value(name, scene):
    region = scene.case.region.copy()
    counts = scene.case.counts.copy()
    region[0] = scene.case.regions + 1  # the number before it has no unit
    counts[0] = 0
    found = scene.answer(name, counts=counts, region=region)
    if is_local(name):
        assert np.all(np.isnan(found[0]))
    else:
        assert np.all(np.isnan(found[-2:]))


@pytest.mark.parametrize("name", NAMES)
def test_a_negative_count_is_named(name):
    scene = Setting(
        Case(np.array([[1.0, 2], [3, 4], [5, -6]]), np.zeros(3, dtype=int)),
        np.array([[0.0, 0], [1, 0], [2, 0]]),
        np.ones(3),
        [(0, 1), (1, 2)],
    )
    with pytest.raises(InputError, match="row 2, group 1"):
        scene.answer(name)
