"""Findings about areas, as rows of a release's table of findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

from samsyn.statistics.release.schema import FINDINGS

SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """One finding. An error makes figures wrong; a warning may; a note says what was done."""

    check: str
    severity: Literal["error", "warning", "note"]
    message: str
    subject: str | None = None
    area: str | None = None
    period: str | None = None
    file: str | None = None
    row: int | None = None


def findings_frame(findings: Iterable[Finding]) -> pl.DataFrame:
    """The findings as a table in the schema of a release."""
    return pl.DataFrame([asdict(finding) for finding in findings], schema=FINDINGS, orient="row")


def some(names: Sequence[str], shown: int = SHOWN) -> str:
    """The first of the names, and how many more there are."""
    rest = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {rest} more" if rest > 0 else "")
