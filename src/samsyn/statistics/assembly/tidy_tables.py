"""Tidy tables: observations that say themselves what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.cells import shown
from samsyn.statistics.assembly.pieces import (
    COUNTS_OF_ONE,
    OBSERVATIONS_OF_ONE,
    Interpretation,
)
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.sources.forms import TidyTable


def interpret_tidy(
    table: TidyTable,
    areas: pl.Series,
    source: int,
    catalogue: Mapping[str, Indicator],
    groups: Mapping[str, Sequence[str]],
) -> Interpretation:
    """What a tidy table says; `groups` are those of each grouping, `areas` the keys of its rows."""
    frame = table.frame.with_columns(areas.alias("area")).filter(pl.col("area").is_not_null())
    file = table.provenance.file
    if "indicator" in frame.columns:
        findings = _tidy_duplicates(frame, ["indicator", "area", "period", "sex", "age"], file)
        there = frame.get_column("indicator").unique().drop_nulls().sort().to_list()
        unknown = [name for name in there if name not in catalogue]
        findings += _unknown_names(unknown, "indicator", file)
        told = frame.with_columns(
            method=pl.lit("published"), source=pl.lit(source, pl.Int32)
        ).partition_by("indicator", as_dict=True)
        observations = {
            str(name): part.select(OBSERVATIONS_OF_ONE.names()).cast(OBSERVATIONS_OF_ONE)
            for (name,), part in told.items()
            if name in catalogue
        }
        return Interpretation(observations=observations, findings=findings)
    findings = _tidy_duplicates(frame, ["grouping", "area", "period", "group", "sex", "age"], file)
    pairs = frame.select("grouping", "group").unique().sort("grouping", "group").rows()
    strange = [f"{g}.{name}" for g, name in pairs if name not in groups.get(g, ())]
    findings += _unknown_names(strange, "grouping and group", file)
    counts = {
        str(grouping): part.filter(pl.col("group").is_in(list(groups[str(grouping)])))
        .rename({"value": "count"})
        .with_columns(method=pl.lit("published"), source=pl.lit(source, pl.Int32))
        .select(COUNTS_OF_ONE.names())
        .cast(COUNTS_OF_ONE)
        for (grouping,), part in frame.partition_by("grouping", as_dict=True).items()
        if grouping in groups
    }
    return Interpretation(counts, findings=findings)


def _tidy_duplicates(frame: pl.DataFrame, key: list[str], file: str) -> list[Finding]:
    again = frame.select(*key, "row").filter(pl.struct(key).is_duplicated())
    if again.is_empty():
        return []
    first = again.sort("row").row(0, named=True)
    return [
        Finding(
            "duplicates",
            "error",
            f"{file}: {again.select(key).n_unique()} values stand more than once, first that of "
            f"{first['area']} in {first['period']} (row {first['row']}): keep one",
            subject=first[key[0]],
            area=first["area"],
            period=first["period"],
            file=file,
            row=first["row"],
        )
    ]


def _unknown_names(names: Sequence[str], what: str, file: str) -> list[Finding]:
    if not names:
        return []
    return [
        Finding(
            "catalogue",
            "warning",
            f"{file}: the {what} {shown(names)} is not in the catalogue and was left out. "
            "samsyn indicators lists what is",
            file=file,
        )
    ]
