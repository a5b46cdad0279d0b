"""The cells of a PX file: all of them in order, or only the rows that hold more than zeros."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.grid import Dimension, shape_of
from samsyn.statistics.sources.px_keywords import Keywords
from samsyn.statistics.sources.values import symbols_in, values_of

CELLS: Final = r'[^\s",;]+'


def cells_of_data(
    px: Keywords,
    dimensions: list[Dimension],
    keys: Mapping[str, str],
    notes: tuple[str, ...],
    name: str,
) -> tuple[pl.Series, pl.Series]:
    """Values and statuses in the order of the dimensions.

    `keys` says for a dimension whether DATA names its CODES or its VALUES; where it is empty, DATA
    has every cell. Raises InputError that names the value or the row of DATA that is wrong.
    """
    symbols = _symbols(px, notes)
    if keys:
        return _sparse_cells(px, dimensions, keys, symbols, name)
    return _values(pl.Series([px.data]), symbols, name)


def _values(texts: pl.Series, symbols: Mapping[str, str], name: str) -> tuple[pl.Series, pl.Series]:
    cells = texts.str.extract_all(CELLS).explode().drop_nulls()
    return values_of(cells, name, lambda at: f"value {at + 1:,} of DATA", symbols)


def _sparse_cells(
    px: Keywords,
    dimensions: list[Dimension],
    keys: Mapping[str, str],
    symbols: Mapping[str, str],
    name: str,
) -> tuple[pl.Series, pl.Series]:
    """Cells of a table that names the rows it has: a row that it leaves out is of zeros."""
    stub = [d for d in dimensions if d.name in keys]
    if stub != dimensions[: len(stub)]:
        raise InputError(f"{name}: KEYS must stand for the dimensions of STUB and no others")
    width = math.prod(len(d.labels) for d in dimensions[len(stub) :])
    lines = pl.Series(px.data.split("\n")).str.strip_chars()
    lines = lines.filter(lines != "")
    pattern = "^" + r'"([^"]*)"\s*,\s*' * len(stub) + r"(.*)$"
    parts = lines.str.extract_groups(pattern).struct.unnest()
    if parts.height and parts.to_series(0).has_nulls():
        at = int(parts.to_series(0).is_null().arg_max() or 0)
        raise InputError(
            f'{name}: row {at + 1} of DATA names no row of the table: "{lines[at][:40]}"'
        )
    position = np.zeros(parts.height, dtype=np.int64)
    for dimension, given in zip(stub, parts.get_columns(), strict=False):
        by_code = keys[dimension.name].upper() == "CODES" and dimension.codes
        known = list(by_code or dimension.labels)
        at_key = given.replace_strict(known, range(len(known)), default=None, return_dtype=pl.Int64)
        if at_key.has_nulls():
            bad = given.filter(at_key.is_null())[0]
            raise InputError(f'{name}: DATA names "{bad}", which is not in "{dimension.name}"')
        position = position * len(known) + at_key.to_numpy()
    cells = parts.to_series(len(stub)).str.extract_all(CELLS)
    short = cells.list.len() != width
    if short.any():
        at = int(short.arg_max() or 0)
        raise InputError(
            f"{name}: row {at + 1} of DATA has {cells.list.len()[at]:,} values, and the dimensions "
            f"ask for {shape_of(dimensions[len(stub) :])}"
        )
    if len(np.unique(position)) < len(position):
        raise InputError(f"{name}: DATA has the same row of the table twice. Fetch it again")
    value, status = _values(parts.to_series(len(stub)), symbols, name)
    at_cell = (position[:, None] * width + np.arange(width)).ravel()
    size = math.prod(len(d.labels) for d in dimensions)
    full = pl.DataFrame({"at": np.arange(size)}).join(
        pl.DataFrame({"at": at_cell, "value": value, "status": status}),
        on="at",
        how="left",
        maintain_order="left",
    )
    absent = pl.col("status").is_null()
    full = full.with_columns(
        value=pl.when(absent).then(0.0).otherwise("value"), status=pl.col("status").fill_null("ok")
    )
    return full["value"], full["status"]


def _symbols(px: Keywords, notes: tuple[str, ...]) -> dict[str, str]:
    """What the signs in DATA mean: as DATASYMBOL shows them, and the notes explain."""
    told = {"." * dots: "missing" for dots in range(4, 7)} | symbols_in(notes)
    for dots in range(1, 7):
        shown = px.one(f"DATASYMBOL{dots}")
        if shown and shown != "." * dots:
            told["." * dots] = told.get(shown) or symbols_in([f". = {shown}"])["."]
    return told
