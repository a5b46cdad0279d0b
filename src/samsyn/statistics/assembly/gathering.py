"""What was read, brought to area keys: the areas there are, and what each table says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl

from samsyn.statistics.areas import (
    AreaKey,
    Registry,
    custom_areas,
    findings_of,
    keys_seen,
    registry_of,
    resolve,
)
from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.areas.texts import vintage_of_period
from samsyn.statistics.assembly.checks import absences, parts_only, strangers
from samsyn.statistics.assembly.interpretation import interpret
from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE, Interpretation
from samsyn.statistics.assembly.tidy_tables import interpret_tidy
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.indicators.groupings import groupings
from samsyn.statistics.sources.forms import (
    AreaLayer,
    Cube,
    LargeTable,
    Links,
    Material,
    PopulationGrid,
    Provenance,
    TidyTable,
)

Report: TypeAlias = Callable[[float, str], None]


@dataclass(frozen=True)
class Gathered:
    """The areas, and counts and observations by grouping and indicator, part by part.

    `sources` are what everything comes from; a part's column `source` is a position in it.
    """

    registry: Registry
    members: pl.DataFrame
    layers: tuple[AreaLayer, ...]
    links: tuple[Links, ...]
    grids: tuple[PopulationGrid, ...]
    sources: tuple[Provenance, ...]
    counts: Mapping[str, list[pl.LazyFrame]]
    observations: Mapping[str, list[pl.LazyFrame]]
    findings: tuple[Finding, ...]


def gather(
    materials: Sequence[Material],
    catalogue: Mapping[str, Indicator],
    progress: Report | None = None,
    *,
    older_layers: Sequence[AreaLayer] = (),
    older_links: Sequence[Links] = (),
    aside: Path,
) -> Gathered:
    """Resolve the areas of every table and interpret it; nothing is summed or merged yet.

    `older_layers` and `older_links` tell of areas where the materials do not. What large tables say
    is put in the folder `aside`, and must stay there until it has been collected.
    """
    layers = (*(m for m in materials if isinstance(m, AreaLayer)), *older_layers)
    links = (*(m for m in materials if isinstance(m, Links)), *older_links)
    grids = tuple(m for m in materials if isinstance(m, PopulationGrid))
    tables = [m for m in materials if isinstance(m, Cube | TidyTable | LargeTable)]
    sources = list(dict.fromkeys(m.provenance for m in materials))
    place = {source: position for position, source in enumerate(sources)}

    seen = {key for table in tables for key in _seen(table)}
    registry = registry_of(layers, links, sorted(seen))
    customs = custom_areas(registry, layers, links)
    findings = [
        *_told(registry.findings),
        *_told(customs.findings),
        *parts_only(registry.areas),
        *strangers(registry.areas),
    ]
    counts: dict[str, list[pl.LazyFrame]] = {}
    observations: dict[str, list[pl.LazyFrame]] = {}
    groups = {g.id: (*g.groups, *g.beside) for g in groupings().values()}
    for number, told in enumerate(tables):
        if progress is not None:
            progress(number / len(tables), told.provenance.file)
        large = isinstance(told, LargeTable)
        table = told.read() if isinstance(told, LargeTable) else told
        source = place[table.provenance]
        keys, found = _resolved(registry, table)
        if isinstance(table, Cube):
            said = interpret(table, keys, source, catalogue)
        else:
            said = interpret_tidy(table, keys, source, catalogue, groups)
        if said.counts or said.observations:
            # What the catalogue does not know may be about anything, be it no areas at all.
            findings += found
            findings += absences(keys.drop_nulls(), registry.areas, table.provenance.file)
        findings += said.findings
        part = aside / f"{number}" if large else None
        _add(_as_counts(said, catalogue), counts, observations, part)
    return Gathered(
        registry,
        customs.members,
        layers,
        links,
        grids,
        tuple(sources),
        counts,
        observations,
        tuple(findings),
    )


def _as_counts(said: Interpretation, catalogue: Mapping[str, Indicator]) -> Interpretation:
    """The same with figures that are a count, such as the population, among the counts."""
    counts, observations = dict(said.counts), {}
    for name, frame in said.observations.items():
        indicator = catalogue[name]
        if len(indicator.numerator) != 1 or indicator.denominator:
            observations[name] = frame
            continue
        grouping, group = indicator.numerator[0].split(".", 1)
        count = frame.select(
            "area", "period", "sex", "age", "status", "method", "source",
            group=pl.lit(group), count="value",
        ).select(COUNTS_OF_ONE.names())  # fmt: skip
        counts[grouping] = pl.concat(
            [*(f for f in (counts.get(grouping),) if f is not None), count]
        )
    return Interpretation(counts, observations)


def _add(
    said: Interpretation,
    counts: dict[str, list[pl.LazyFrame]],
    observations: dict[str, list[pl.LazyFrame]],
    aside: Path | None,
) -> None:
    """Put what a table says to the rest; what a large one says is written aside."""
    for kind, found, every in (
        ("counts", said.counts, counts),
        ("observations", said.observations, observations),
    ):
        for name, frame in found.items():
            if frame.is_empty():
                continue
            if aside is None:
                part = frame.lazy()
            else:
                path = aside / f"{kind}-{name}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                frame.write_parquet(path, compression="lz4")
                part = pl.scan_parquet(path)
            every.setdefault(name, []).append(part)


def _told(findings: pl.DataFrame) -> list[Finding]:
    rows: list[dict[str, Any]] = findings.to_dicts()
    return [Finding(**row) for row in rows]


def _columns(table: Cube | TidyTable) -> tuple[str, str]:
    """The columns that hold the area, by its code where there is one, and the period."""
    if isinstance(table, TidyTable):
        return "area", "period"
    area, period = table.roles["area"], table.roles["period"]
    coded = f"{area}.code"
    return (coded if coded in table.frame.columns else area), period


def _by_vintage(table: Cube | TidyTable) -> list[tuple[str, list[str]]]:
    """The table's periods by the borders that they are told for: the last period, and all."""
    _, period = _columns(table)
    found: dict[str | None, list[str]] = {}
    for text in table.frame.get_column(period).unique().drop_nulls().sort():
        found.setdefault(vintage_of_period("deso", text), []).append(text)
    return [(periods[-1], periods) for periods in found.values()]


