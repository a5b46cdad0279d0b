"""Figures that a source names by title, as Kolada does."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.cells import cells_of, published_values, shown
from samsyn.statistics.assembly.pieces import Interpretation
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.indicators.tables import plain
from samsyn.statistics.sources.forms import Cube


def titled(cube: Cube, catalogue: Mapping[str, Indicator]) -> dict[str, tuple[str, float]]:
    """The cube's measures that the catalogue knows by title: indicator and scale of each."""
    measure = cube.roles.get("measure")
    if measure is None:
        return {}
    by_title = {
        plain(title): (indicator.id, origin.scale)
        for indicator in catalogue.values()
        for origin in indicator.origins
        for title in origin.titles
    }
    there = cube.frame.get_column(measure).unique().drop_nulls().sort().to_list()
    return {plain(label): by_title[plain(label)] for label in there if plain(label) in by_title}


def key_figures(
    cube: Cube,
    areas: pl.Series,
    known: Mapping[str, tuple[str, float]],
    source: int,
) -> Interpretation:
    """The observations of the measures that are `known`; the others are named in a note."""
    cells = cells_of(cube, areas, cube.roles["measure"], {})
    if isinstance(cells, Finding):
        return Interpretation(findings=[cells])
    file = cube.provenance.file
    labels = cells.frame.get_column("label").unique().sort().to_list()
    findings = list(cells.findings)
    strange = [label for label in labels if label not in known]
    if strange:
        findings.append(
            Finding(
                "catalogue",
                "note",
                f"{file}: {len(strange)} of {len(labels)} key figures are not in the catalogue and "
                f"were left out: {shown(strange)}",
                file=file,
            )
        )
    found = {}
    for label, (indicator, scale) in known.items():
        part = cells.frame.filter((pl.col("label") == label) & pl.col("sex").is_not_null())
        scaled = part.with_columns(pl.col("value") * scale)
        found[indicator] = published_values(scaled, source)
    return Interpretation(observations=found, findings=findings)
