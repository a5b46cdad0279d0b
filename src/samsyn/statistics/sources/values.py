"""Cells as values: numbers however they are written, and the symbols that stand for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.tables import (
    DECIMAL_COMMA,
    DECIMAL_POINT,
    EITHER,
    MISSING,
    parsed,
    trimmed,
)

# What a cell without a number means where the notes do not say otherwise. A dash is not taken for
# the 0 that it is in some tables: a missing value is never 0.
SYMBOLS: Final = {**dict.fromkeys([*MISSING, "*", "x", "X"], "missing"), ".": "not_applicable"}
# A line of notes that tells what a symbol means: "..  = Uppgift saknas".
LEGEND: Final = re.compile(r"(?:^|[\s(;,])(\.{1,3}|[-–*xX])\s*(?:=|betyder|means|:)\s*([^.;]+)")
MEANINGS: Final = (
    ("secret", r"sekretess|secre|confiden|röja|skydda|identifi"),
    ("not_applicable", r"inte förekomma|ej förekomma|ej relevant|not applicable|ej aktuell"),
    ("missing", r"saknas|ej tillgänglig|inte tillgänglig|osäker|not available|missing|uncertain"),
)


def symbols_in(notes: Sequence[str]) -> dict[str, str]:
    """The status of each symbol: as the notes say, or else as is usual."""
    told = {}
    for note in notes:
        for symbol, meaning in LEGEND.findall(note):
            for status, pattern in MEANINGS:
                if re.search(pattern, meaning, re.IGNORECASE):
                    told[symbol] = status
                    break
    return {**SYMBOLS, **told}


def values_of(
    cells: pl.Series,
    name: str,
    where: Callable[[int], str],
    symbols: Mapping[str, str] = SYMBOLS,
    typed: bool = False,
) -> tuple[pl.Series, pl.Series]:
    """Numbers and the status of each cell, see `lean_values_of`."""
    value, status = lean_values_of(cells, name, where, symbols, typed)
    if isinstance(status, pl.Expr):
        status = pl.repeat("ok", len(value), dtype=pl.String, eager=True)
    return value, status


def lean_values_of(
    cells: pl.Series,
    name: str,
    where: Callable[[int], str],
    symbols: Mapping[str, str] = SYMBOLS,
    typed: bool = False,
) -> tuple[pl.Series, pl.Series | pl.Expr]:
    """Numbers (Float64, null where there is none) and the status of each cell.

    Thousands may be set off by spaces, decimals by a comma or a point. Raises InputError for the
    first cell that is neither a number nor a symbol; `where` says where the cell at a position is.
    Where every cell is a number, the status is one expression, so that it takes no memory. In a
    `typed` source, cells that are numbers there have a decimal point whatever the others have.
    """
    if cells.dtype.is_numeric():
        numbers = cells.cast(pl.Float64)
        return _settled(numbers, numbers.is_finite().fill_null(False), "missing")
    texts = cells.cast(pl.String)
    numbers = texts.str.strip_chars().cast(pl.Float64, strict=False)
    plain = numbers.is_finite().fill_null(False)
    if plain.all():
        return _settled(numbers, plain, "missing")
    # Few different texts are no plain numbers: look at each of them once.
    odd = texts.filter(~plain).unique()
    cleaned = trimmed(odd.fill_null(""))
    pointed = not typed and bool(texts.filter(plain).str.contains(".", literal=True).any())
    table = pl.DataFrame(
        {"text": odd, "clean": cleaned, "number": parsed(cleaned, _mark(cleaned, name, pointed))}
    ).with_columns(
        status=pl.when(pl.col("number").is_not_null())
        .then(pl.lit("ok"))
        .otherwise(pl.col("clean").replace_strict(symbols, default=None, return_dtype=pl.String))
    )
    found = pl.DataFrame({"text": texts}).join(
        table, on="text", how="left", nulls_equal=True, maintain_order="left"
    )
    bad = ~plain & found["status"].is_null()
    if bad.any():
        at = int(bad.arg_max() or 0)
        raise InputError(
            f'{name}: {where(at)} is "{texts[at]}", which is neither a number nor a symbol for a '
            "missing value. Write the number, or .. where there is none"
        )
    settled = pl.select(pl.when(plain).then(numbers).otherwise(found["number"])).to_series()
    return _settled(settled, settled.is_not_null(), found["status"])


def _settled(
    numbers: pl.Series, ok: pl.Series, otherwise: pl.Series | str
) -> tuple[pl.Series, pl.Series | pl.Expr]:
    """Values and statuses, where what is not ok has a status of its own."""
    if ok.all():
        return numbers, pl.lit("ok")
    other = pl.lit(otherwise) if isinstance(otherwise, str) else otherwise
    frame = pl.select(
        value=pl.when(ok).then(numbers), status=pl.when(ok).then(pl.lit("ok")).otherwise(other)
    )
    return frame["value"], frame["status"]


def _mark(cells: pl.Series, name: str, pointed: bool) -> str:
    """The decimal mark of cells that are no plain numbers: what one leaves open, another settles.

    `pointed` says that plain numbers of the same file have a decimal point.
    """
    either = cells.str.contains(EITHER)
    if (cells.str.contains(DECIMAL_COMMA) & ~either).any():
        return ","
    if pointed or (cells.str.contains(DECIMAL_POINT) & ~either).any():
        return "."
    if either.any():
        raise InputError(
            f'{name}: "{cells.filter(either)[0]}" can be a whole number with thousands or one '
            "with decimals, and no other cell settles it. Write thousands without a comma"
        )
    return "."
