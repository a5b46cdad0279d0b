"""Answers by plain loops over all rows of a file, to compare with those of `Release`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl


@cache
def rows(folder: Path, file: str) -> list[dict[str, Any]]:
    return pl.read_parquet(folder / f"{file}.parquet", glob=False).to_dicts()


@cache
def parents_of(folder: Path) -> dict[str, str | None]:
    return {row["area"]: row["parent"] for row in rows(folder, "areas")}


def lies_in(folder: Path, area: str, place: str) -> bool:
    """Whether an area lies in a place or is it, by going up from parent to parent."""
    parents = parents_of(folder)
    parts = {row["member"] for row in rows(folder, "members") if row["area"] == place} | {place}
    at: str | None = area
    while at is not None:
        if at in parts:
            return True
        at = parents.get(at)
    return False


def values(
    folder: Path,
    indicator: str,
    level: str | None = None,
    within: str | None = None,
    periods: list[str] | None = None,
    sexes: list[str] | None = None,
    ages: list[str] | None = None,
) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Value, status, numerator and denominator by area, period, sex and age."""
    inside: dict[str, bool] = {}
    found = {}
    for row in rows(folder, f"observations/{indicator}"):
        area = row["area"]
        if level is not None and not area.startswith(f"{level}/"):
            continue
        if periods is not None and row["period"] not in periods:
            continue
        if row["sex"] not in (sexes or ["total"]) or row["age"] not in (ages or ["total"]):
            continue
        if within is not None:
            if area not in inside:
                inside[area] = lies_in(folder, area, within)
            if not inside[area]:
                continue
        key = (area, row["period"], row["sex"], row["age"])
        found[key] = tuple(row[c] for c in ("value", "status", "numerator", "denominator"))
    return found
