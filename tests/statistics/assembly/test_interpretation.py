"""What tables say, by what the catalogue knows of their labels."""

from __future__ import annotations

import polars as pl
import pytest

from samsyn.statistics.assembly.interpretation import interpret
from samsyn.statistics.assembly.pieces import Interpretation
from samsyn.statistics.indicators.definition import indicators
from samsyn.statistics.sources.forms import Cube
from tests.statistics.assembly.cubes import cube, keys

BACKGROUND = ["region", "år", "utländsk/svensk bakgrund", "kön"]


def understood(made: Cube) -> Interpretation:
    return interpret(made, keys(made), 7, indicators())


def groups(found: Interpretation, grouping: str) -> dict[tuple[str, str, str], float | None]:
    """Counts by period, group and sex."""
    frame = found.counts[grouping]
    return {
        (row["period"], row["group"], row["sex"]): row["count"]
        for row in frame.iter_rows(named=True)
    }


def test_labels_become_groups_for_each_year_and_sex() -> None:
    made = cube(
        BACKGROUND,
        [
            ("0101", "2021", "svensk bakgrund", "totalt", 70),
            ("0101", "2021", "utländsk bakgrund", "totalt", 30),
            ("0101", "2021", "totalt", "totalt", 100),
            ("0101", "2022", "Svensk  bakgrund ", "kvinnor", 36),
            ("0101", "2022", "utländsk bakgrund", "kvinnor", 15),
        ],
        table="000005FE",
    )
    found = understood(made)
    assert not found.findings
    assert groups(found, "background") == {
        ("2021", "swedish", "total"): 70,
        ("2021", "foreign", "total"): 30,
        ("2022", "swedish", "women"): 36,
        ("2022", "foreign", "women"): 15,
    }
    assert set(found.counts["background"]["source"]) == {7}


def test_a_table_without_a_code_is_known_by_its_dimension_and_labels() -> None:
    made = cube(
        ["region", "år", "upplåtelseform"],
        [
            ("0101", "2022", label, count)
            for label, count in [("hyresrätt", 5), ("bostadsrätt", 6), ("äganderätt", 7)]
        ],
    )
    assert groups(understood(made), "tenure")["2022", "owned", "total"] == 7


def test_the_remainder_is_the_total_less_the_others() -> None:
    made = cube(
        ["region", "år", "födelseregion", "kön"],
        [("0101", "2022", "Sverige", "totalt", 80), ("0101", "2022", "totalt", "totalt", 100)],
    )
    found = understood(made)
    assert set(found.counts) == {"birth_country"}
    assert groups(found, "birth_country")["2022", "abroad", "total"] == 20


def test_parts_of_a_group_are_summed_and_a_group_that_lacks_a_part_is_not_formed() -> None:
    labels = ["0-4 år", "5-9 år", "10-14 år", "15-19 år", "20-24 år", "totalt"]
    rows = [("0101", "2022", label, 10.0 if label != "totalt" else 100.0) for label in labels]
    found = understood(cube(["region", "år", "ålder"], rows, table="000005FF"))
    assert groups(found, "age") == {
        ("2022", "under_20", "total"): 40,
        ("2022", "aged_20_24", "total"): 10,
        ("2022", "over_24", "total"): 50,
    }
    fewer = understood(cube(["region", "år", "ålder"], rows[1:], table="000005FF"))
    assert not fewer.counts
    assert fewer.findings[0].severity == "warning"


def test_percentages_with_their_base_become_estimated_counts() -> None:
    made = cube(
        ["region", "tabellinnehåll", "år"],
        [
            ("0101", "Låg ekonomisk standard, procent", "2022", 12),
            ("0101", "Hög ekonomisk standard, procent", "2022", 8),
            ("0101", "Antal personer totalt", "2022", 500),
        ],
        table="000006TA",
    )
    found = understood(made)
    assert groups(found, "economic_standard") == {
        ("2022", "low", "total"): 60,
        ("2022", "high", "total"): 40,
        ("2022", "middle", "total"): 400,
    }
    assert set(found.counts["economic_standard"]["status"]) == {"estimated"}


def test_percentages_without_a_base_are_shown_and_not_counted() -> None:
    made = cube(
        ["region", "tabellinnehåll", "år"],
        [("0101", "Låg ekonomisk standard, procent", "2022", 12)],
        table="000006TA",
    )
    found = understood(made)
    assert not found.counts
    row = found.observations["low_economic_standard_share"].row(0, named=True)
    assert row["value"] == pytest.approx(0.12)
    assert row["denominator"] is None


