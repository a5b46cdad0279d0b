"""What has been understood of the sources: counts of groupings and values of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

import polars as pl

from samsyn.statistics.release.schema import COUNTS, FINDINGS, OBSERVATIONS

Severity: TypeAlias = Literal["error", "warning", "note"]

# What one value is about, beside its grouping or indicator.
COUNT_KEY: Final = ("area", "period", "group", "sex", "age")
OBSERVATION_KEY: Final = ("area", "period", "sex", "age")
# From the least to the most telling: a sum is what the worst of its parts is.
WORST_FIRST: Final = ("secret", "missing", "not_applicable", "estimated", "ok")


@dataclass(frozen=True)
class Finding:
    """Something that a check found. An error makes figures wrong: the release is refused."""

    check: str
    severity: Severity
    message: str
    subject: str | None = None
    area: str | None = None
    period: str | None = None
    file: str | None = None
    row: int | None = None


@dataclass(frozen=True)
class Interpretation:
    """What a table says: counts by grouping, observations by indicator, and what was left out."""

    counts: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    observations: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def findings_frame(findings: list[Finding]) -> pl.DataFrame:
    """The findings as a table of the release, the worst first."""
    rows: list[dict[str, Any]] = [finding.__dict__ for finding in findings]
    severity = pl.Enum(["error", "warning", "note"])
    return pl.DataFrame(rows, schema=FINDINGS, orient="row").sort(
        pl.col("severity").cast(severity), "check", "subject", "area", "period", maintain_order=True
    )


def worst(status: pl.Expr) -> pl.Expr:
    """The status of a sum, by the statuses of its parts."""
    rank = pl.Enum(WORST_FIRST)
    return status.cast(rank).min().cast(pl.String)


def worst_of(*columns: str) -> pl.Expr:
    """The worst of several statuses, row by row."""
    rank = pl.Enum(WORST_FIRST)
    places = pl.min_horizontal(pl.col(name).cast(rank).to_physical() for name in columns)
    return places.cast(rank).cast(pl.String)


COUNTS_OF_ONE: Final = pl.Schema(
    {name: kind for name, kind in COUNTS.items() if name != "grouping"}
)
OBSERVATIONS_OF_ONE: Final = pl.Schema(
    {name: kind for name, kind in OBSERVATIONS.items() if name != "indicator"}
)


def no_counts() -> pl.DataFrame:
    """Counts of one grouping, without rows."""
    return pl.DataFrame(schema=COUNTS_OF_ONE)


def no_observations() -> pl.DataFrame:
    """Observations of one indicator, without rows."""
    return pl.DataFrame(schema=OBSERVATIONS_OF_ONE)
