"""Values of a release, to compare with what an independent reading of the files gives."""

from __future__ import annotations

from pathlib import Path

import polars as pl

TOTAL = (pl.col("sex") == "total") & (pl.col("age") == "total")


def values(release: Path, indicator: str) -> pl.DataFrame:
    """The observations of an indicator, for everyone."""
    return pl.read_parquet(release / "observations" / f"{indicator}.parquet").filter(TOTAL)


def value(release: Path, indicator: str, area: str, period: str) -> float | None:
    """One value; None where there is no row or no value."""
    rows = values(release, indicator).filter(area=area, period=period)
    assert rows.height <= 1
    return rows.item(0, "value") if rows.height else None


def counts(release: Path, grouping: str, period: str) -> dict[tuple[str, str], float | None]:
    """The counts of a grouping for everyone, by area and group."""
    frame = pl.read_parquet(release / "counts" / f"{grouping}.parquet").filter(
        TOTAL, pl.col("period") == period
    )
    found = {(area, group): n for area, group, n in frame.select("area", "group", "count").rows()}
    assert len(found) == frame.height
    return found


def table(release: Path, name: str) -> pl.DataFrame:
    """A table of the release."""
    return pl.read_parquet(release / f"{name}.parquet")


def names(release: Path, kind: str, within: str) -> dict[str, str]:
    """The names of the areas of a kind in a municipality, by key."""
    areas = table(release, "areas").filter(kind=kind, municipality=within)
    return dict(areas.select("area", "name").iter_rows())
