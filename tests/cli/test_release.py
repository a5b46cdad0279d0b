"""Releases as one builds them, looks at them, compares and breaks them by the command."""

import csv
import io
import json
import subprocess
import sys
import time

import polars as pl
import pytest

from samsyn.cli.steps import steps
from samsyn.statistics.release.lock import locked
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify

PEOPLE = """\
area;indicator;period;value
regso/2020/1488R001;population;2021;1200
regso/2020/1488R002;population;2021;1100
regso/2020/1488R001;population;2022;1250
regso/2020/1488R002;population;2022;1150
"""


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(tmp_path / "store"))
    return Store(tmp_path / "store")


@pytest.fixture
def people(table):
    return table(PEOPLE, "people.csv")


@pytest.fixture
def two(samsyn, store, people, table):
    """A release and one that revises a value of it."""
    assert samsyn("release", "build", people, "--name", "one").code == 0
    newer = table(PEOPLE.replace("1250", "1260"), "newer.csv")
    assert samsyn("release", "build", newer, "--name", "two", "--no-use").code == 0
    return store


def test_a_build_says_what_was_read_and_made(samsyn, store, people):
    outcome = samsyn("release", "build", people, "--name", "first")
    assert outcome.code == 0
    assert "people.csv" in outcome.out.split("Read:")[1]
    coverage = outcome.out.split("Coverage")[1]
    assert "regso 2020" in coverage
    assert "municipality 2025" in coverage
    [line] = [line for line in coverage.splitlines() if line.startswith("population")]
    assert line.split()[1:3] == ["2021", "2022"]
    assert "Findings: 0 errors" in outcome.out
    assert f"lies in {store.path}" in outcome.out
    assert "release first (current; " in outcome.out
    assert store.current() == "first"


def test_a_folder_is_read_whole_and_tells_what_it_left(samsyn, store, people):
    (people.parent / "notes.txt").write_text("To do: ask about 2023.")
    (people.parent / "sub").mkdir()
    people.rename(people.parent / "sub" / "people.csv")
    outcome = samsyn("release", "build", people.parent, "--name", "first", "--store", store.path)
    assert outcome.code == 0
    assert store.names() == ["first"]


def test_a_file_that_one_names_must_be_read(samsyn, store, people, table):
    other = table("a;b\n1;2\n", "other.csv")
    outcome = samsyn("release", "build", people, other)
    assert outcome.code == 2
    assert "other.csv" in outcome.err
    assert "--allow-unread" in outcome.err
    assert store.names() == []
    outcome = samsyn("release", "build", people, other, "--allow-unread")
    assert outcome.code == 0
    assert "other.csv" in outcome.out.split("Not read:")[1]


def test_a_path_that_is_not_there(samsyn, store, tmp_path):
    outcome = samsyn("release", "build", tmp_path / "gone")
    assert outcome.code == 2
    assert "gone" in outcome.err
    assert not store.path.exists()


def test_a_release_that_a_check_finds_wrong_is_refused(samsyn, store, table):
    wrong = table(
        "area;indicator;period;value\n"
        "municipality/2025/1488;turnout_riksdag;2022;81.5\n"
        "municipality/2025/1480;turnout_riksdag;2022;83.5\n"
    )
    outcome = samsyn("release", "build", wrong, "--name", "wrong")
    assert outcome.code == 1
    assert "row 2: turnout_riksdag of municipality/2025/1488 in 2022 is 81.5" in outcome.out
    assert "is refused" in outcome.err
    assert store.names() == []


def test_a_name_that_is_taken_costs_no_work(samsyn, two, people):
    outcome = samsyn("release", "build", people, "--name", "one")
    assert outcome.code == 2
    assert 'a release "one"' in outcome.err
    assert outcome.out == ""


def test_who_is_building(samsyn, two, people):
    with locked(two.path, "mine", two.path / "building"):
        outcome = samsyn("release", "build", people, "--no-wait")
    assert outcome.code == 2
    assert 'A build is at work: release "mine", process' in outcome.err


