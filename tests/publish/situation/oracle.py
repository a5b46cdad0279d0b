"""A release read from its files by other means than the reports use: plain rows, one by one."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

SPACE = "\u00a0"
Row = dict[str, Any]


class Files:
    """The files of a release, as rows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.areas = {row["area"]: row for row in self._rows("areas.parquet")}
        self.types = list(self._rows("area_types.parquet"))
        self.indices = pl.read_parquet(folder / "indices.parquet")

    def _rows(self, name: str) -> list[Row]:
        return pl.read_parquet(self.folder / name).to_dicts()

    def observed(self, indicator: str) -> list[Row]:
        """The observations of everybody, of an indicator."""
        rows = self._rows(f"observations/{indicator}.parquet")
        return [row for row in rows if row["sex"] == row["age"] == "total"]

    def newest(self, indicator: str, level: str, until: str = "9999") -> str | None:
        """The newest period in which any place of a level has a value."""
        known = [
            row["period"]
            for row in self.observed(indicator)
            if row["value"] is not None
            and row["area"].startswith(f"{level}/")
            and row["period"] <= until
        ]
        return max(known, default=None)

    def one(self, indicator: str, area: str, period: str | None) -> Row | None:
        """The observation of a place in a period."""
        found = [
            row
            for row in self.observed(indicator)
            if row["area"] == area and row["period"] == period
        ]
        assert len(found) < 2
        return found[0] if found else None

    def parts(self, place: str, level: str) -> list[str]:
        """The keys of the areas of a level that lie in a place."""
        kind = place.partition("/")[0]
        within = {"regso": "parent"}.get(kind, kind)
        return [
            key
            for key, row in self.areas.items()
            if key.startswith(f"{level}/") and (kind == "country" or row[within] == place)
        ]

    def type_of(self, area: str) -> tuple[int, bool] | None:
        """The newest type of an area, and whether it is uncertain."""
        rows = [row for row in self.types if row["area"] == area]
        told = [row for row in rows if (row["published"] or row["computed"]) is not None]
        if not told:
            return None
        row = max(told, key=lambda row: row["period"])
        return row["published"] or row["computed"], bool(row["uncertain"])


def read(text: str) -> tuple[float, int]:
    """A number as it is written, and how many decimals it has; per cent as written."""
    bare = text.replace("%", "").replace(SPACE, "").replace("−", "-").replace(",", ".").strip()
    return float(bare), len(bare.partition(".")[2])


def require_written(text: str, value: float, *, share: bool) -> None:
    """That a text is a value rightly rounded."""
    assert re.fullmatch(rf"−?\d[\d{SPACE}]*(,\d+)?({SPACE}%)?", text), text
    assert text.endswith("%") == share
    shown, decimals = read(text)
    meant = value * (100 if share else 1)
    assert abs(shown - meant) <= 0.5 * 10**-decimals + 1e-9, (text, value)


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """The ends of Wilson's interval: where (p - q)² = z² q (1 - q) / n."""
    p, n, z2 = numerator / denominator, denominator, 1.959963984540054**2
    a, b, c = 1 + z2 / n, -(2 * p + z2 / n), p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    lost = rounding(numerator, p)
    return max((-b - root) / (2 * a) - lost, 0.0), min((-b + root) / (2 * a) + lost, 1.0)


def rounding(numerator: float, share: float) -> float:
    """How much a share may be off that its source tells in whole per cent, or in tenths."""
    if abs(numerator - round(numerator)) < 1e-3:
        return 0.0  # a count
    decimals = len(f"{100 * share:.8f}".rstrip("0").partition(".")[2])
    return {0: 0.005, 1: 0.0005}.get(decimals, 0.0)


def test_the_interval_is_such_as_tables_have_it() -> None:
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-5)
