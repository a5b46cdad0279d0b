"""Indices that a release holds."""

import csv
import io

import polars as pl
import pytest

COLUMNS = [
    "region", "name", "grouping", "units", "period", "index", "group", "against", "value", "lower",
    "upper", "expected", "corrected",
]  # fmt: skip
QUESTION = ["--grouping", "background", "--units", "deso", "--level", "municipality"]
ONE = [*QUESTION, "--period", "2022", "--index", "dissimilarity"]


@pytest.fixture
def ask(samsyn, demo_store):
    return lambda *arguments: samsyn("indices", *arguments, "--store", demo_store.path)


def test_csv_has_what_the_release_has(ask, demo_release):
    outcome = ask(*ONE, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert (outcome.code, outcome.err) == (0, "")
    assert list(rows[0]) == COLUMNS
    expected = [
        row for row in pl.read_parquet(demo_release / "indices.parquet").to_dicts()
        if row["grouping"] == "background" and row["units"] == "deso/2018"
        and row["level"] == "municipality" and row["period"] == "2022"
        and row["index"] == "dissimilarity"
    ]  # fmt: skip
    assert len(expected) == len(rows) == 16
    found = {(r["region"], r["group"]): (float(r["value"]), float(r["lower"])) for r in rows}
    assert found == {(r["region"], r["group"]): (r["value"], r["lower"]) for r in expected}


def test_the_table(ask):
    outcome = ask(*ONE, "--in", "Vattstad")
    titles, _, *lines = outcome.out.splitlines()
    # Nothing is shown that all rows have in common but the year and the index.
    assert titles.split() == [
        "region", "name", "period", "index", "group", "value", "lower", "upper", "expected",
        "corrected",
    ]  # fmt: skip
    assert len(lines) == 2
    assert outcome.err.startswith("Segregation by background over deso/2018. Release demo; source:")


def test_a_family_and_several_names(ask):
    outcome = ask(*QUESTION, "--period", "2022", "--index", "exposure", "--format", "csv")
    family = {row["index"] for row in csv.DictReader(io.StringIO(outcome.out))}
    assert {"isolation", "interaction"} <= family
    outcome = ask(*QUESTION, "--index", "gini,theil_h", "--period", "latest", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert {row["index"] for row in rows} == {"gini", "theil_h"}
    assert {row["units"] for row in rows} == {"deso/2025"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--grouping", "background"], "Missing option '--units'"),
        (["--grouping", "backgrund", "--units", "deso"], "Did you mean background?"),
        (["--grouping", "background", "--units", "postal"], "There are on deso/2018"),
        ([*QUESTION, "--index", "ginni"], "Did you mean gini"),
        ([*QUESTION, "--index", "gini,"], "an empty index"),
        ([*QUESTION, "--period", "1990"], "It has 2012 to 2024"),
        ([*QUESTION[:4], "--level", "kommun"], "There are: country, county and municipality"),
    ],
)
def test_doing_it_wrong(ask, arguments, said):
    outcome = ask(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