def test_medians_keep_the_number_of_people_that_they_describe() -> None:
    made = cube(
        ["region", "tabellinnehåll", "år", "inkomstslag", "kön"],
        [
            ("0101", "Medianvärde, tkr", "2022", "nettoinkomst", "totalt", 250.5),
            ("0101", "Antal personer totalt", "2022", "nettoinkomst", "totalt", 900),
            ("0101", "Medianvärde, tkr", "2022", "förvärvsinkomst", "totalt", 310),
            ("0101", "Antal personer totalt", "2022", "förvärvsinkomst", "totalt", 900),
        ],
        table="000005FM",
    )
    frame = understood(made).observations["median_net_income"]
    assert frame.select("value", "denominator").rows() == [(250.5, 900.0)]


def test_a_missing_value_stays_missing() -> None:
    made = cube(
        BACKGROUND,
        [
            ("0101", "2021", "svensk bakgrund", "totalt", None),
            ("0101", "2021", "utländsk bakgrund", "totalt", 30),
        ],
    )
    frame = understood(made).counts["background"].filter(pl.col("group") == "swedish")
    assert frame.select("count", "status").rows() == [(None, "missing")]


def test_rows_that_are_no_areas_are_left_out() -> None:
    made = cube(
        BACKGROUND,
        [
            (area, "2021", label, "totalt", 5)
            for area in ("?", "0101")
            for label in ("svensk bakgrund", "utländsk bakgrund")
        ],
    )
    assert set(understood(made).counts["background"]["area"]) == {"municipality/2025/0101"}


def test_a_value_that_stands_twice_is_an_error_that_names_the_rows() -> None:
    row = ("0101", "2021", "svensk bakgrund", "totalt", 5)
    other = ("0101", "2021", "utländsk bakgrund", "totalt", 6)
    found = understood(cube(BACKGROUND, [row, other, row]))
    assert [(f.check, f.severity, f.row) for f in found.findings] == [("duplicates", "error", 4)]
    assert "rows 4 and 6" in found.findings[0].message


def test_groups_that_are_more_than_the_total_are_an_error() -> None:
    made = cube(
        BACKGROUND,
        [
            ("0101", "2021", "svensk bakgrund", "totalt", 700),
            ("0101", "2021", "utländsk bakgrund", "totalt", 400),
            ("0101", "2021", "totalt", "totalt", 1000),
        ],
    )
    found = understood(made).findings
    assert [(f.check, f.severity) for f in found] == [("groups and total", "error")]
    assert "1100 against 1000" in found[0].message


def test_disclosure_control_is_no_error() -> None:
    made = cube(
        BACKGROUND,
        [
            ("0101", "2021", "svensk bakgrund", "totalt", 72),
            ("0101", "2021", "utländsk bakgrund", "totalt", 32),
            ("0101", "2021", "totalt", "totalt", 100),
        ],
    )
    assert not understood(made).findings


def test_a_changed_heading_is_told_and_not_guessed() -> None:
    made = cube(
        ["region", "år", "upplåtelseform"],
        [
            ("0101", "2022", label, 5)
            for label in ("hyresrätt", "bostadsrätt", "äganderätt", "kooperativ hyresrätt")
        ],
    )
    found = understood(made)
    assert '"kooperativ hyresrätt"' in found.findings[0].message
    assert found.findings[0].severity == "warning"


def test_a_table_that_is_divided_by_something_unknown_is_left_out() -> None:
    made = cube(
        ["region", "år", "upplåtelseform", "byggår"],
        [
            ("0101", "2022", label, year, 5)
            for label in ("hyresrätt", "bostadsrätt", "äganderätt")
            for year in ("–1960", "1961–")
        ],
    )
    found = understood(made)
    assert not found.counts
    assert "divided by byggår" in found.findings[0].message


def test_key_figures_are_known_by_their_titles() -> None:
    title = "Invånare 17-24 år som varken arbetar eller studerar, andel (%)"
    made = cube(
        ["nyckeltal", "region", "år"],
        [(title, "0101", "2019", 7.5), ("Bilväg i kommunen, total", "0101", "2019", 3)],
        roles={"area": "region", "period": "år", "measure": "nyckeltal"},
    )
    found = understood(made)
    assert found.observations["neet_share"].get_column("value").to_list() == [pytest.approx(0.075)]
    assert "1 of 2 key figures" in found.findings[0].message


def test_an_unknown_table_is_told_of() -> None:
    found = understood(cube(["region", "år", "trädslag"], [("0101", "2022", "gran", 5)]))
    assert not found.counts
    assert not found.observations
    assert "not in the catalogue" in found.findings[0].message
