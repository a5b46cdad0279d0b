"""Replicates of indices, and the estimates that are made of them."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from samsyn.measure import InputError, dissimilarity, gini, theil_h
from samsyn.measure import _replication as replication
from samsyn.measure.inference import bootstrap, estimate, randomise
from samsyn.measure.multigroup import multigroup_theil_h, mutual_information
from samsyn.measure.resampling import NULLS, RESAMPLES
from tests.measure.cases import cases
from tests.measure.oracles import chance
from tests.measure.oracles import evenness as oracle
from tests.reference import reference, reference_values

COUNTS = np.array([[30, 10, 5], [5, 20, 9], [0, 0, 0], [12, 3, 1], [8, 8, 8], [1, 30, 2.5]])
REGION = np.array([1, 0, 0, 1, 1, 0])
WAYS = [(bootstrap, {"resample": name}) for name in RESAMPLES] + [
    (randomise, {"null": name}) for name in NULLS
]


@pytest.mark.parametrize(("way", "kind"), WAYS)
@settings(max_examples=10)
@given(case=cases(), block=st.integers(1, 6), seed=st.integers(0, 2**32))
def test_the_seed_alone_decides(way, kind, case, block, seed):
    whole = way(theil_h, case.counts, case.region, replicates=5, seed=seed, **kind)
    parts = way(theil_h, case.counts, case.region, replicates=5, seed=seed, block=block, **kind)
    assert_array_equal(whole, parts)
    fewer = way(theil_h, case.counts, case.region, replicates=3, seed=seed, **kind)
    assert_array_equal(whole[:3], fewer)


def test_the_number_of_cores_changes_nothing(monkeypatch):
    one = bootstrap("gini", COUNTS, REGION, replicates=20, seed=1, block=1)
    monkeypatch.setattr(replication, "processors", lambda: 1)
    assert_array_equal(bootstrap("gini", COUNTS, REGION, replicates=20, seed=1, block=3), one)


def test_seeds_of_every_kind():
    def call(seed):
        return bootstrap("gini", COUNTS, REGION, replicates=3, seed=seed)

    sequence = np.random.SeedSequence(4)
    assert_array_equal(call(sequence), call(sequence))
    assert_array_equal(call(sequence), call(4))
    assert_array_equal(call(np.random.default_rng(4)), call(np.random.default_rng(4)))
    generator = np.random.default_rng(4)
    assert (call(generator) != call(generator)).any()
    assert (call(None) != call(None)).any()
    assert (call(4) != randomise("gini", COUNTS, REGION, replicates=3, seed=4)).any()


def test_each_replicate_is_the_index_of_a_drawn_table():
    tables = []

    def record(counts, region):
        tables.append(counts.copy())
        assert_array_equal(region, REGION)
        return dissimilarity(counts, region)

    found = bootstrap(record, COUNTS, REGION, replicates=7, seed=3, block=7)
    assert found.shape == (7, 2, 3)
    for b, table in enumerate(tables[0]):
        assert_allclose(table.sum(axis=1), COUNTS.sum(axis=1))
        for r, g in np.ndindex(2, 3):
            rows = [(row[g], row.sum() - row[g]) for row in table[r == REGION]]
            assert_allclose(found[b, r, g], oracle.dissimilarity(rows), atol=1e-12)
    assert_array_equal(found, bootstrap("dissimilarity", COUNTS, REGION, replicates=7, seed=3))


def test_a_list_of_indices_shares_its_draws():
    found = bootstrap(["gini", theil_h], COUNTS, REGION, replicates=4, seed=1)
    assert list(found) == ["gini", "theil_h"]
    for name, values in found.items():
        assert_array_equal(values, bootstrap(name, COUNTS, REGION, replicates=4, seed=1))


def total(counts, region):
    return counts.sum()


def test_options_go_to_the_indices_that_take_them():
    found = bootstrap(
        ["atkinson", "dissimilarity"], COUNTS, REGION, replicates=4, seed=1, shape=0.2, group=1
    )
    assert found["atkinson"].shape == found["dissimilarity"].shape == (4, 2)
    with pytest.raises(InputError, match="shape is not an option of dissimilarity"):
        bootstrap("dissimilarity", COUNTS, shape=0.2)
    with pytest.raises(InputError, match="no index 'dissimilarty'"):
        bootstrap("dissimilarty", COUNTS)
    with pytest.raises(InputError, match="no index 'InputError'"):
        bootstrap("InputError", COUNTS)
    with pytest.raises(InputError, match="tabulate is not an index"):
        bootstrap("tabulate", COUNTS)
    with pytest.raises(InputError, match="total is not an index"):
        bootstrap(total, COUNTS)


@pytest.mark.parametrize("against", [None, 2])
def test_one_group_of_many_is_measured_as_among_all(against):
    rng = np.random.default_rng(2)
    counts = rng.poisson([3, 20, 10, 6], (12, 4))
    call = {"replicates": 600, "seed": 1, "against": against}
    alone = estimate("dissimilarity", counts, group=0, **call)
    among = estimate("dissimilarity", counts, **call)
    assert_allclose(alone.value, among.value[:, 0], atol=1e-12)
    noise = among.standard_error[0, 0] / np.sqrt(600)
    assert_allclose(alone.bias, among.bias[:, 0], atol=5 * noise)
    assert_allclose(alone.standard_error, among.standard_error[:, 0], rtol=0.15)


def test_the_surroundings_can_follow_the_replicates():
    def around(counts):
        return counts.cumsum(axis=-2)

    fixed = bootstrap("theil_h", COUNTS, replicates=3, seed=1, environment=around(COUNTS))
    moving = bootstrap("theil_h", COUNTS, replicates=3, seed=1, environment=around)
    assert (fixed != moving).any()

    def by_hand(counts, region):
        return theil_h(counts, region, environment=around(counts))

    assert_array_equal(moving, bootstrap(by_hand, COUNTS, replicates=3, seed=1))


def test_progress_reaches_the_end():
    calls = []
    bootstrap("gini", COUNTS, replicates=7, block=2, progress=lambda *call: calls.append(call))
    assert calls == [(2, 7), (4, 7), (6, 7), (7, 7)]
    calls.clear()
    estimate(
        "gini", COUNTS, replicates=4, block=4, null="margins", progress=lambda *c: calls.append(c)
    )
    assert calls == [(4, 8), (8, 8)]


def test_what_cannot_be_done_is_refused():
    with pytest.raises(InputError, match="row 1, group 0"):
        bootstrap("gini", [[1, 2], [-1, 2]])
    with pytest.raises(InputError, match=r"\(units, groups\)"):
        bootstrap("gini", np.ones((2, 3, 2)))
    with pytest.raises(InputError, match="replicates is 0"):
        bootstrap("gini", COUNTS, replicates=0)
    with pytest.raises(InputError, match="block is 0"):
        bootstrap("gini", COUNTS, block=0)
    with pytest.raises(InputError, match="choose people, units, table, groups"):
        bootstrap("gini", COUNTS, resample="persons")
    with pytest.raises(InputError, match="choose systematic, evenness, margins, permutation"):
        randomise("gini", COUNTS, null="chance")
    with pytest.raises(InputError, match="group is 9"):
        bootstrap("gini", COUNTS, group=9)
    with pytest.raises(InputError, match="takes no environment"):
        bootstrap(lambda counts, region: counts, COUNTS, environment=COUNTS)

    def placed(counts, region, xy):
        return dissimilarity(counts, region)

    with pytest.raises(InputError, match="xy is given"):
        bootstrap(placed, COUNTS, resample="units", xy=np.zeros((6, 2)))
    with pytest.raises(InputError, match="interval is 'normal'"):
        estimate("gini", COUNTS, interval="normal")


def test_an_estimate_gathers_its_replicates():
    found = estimate(
        "dissimilarity", COUNTS, REGION, group=0, null="margins", replicates=50, seed=9, level=0.9
    )
    drawn = bootstrap("dissimilarity", COUNTS, REGION, group=0, replicates=50, seed=9)
    null = randomise(
        "dissimilarity", COUNTS, REGION, group=0, null="margins", replicates=50, seed=9
    )
    for r in range(2):
        value, own = float(found.value[r]), drawn[:, r].tolist()
        assert_allclose(
            (found.lower[r], found.upper[r]), chance.interval("basic", value, own, 0.9), atol=1e-12
        )
        assert_allclose(found.p[r], chance.p_value(value, null[:, r].tolist(), "greater"))
    assert_allclose(found.standard_error, drawn.std(axis=0, ddof=1))
    assert_allclose(found.debiased, 2 * found.value - drawn.mean(axis=0))
    assert_allclose(found.expected, null.mean(axis=0))


def test_what_was_not_asked_for_is_not_there():
    found = estimate("gini", COUNTS, interval=None)
    assert found.lower is found.upper is found.bias is found.debiased is found.p is None
    assert_allclose(found.value, gini(COUNTS))


def test_an_absent_group_has_no_estimate():
    found = estimate("gini", [[3, 0, 4], [1, 0, 9]], null="evenness", replicates=5, seed=1)
    for part in vars(found).values():
        assert np.isnan(part[0, 1])
        assert np.isfinite(part[0, [0, 2]]).all()


def test_a_bca_interval_of_units_uses_the_jackknife():
    rng = np.random.default_rng(8)
    counts = rng.poisson(rng.uniform(1, 30, (40, 2))).astype(float)
    region = rng.integers(0, 3, 40)
    found = estimate(
        "gini", counts, region, group=0, interval="bca", resample="units", replicates=99, seed=2
    )
    drawn = bootstrap("gini", counts, region, group=0, resample="units", replicates=99, seed=2)
    for r in range(3):
        rows = counts[region == r].tolist()
        without = [oracle.gini(rows[:u] + rows[u + 1 :]) for u in range(len(rows)) if sum(rows[u])]
        expected = chance.interval(
            "bca", found.value[r], drawn[:, r].tolist(), 0.95, chance.acceleration(without)
        )
        assert_allclose((found.lower[r], found.upper[r]), expected, atol=1e-9)


def test_chance_alone_gives_uniform_p_values():
    rng = np.random.default_rng(1)
    counts = rng.multinomial(40, [0.2, 0.8], 2_000).astype(float)
    found = estimate(
        "dissimilarity", counts, np.repeat(np.arange(200), 10), group=0, interval=None,
        null="margins", replicates=99, seed=1,
    )  # fmt: skip
    assert abs(np.mean(found.p <= 0.2) - 0.2) < 4 * np.sqrt(0.16 / 200) + 0.02
    assert abs(np.mean(found.value - found.expected)) < 0.01


def test_agrees_with_the_bootstrap_of_r_segregation():
    cells = {}
    with reference("schools00.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cells[row["school"], row["race"]] = float(row["n"])
    schools, races = (sorted({key[i] for key in cells}) for i in (0, 1))
    counts = np.array([[cells.get((s, r), 0.0) for r in races] for s in schools])
    found = estimate(
        [mutual_information, multigroup_theil_h], counts, resample="table", replicates=300, seed=1
    )
    r = reference_values("R segregation", "schools00")
    for letter, ours in zip("MH", found.values(), strict=True):
        theirs = {part: r[f"bootstrap500(seed=1).{letter}.{part}"] for part in ("se", "bias")}
        # Both are means of few hundred replicates: compare within their Monte Carlo error.
        noise = theirs["se"] * np.sqrt(1 / 500 + 1 / 300)
        assert_allclose(ours.bias, theirs["bias"], atol=4 * noise)
        assert_allclose(ours.standard_error, theirs["se"], rtol=0.2)
        assert_allclose(
            ours.debiased, r[f"bootstrap500(seed=1).{letter}.est_debiased"], atol=4 * noise
        )
