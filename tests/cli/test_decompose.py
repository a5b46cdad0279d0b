"""samsyn decompose, nested and over time."""

import json

import pytest

from tests.cli.conftest import VATTLAND

GROUPS = ["--groups", "swedish_background,foreign_background"]
EXAMPLE = ["decompose", VATTLAND, "--unit", "area", *GROUPS]


def rows(outcome):
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_nested_parts_add_up(samsyn):
    *parts, total = rows(samsyn(*EXAMPLE, "--within", "municipality", "--format", "json"))
    assert [part["part"] for part in parts] == ["between municipality", "between area"]
    assert total["part"] == "total"
    for name in ("mutual_information", "theil_h", "share"):
        assert sum(part[name] for part in parts) == pytest.approx(total[name], abs=1e-12)


def test_areas_in_two_larger_areas_are_named_with_both_rows(samsyn, table):
    path = table("u,big,small,a,b\n1,N,x,1,2\n2,N,y,3,4\n3,S,x,5,6\n")
    outcome = samsyn("decompose", path, "--unit", "u", "--within", "big,small", "--groups", "a,b")
    assert outcome.code == 2
    for said in ('"x"', '"N" (row 2)', '"S" (row 4)'):
        assert said in outcome.err


def test_change_adds_up_and_units_may_come_and_go(samsyn, table):
    before = table("u;a;b\n1;10;20\n2;30;5\n3;8;8\n", "before.csv")
    after = table("u;a;b\n4;9;1\n2;30;15\n1;20;20\n", "after.csv")
    found = rows(samsyn("decompose", before, "--with", after, "--unit", "u", "--groups", "a,b",
                        "--format", "json"))  # fmt: skip
    assert [row["index"] for row in found] == ["mutual_information", "theil_h", "karmel_maclachlan"]
    parts = (
        "additions",
        "removals",
        "unit_marginal",
        "group_marginal",
        "interaction",
        "structural",
    )
    for row in found:
        assert row["after"] - row["before"] == pytest.approx(row["difference"])
        assert sum(row[part] for part in parts) == pytest.approx(row["difference"])
    assert found[0]["additions"] != 0
    assert found[0]["removals"] != 0


def test_no_change_is_zero(samsyn):
    found = rows(
        samsyn(*EXAMPLE, "--with", VATTLAND, "--region", "municipality", "--format", "json")
    )
    assert len(found) == 9
    assert all(row["difference"] == 0 and row["structural"] == pytest.approx(0) for row in found)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "give --within for nested areas, or --with"),
        (["--within", "municipality", "--with", VATTLAND], "not both"),
        (["--within", "county"], 'no column "county"'),
        (["--with", "nowhere.csv"], "no file nowhere.csv"),
    ],
)
def test_wrong_input(samsyn, options, said):
    outcome = samsyn(*EXAMPLE, *options)
    assert outcome.code == 2
    assert said in outcome.err


def test_a_unit_that_changes_region_is_named(samsyn, table):
    before = table("u,r,a,b\n1,x,10,20\n", "before.csv")
    after = table("u,r,a,b\n1,y,10,20\n", "after.csv")
    outcome = samsyn("decompose", before, "--with", after, "--unit", "u", "--region", "r",
                     "--groups", "a,b")  # fmt: skip
    assert outcome.code == 2
    assert '"1" lies in "x"' in outcome.err
