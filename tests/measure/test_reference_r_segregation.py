"""The aspatial values that the R package segregation 1.1 gives on its example data."""

import csv
from collections import Counter

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure import diversity, evenness, exposure, multigroup
from tests.reference import reference, reference_values

RACES = ["asian", "black", "hisp", "white", "native"]
STATES = ["A", "B", "C"]
DIGITS = 1e-12


@pytest.fixture(scope="module")
def expected():
    return reference_values("R segregation", "schools00")


@pytest.fixture(scope="module")
def schools():
    """Counts of race by school, and the state of each school."""
    counts, state = {}, {}
    with reference("schools00.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people = counts.setdefault(row["school"], [0.0] * len(RACES))
            people[RACES.index(row["race"])] += float(row["n"])
            state[row["school"]] = STATES.index(row["state"])
    return np.array(list(counts.values())), np.array([state[school] for school in counts])


def merged(counts, region):
    """One row for each region."""
    return np.array([counts[region == r].sum(axis=0) for r in np.unique(region)])


def test_information_of_race_by_school_and_by_state(schools, expected):
    counts, state = schools
    for table, name in ((counts, "race,school"), (merged(counts, state), "race,state")):
        m, h = expected[f"mutual_total({name}).M"], expected[f"mutual_total({name}).H"]
        assert_allclose(multigroup.mutual_information(table), [m], rtol=DIGITS)
        assert_allclose(multigroup.multigroup_theil_h(table), [h], rtol=DIGITS)


def test_information_of_school_by_race(schools, expected):
    turned = schools[0].T
    m, h = expected["mutual_total(school,race).M"], expected["mutual_total(school,race).H"]
    assert_allclose(multigroup.mutual_information(turned), [m], rtol=DIGITS)
    assert_allclose(multigroup.multigroup_theil_h(turned), [h], rtol=DIGITS)


def test_information_within_each_state(schools, expected):
    m, h, ratio = (
        [expected[f"mutual_within(state={s}).{key}"] for s in STATES]
        for key in ("M", "H", "ent_ratio")
    )
    assert_allclose(multigroup.mutual_information(*schools), m, rtol=DIGITS)
    assert_allclose(multigroup.multigroup_theil_h(*schools), h, rtol=DIGITS)
    found = diversity.entropy(*schools) / diversity.entropy(schools[0])
    assert_allclose(found, ratio, rtol=DIGITS)


def test_entropy(schools, expected):
    counts = schools[0]
    assert_allclose(diversity.entropy(counts), [expected["entropy(race)"]], rtol=DIGITS)
    assert_allclose(diversity.entropy(counts.T), [expected["entropy(school)"]], rtol=DIGITS)


def test_dissimilarity(schools, expected):
    pair = {"group": RACES.index("black"), "against": RACES.index("white")}
    by_state = [expected[f"dissimilarity(black-white,state={s}).D"] for s in STATES]
    assert_allclose(evenness.dissimilarity(*schools, **pair), by_state, rtol=DIGITS)
    whole = expected["dissimilarity(black-white).D"]
    assert_allclose(evenness.dissimilarity(schools[0], **pair), [whole], rtol=DIGITS)


def test_isolation_and_exposure(schools, expected):
    counts = schools[0]
    isolation = [expected[f"isolation[{race}]"] for race in RACES]
    assert_allclose(exposure.isolation(counts), [isolation], rtol=DIGITS)
    matrix = [[expected[f"exposure[of={a},to={b}]"] for b in RACES] for a in RACES]
    assert_allclose(exposure.exposure_matrix(counts), [matrix], rtol=DIGITS)


def test_information_of_counted_pupils():
    expected = reference_values("R segregation", "school_ses")
    with reference("school_ses.csv").open(encoding="utf-8") as file:
        pupils = Counter((row["school_id"], row["ethnic_group"]) for row in csv.DictReader(file))
    schools, groups = (sorted(set(names)) for names in zip(*pupils, strict=True))
    counts = np.array([[pupils[school, group] for group in groups] for school in schools])
    m, h = (expected[f"mutual_total(ethnic_group,school_id).{key}"] for key in "MH")
    assert_allclose(multigroup.mutual_information(counts), [m], rtol=DIGITS)
    assert_allclose(multigroup.multigroup_theil_h(counts), [h], rtol=DIGITS)
