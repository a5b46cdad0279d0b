"""Indices, their parts, quotients and area types, against a plain reading of the tables."""

import pytest

from samsyn.measure.errors import InputError
from tests.statistics.query import oracle

INDICES = [
    "region", "name", "grouping", "units", "period", "index", "group", "against", "value", "lower",
    "upper", "expected", "corrected",
]  # fmt: skip


def indices(folder, grouping, units, level, periods, names, regions=None):
    return sorted(
        (tuple(row[c] for c in INDICES if c != "name") for row in oracle.rows(folder, "indices")
         if row["grouping"] == grouping and row["units"].startswith(units)
         and row["level"] == level and (periods is None or row["period"] in periods)
         and row["index"] in names and (regions is None or row["region"] in regions)),
        key=str,
    )  # fmt: skip


def told(found):
    return sorted(found.drop("name").iter_rows(), key=str)


@pytest.mark.parametrize(
    ("grouping", "units", "level", "periods", "names"),
    [
        ("background", "deso", "municipality", ["2022"], ["dissimilarity"]),
        ("background", "deso/2018", "municipality", None, ["isolation", "interaction"]),
        ("tenure", "regso", "county", ["2012", "2024"], ["multigroup_theil_h"]),
        ("economic_standard", "municipality", "country", ["2020"], ["gini", "theil_h"]),
    ],
)
def test_indices_are_those_of_the_release(demo, grouping, units, level, periods, names):
    expected = indices(demo.folder, grouping, units, level, periods, names)
    assert expected
    found = demo.indices(grouping, units, level, periods, names)
    assert found.columns == INDICES
    assert told(found) == expected


def test_indices_of_the_regions_in_a_place(demo):
    found = demo.indices("background", "deso", period="2022", index="gini", within="Vattstad")
    assert set(found["region"]) == {"municipality/2025/9901"}
    assert set(found["name"]) == {"Vattstad"}
    county = demo.indices("background", "deso", "municipality", "2022", "gini", "county/99")
    assert county["region"].n_unique() == 8


def test_a_family_of_indices_as_far_as_it_is_there(demo):
    found = demo.indices("background", "deso", "county", "2022", "evenness")
    assert {"dissimilarity", "gini", "theil_h"} <= set(found["index"])
    assert "isolation" not in set(found["index"])


def test_the_latest_indices_are_those_in_new_borders(demo):
    found = demo.indices("background", "deso", "municipality", "latest", "dissimilarity")
    assert set(found.select("period", "units").iter_rows()) == {("2024", "deso/2025")}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("backgrund", "deso"),
            ('no grouping with indices "backgrund" in the release demo. Did you mean background?'),
        ),
        (("population", "deso"), 'no grouping with indices "population"'),
        (
            ("background", "city"),
            (
                'no indices on the units "city" in the release demo. There are on '
                "deso/2018, deso/2025"
            ),
        ),
        (("background", "deso/2020"), 'no level of units "deso/2020"'),
        (("background", "deso", "kommun"), "There are: country, county and municipality"),
        (
            ("background", "deso", None, "2031"),
            ("has nothing of 2031 on what is asked for. It has 2012 to 2024"),
        ),
        (("background", "deso/2018", None, "2024"), "It has 2012 to 2023"),
        (("background", "deso", None, None, "ginny"), "Did you mean gini"),
        (("background", "deso", None, None, "rank_order_theil"), 'no index "rank_order_theil"'),
        (("background", "deso", None, None, None, "Atlantis"), 'no area "Atlantis"'),
    ],
)
def test_asking_wrongly_for_indices(demo, asked, said):
    with pytest.raises(InputError) as raised:
        demo.indices(*asked)
    assert said in str(raised.value)


def test_decomposition_adds_up(demo):
    found = demo.decomposition("background", "deso", "Vattstad", "2022")
    assert found.columns == [
        "region", "name", "grouping", "units", "period", "index", "between", "within", "value",
        "share",
    ]  # fmt: skip
    whole = demo.indices("background", "deso", "municipality", "2022", within="Vattstad")
    for index in ("mutual_information", "multigroup_theil_h"):
        parts = found.filter(index=index)
        assert parts.height == 2
        value = whole.filter(index=index)["value"]
        if value.len():
            assert parts["value"].sum() == pytest.approx(value[0])
        assert parts["share"].sum() == pytest.approx(1)


def test_quotients_are_shares_over_shares(demo):
    found = demo.quotients("background", "regso", "Vattstad", "2022", "county")
    assert set(found["region"]) == {"county/2025/99"}
    people = {
        (row["area"], row["group"]): row["count"]
        for row in oracle.rows(demo.folder, "counts/background")
        if row["period"] == "2022"
    }

    def share(area, group):
        return people[area, group] / (people[area, "foreign"] + people[area, "swedish"])

    assert found.height == 40
    for area, group, value in found.select("area", "group", "value").iter_rows():
        assert value == pytest.approx(share(area, group) / share("county/2025/99", group))
    with pytest.raises(InputError, match="grouping with quotients"):
        demo.quotients("colour")


def test_area_types_and_how_they_agree(demo):
    found = demo.area_types("2022", "Lindsunda")
    rows = [
        row for row in oracle.rows(demo.folder, "area_types")
        if row["period"] == "2022" and row["area"].startswith("regso/2020/9902")
    ]  # fmt: skip
    assert found.drop("name").to_dicts() == [
        {name: row[name] for name in found.drop("name").columns} for row in rows
    ]
    apart = [row for row in rows if row["computed"] != row["published"]]
    agreed = demo.agreement("2022", "Lindsunda")
    assert (agreed.areas, agreed.share) == (len(rows), 1 - len(apart) / len(rows))
    other = demo.disagreements("2022", "Lindsunda")
    assert sorted(other["area"]) == [row["area"] for row in apart]
    assert demo.area_types("latest")["period"].unique().to_list() == ["2024"]


def test_coverage_findings_and_manifest_are_those_of_the_release(demo):
    assert demo.coverage.filter(subject="rental_share")["known"].sum() > 0
    assert demo.findings.height == sum(demo.manifest.findings.values())
    assert demo.manifest.name == demo.name == "demo"
    assert "rental_share" in demo.indicators
    assert "background" in demo.groupings
    assert demo.sources()
