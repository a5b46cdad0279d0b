"""Tidy tables: observations that say themselves what they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.cells import SHOWN, shown
from samsyn.statistics.assembly.pieces import (
    COUNTS_OF_ONE,
    OBSERVATIONS_OF_ONE,
    Interpretation,
    no_counts,
    no_observations,
)
from samsyn.statistics.assembly.plausible import impossible_counts, impossible_of
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.sources.forms import TidyTable


def interpret_tidy(
    table: TidyTable,
    areas: pl.Series,
    source: int,
    catalogue: Mapping[str, Indicator],
    groups: Mapping[str, Sequence[str]],
) -> Interpretation:
    """What a tidy table says; `groups` are those of each grouping, `areas` the keys of its rows.

    An indicator or grouping that has rows in no known area is there without rows.
    """
    every = table.frame
    frame = every.with_columns(areas.alias("area")).filter(pl.col("area").is_not_null())
    file = table.provenance.file
    if "indicator" in frame.columns:
        findings = _tidy_duplicates(frame, ["indicator", "area", "period", "sex", "age"], file)
        there = every.get_column("indicator").unique().drop_nulls().sort().to_list()
        unknown = [name for name in there if name not in catalogue]
        findings += _unknown_names(unknown, "indicator", file, catalogue)
        findings += impossible_of(frame, catalogue, file)
        told = frame.with_columns(
            method=pl.lit("published"), source=pl.lit(source, pl.Int32)
        ).partition_by("indicator", as_dict=True)
        observations = {name: no_observations() for name in there if name in catalogue} | {
            str(name): part.select(OBSERVATIONS_OF_ONE.names()).cast(OBSERVATIONS_OF_ONE)
            for (name,), part in told.items()
            if name in catalogue
        }
        return Interpretation(observations=observations, findings=findings)
    findings = _tidy_duplicates(frame, ["grouping", "area", "period", "group", "sex", "age"], file)
    pairs = every.select("grouping", "group").unique().sort("grouping", "group").rows()
    strange = [f"{g}.{name}" for g, name in pairs if name not in groups.get(g, ())]
    findings += impossible_counts(frame, "a count", file)
    known = [f"{grouping}.{name}" for grouping, names in groups.items() for name in names]
    findings += _unknown_names(strange, "grouping and group", file, known)
    counts = {grouping: no_counts() for grouping, _ in pairs if grouping in groups} | {
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
    again = frame.select(*key, "row").filter(pl.struct(key).is_duplicated()).sort("row")
    if again.is_empty():
        return []
    first = again.row(0, named=True)
    rows = again.join(again.head(1), on=key).get_column("row").head(SHOWN).to_list()
    number = again.select(key).n_unique()
    said = "one value stands" if number == 1 else f"{number} values stand"
    return [
        Finding(
            "duplicates",
            "error",
            f"{file}: {said} more than once, first that of {first['area']} in {first['period']} "
            f"(rows {' and '.join(map(str, rows))}): keep one",
            subject=first[key[0]],
            area=first["area"],
            period=first["period"],
            file=file,
            row=first["row"],
        )
    ]


def _unknown_names(
    names: Sequence[str], what: str, file: str, known: Collection[str]
) -> list[Finding]:
    """What the catalogue does not have, with what is nearest."""
    if not names:
        return []
    near = get_close_matches(names[0], known, n=1, cutoff=0.75)
    meant = f'. Is "{near[0]}" meant?' if near else ""
    several = len(names) > 1
    return [
        Finding(
            "catalogue",
            "warning",
            f"{file}: the {what} {shown(names)} {'are' if several else 'is'} not in the catalogue "
            f"and {'were' if several else 'was'} left out{meant or '.'} `samsyn indicators` lists "
            "what is there; one of your own is described in samsyn.toml",
            file=file,
        )
    ]
