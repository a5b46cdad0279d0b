"""Several sources that say the same."""

from __future__ import annotations

import polars as pl

from samsyn.statistics.assembly.merging import Ranked, merged
from samsyn.statistics.assembly.pieces import COUNT_KEY, COUNTS_OF_ONE


def counted(source: int, counts: list[float | None]) -> pl.DataFrame:
    rows = [
        (f"municipality/2025/010{i}", "2022", "foreign", "total", "total", count,
         "missing" if count is None else "ok", "published", source)
        for i, count in enumerate(counts)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=COUNTS_OF_ONE, orient="row")


def ranked(*dates: str) -> list[Ranked]:
    return [Ranked(f"file {number}", date) for number, date in enumerate(dates)]


def values(frame: pl.DataFrame) -> list[float | None]:
    return frame.sort("area").get_column("count").to_list()


def test_the_newest_source_stands_and_the_difference_is_told() -> None:
    parts = [counted(0, [10.0, 20.0]), counted(1, [10.0, 25.0])]
    frame, findings = merged(parts, COUNT_KEY, "count", ranked("2023", "2024"), "background")
    assert values(frame) == [10.0, 25.0]
    assert [finding.check for finding in findings] == ["sources differ"]
    assert "0101" in findings[0].message
    assert "25 and 20. file 1 is newer" in findings[0].message


def test_of_equally_new_sources_the_first_stands() -> None:
    parts = [counted(0, [10.0]), counted(1, [11.0])]
    frame, findings = merged(parts, COUNT_KEY, "count", ranked("", ""), "background")
    assert values(frame) == [10.0]
    assert len(findings) == 1


def test_sources_that_agree_are_not_told_of() -> None:
    parts = [counted(0, [10.0]), counted(1, [10.0 + 1e-12])]
    _, findings = merged(parts, COUNT_KEY, "count", ranked("", ""), "background")
    assert not findings


def test_a_known_value_stands_before_a_newer_one_that_is_missing() -> None:
    parts = [counted(0, [10.0]), counted(1, [None])]
    frame, findings = merged(parts, COUNT_KEY, "count", ranked("2023", "2024"), "background")
    assert values(frame) == [10.0]
    assert not findings


def test_sources_about_other_areas_are_put_together() -> None:
    first, second = counted(0, [1.0]), counted(1, [1.0, 2.0]).tail(1)
    frame, findings = merged([first, second], COUNT_KEY, "count", ranked("", ""), "background")
    assert values(frame) == [1.0, 2.0]
    assert not findings
