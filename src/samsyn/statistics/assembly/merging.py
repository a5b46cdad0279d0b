"""Several sources that say the same: which one stands, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samsyn.statistics.areas.findings import Finding

RELATIVE = 1e-6  # a difference that is only how a number was written


def merged(
    parts: Sequence[pl.DataFrame],
    key: Sequence[str],
    value: str,
    ranks: Sequence[str],
    subject: str,
) -> tuple[pl.DataFrame, list[Finding]]:
    """One value for each key of several frames, and findings where two sources differ.

    `ranks` (by position of the source) are compared as text: the newest date stands; of equal ones
    the source that was read first. A known value stands before one that is missing.
    """
    if len(parts) == 1:
        return parts[0], []
    order = pl.DataFrame(
        {"source": range(len(ranks)), "rank": list(ranks)},
        schema={"source": pl.Int32, "rank": pl.String},
    )
    every = (
        pl.concat(parts)
        .join(order, on="source", how="left")
        .with_columns(known=pl.col(value).is_not_null())
        .sort(["known", "rank", "source"], descending=[True, True, False], maintain_order=True)
    )
    stands = every.unique(key, keep="first", maintain_order=True)
    if stands.height == every.height:
        return stands.select(parts[0].columns), []
    apart = (
        every.filter("known")
        .join(stands.select(*key, stands=pl.col(value), by="source"), on=key)
        .filter(
            (pl.col("source") != pl.col("by"))
            & ((pl.col(value) - pl.col("stands")).abs() > RELATIVE * pl.col("stands").abs() + 1e-9)
        )
    )
    return stands.select(parts[0].columns), _differences(apart, value, subject)


def _differences(apart: pl.DataFrame, value: str, subject: str) -> list[Finding]:
    """One finding for each pair of sources that differ."""
    findings = []
    for (source, by), rows in apart.sort("area", "period").group_by(
        "source", "by", maintain_order=True
    ):
        first = rows.row(0, named=True)
        findings.append(
            Finding(
                "sources differ",
                "warning",
                f"sources {by} and {source} differ in {rows.height} values of {subject}, first in "
                f"{first['area']} in {first['period']}: {first['stands']:g} and {first[value]:g}. "
                f"Source {by} is newer or was read first, and stands",
                subject=subject,
                area=first["area"],
                period=first["period"],
            )
        )
    return findings
