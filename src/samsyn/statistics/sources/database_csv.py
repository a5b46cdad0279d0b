"""CSV of Statistikdatabasen: pivoted, long, or an Excel export that was saved as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.cells import blank_rows
from samsyn.statistics.sources.excel_exports import export_cube
from samsyn.statistics.sources.export_layout import is_laid_out
from samsyn.statistics.sources.footnotes import read_footnotes
from samsyn.statistics.sources.forms import Cube, Material
from samsyn.statistics.sources.long_form import long_form
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.roles import (
    AREA_CODE,
    looks_like_periods,
    role_of_name,
    tidy_label,
)
from samsyn.statistics.sources.rows import (
    CELL,
    COLUMN,
    ROW,
    refuse_twice,
    refuse_unlabelled,
)
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.sources.values import lean_values_of, symbols_in

# "Antal 2020", "Medelvärde för samtliga, tkr 2020", "2020"
DATED: Final = re.compile(r"^(?P<measure>.*?)\s*\b(?P<period>(?:1[89]|20)\d{2}(?:[MKQ]\d{1,2})?)$")
NUMERIC: Final = r"^\s*[-+−]?[\d\s.,]*\d[\d\s.,]*\s*$|^\s*(?:\.{1,3}|[-–]|)\s*$"
VALUE: Final = frozenset({"value", "värde", "antal", "number"})
MEASURE, PERIOD, SAMPLE = "tabellinnehåll", "år", 500


@dataclass(frozen=True)
class _Table:
    """Cells under their header: `columns` leads from a column's name to its letter."""

    body: pl.DataFrame
    below: list[str | None]
    columns: Mapping[str, str]


def recognises(file: Opened) -> bool | str:
    """Whether a text file has columns of dimensions and then of values."""
    if not file.is_text or file.is_json or file.suffix not in {".csv", ".tsv", ".txt", ".tab"}:
        return False
    if is_laid_out(file.cells) is True:
        return True
    table = _table(file.cells, file.name)
    if isinstance(table, str):
        return table
    if _dated(table):
        return True
    if not _values(table):
        return "its last column holds no numbers"
    names = {role_of_name(column) for column in table.columns}
    # Where only the period is lacking, samsyn.toml may tell it.
    if not names & {"area", "period"}:
        return "it has no column of areas (region) or periods (år)"
    return True


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The table as a cube.

    Where each column of values is named for its measure and its year, these are dimensions
    ("tabellinnehåll" and "år") like the others. Raises InputError for a cell that is no number.
    """
    if is_laid_out(file.cells) is True:
        return [export_cube(file, file.cells, settings, sheet=None)]
    table = _table(file.cells, file.name)
    if isinstance(table, str):
        raise InputError(f"{file.name}: {table}")
    dated = _dated(table)
    values = list(dated) if dated else _values(table)
    left = [column for column in table.columns if column not in values]
    refuse_unlabelled(table.body, {d: table.columns[d] for d in left}, file.name, ROW)
    headings = _headings(values, dated, left)
    added = [column for column in headings.columns if column != COLUMN]
    refuse_twice(table.body, left, file.name, ROW)
    dimensions = [*left, *added]
    long = table.body.unpivot(
        on=values, index=[ROW, *left], variable_name=COLUMN, value_name=CELL
    ).join(headings, on=COLUMN, how="left", maintain_order="left")

    def where(at: int) -> str:
        column = long.item(at, COLUMN)
        return f'row {long.item(at, ROW)}, column {table.columns[column]} ("{column}")'

    measured = next((d for d in dimensions if role_of_name(d) == "measure"), None)
    measures = long.get_column(measured).unique().to_list() if measured else []
    notes = read_footnotes(table.below, measures)
    value, status = lean_values_of(long.get_column(CELL), file.name, where, symbols_in(notes.notes))
    cube = long_form(long, dimensions, value, status, file.name, settings.period)
    provenance = file.provenance(
        settings,
        origin=notes.source,
        table=notes.code,
        updated=notes.updated,
        notes=notes.notes,
    )
    return [Cube(cube.frame, cube.dimensions, cube.roles, provenance, notes.units)]


def _table(cells: pl.DataFrame, name: str) -> _Table | str:
    """The table in a file's cells, or why there is none."""
    if cells.width < 2:
        return "it has one column only"
    blank = blank_rows(cells)
    top = cells.head(60).rows()
    at = next((i for i, row in enumerate(top) if sum(bool((c or "").strip()) for c in row) > 1), -1)
    if at < 0 or not all((cell or "").strip() for cell in top[at]):
        return "it has no row of headings that names every column"
    names = [tidy_label(cell) for cell in top[at]]
    if len(set(names)) < len(names):
        twice = next(column for column in names if names.count(column) > 1)
        return f'two of its columns are named "{twice}"'
    empty = blank.slice(at + 1)
    end = at + 1 + (int(empty.arg_max() or 0) if empty.any() else len(empty))
    if end == at + 1:
        return "it has no rows below its headings"
    wide = cells.slice(end).select(pl.any_horizontal(pl.col(cells.columns[1:]).is_not_null()))
    if cells.height > end and wide.to_series().any():
        row = end + 1 + int(wide.to_series().arg_max() or 0)
        raise InputError(
            f"{name}: row {end + 1} is empty, and there are values below it, in row {row}: "
            "take the empty row away"
        )
    body = cells[at + 1 : end].select(
        pl.int_range(at + 2, end + 1, dtype=pl.UInt32).alias(ROW),
        *(
            pl.col(letter).str.strip_chars().replace("", None).alias(column)
            for letter, column in zip(cells.columns, names, strict=True)
        ),
    )
    below = cells.get_column(cells.columns[0]).slice(end).to_list()
    return _Table(body, below, dict(zip(names, cells.columns, strict=True)))


def _dated(table: _Table) -> dict[str, tuple[str, str]]:
    """The columns named for a measure and a period; none unless they are the last ones."""
    found: dict[str, tuple[str, str]] = {}
    for column in table.columns:
        match = DATED.match(column)
        if match:
            found[column] = (match["measure"], match["period"])
        elif found:
            return {}
    return found if len(found) < len(table.columns) else {}


def _values(table: _Table) -> list[str]:
    """The columns at the end that hold numbers and are no dimension."""
    found: list[str] = []
    # Where a column is called a year, numbers that look like years can be values.
    dated = any(role_of_name(column) == "period" for column in table.columns)
    for column in reversed(list(table.columns)):
        sample = table.body.get_column(column).drop_nulls().head(SAMPLE)
        if role_of_name(column) is not None or not sample.str.contains(NUMERIC).all():
            break
        if looks_like_periods(sample) and not (found or dated) and len(sample) > 1:
            break
        if (
            len(sample)
            and sample.str.contains(AREA_CODE).all()
            and sample.str.starts_with("0").any()
        ):
            break
        found.insert(0, column)
    return found


def _headings(
    values: list[str], dated: Mapping[str, tuple[str, str]], left: list[str]
) -> pl.DataFrame:
    """What the name of each column of values says of its values."""
    if dated:
        headings = {COLUMN: values, PERIOD: [dated[column][1] for column in values]}
        if any(dated[column][0] for column in values):
            headings[MEASURE] = [dated[column][0] for column in values]
        return pl.DataFrame(headings)
    told = any(role_of_name(column) == "measure" for column in left)
    if len(values) == 1 and (told or values[0].casefold() in VALUE):
        return pl.DataFrame({COLUMN: values})
    return pl.DataFrame({COLUMN: values, MEASURE: values})
