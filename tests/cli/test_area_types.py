"""The socioeconomic index and area types of a release."""

import csv
import io
import json
import re

import polars as pl
import pytest


@pytest.fixture
def ask(samsyn, demo_store):
    return lambda *arguments: samsyn("area-types", *arguments, "--store", demo_store.path)


@pytest.fixture
def rows(demo_release):
    return pl.read_parquet(demo_release / "area_types.parquet").filter(period="2022").to_dicts()


def test_csv(ask, rows):
    outcome = ask("--period", "2022", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(outcome.out)))
    assert (outcome.code, outcome.err) == (0, "")
    wanted = ["area", "period", "index", "z", "computed", "published", "uncertain"]
    assert [name for name in found[0] if name in wanted] == wanted
    assert {row["area"]: (float(row["z"]), int(row["computed"])) for row in found} == {
        row["area"]: (row["z"], row["computed"]) for row in rows
    }


def test_json_says_what_is_uncertain(ask, rows):
    found = json.loads(ask("--period", "2022", "--format", "json").out)
    assert [row["uncertain"] for row in found] == [row["uncertain"] for row in rows]
    assert any(row["uncertain"] for row in found)


def test_the_table_says_how_well_they_agree(ask, rows):
    outcome = ask("--period", "2022")
    both = [row for row in rows if row["computed"] and row["published"]]
    same = sum(row["computed"] == row["published"] for row in both) / len(both)
    told = re.match(r"Of (\d+) areas with both types ([\d.]+)% have the same", outcome.err)
    assert int(told[1]) == len(both)
    assert float(told[2]) == round(100 * same, 1)
    assert "Third component: unemployment_rate. Release demo" in outcome.err
    assert outcome.out.count("\n") == len(rows) + 2


def test_disagreements(ask, rows):
    outcome = ask("--period", "2022", "--disagreements")
    apart = {row["area"] for row in rows if row["computed"] != row["published"]}
    assert apart
    lines = outcome.out.splitlines()
    assert lines[0].split()[-1] == "distance"
    assert {line.split()[0] for line in lines[2:]} == apart
    distances = [float(line.split()[-1]) for line in lines[2:]]
    assert distances == sorted(distances, reverse=True)


def test_no_disagreement(ask):
    outcome = ask("--period", "2022", "--disagreements", "--in", "Granudden")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "No computed type is other than the published one.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "1990"], "It has 2012 to 2024"),
        (["--in", "Vattst"], "Did you mean Vattstad"),
        (["--format", "jsonstat"], "jsonstat"),
    ],
)
def test_doing_it_wrong(ask, arguments, said):
    outcome = ask(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_an_area_without_types(ask):
    outcome = ask("--in", "deso/2018/9901C1010")
    assert (outcome.code, outcome.out) == (0, "")
    assert "has no values of that" in outcome.err
