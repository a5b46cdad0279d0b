"""The values that the R package segregation gives for nested decomposition."""

import csv

import numpy as np
import pytest
from numpy.testing import assert_allclose

from samsyn.measure.decomposition import nested_decomposition
from tests.reference import reference, reference_values


@pytest.fixture(scope="module")
def schools():
    """Counts (schools, races) with the state and the district of each school."""
    with reference("schools00.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {
        key: sorted({row[key] for row in rows}) for key in ("state", "district", "school", "race")
    }
    place = {key: {name: i for i, name in enumerate(values)} for key, values in names.items()}
    counts = np.zeros((len(names["school"]), len(names["race"])))
    state, district = (np.zeros(len(counts), dtype=int) for _ in range(2))
    for row in rows:
        school = place["school"][row["school"]]
        counts[school, place["race"][row["race"]]] += float(row["n"])
        state[school] = place["state"][row["state"]]
        district[school] = place["district"][row["district"]]
    return counts, state, district


@pytest.fixture(scope="module")
def expected():
    return reference_values("R segregation", "schools00")


def test_nested_totals(schools, expected):
    counts, state, district = schools
    found = nested_decomposition(counts, [state, district])
    names = ["state|within ", "district|within state", "school|within state, district"]
    for level, name in zip(found.levels, names, strict=True):
        assert_allclose(level.m[0], expected[f"mutual_total_nested[{name}].M"], rtol=1e-13)
        assert_allclose(level.h[0], expected[f"mutual_total_nested[{name}].H"], rtol=1e-13)
    assert_allclose(found.m[0], expected["mutual_total(race,school).M"], rtol=1e-13)
    assert_allclose(found.h[0], expected["mutual_total(race,school).H"], rtol=1e-13)


def test_between_and_within_states(schools, expected):
    counts, state, _ = schools
    between, inside = nested_decomposition(counts, [state]).levels
    assert_allclose(between.m[0], expected["mutual_total(race,state).M"], rtol=1e-13)
    assert_allclose(between.h[0], expected["mutual_total(race,state).H"], rtol=1e-13)
    for index in ("M", "H"):
        name = f"mutual_total(race,school,within=state).{index}"
        assert_allclose(getattr(inside, index.lower())[0], expected[name], rtol=1e-13)
    for i, name in enumerate("ABC"):
        cell = inside.within
        found = {"M": cell.m, "p": cell.weight, "H": cell.h, "ent_ratio": cell.entropy_ratio}
        for stat, values in found.items():
            value = expected[f"mutual_within(state={name}).{stat}"]
            assert_allclose(values[i], value, rtol=1e-13)
