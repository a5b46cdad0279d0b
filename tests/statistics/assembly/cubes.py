"""Cubes written by hand, as a reader hands them on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.statistics.sources.forms import Cube, Provenance, Role

TOLD = Provenance(origin="SCB", file="table.xlsx", sha256="0" * 64)


def cube(
    dimensions: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    *,
    table: str | None = None,
    roles: Mapping[Role, str] | None = None,
) -> Cube:
    """A cube of rows of labels, each ending with the value (None: missing)."""
    frame = pl.DataFrame(
        [
            (*row, "missing" if row[-1] is None else "ok", number)
            for number, row in enumerate(rows, start=4)
        ],
        schema={
            **dict.fromkeys(dimensions, pl.String),
            "value": pl.Float64,
            "status": pl.String,
            "row": pl.UInt32,
        },
        orient="row",
    )
    usual: dict[Role, str] = {"area": "region", "period": "år"}
    names: dict[Role, str] = {"sex": "kön", "age": "ålder", "measure": "tabellinnehåll"}
    found = usual | {role: name for role, name in names.items() if name in dimensions}
    provenance = Provenance(origin="SCB", file="table.xlsx", sha256="0" * 64, table=table)
    return Cube(frame, tuple(dimensions), roles or found, provenance)


def keys(made: Cube) -> pl.Series:
    """The keys of a cube whose areas are municipalities' codes; "?" is no area."""
    key = pl.when(pl.col("region") != "?").then("municipality/2025/" + pl.col("region"))
    return made.frame.select(key).to_series()