def _seen(table: Cube | TidyTable | LargeTable) -> list[AreaKey]:
    if isinstance(table, LargeTable):
        table = TidyTable(table.places(), table.provenance)
    area, period = _columns(table)
    parts = _by_vintage(table)
    keys = []
    for last, periods in parts:
        rows = table.frame
        if len(parts) > 1:
            rows = rows.filter(pl.col(period).is_in(periods))
        keys += keys_seen(rows.get_column(area).unique(), period=last)
    return keys


def _resolved(registry: Registry, table: Cube | TidyTable) -> tuple[pl.Series, list[Finding]]:
    """The key of each row's area, and what was found when they were matched."""
    area, period = _columns(table)
    frame, file = table.frame, table.provenance.file
    parts = _by_vintage(table)
    if len(parts) <= 1:
        last = parts[0][0] if parts else None
        resolution = resolve(registry, frame.get_column(area), period=last)
        report = findings_of(resolution, file=file, rows=frame.get_column("row"))
        return resolution.keys, _told(report)
    positioned = frame.select(area, period, "row").with_row_index("__at")
    keys, findings = [], []
    for last, periods in parts:
        rows = positioned.filter(pl.col(period).is_in(periods))
        resolution = resolve(registry, rows.get_column(area), period=last)
        keys.append(rows.select("__at", resolution.keys.alias("key")))
        findings += _told(findings_of(resolution, file=file, rows=rows.get_column("row")))
    every = positioned.select("__at").join(
        pl.concat(keys), on="__at", how="left", maintain_order="left"
    )
    return every.get_column("key"), list(dict.fromkeys(findings))
