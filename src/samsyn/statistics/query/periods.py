"""The periods that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import polars as pl

# One period, several, or "latest": the newest of each level with a known value; None for all.
Periods: TypeAlias = str | int | Sequence[str | int] | None

LATEST: Final = "latest"


def asked(period: Periods) -> list[str] | None:
    """The periods as text; None where all are asked for or only the latest."""
    if period is None or period == LATEST:
        return None
    if isinstance(period, str | int):
        period = [period]
    return list(dict.fromkeys(str(one).strip() for one in period))


def latest(frame: pl.DataFrame, value: str, kind: str = "kind") -> pl.DataFrame:
    """The rows of the newest period of each kind of area in which there is a known value.

    `kind` is the column that tells it. A kind without known values keeps its newest period.
    """
    known = pl.when(pl.col(value).is_not_null()).then("period")
    newest = pl.coalesce(known.max().over(kind), pl.col("period").max().over(kind))
    return frame.filter(pl.col("period") == newest)
