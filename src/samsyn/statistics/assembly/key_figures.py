"""Figures that a source names by title, as Kolada does."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.cells import cells_of, published_values, shown
from samsyn.statistics.assembly.pieces import Interpretation
from samsyn.statistics.assembly.plausible import impossible_values
from samsyn.statistics.indicators.definition import Indicator
from samsyn.statistics.indicators.tables import plain
from samsyn.statistics.sources.forms import Cube


def titled(cube: Cube, catalogue: Mapping[str, Indicator]) -> dict[str, tuple[str, float]]:
    """The cube's measures that the catalogue knows: indicator and scale of each plain label.

    A measure is known by its code where the source tells codes, or by its title.
    """
    measure = cube.roles.get("measure")
    if measure is None:
        return {}
    known = {
        name: (indicator.id, origin.scale)
        for indicator in catalogue.values()
        for origin in indicator.origins
        for name in (*map(plain, origin.titles), f"{origin.publisher} {origin.table}")
    }
    coded = f"{measure}.code"
    code = pl.col(coded) if coded in cube.frame.columns else pl.lit(None, pl.String)
    pairs = cube.frame.select(label=pl.col(measure), code=code).unique().drop_nulls("label")
    publisher = cube.provenance.origin
    found = {}
    for label, figure in pairs.sort("label").iter_rows():
        answer = known.get(f"{publisher} {figure}") if figure else None
        answer = answer or known.get(plain(label))
        if answer is not None:
            found[plain(label)] = answer
    return found


def key_figures(
    cube: Cube,
    areas: pl.Series,
    known: Mapping[str, tuple[str, float]],
    source: int,
    catalogue: Mapping[str, Indicator],
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
        if indicator in found:
            message = (
                f'{file} has {indicator} under two titles; the second, "{label}", was left out'
            )
            findings.append(Finding("catalogue", "warning", message, indicator, file=file))
            continue
        part = cells.frame.filter((pl.col("label") == label) & pl.col("sex").is_not_null())
        scaled = part.with_columns(pl.col("value") * scale)
        findings += impossible_values(scaled, catalogue[indicator], file)
        found[indicator] = published_values(scaled, source)
    return Interpretation(observations=found, findings=findings)
