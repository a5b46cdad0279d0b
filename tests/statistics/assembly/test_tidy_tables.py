"""Tidy tables against the catalogue."""

from __future__ import annotations

import polars as pl
import pytest

from samsyn.statistics.assembly.pieces import Interpretation
from samsyn.statistics.assembly.tidy_tables import interpret_tidy
from samsyn.statistics.indicators.definition import indicators
from samsyn.statistics.sources.forms import TidyTable
from tests.statistics.assembly.cubes import TOLD

GROUPS = {"background": ("swedish", "foreign"), "tenure": ("rental", "owned", "unknown")}
EKBY, NORRVIK = "municipality/2025/0101", "municipality/2025/0102"
Cell = object


def table(rows: list[dict[str, Cell]], columns: tuple[str, ...]) -> TidyTable:
    """A table of rows, which stand in the file from row 2 on."""
    usual = {"period": "2022", "status": "ok", "sex": "total", "age": "total"}
    filled = [{**usual, "row": number, **row} for number, row in enumerate(rows, start=2)]
    numbers = {"value", "numerator", "denominator"}
    schema = {
        name: pl.Float64 if name in numbers else pl.String
        for name in ("area", "period", *columns, "value", "status", "sex", "age")
    }
    return TidyTable(pl.DataFrame(filled, schema={**schema, "row": pl.UInt32}), TOLD)


def observations(rows: list[dict[str, Cell]]) -> Interpretation:
    made = table(rows, ("indicator", "numerator", "denominator"))
    return interpret_tidy(made, made.frame["area"], 3, indicators(), GROUPS)


def counts(rows: list[dict[str, Cell]]) -> Interpretation:
    made = table(rows, ("grouping", "group"))
    return interpret_tidy(made, made.frame["area"], 3, indicators(), GROUPS)


def test_each_indicator_becomes_its_observations() -> None:
    found = observations(
        [
            {"area": EKBY, "indicator": "rental_share", "value": 0.4},
            {"area": EKBY, "indicator": "turnout_riksdag", "value": 0.8, "sex": "women",
             "numerator": 80.0, "denominator": 100.0},
            {"area": NORRVIK, "indicator": "rental_share", "value": None, "status": "secret"},
        ]
    )  # fmt: skip
    assert not found.findings
    assert set(found.observations) == {"rental_share", "turnout_riksdag"}
    rental = found.observations["rental_share"]
    assert rental.select("area", "value", "status").rows() == [
        (EKBY, 0.4, "ok"), (NORRVIK, None, "secret"),
    ]  # fmt: skip
    assert rental["method"].unique().to_list() == ["published"]
    assert rental["source"].unique().to_list() == [3]
    turnout = found.observations["turnout_riksdag"].row(0, named=True)
    assert (turnout["sex"], turnout["numerator"], turnout["denominator"]) == ("women", 80, 100)


def test_each_grouping_becomes_its_counts() -> None:
    found = counts(
        [
            {"area": EKBY, "grouping": "background", "group": "foreign", "value": 30.0},
            {"area": EKBY, "grouping": "background", "group": "swedish", "value": 70.0},
            {"area": EKBY, "grouping": "tenure", "group": "unknown", "value": 1.0},
        ]
    )
    assert not found.findings
    frame = found.counts["background"]
    assert frame.select("group", "count").rows() == [("foreign", 30), ("swedish", 70)]
    assert found.counts["tenure"]["count"].to_list() == [1]


def test_what_is_no_area_has_no_observation() -> None:
    found = observations([{"area": None, "indicator": "rental_share", "value": 0.4}])
    assert not any(frame.height for frame in found.observations.values())


def test_what_the_catalogue_lacks_is_told_with_what_is_nearest() -> None:
    found = observations([{"area": EKBY, "indicator": "rental_shar", "value": 0.4}])
    assert not found.observations
    [finding] = found.findings
    assert finding.severity == "warning"
    assert 'the indicator "rental_shar" is not in the catalogue and was left out' in finding.message
    assert 'Is "rental_share" meant?' in finding.message
    [finding] = observations([{"area": EKBY, "indicator": "xyz", "value": 1.0}]).findings
    assert "meant" not in finding.message


def test_a_group_that_does_not_exist_leaves_the_others() -> None:
    found = counts(
        [
            {"area": EKBY, "grouping": "background", "group": "foreign", "value": 30.0},
            {"area": EKBY, "grouping": "background", "group": "sweedish", "value": 70.0},
            {"area": EKBY, "grouping": "backgrund", "group": "foreign", "value": 70.0},
        ]
    )
    assert found.counts["background"]["group"].to_list() == ["foreign"]
    assert set(found.counts) == {"background"}
    [finding] = found.findings
    assert '"background.sweedish"' in finding.message
    assert '"backgrund.foreign"' in finding.message


@pytest.mark.parametrize("again", [0.4, 0.5, None])
def test_a_value_that_stands_twice_is_an_error(again: float | None) -> None:
    row = {"area": EKBY, "indicator": "rental_share"}
    found = observations([{**row, "value": 0.4}, {**row, "value": again, "period": "2022"}])
    [finding] = found.findings
    assert (finding.severity, finding.row) == ("error", 2)
    assert "(rows 2 and 3)" in finding.message
    # Of another period, sex or age it is another value.
    for other in ({"period": "2021"}, {"sex": "men"}, {"age": "18-29 år"}):
        assert not observations([{**row, "value": 0.4}, {**row, "value": 0.4, **other}]).findings


def test_many_that_stand_twice_are_told_in_one_finding() -> None:
    row = {"area": EKBY, "grouping": "background", "group": "foreign", "value": 1.0}
    rows = [{**row, "period": str(year)} for year in (2020, 2021, 2022)]
    [finding] = counts([*rows, *rows]).findings
    assert "3 values stand more than once" in finding.message
    assert f"{EKBY} in 2020 (rows 2 and 5)" in finding.message


@pytest.mark.parametrize(
    ("indicator", "value", "why"),
    [
        ("rental_share", 1.4, "between 0 and 1"),
        ("rental_share", -0.01, "between 0 and 1"),
        ("population", -1.0, "never below 0"),
    ],
)
def test_what_cannot_be_is_told_with_its_row(indicator: str, value: float, why: str) -> None:
    rows = [
        {"area": EKBY, "indicator": indicator, "value": 1.0},
        {"area": NORRVIK, "indicator": indicator, "value": value},
    ]
    [finding] = observations(rows).findings
    assert (finding.severity, finding.row, finding.area) == ("error", 3, NORRVIK)
    assert f"table.xlsx, row 3: {indicator}" in finding.message
    assert why in finding.message


def test_what_only_looks_odd_is_let_be() -> None:
    rows = [
        {"area": EKBY, "indicator": "rental_share", "value": 1.0 + 1e-12},
        {"area": EKBY, "indicator": "median_net_income", "value": 321.5},
        {"area": EKBY, "indicator": "reported_violent_crime", "value": 880.0},
    ]
    assert not observations(rows).findings
