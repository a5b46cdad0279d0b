"""Figures that are known by their titles."""

from __future__ import annotations

import polars as pl
import pytest

from samsyn.statistics.assembly.interpretation import interpret
from samsyn.statistics.assembly.key_figures import titled
from samsyn.statistics.assembly.pieces import Interpretation
from samsyn.statistics.indicators.definition import Indicator, indicators
from tests.statistics.assembly.cubes import cube, keys

DIMENSIONS = ["region", "år", "tabellinnehåll", "kön"]


def by_title() -> tuple[Indicator, str, float]:
    """An indicator of the catalogue that is a share and that a source publishes in per cent."""
    for indicator in indicators().values():
        for origin in indicator.origins:
            if origin.titles and origin.scale == 0.01 and indicator.unit == "share":
                return indicator, origin.titles[0], origin.scale
    raise AssertionError("no such indicator")


def understood(rows: list[tuple[object, ...]]) -> Interpretation:
    made = cube(DIMENSIONS, rows)
    return interpret(made, keys(made), 7, indicators())


def test_a_title_leads_to_its_indicator_in_its_unit() -> None:
    indicator, title, _ = by_title()
    found = understood(
        [
            ("0101", "2020", title.upper(), "totalt", 84.5),
            ("0101", "2020", f"  {title} ", "Kvinnor", 87.0),
            ("0102", "2020", title, "totalt", None),
            ("?", "2020", title, "totalt", 50.0),
        ]
    )
    assert not found.findings
    frame = found.observations[indicator.id].sort("area", "sex")
    assert frame.select("area", "sex", "value", "status").rows() == [
        ("municipality/2025/0101", "total", pytest.approx(0.845), "ok"),
        ("municipality/2025/0101", "women", pytest.approx(0.87), "ok"),
        ("municipality/2025/0102", "total", None, "missing"),
    ]
    assert frame["method"].unique().to_list() == ["published"]
    assert frame["source"].unique().to_list() == [7]


def test_others_in_the_same_file_are_named_in_a_note() -> None:
    indicator, title, _ = by_title()
    found = understood(
        [
            ("0101", "2020", title, "totalt", 84.5),
            ("0101", "2020", "antal bänkar i parken", "totalt", 12),
        ]
    )
    assert set(found.observations) == {indicator.id}
    [finding] = found.findings
    assert finding.severity == "note"
    assert (
        '1 of 2 key figures are not in the catalogue and were left out: "antal bänkar i parken"'
        in (finding.message)
    )


def test_a_figure_that_cannot_be_is_told_with_its_row() -> None:
    indicator, title, _ = by_title()
    [finding] = understood([("0101", "2020", title, "totalt", 845.0)]).findings
    assert (finding.severity, finding.row, finding.subject) == ("error", 4, indicator.id)
    assert "is 8.45" in finding.message


def test_a_value_that_stands_twice_is_an_error() -> None:
    _, title, _ = by_title()
    row = ("0101", "2020", title, "totalt", 84.5)
    found = understood([row, row]).findings
    assert [(finding.check, finding.severity) for finding in found] == [("duplicates", "error")]
    assert "rows 4 and 5" in found[0].message


def test_without_measures_or_known_titles_nothing_is_meant() -> None:
    _, title, _ = by_title()
    assert titled(cube(["region", "år"], [("0101", "2020", 1.0)]), indicators()) == {}
    other = cube(DIMENSIONS, [("0101", "2020", "antal bänkar", "totalt", 1.0)])
    assert titled(other, indicators()) == {}
    assert (
        len(titled(cube(DIMENSIONS, [("0101", "2020", title, "totalt", 1.0)]), indicators())) == 1
    )


def test_no_two_indicators_have_the_same_title() -> None:
    titles = [
        title.casefold()
        for indicator in indicators().values()
        for origin in indicator.origins
        for title in origin.titles
    ]
    assert len(titles) == len(set(titles))
    assert len(titles) > 5
    assert pl.Series(titles).str.strip_chars().to_list() == titles