def test_a_build_that_is_killed_at_any_time(samsyn, store, people):
    assert samsyn("release", "build", people, "--name", "one").code == 0
    build = [sys.executable, "-c", "from samsyn.cli import main; main()", "release", "build"]
    began = time.monotonic()
    subprocess.run([*build, people, "--name", "whole"], capture_output=True, check=True)
    took = time.monotonic() - began
    before = store.names()
    for part in (0.3, 0.5, 0.7, 0.8, 0.9, 0.97):
        with subprocess.Popen(
            [*build, people, "--name", f"at-{part}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(part * took)
            process.kill()
        # Nothing, or the new release, whole and current.
        if store.names() != before:
            assert store.names() == sorted([*before, f"at-{part}"])
            assert store.current() == f"at-{part}"
            before = store.names()
        assert verify(store.folder()) == []
    assert samsyn("release", "build", people, "--name", "last").code == 0
    assert list((store.path / "building").iterdir()) == []
    assert store.current() == "last"


def test_a_release_that_starts_from_another(samsyn, two, table):
    more = table(PEOPLE.replace("2022", "2023").replace("1200", "1201"), "more.csv")
    assert samsyn("release", "build", more, "--from", "one", "--name", "three").code == 0
    values = pl.read_parquet(two.folder("three") / "observations" / "population.parquet")
    first = values.filter(pl.col("area") == "regso/2020/1488R001")
    assert first.select("period", "value").rows() == [
        ("2021", 1201), ("2022", 1250), ("2023", 1250)
    ]  # fmt: skip
    assert "Built from: one" in samsyn("release", "show", "three").out


def test_a_release_to_start_from_that_is_not_there(samsyn, two, people):
    outcome = samsyn("release", "build", people, "--from", "zero")
    assert outcome.code == 2
    assert 'no release "zero"' in outcome.err


def test_list_and_use(samsyn, two):
    listed = json.loads(samsyn("release", "list", "--format", "json").out)
    assert [(r["name"], r["current"]) for r in listed] == [("one", "current"), ("two", None)]
    assert samsyn("release", "use", "two").out == "The release two is current.\n"
    listed = json.loads(samsyn("release", "list", "--format", "json").out)
    assert [r["current"] for r in listed] == [None, "current"]
    outcome = samsyn("release", "use", "three")
    assert outcome.code == 2
    assert "are: one, two" in outcome.err


def test_list_where_there_is_nothing(samsyn, store):
    outcome = samsyn("release", "list", "--format", "csv")
    assert outcome.code == 0
    assert outcome.out == "name,created,current,problem\n"
    assert "no release in" in outcome.err


def test_show(samsyn, two):
    outcome = samsyn("release", "show")
    assert outcome.code == 0
    assert "Release:    one (current)" in outcome.out
    assert "Checksum:" in outcome.out
    assert "people.csv" in outcome.out.split("Sources:")[1]
    assert "population" in outcome.out.split("Coverage")[1]
    assert "observations" in outcome.out.split("Tables:")[1]
    findings = outcome.out.split("Findings: 0 errors")[1]
    assert "  note: 2 of 2 areas of kind regso 2020 have no name" in findings
    assert "Release:    two\n" in samsyn("release", "show", "two").out


def test_verify(samsyn, two):
    outcome = samsyn("release", "verify", "two")
    assert outcome.code == 0
    assert "is as it was built" in outcome.out
    path = two.folder("two") / "areas.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-4] + b"PAR2")
    (two.folder("two") / "coverage.parquet").unlink()
    outcome = samsyn("release", "verify", "two")
    assert outcome.code == 1
    first, second = outcome.out.splitlines()
    assert first.startswith("areas.parquet: has changed")
    assert second == "coverage.parquet: is missing"
    assert "(2 problems)" in outcome.err
    assert samsyn("release", "verify", "one").code == 0


def test_diff_counts_what_changed_and_says_why(samsyn, two):
    out = samsyn("release", "diff", "one", "two").out
    assert "people.csv" in out.split("Changes:")[0]
    changes = out.split("Changes:")[1]
    [line] = [line for line in changes.splitlines() if line.startswith("observations")]
    # The area, its municipality, its county and the country.
    assert line.split()[:6] == ["observations", "population", "2022", "revised", "2", "10"]
    assert line.endswith("newer.csv instead of people.csv")
    assert "No value differs." in samsyn("release", "diff", "one", "one").out
    assert "Values:" in samsyn("release", "diff", "one", "two", "--indicator", "population").out


def test_diff_value_by_value(samsyn, two, tmp_path):
    outcome = samsyn("release", "diff", "one", "two", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    [row] = [
        row
        for row in rows
        if row["table"] == "observations" and row["area"] == "regso/2020/1488R001"
    ]
    assert (float(row["old"]), float(row["new"])) == (1250, 1260)
    assert float(row["difference"]) == 10
    target = tmp_path / "ledger.parquet"
    assert samsyn("release", "diff", "one", "two", "--output", target).code == 0
    assert pl.read_parquet(target).height == len(rows)


def test_diff_of_what_is_not_there(samsyn, two):
    assert 'no release "three"' in samsyn("release", "diff", "one", "three").err
    outcome = samsyn("release", "diff", "one", "two", "--indicator", "popluation")
    assert outcome.code == 2
    assert "They have population" in outcome.err


def test_a_store_that_is_a_file(samsyn, people):
    outcome = samsyn("release", "build", people, "--store", people)
    assert outcome.code == 2
    assert "is a file, and a store is a folder" in outcome.err


@pytest.mark.parametrize("command", ["build", "list", "show", "verify", "use", "diff"])
def test_help_has_examples(samsyn, command):
    outcome = samsyn("release", command, "--help")
    assert outcome.code == 0
    assert f"samsyn release {command}" in outcome.out.split("Examples:")[1]
    assert "--store DIR" in outcome.out


def test_steps_are_told_now_and_then(capsys, monkeypatch):
    clock = iter([10.0, 10.5, 12.5, 13.0])
    monkeypatch.setattr("samsyn.cli.steps.time.monotonic", lambda: next(clock))
    with steps("Building") as report:
        for share in (0.1, 0.2, 0.3, 0.4):
            report(share, f"Step {share}")
    assert capsys.readouterr().err == "Step 0.1 (10%)\nStep 0.3 (30%)\n"
