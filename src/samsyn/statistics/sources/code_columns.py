"""Which columns of a table hold codes of areas, of which kind and vintage, and their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS, LEVELS, PARENT_VINTAGE

# How a column of a kind is called; codes of DeSO and RegSO are known by themselves.
WORDS: Final = {
    "deso": ("deso",),
    "regso": ("regso",),
    "municipality": ("kommun", "municipality", "knkod"),
    "county": ("lan", "län", "county", "lnkod"),
    "country": ("land", "country"),
}
OTHERS: Final = ("grupp", "group", "typ", "type")  # municipality groups are no municipalities
CODED: Final = ("kod", "code", "id")
NAMED: Final = ("namn", "name")
YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True)
class CodeColumn:
    """A column of codes; `vintage` is None where nothing tells it."""

    column: str
    kind: str
    vintage: str | None


def code_columns(frame: pl.DataFrame) -> list[CodeColumn]:
    """The columns that hold codes of one kind alone, from the smallest areas to the largest."""
    found = []
    for column in frame.columns:
        codes = as_codes(frame, column)
        if codes is None:
            continue
        kind, _ = codes
        found.append(CodeColumn(column, kind, vintage_in(column, kind)))
    return sorted(found, key=lambda c: LEVELS.index(c.kind))


def declared_column(frame: pl.DataFrame, kind: str) -> CodeColumn | None:
    """The column of codes in a table whose kind is told: one called code (or kod) will do."""
    for column in frame.columns:
        if column.casefold() in CODED and frame.schema[column] == pl.String:
            codes = frame.get_column(column).str.strip_chars()
            if codes.str.contains(f"^(?:{KINDS[kind].pattern})$").fill_null(False).all():
                return CodeColumn(column, kind, None)
    return None


def as_codes(frame: pl.DataFrame, column: str) -> tuple[str, pl.Series] | None:
    """The kind of a column's codes, and the codes with the zeros they begin with; None for none."""
    cells = frame.get_column(column)
    if not (cells.dtype == pl.String or cells.dtype.is_integer()):
        return None
    texts = cells.cast(pl.String).str.strip_chars().replace("", None)
    there = texts.drop_nulls()
    if not len(there):
        return None
    for kind in ("deso", "regso"):
        if there.str.contains(f"^(?:{KINDS[kind].pattern})$").all():
            return kind, texts
    for kind, shape, width in (("municipality", r"^\d{3,4}$", 4), ("county", r"^\d{1,2}$", 2)):
        if is_called(column, kind) and there.str.contains(shape).all():
            return kind, texts.str.zfill(width)
    return None


def is_called(column: str, kind: str) -> bool:
    """Whether a column's name speaks of areas of a kind."""
    tokens = [token for token in re.split(r"[^a-zåäö]+", column.casefold()) if token]
    if any(other in token for token in tokens for other in OTHERS):
        return False
    return any(token.startswith(WORDS[kind]) for token in tokens)


def names_of(frame: pl.DataFrame, coded: CodeColumn) -> str | None:
    """The column that names the areas of a column of codes; None where there is none.

    Municipalities go by their short names (Kiruna), counties by their long ones (Kalmar län).
    """
    candidates = []
    for column in frame.columns:
        plain = column.casefold()
        called = plain.rstrip("0123456789_ ")
        named = any(word in plain for word in NAMED)
        if (
            column == coded.column
            or frame.schema[column] != pl.String
            or not is_called(column, coded.kind)
            or (any(word in called for word in CODED) and not called.endswith(NAMED))
            or as_codes(frame, column) is not None
            or vintage_in(column, coded.kind) not in {None, coded.vintage}
            or not (named or called in WORDS[coded.kind])
        ):
            continue
        pairs = frame.select(coded.column, column).drop_nulls().unique()
        if len(pairs) and not pairs.get_column(coded.column).is_duplicated().any():
            length = pairs.get_column(column).str.len_chars().sum()
            candidates.append((length if coded.kind != "county" else -length, column))
    return min(candidates)[1] if candidates else None


def vintage_in(text: str, kind: str) -> str | None:
    """The one vintage of a kind that a name holds, as in RegSOkod_2020; None for none."""
    years = {year for year in YEAR.findall(text) if year in KINDS[kind].vintages}
    return years.pop() if len(years) == 1 else None


def vintage_of(coded: CodeColumn, others: Sequence[CodeColumn], hints: Sequence[str | None]) -> str:
    """The vintage of a column of codes.

    It is what the column's own name tells, or else the first that the `hints` hold (texts such as
    a version, what is set, the file's name), or that of the other kind of areas beside it, or the
    only one there is. Raises InputError where nothing tells.
    """
    if coded.vintage is not None:
        return coded.vintage
    known = KINDS[coded.kind].vintages
    if len(known) == 1:
        return known[0]
    for hint in hints:
        told = vintage_in(hint or "", coded.kind)
        if told is not None:
            return told
    for other in others:
        for (kind, vintage), parent in PARENT_VINTAGE.items():
            if coded.kind == "regso" and (other.kind, other.vintage) == (kind, vintage):
                return parent
            if coded.kind == kind and (other.kind, other.vintage) == ("regso", parent):
                return vintage
    raise InputError(
        f'it has codes of {coded.kind} in column "{coded.column}", and nothing tells of which '
        f'vintage: write vintage = "{known[-1]}" (or {" or ".join(known[:-1])}) for the file in '
        "samsyn.toml"
    )
