"""What no published value can be, told with the row that it stands in."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.indicators.definition import Indicator

SMALL = 1e-9  # what a share can be above 1 by how a number is written


def impossible_counts(frame: pl.DataFrame, subject: str, file: str) -> list[Finding]:
    """Counts below 0; `frame` has area, period, value and row."""
    below = frame.filter(pl.col("value") < 0)
    return _told(below, "counts", subject, file, "a count is never below 0")


def impossible_percentages(frame: pl.DataFrame, subject: str, file: str) -> list[Finding]:
    """Percentages that are none; `frame` has area, period, value and row."""
    outside = frame.filter((pl.col("value") < 0) | (pl.col("value") > 100))
    return _told(outside, "shares", subject, file, "a percentage is between 0 and 100")


def impossible_values(frame: pl.DataFrame, indicator: Indicator, file: str) -> list[Finding]:
    """Shares that are none and persons below 0; `frame` has area, period, value and row."""
    value = pl.col("value")
    if indicator.unit == "share":
        outside = frame.filter((value < 0) | (value > 1 + SMALL))
        why = "a share is between 0 and 1: divide a percentage by 100"
        return _told(outside, "shares", indicator.id, file, why)
    if indicator.unit == "persons":
        return impossible_counts(frame, indicator.id, file)
    return []


def impossible_of(
    frame: pl.DataFrame, catalogue: Mapping[str, Indicator], file: str
) -> list[Finding]:
    """The same of many indicators, which `frame` tells in a column."""
    value = pl.col("value")
    odd = frame.filter((value < 0) | (value > 1 + SMALL))
    if odd.is_empty():
        return []
    return [
        finding
        for (name,), part in odd.group_by("indicator", maintain_order=True)
        if name in catalogue
        for finding in impossible_values(part, catalogue[str(name)], file)
    ]


def _told(rows: pl.DataFrame, check: str, subject: str, file: str, why: str) -> list[Finding]:
    if rows.is_empty():
        return []
    first = rows.sort("row", "area", "period").row(0, named=True)
    where = file if first["row"] is None else f"{file}, row {first['row']}"
    others = rows.height - 1
    more = f", as {'are' if others > 1 else 'is'} {others} more" if others else ""
    return [
        Finding(
            check,
            "error",
            f"{where}: {subject} of {first['area']} in {first['period']} is {first['value']:g}"
            f"{more}, and {why}",
            subject=subject,
            area=first["area"],
            period=first["period"],
            file=file,
            row=first["row"],
        )
    ]
