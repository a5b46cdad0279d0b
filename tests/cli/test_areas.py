"""Finding areas."""

import csv
import io

import polars as pl
import pytest


@pytest.fixture
def ask(samsyn, demo_store):
    return lambda *arguments: samsyn("areas", *arguments, "--store", demo_store.path)


def keys(outcome):
    return [line.split()[0] for line in outcome.out.splitlines()[2:]]


def test_by_a_part_of_the_name_without_dots_and_rings(ask):
    found = keys(ask("--search", "skarlosa"))
    assert found[0] == "municipality/2025/9908"
    assert keys(ask("--search", "9901-inre-hamnen")) == ["custom/2018/9901-inre-hamnen"]


def test_of_a_kind_in_an_area(ask, demo_release):
    found = ask("--kind", "regso/2020", "--in", "municipality/9902")
    areas = pl.read_parquet(demo_release / "areas.parquet")
    there = areas.filter(kind="regso", vintage="2020", municipality="municipality/2025/9902")
    assert keys(found) == there["area"].sort().to_list()
    assert "regso/2020/9902R001  Centrum      Lindsunda" in found.out
    assert found.err == ""


def test_a_deso_tells_its_regso(ask):
    outcome = ask("--kind", "deso/2018", "--in", "9908")
    assert outcome.out.splitlines()[0].split() == [
        "area",
        "name",
        "regso",
        "municipality",
        "county",
    ]
    assert "deso/2018/9908C1010  9908C1010  Centrum" in outcome.out


def test_csv_holds_all_that_is_known(ask, demo_release):
    outcome = ask("--kind", "municipality", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    expected = pl.read_parquet(demo_release / "areas.parquet").filter(kind="municipality")
    assert list(rows[0]) == expected.columns
    assert [row["type_group"] for row in rows] == expected.sort("area")["type_group"].to_list()
    assert [float(row["x"]) for row in rows] == expected.sort("area")["x"].to_list()


def test_nothing_is_found(ask):
    outcome = ask("--search", "xyzzy")
    assert outcome.code == 0
    assert outcome.err == "No area of the release demo is like that.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--kind", "kommun"],
            "Its levels are deso, regso, municipality, county, country and custom",
        ),
        (["--kind", "regso/2018"], "it has regso/2020 and regso/2025"),
        (["--in", "Atlantis"], 'There is no area "Atlantis" in the release demo'),
        (["regso"], "unexpected extra argument"),
    ],
)
def test_doing_it_wrong(ask, arguments, said):
    outcome = ask(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_trollhattan_in_the_national_release(samsyn, national_store):
    outcome = samsyn("areas", "--search", "trollhattan", "--store", national_store.path)
    assert keys(outcome)[0] == "municipality/2025/1488"
    found = samsyn(
        "areas", "--kind", "regso", "--in", "Trollhättan", "--store", national_store.path
    )
    assert sum(key.startswith("regso/2020/1488R") for key in keys(found)) == 16
