"""What has been understood of the sources: counts of groupings and values of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.release.schema import COUNTS, OBSERVATIONS

# What one value is about, beside its grouping or indicator.
COUNT_KEY: Final = ("area", "period", "group", "sex", "age")
OBSERVATION_KEY: Final = ("area", "period", "sex", "age")
# From the least to the most telling: a sum is what the worst of its parts is.
WORST_FIRST: Final = ("secret", "missing", "not_applicable", "estimated", "ok")


@dataclass(frozen=True)
class Interpretation:
    """What a table says: counts by grouping, observations by indicator, and what was left out."""

    counts: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    observations: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def total(counts: pl.Expr) -> pl.Expr:
    """The sum of counts, to six decimals.

    Estimated counts are not whole; further decimals would depend on the order in which they were
    added, and two builds of the same files would differ.
    """
    return counts.sum().round(6)


def worst(status: pl.Expr) -> pl.Expr:
    """The status of a sum, by the statuses of its parts."""
    rank = pl.Enum(WORST_FIRST)
    return status.cast(rank).min().cast(pl.String)


def worst_of(*columns: str) -> pl.Expr:
    """The worst of several statuses, row by row."""
    places = {status: place for place, status in enumerate(WORST_FIRST)}
    worst_place = pl.min_horizontal(pl.col(name).replace_strict(places) for name in columns)
    return worst_place.replace_strict(list(places.values()), list(places))


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
