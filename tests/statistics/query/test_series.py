"""An indicator in one area over time."""

import polars as pl

from samsyn.statistics.query.series import with_breaks


def test_a_series_carries_the_breaks_of_its_definition(release):
    found = release.series("employment_rate", "Trollhättan")
    assert found["period"].to_list() == ["2019", "2020", "2021", "2022", "2023"]
    # The catalogue says that it was defined anew for 2020 and 2023.
    assert found["break"].to_list() == [None, "definition", None, None, "definition"]
    assert found["overlap"].null_count() == 5


def test_a_series_goes_on_in_new_borders(release):
    same = release.series("employment_rate", "1488R001")
    assert same["area"].to_list() == ["regso/2020/1488R001"] * 4 + ["regso/2025/1488R001"]
    assert same["vintage"].to_list() == ["2020"] * 4 + ["2025"]
    # By people, who are known: nearly all live where they did.
    assert same["overlap"].to_list() == [None, None, None, None, 0.999]
    assert same["break"].to_list()[-1] == "definition"
    moved = release.series("employment_rate", "regso/2025/1488R002")
    assert moved["overlap"].to_list()[-1] == 0.8
    assert moved["break"].to_list()[-1] == "borders, definition"


def test_the_demonstration_changes_its_borders_in_2024(demo):
    found = demo.series("rental_share", "9901C1010")
    assert found["period"].to_list() == [str(year) for year in range(2012, 2025)]
    assert found["vintage"].to_list() == ["2018"] * 12 + ["2025"]
    values = {
        (row["area"], row["period"]): row["value"]
        for row in pl.read_parquet(demo.folder / "observations/rental_share.parquet").to_dicts()
    }
    expected = [values[area, period] for area, period in found.select("area", "period").iter_rows()]
    assert found["value"].to_list() == expected


def test_borders_that_nobody_has_compared_are_a_break():
    rows = [("deso/2018/1488A0010", "2023"), ("deso/2025/1488A0010", "2024")]
    values = pl.DataFrame(rows, schema=["area", "period"], orient="row")
    none = pl.DataFrame(schema={
        "area": pl.String, "target": pl.String, "area_share": pl.Float64,
        "population_share": pl.Float64,
    })  # fmt: skip
    found = with_breaks(values, none, ())
    assert found.select("vintage", "overlap", "break").rows() == [
        ("2018", None, None), ("2025", None, "borders"),
    ]  # fmt: skip


def test_a_break_without_a_value_is_at_the_next_and_one_before_all_is_none():
    rows = [("municipality/2025/1488", period) for period in ("2010", "2012", "2014")]
    values = pl.DataFrame(rows, schema=["area", "period"], orient="row")
    none = pl.DataFrame(schema={
        "area": pl.String, "target": pl.String, "area_share": pl.Float64,
        "population_share": pl.Float64,
    })  # fmt: skip
    found = with_breaks(values, none, ("2005", "2013"))
    assert found["break"].to_list() == [None, None, "definition"]
