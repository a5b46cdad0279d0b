"""The cells of a cube by area, period, sex, age and label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.assembly.pieces import OBSERVATIONS_OF_ONE
from samsyn.statistics.indicators.tables import plain
from samsyn.statistics.sources.forms import Cube

SEXES: Final = {
    "total": "total", "totalt": "total", "båda könen": "total", "män och kvinnor": "total",
    "kvinnor och män": "total", "t": "total", "1+2": "total", "alla": "total",
    "men": "men", "män": "men", "man": "men", "m": "men", "pojkar": "men",
    "women": "women", "kvinnor": "women", "kvinna": "women", "k": "women", "flickor": "women",
}  # fmt: skip
TOTALS: Final = frozenset(
    {"total", "totalt", "totalt ålder", "samtliga", "samtliga åldrar", "alla åldrar", "alla", "t"}
)
SHOWN = 5


@dataclass(frozen=True)
class Cells:
    """A cube's cells that are in areas: area, period, sex, age, label, value, status, row."""

    frame: pl.DataFrame
    findings: list[Finding]


def cells_of(
    cube: Cube, areas: pl.Series, column: str | None, only: Mapping[str, str]
) -> Cells | Finding:
    """The cells by area, period, sex, age and label of `column`; a Finding where it cannot be."""
    frame = cube.frame.with_columns(areas.alias("__area"))
    roles = cube.roles
    keep = {roles["area"], roles["period"], column, roles.get("sex"), roles.get("age")}
    for dimension in cube.dimensions:
        if plain(dimension) in only:
            frame = frame.filter(_plain(pl.col(dimension)) == only[plain(dimension)])
        elif dimension not in keep:
            reduced = _reduced(frame, dimension)
            if reduced is None:
                return Finding(
                    "catalogue",
                    "warning",
                    f"{cube.provenance.file} is divided by {dimension} without a total, and the "
                    "catalogue does not say what that means: the table was left out. Export it "
                    f"with {dimension} summed",
                    file=cube.provenance.file,
                )
            frame = reduced
    sex, age = roles.get("sex"), roles.get("age")
    cells = frame.filter(pl.col("__area").is_not_null()).select(
        pl.col("__area").alias("area"),
        pl.col(roles["period"]).alias("period"),
        _sex(frame, sex).alias("sex"),
        _age(frame, age if age != column else None).alias("age"),
        (_plain(pl.col(column)) if column else pl.lit("")).alias("label"),
        "value",
        "status",
        "row",
    )
    return Cells(cells, _duplicates(cells, cube.provenance.file))


def _plain(labels: pl.Expr) -> pl.Expr:
    return labels.str.strip_chars().str.replace_all(r"\s+", " ").str.to_lowercase()


def _reduced(frame: pl.DataFrame, dimension: str) -> pl.DataFrame | None:
    """The frame without a dimension: of its only label, or of its total; None where neither is."""
    labels = frame.get_column(dimension).unique().drop_nulls()
    if labels.len() <= 1:
        return frame
    totals = [label for label in labels if plain(label) in TOTALS]
    return frame.filter(pl.col(dimension) == totals[0]) if len(totals) == 1 else None


def _sex(frame: pl.DataFrame, dimension: str | None) -> pl.Expr:
    if dimension is None:
        return pl.lit("total")
    return _plain(pl.col(dimension)).replace_strict(SEXES, default=None, return_dtype=pl.String)


def _age(frame: pl.DataFrame, dimension: str | None) -> pl.Expr:
    """Ages; the only age of a table is the one that its indicator is about."""
    if dimension is None or frame.get_column(dimension).n_unique() == 1:
        return pl.lit("total")
    label = _plain(pl.col(dimension))
    return pl.when(label.is_in(list(TOTALS))).then(pl.lit("total")).otherwise(label)


def _duplicates(cells: pl.DataFrame, file: str) -> list[Finding]:
    key = ["area", "period", "sex", "age", "label"]
    again = cells.filter(pl.struct(key).is_duplicated())
    if again.is_empty():
        return []
    first = again.row(0, named=True)
    rows = again.join(again.head(1).select(key), on=key).get_column("row").drop_nulls().to_list()
    where = f" (rows {' and '.join(map(str, rows[:SHOWN]))})" if rows else ""
    return [
        Finding(
            "duplicates",
            "error",
            f"{file} says {again.select(key).n_unique()} values twice, first that of "
            f"{first['area']} in {first['period']}{where}: keep one",
            area=first["area"],
            period=first["period"],
            file=file,
            row=first["row"],
        )
    ]


def published_values(frame: pl.DataFrame, source: int, base: pl.Expr | None = None) -> pl.DataFrame:
    """Observations that are published ready-made, with the people they describe where known."""
    return frame.select(
        "area", "period", "sex", "age", "value", "status",
        pl.lit(None, pl.Float64).alias("numerator"),
        (pl.lit(None, pl.Float64) if base is None else base).alias("denominator"),
        pl.lit("published").alias("method"),
        pl.lit(source, pl.Int32).alias("source"),
    ).cast(OBSERVATIONS_OF_ONE)  # fmt: skip


def shown(labels: Sequence[str]) -> str:
    """The first few of many names, for a message."""
    said = ", ".join(f'"{label}"' for label in labels[:SHOWN])
    return said + (f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else "")
