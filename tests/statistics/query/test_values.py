"""Values and counts: what is asked for, all of it, and nothing else."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release, source_said
from tests.statistics.query import oracle, small

COLUMNS = [
    "area", "name", "indicator", "period", "value", "status", "numerator", "denominator", "unit",
    "method", "source",
]  # fmt: skip
EVERY_SEX, EVERY_AGE = ["men", "total", "women"], ["20-24", "total"]


def by_key(found: pl.DataFrame) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """The answer as the oracle gives it; no row stands twice."""
    parts = [
        pl.col(name) if name in found.columns else pl.lit("total").alias(name)
        for name in ("sex", "age")
    ]
    frame = found.select("area", "period", *parts, "value", "status", "numerator", "denominator")
    answer = {row[:4]: row[4:] for row in frame.iter_rows()}
    assert len(answer) == found.height
    return answer


@settings(max_examples=80)
@given(
    level=st.sampled_from([
        None, "deso", "regso", "regso/2020", "regso/2025", "municipality", "county", "country",
        "custom",
    ]),
    within=st.sampled_from([None, *small.NAMES]),
    periods=st.none() | st.lists(st.sampled_from([*small.YEARS, small.NEW]), min_size=1),
    sexes=st.sampled_from([["total"], ["men"], ["men", "women"], None]),
    ages=st.sampled_from([["total"], ["20-24"], None]),
)  # fmt: skip
def test_a_small_release_answers_as_a_plain_reading_of_it(
    small_store, level, within, periods, sexes, ages
):
    release = Release.open(small_store)
    asked = {"level": level, "within": within, "period": periods, "sex": sexes, "age": ages}
    folder = release.folder
    lacking = [
        p for p in periods or [] if not oracle.values(folder, "employment_rate", level, None, [p])
    ]
    if lacking:
        with pytest.raises(InputError, match=f"has no values of ({'|'.join(lacking)})"):
            release.values("employment_rate", **asked)
        return
    expected = oracle.values(
        folder, "employment_rate", level, within, periods, sexes or EVERY_SEX, ages or EVERY_AGE
    )
    found = release.values("employment_rate", **asked)
    assert by_key(found) == expected
    assert found.get_column("area").is_sorted()
    assert found.get_column("name").to_list() == [small.NAMES[a] for a in found["area"]]


@pytest.mark.parametrize(
    ("indicator", "level", "within", "periods"),
    [
        ("rental_share", "regso", "municipality/2025/9901", ["2022"]),
        ("rental_share", "deso", "county/2025/99", ["2012", "2023"]),
        ("unemployment_rate", "deso", "municipality/2025/9904", None),
        ("unemployment_rate", None, "custom/2018/9901-inre-hamnen", None),
        ("turnout_riksdag", None, "country/2025/00", None),
        ("area_type", "regso/2025", "municipality/2025/9902", ["2024"]),
        ("life_expectancy", "municipality", None, None),
        ("median_net_income", "deso/2018", None, ["2016"]),
        ("population", None, "regso/2025/9903R002", ["2024"]),
    ],
)
def test_the_demonstration_answers_as_a_plain_reading_of_it(
    demo, indicator, level, within, periods
):
    expected = oracle.values(demo.folder, indicator, level, within, periods)
    assert expected
    assert by_key(demo.values(indicator, level, within, periods)) == expected


def test_the_columns_and_what_they_say(release):
    found = release.values("employment_rate", "regso", "Trollhättan", "2022")
    assert found.columns == COLUMNS
    assert found["area"].to_list() == ["regso/2020/1488R001", "regso/2020/1488R002"]
    assert found["name"].to_list() == ["Centrum", "Lextorp"]
    assert set(found["indicator"]) == {"employment_rate"}
    assert set(found["unit"]) == {"share"}
    assert [s.table for s in release.sources(found["source"])] == ["000006TC"]


def test_sex_and_age_are_told_where_others_than_the_total_are_asked_for(release):
    found = release.values("employment_rate", "country", period="2022", sex=None)
    assert found["sex"].to_list() == ["men", "total", "women"]
    assert "age" not in found.columns
    found = release.values("employment_rate", "country", period="2022", age=["20-24"])
    assert found["age"].to_list() == ["20-24"]


def test_a_secret_value_is_no_number(release):
    found = release.values("employment_rate", areas=["0114A0010"], period="2022")
    assert found.select("value", "status", "numerator").rows() == [(None, "secret", None)]


def test_areas_by_name_in_any_form(release):
    keys = ["regso/1488R002", "0114R001", "Kronogården", "municipality/2025/1488"]
    found = release.values("employment_rate", areas=keys, period=2021)
    assert found["area"].to_list() == [
        small.CUSTOM, small.TROLLHATTAN, "regso/2020/0114R001", "regso/2020/1488R002",
    ]  # fmt: skip


def test_the_latest_is_that_of_each_level(release):
    found = release.values("employment_rate", within="Trollhättan", period="latest")
    newest = dict(found.select("area", "period").iter_rows())
    assert newest == {
        small.TROLLHATTAN: "2023",
        "regso/2025/1488R001": "2023", "regso/2025/1488R002": "2023",
        "deso/2018/1488A0010": "2022", "deso/2018/1488B2010": "2022",
        "deso/2018/1488B2020": "2022", small.CUSTOM: "2022",
    }  # fmt: skip


def test_the_latest_is_one_with_a_known_value(release):
    # Its value of 2022 is secret.
    found = release.values("employment_rate", "deso", "Upplands Väsby", "latest")
    assert found.select("period", "status").rows() == [("2021", "ok")]


def test_an_area_without_values_has_no_row_and_is_no_error(release):
    assert release.values("employment_rate", areas=["regso/2020/1488R003"]).is_empty()
    assert release.values("meeting_places", "municipality", "0114").columns == COLUMNS


def test_an_indicator_that_no_catalogue_has(release):
    found = release.values("meeting_places")
    assert found.select("period", "value", "unit").rows() == [
        ("2021", 4.0, None),
        ("2022", 5.0, None),
    ]
    assert [source.table for source in release.sources_of("employment_rate")] == ["000006TC"]
    # Nobody said who publishes them: the file is named.
    assert source_said(release.sources_of("meeting_places")) == "meeting_places.csv"
    assert source_said(release.sources()) == "SCB (000006TC); meeting_places.csv"


def test_counts_by_group(demo):
    found = demo.counts("background", "municipality", period=["2012", "2024"])
    expected = {
        (row["area"], row["period"], row["group"]): row["count"]
        for row in oracle.rows(demo.folder, "counts/background")
        if row["area"].startswith("municipality/") and row["period"] in {"2012", "2024"}
    }
    got = {row[:3]: row[3] for row in found.select("area", "period", "group", "count").iter_rows()}
    assert got == expected
    assert found.columns[:7] == ["area", "name", "grouping", "group", "period", "count", "status"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"indicator": "employment"},
            ('no indicator "employment" in the release small. Did you mean employment_rate?'),
        ),
        ({"indicator": "Andel sysselsatta"}, "Did you mean employment_rate?"),
        ({"indicator": "zzz"}, "There are: employment_rate and meeting_places"),
        ({"indicator": "rental_share"}, "none of the files that it was built from has them"),
        ({"indicator": "../../etc/passwd"}, 'There is no indicator "../../etc/passwd"'),
        (
            {"level": "regs"},
            (
                'no level "regs" in the release small. Did you mean regso? Its levels '
                "are deso, regso, municipality, county, country and custom"
            ),
        ),
        ({"level": "regso/2018"}, "it has regso/2020 and regso/2025"),
        (
            {"indicator": "meeting_places", "level": "regso"},
            (
                "meeting_places has no values on the level regso in the release small. It has them "
                "on the level municipality"
            ),
        ),
        (
            {"period": "2031"},
            (
                "employment_rate has no values of 2031 in the release small. It has "
                "them of 2019 to 2023"
            ),
        ),
        (
            {"level": "deso", "period": ["2022", "2023"]},
            "no values of 2023 in the release small on the level deso. It has them of 2019 to 2022",
        ),
        (
            {"sex": "boys"},
            (
                'no values for the sex "boys" in the release small. It has those for men, '
                "total and women"
            ),
        ),
        ({"indicator": "meeting_places", "age": "65+"}, "It has only those for all"),
        ({"within": "Göteborg"}, 'There is no area "Göteborg" in the release small'),
        ({"areas": ["1488R001", "Lextorps"]}, "Did you mean Lextorp in Trollhättan"),
    ],
)
def test_doing_it_wrong(release, asked, said):
    with pytest.raises(InputError) as raised:
        release.values(**{"indicator": "employment_rate", **asked})
    assert said in str(raised.value)


def test_what_is_typed_is_never_part_of_the_question(release):
    tricks = ["2022' OR '1'='1", "2022; DROP TABLE x", '2022" --', "%"]
    for trick in tricks:
        with pytest.raises(InputError, match="has no values of"):
            release.values("employment_rate", period=trick)
        with pytest.raises(InputError, match="has no values for the sex"):
            release.values("employment_rate", sex=trick)
