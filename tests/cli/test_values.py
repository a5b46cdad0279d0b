"""Values of an indicator, in each form, and what is said when there are none."""

import csv
import io
import json

import polars as pl
import pytest

from samsyn.statistics.indicators import indicators
from samsyn.statistics.release.store import Store
from samsyn.statistics.sources import read
from tests.statistics.query import small

COLUMNS = [
    "area", "name", "indicator", "period", "value", "status", "numerator", "denominator", "unit",
]  # fmt: skip
QUESTION = ["rental_share", "--level", "regso", "--in", "municipality/9901", "--period", "2022"]


@pytest.fixture
def ask(samsyn, demo_store):
    return lambda *arguments: samsyn("values", *arguments, "--store", demo_store.path)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("values"))
    small.build(store, "small")
    return store


@pytest.fixture
def expected(demo_release):
    """The values of QUESTION by area, read plainly."""
    rows = pl.read_parquet(demo_release / "observations/rental_share.parquet").to_dicts()
    return {
        row["area"]: row for row in rows
        if row["area"].startswith("regso/2020/9901") and row["period"] == "2022"
        and row["sex"] == row["age"] == "total"
    }  # fmt: skip


def test_the_table_is_short_and_says_below_what_it_is(ask, expected):
    outcome = ask(*QUESTION)
    assert outcome.code == 0
    titles, _, *lines = outcome.out.splitlines()
    assert titles.split() == ["area", "name", "period", "value", "numerator", "denominator"]
    assert [line.split()[0] for line in lines] == sorted(expected)
    first = expected[min(expected)]
    assert f"{first['value']:.4f}" in lines[0]
    assert outcome.err == (
        "Andel hyresrätter (rental_share, share). Release demo; "
        "source: Samsyn: påhittade uppgifter (made-up data).\n"
    )


def test_csv(ask, expected):
    outcome = ask(*QUESTION, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert outcome.err == ""
    assert list(rows[0])[: len(COLUMNS)] == COLUMNS
    assert {row["area"]: float(row["value"]) for row in rows} == {
        area: row["value"] for area, row in expected.items()
    }
    assert {row["unit"] for row in rows} == {"share"}
    assert {row["method"] for row in rows} == {"computed"}
    assert {row["source"] for row in rows} == {"Samsyn: påhittade uppgifter (made-up data)"}


def test_json_has_null_where_there_is_no_number(ask, demo_release):
    rows = pl.read_parquet(demo_release / "observations/unemployment_rate.parquet")
    area, period = rows.filter(status="secret").select("area", "period").row(0)
    outcome = ask("unemployment_rate", "--in", area, "--format", "json")
    found = {row["period"]: row for row in json.loads(outcome.out)}
    assert list(found[period])[: len(COLUMNS)] == COLUMNS
    for row in found.values():
        assert (row["value"] is None) == (row["status"] != "ok")
    assert (found[period]["status"], found[period]["numerator"]) == ("secret", None)


def test_parquet_to_a_file(ask, expected, tmp_path):
    target = tmp_path / "values.parquet"
    outcome = ask(*QUESTION, "--output", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    frame = pl.read_parquet(target)
    assert frame.columns[: len(COLUMNS)] == COLUMNS
    assert dict(frame.select("area", "numerator").iter_rows()) == {
        area: row["numerator"] for area, row in expected.items()
    }


def test_jsonstat_is_read_back(ask, expected, tmp_path):
    target = tmp_path / "values.json"
    outcome = ask(*QUESTION, "--format", "jsonstat", "--output", target, "--language", "en")
    assert (outcome.code, outcome.out) == (0, "")
    (cube,) = read([target]).materials
    area = cube.roles["area"]
    assert dict(cube.frame.select(f"{area}.code", "value").iter_rows()) == {
        key: row["value"] for key, row in expected.items()
    }
    dataset = json.loads(target.read_text(encoding="utf-8"))
    assert dataset["label"] == f"{indicators()['rental_share'].name['en']}, 2022"
    assert any("Release demo of" in note for note in dataset["note"])


def test_by_name_and_latest(ask):
    outcome = ask(
        "rental_share", "--in", "Vattstad", "--level", "municipality", "--period", "latest"
    )
    assert "municipality/2025/9901  Vattstad  2024" in outcome.out


def test_several_periods_and_all_ages(ask):
    outcome = ask("rental_share", "--level", "county", "--period", "2012,2024", "--format", "csv",
                  "--sex", "all", "--age", "all")  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert [(row["period"], row["sex"], row["age"]) for row in rows] == [
        ("2012", "total", "total"), ("2024", "total", "total"),
    ]  # fmt: skip


def test_a_table_of_men_says_so(samsyn, small_store):
    arguments = ("employment_rate", "--level", "county", "--period", "2022", "--sex", "men")
    outcome = samsyn("values", *arguments, "--age", "all", "--store", small_store.path)
    lines = [line.split() for line in outcome.out.splitlines()]
    assert lines[0] == ["area", "name", "period", "sex", "age", "value", "numerator", "denominator"]
    assert [line[-5:-3] for line in lines[2:]] == [["men", "20-24"], ["men", "total"]] * 2


def test_the_release_of_another_name(ask, demo_store):
    assert "Release demo" in ask(*QUESTION, "--release", "demo").err
    outcome = ask(*QUESTION, "--release", "sweden")
    assert (outcome.code, outcome.out) == (2, "")
    assert 'There is no release "sweden". The releases in' in outcome.err


def test_the_store_may_be_told_by_the_environment(samsyn, demo_store, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(demo_store.path))
    assert samsyn("values", *QUESTION).code == 0


def test_areas_that_have_no_values_are_told(ask):
    outcome = ask("life_expectancy", "--in", "regso/9901R001", "--format", "csv")
    assert (outcome.code, outcome.out.count("\n")) == (0, 1)
    assert outcome.err == "The release demo has no values of that in these areas.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rental"], 'no indicator "rental" in the release demo. Did you mean rental_share?'),
        (["rental_share", "--level", "regs"], "Did you mean regso?"),
        (["rental_share", "--in", "Vattst"], "Did you mean Vattstad (municipality/2025/9901)"),
        (["rental_share", "--in", "Hamnen"], "is the name of 8 areas in the release demo"),
        (["rental_share", "--period", "2031"], "It has them of 2012 to 2024"),
        (["rental_share", "--period", "latest,2012"], "--period latest stands alone"),
        (["rental_share", "--sex", "men"], "It has only those for all"),
        (["life_expectancy", "--level", "deso"], "It has them on the level municipality"),
        (["rental_share", "--format", "pdf"], "pdf"),
        ([], "Missing argument 'INDICATOR'"),
    ],
)
def test_doing_it_wrong(ask, arguments, said):
    outcome = ask(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("samsyn: ")
    assert said in outcome.err


def test_a_store_without_a_release(samsyn, tmp_path):
    outcome = samsyn("values", "rental_share", "--store", tmp_path)
    assert outcome.code == 2
    assert "There is no release in" in outcome.err
    assert "samsyn release build" in outcome.err
