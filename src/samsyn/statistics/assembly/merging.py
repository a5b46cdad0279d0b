"""Several sources that say the same: which one stands, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.statistics.areas.findings import Finding

RELATIVE = 1e-6  # a difference that is only how a number was written


@dataclass(frozen=True)
class Ranked:
    """A source as messages call it, and how new it is, as text that sorts."""

    name: str
    rank: str


def merged(
    parts: Sequence[pl.DataFrame],
    key: Sequence[str],
    value: str,
    sources: Sequence[Ranked],
    subject: str,
) -> tuple[pl.DataFrame, list[Finding]]:
    """One value for each key of several frames, and findings where two sources differ.

    Of `sources`, by their position, the newest stands, of equally new ones the one that was read
    first. A known value stands before one that is missing.
    """
    if len(parts) == 1:
        return parts[0], []
    order = pl.DataFrame(
        {"source": range(len(sources)), "rank": [source.rank for source in sources]},
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
    return stands.select(parts[0].columns), _differences(apart, value, sources, subject)


def _differences(
    apart: pl.DataFrame, value: str, sources: Sequence[Ranked], subject: str
) -> list[Finding]:
    """One finding for each pair of sources that differ."""
    findings = []
    for (one, other), rows in apart.sort("area", "period").group_by(
        "source", "by", maintain_order=True
    ):
        first = rows.row(0, named=True)
        stands, gives_way = sources[int(str(other))].name, sources[int(str(one))].name
        findings.append(
            Finding(
                "sources differ",
                "warning",
                f"{stands} and {gives_way} differ in {subject} (values: "
                f"{rows.height}), first in {first['area']} in {first['period']}: "
                f"{first['stands']:g} and {first[value]:g}. {stands} is newer or was "
                "read first, and stands",
                subject=subject,
                area=first["area"],
                period=first["period"],
            )
        )
    return findings
