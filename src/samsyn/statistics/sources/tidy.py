"""Tidy tables, in CSV, Excel or Parquet: one row for each observation, which says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import (
    STATUSES,
    LargeTable,
    Material,
    Provenance,
    TidyTable,
)
from samsyn.statistics.sources.headed import Headed, headed_tables
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.sources.values import lean_values_of

# What a column can be called, in English and in Swedish.
CALLED: Final = {
    "area": ("area", "område", "omrade", "områdeskod"),
    "period": ("period", "year", "år"),
    "indicator": ("indicator", "indikator"),
    "grouping": ("grouping", "gruppering", "indelning"),
    "group": ("group", "grupp"),
    "value": ("value", "värde", "varde"),
    "status": ("status",),
    "numerator": ("numerator", "täljare"),
    "denominator": ("denominator", "nämnare"),
    "sex": ("sex", "kön"),
    "age": ("age", "ålder"),
}
SWEDISH: Final = {
    "saknas": "missing", "ej tillämplig": "not_applicable", "inte tillämplig": "not_applicable",
    "ej_tillämplig": "not_applicable", "hemlig": "secret", "sekretess": "secret",
    "uppskattad": "estimated", "skattad": "estimated",
}  # fmt: skip
TEXTS: Final = ("area", "period", "indicator", "grouping", "group", "sex", "age", "status")
NUMBERS: Final = ("value", "numerator", "denominator")
TOTAL: Final = "total"


def recognises(file: Opened) -> bool | str:
    """Whether there are columns of areas, values, and indicators or groups."""
    tables = headed_tables(file)
    if isinstance(tables, bool):
        return False
    if isinstance(tables, str):
        return tables
    answers = [_answer(columns_of(table.columns)) for table in tables]
    return True if True in answers else str(answers[0])


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The observations of each table in the file.

    An empty value is missing. Raises InputError that names the row and column of what is no
    number, of an area or a period that is lacking, and of a value whose status says there is none.
    """
    tables = headed_tables(file)
    if not isinstance(tables, list):
        raise InputError(f"{file.name} holds no table")
    tidy = [table for table in tables if _answer(columns_of(table.columns)) is True]
    return [
        _material(table, file.provenance(settings, sheet=table.sheet), settings) for table in tidy
    ]


def _material(table: Headed, told: Provenance, settings: FileSettings) -> TidyTable | LargeTable:
    def read_now() -> TidyTable:
        return TidyTable(_observations(table, settings), told)

    if not table.large:
        return read_now()
    found = columns_of(table.columns)
    places: dict[str, str] = {what: found[what] for what in ("area", "period") if what in found}

    def distinct() -> pl.DataFrame:
        frame = table.distinct(places)
        texts = [_text(frame.get_column(what), what) for what in places]
        return frame.select(*texts, *(_told("period", settings),) * ("period" not in places))

    return LargeTable(told, read_now, distinct)


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Which column is what, by what it is called."""
    plain = {name.strip().casefold(): name for name in reversed(list(names))}
    found: dict[str, str] = {}
    for what, called in CALLED.items():
        match = next((plain[name] for name in called if name in plain), None)
        if match is not None:
            found[what] = match
    return found


def _answer(found: Mapping[str, str]) -> bool | str:
    lacking = [what for what in ("area", "value") if what not in found]
    if "indicator" not in found and not {"grouping", "group"} <= set(found):
        lacking.append("indicator (or grouping and group)")
    return f"it has no column {' nor '.join(lacking)}" if lacking else True


def _observations(table: Headed, settings: FileSettings) -> pl.DataFrame:
    found = columns_of(table.columns)
    if "indicator" in found and "grouping" in found:
        raise InputError(
            f"{table.name} has both a column of indicators and one of groupings: keep observations "
            "and counts of groups in a file each"
        )
    if "period" not in found and settings.period is None:
        raise InputError(
            f'{table.name} has no column "period" (or "år"). Add it, or write period = "2022" for '
            "the file in samsyn.toml"
        )
    frame = table.select(found)
    texts = [
        _text(frame.get_column(what), what) if what in found else _told(what, settings)
        for what in TEXTS
        if what in found or what in {"period", "sex", "age", "status"}
    ]
    numbers = {what: frame.get_column(what) for what in NUMBERS if what in found}
    frame = frame.select("row", *texts)
    subjects = ("indicator",) if "indicator" in found else ("grouping", "group")
    for what in ("area", "period", *subjects):
        empty = frame.get_column(what).is_null()
        if empty.any():
            row = frame.item(int(empty.arg_max() or 0), "row")
            raise InputError(
                f"{table.name}: row {row} has nothing in {table.place(found[what])}. "
                "Fill it in or take the row away"
            )
    columns = {}
    statuses = {}
    rows = frame.get_column("row")
    for what, cells in numbers.items():
        where = partial(_where, rows, table.place(found[what]))
        columns[what], statuses[what] = lean_values_of(cells, table.name, where, typed=table.typed)
    frame = frame.with_columns(
        value=columns["value"], status=_status(frame, columns["value"], statuses["value"], table)
    )
    if "grouping" in found:
        return frame.select("area", "period", *subjects, "value", "status", "row", "sex", "age")
    nothing = pl.lit(None, dtype=pl.Float64)
    return frame.select(
        "area", "period", *subjects, "value", "status", "row", "sex", "age",
        columns.get("numerator", nothing).alias("numerator"),
        columns.get("denominator", nothing).alias("denominator"),
    )  # fmt: skip


def _text(cells: pl.Series, what: str) -> pl.Expr | pl.Series:
    """A column as text, and as one expression where nothing is to be changed."""
    if cells.dtype.is_float():
        cells = cells.cast(pl.Int64, strict=False)
    text = cells.cast(pl.String)
    if text.str.contains(r"^\s|\s$|^$").any():
        text = text.str.strip_chars().replace("", None)
    if what == "area" and text.str.len_bytes().is_in([1, 3]).any():
        # A code that was kept as a number has lost the zero that it begins with.
        text = text.str.replace(r"^(\d|\d{3})$", "0$1")
    return text.fill_null(TOTAL) if what in {"sex", "age"} else text


def _where(rows: pl.Series, place: str, at: int) -> str:
    return f"row {rows[at]}, {place}"


def _told(what: str, settings: FileSettings) -> pl.Expr:
    value = {"period": settings.period, "status": None}.get(what, TOTAL)
    return pl.lit(value, dtype=pl.String).alias(what)


def _status(
    frame: pl.DataFrame, value: pl.Series, found: pl.Series | pl.Expr, table: Headed
) -> pl.Series | pl.Expr:
    """The status that is told, or else the one that the cell has."""
    told = frame.get_column("status")
    if told.null_count() == len(told):
        return found
    known = {status: status for status in STATUSES} | SWEDISH
    clean = told.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)
    strange = told.is_not_null() & clean.is_null()
    if strange.any():
        at = int(strange.arg_max() or 0)
        raise InputError(
            f'{table.name}: row {frame.item(at, "row")} has the status "{told[at]}", which is none '
            f"of {', '.join(STATUSES)}"
        )
    against = value.is_not_null() & clean.is_in(["missing", "not_applicable", "secret"])
    if against.any():
        at = int(against.arg_max() or 0)
        raise InputError(
            f"{table.name}: row {frame.item(at, 'row')} has the value {value[at]:g} and the status "
            f'"{told[at]}", which says that there is none. Take one of them away'
        )
    return frame.select(
        pl.when(value.is_null() & (clean.is_null() | clean.is_in(["ok", "estimated"])))
        .then(found)
        .otherwise(clean.fill_null("ok"))
    ).to_series()
