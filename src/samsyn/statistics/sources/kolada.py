"""Excel exports of Kolada: key figures and municipalities in rows, years across.

A sheet names its key figures in its first column, and its areas in the next. Where it has areas
alone, the key figure stands above the table or in samsyn.toml; it is never guessed. Averages of
groups of municipalities stay as rows: whether a name is an area is not for a reader to say.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import Cube, Material, Role
from samsyn.statistics.sources.opening import ZIPPED, Opened
from samsyn.statistics.sources.rows import refuse_twice
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.sources.values import values_of

MARK: Final = "Kolada nyckeltal"
LICENCE: Final = "Free use with the source named (Källa: Kolada)"
MEASURE, AREA, PERIOD, SEX = "nyckeltal", "kommun", "år", "kön"
YEAR: Final = r"^(?:19|20)\d{2}$"
ID: Final = r"^[NU]\d{5}$"
SEXES: Final = frozenset({"kvinnor", "män", "totalt", "kvinna", "man", "women", "men", "total"})
CREATED: Final = re.compile(rb"<dcterms:created[^>]*>([^<]+)<")
TOP: Final = 20  # rows in which the headings are looked for


@dataclass(frozen=True)
class Sheet:
    """A sheet's years by column, its columns of labels by dimension, and its rows.

    `body` has a column `row`, the number in the sheet. `title` is the key figure where no column
    names it.
    """

    years: dict[str, str]
    labels: dict[str, str]
    body: pl.DataFrame
    title: str | None
    notes: list[str]


def recognises(file: Opened) -> bool | str:
    """Whether a sheet of a workbook says that it is Kolada's."""
    if not file.is_excel:
        return "it is not an Excel workbook"
    try:
        if MARK in file.sheets or any(_first_cell(file, sheet) == MARK for sheet in file.sheets):
            return True
    except InputError as error:
        return str(error)
    return f'no sheet of it is called "{MARK}" or begins with that'


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """A table of each sheet that has one; the others are named in the notes.

    Raises InputError where no sheet has one, or where a cell is neither a number nor empty.
    """
    cubes: list[Cube] = []
    left_out: dict[str, str] = {}
    for name in file.sheets:
        found = _sheet(file, name, settings)
        if isinstance(found, str):
            left_out[name] = found
        else:
            cubes.append(_cube(file, name, found, settings))
    if not cubes:
        reasons = "; ".join(f'sheet "{name}": {why}' for name, why in left_out.items())
        raise InputError(f"{file.name}: {reasons}")
    notes = [f'Sheet "{name}" was left out: {why}' for name, why in left_out.items()]
    first = cubes[0].provenance
    told = replace(first, notes=(*first.notes, *notes))
    return [replace(cubes[0], provenance=told), *cubes[1:]]


def _first_cell(file: Opened, sheet: str) -> str:
    cells = file.sheet(sheet)
    return str(cells.item(0, 0) or "").strip() if cells.height and cells.width else ""


def _sheet(file: Opened, name: str, settings: FileSettings) -> Sheet | str:
    """The table of a sheet, or why there is none."""
    cells = file.sheet(name)
    cells = cells.with_columns(pl.all().str.strip_chars().replace("", None))
    if not cells.height or all(column.null_count() == cells.height for column in cells):
        return "it is empty"
    head = _heading(cells)
    if head is None:
        down = cells.to_series(0).str.contains(YEAR).sum()
        return (
            "its years stand below one another, and it does not name its key figures"
            if down > 1
            else "it has no heading of years"
        )
    heading = dict(zip(cells.columns, cells.row(head), strict=True))
    years = {c: str(text) for c, text in heading.items() if re.match(YEAR, text or "")}
    twice = [year for year in years.values() if list(years.values()).count(year) > 1]
    if twice:
        raise InputError(
            f'{file.name}: sheet "{name}" has the year {twice[0]} twice: take one away'
        )
    left = cells.columns[: cells.columns.index(next(iter(years)))]
    body = cells.with_row_index("row", 1).slice(head + 1)
    body = body.filter(~pl.all_horizontal(pl.col(*left, *years).is_null()))
    if not body.height:
        return "it has no rows below its years"
    labels = _labels(body, heading, left, f'{file.name}: sheet "{name}"')
    if isinstance(labels, str):
        return labels
    title = None
    if MEASURE not in labels:
        title = settings.table or _title_above(cells, head)
        if title is None:
            return (
                "it does not say which key figure it holds. Say it in samsyn.toml, by its title or "
                f'its id in Kolada: [[file]] match = "{file.name.rpartition("/")[2]}", '
                'table = "N01951"'
            )
    body, notes = _whole_rows(body, labels, list(years), f'Sheet "{name}"')
    refuse_twice(body, list(labels.values()), f'{file.name}: sheet "{name}"')
    extra = [text for c, text in heading.items() if text and c not in years and c not in left]
    notes += [f'Sheet "{name}": the column "{text}" was left out: no year' for text in extra]
    return Sheet(years, labels, body, title, notes)


def _heading(cells: pl.DataFrame) -> int | None:
    """The row of the headings: the first with a year, where something stands to the left of it."""
    isyear = cells.head(TOP).select(pl.all().str.contains(YEAR).fill_null(False))
    for at, row in enumerate(isyear.rows()):
        if any(row):
            return at if not row[0] else None
    return None


def _labels(
    body: pl.DataFrame, heading: dict[str, str | None], left: list[str], where: str
) -> dict[str, str] | str:
    """The column of each dimension among those left of the years, or why they cannot be told."""
    labels: dict[str, str] = {}
    open_columns = []
    for column in left:
        texts = body.get_column(column).drop_nulls()
        called = (heading[column] or "").casefold()
        if not len(texts):
            continue
        if called in {"kön", "gender"} or set(texts.str.to_lowercase()) <= SEXES:
            labels[SEX] = column
        elif texts.str.contains(ID).all():
            labels[f"{MEASURE}.code"] = column
        elif texts.str.contains(r"^\d{4}$").all():
            labels[f"{AREA}.code"] = column
        else:
            open_columns.append(column)
    if not open_columns:
        return "it names no municipalities"
    if len(open_columns) > 2:
        raise InputError(
            f"{where} has {len(open_columns)} columns of texts before its years "
            f"({', '.join(open_columns)}), and Kolada's exports have two: the key figure and the "
            "municipality. Take the others away"
        )
    labels[AREA] = open_columns[-1]
    if len(open_columns) == 2:
        labels[MEASURE] = open_columns[0]
    return labels


def _title_above(cells: pl.DataFrame, head: int) -> str | None:
    """The only text above the headings that is not the program's own."""
    texts = {text for row in cells.head(head).rows() for text in row if text and text != MARK}
    return texts.pop() if len(texts) == 1 else None


def _whole_rows(
    body: pl.DataFrame, labels: dict[str, str], years: list[str], where: str
) -> tuple[pl.DataFrame, list[str]]:
    """The rows that name key figure and area, once each, with a note on those left out."""
    notes = []
    for dimension, what in ((MEASURE, "key figure"), (AREA, "municipality")):
        if dimension not in labels:
            continue
        lacking = body.filter(pl.col(labels[dimension]).is_null())
        told = lacking.filter(~pl.all_horizontal(pl.col(years).is_null()))
        if told.height:
            notes.append(f"{where}: {_rows(told)} left out, with figures but no {what}")
        body = body.filter(pl.col(labels[dimension]).is_not_null())
    alike = [*labels.values(), *years]
    again = body.filter(~pl.struct(alike).is_first_distinct())
    if again.height:
        notes.append(f"{where}: {_rows(again)} left out, for the same stands above")
    return body.filter(pl.struct(alike).is_first_distinct()), notes


def _rows(frame: pl.DataFrame) -> str:
    """The rows of the sheet that a note is about, the first few of many."""
    rows = frame.get_column("row").to_list()
    said = ", ".join(map(str, rows[:3])) + (f" and {len(rows) - 3} more" if len(rows) > 3 else "")
    return f"row {said} was" if len(rows) == 1 else f"rows {said} were"


def _cube(file: Opened, name: str, sheet: Sheet, settings: FileSettings) -> Cube:
    years, body = sheet.years, sheet.body
    columns = list(years)
    cells = pl.concat([body.get_column(c).alias("cell") for c in columns])

    def where(at: int) -> str:
        column, row = divmod(at, body.height)
        return f'sheet "{name}", row {body.item(row, "row")}, column {columns[column]}'

    value, status = values_of(cells, file.name, where)
    labels = [
        pl.col(sheet.labels[label]).alias(label)
        for label in (MEASURE, f"{MEASURE}.code", AREA, f"{AREA}.code", SEX)
        if label in sheet.labels
    ]
    told = body.select(*labels, pl.col("row").cast(pl.UInt32))
    frame = pl.concat([told.with_columns(pl.lit(year).alias(PERIOD)) for year in years.values()])
    frame = frame.with_columns(value.alias("value"), status.alias("status"))
    if sheet.title is not None:
        frame = frame.with_columns(pl.lit(sheet.title).alias(MEASURE))
        if re.match(ID, sheet.title):
            frame = frame.with_columns(pl.lit(sheet.title).alias(f"{MEASURE}.code"))
    dimensions = tuple(d for d in (MEASURE, AREA, SEX, PERIOD) if d in frame.columns)
    roles: dict[Role, str] = {"measure": MEASURE, "area": AREA, "period": PERIOD}
    if SEX in dimensions:
        roles["sex"] = SEX
    provenance = file.provenance(
        settings,
        origin="Kolada",
        table=sheet.title if sheet.title and re.match(ID, sheet.title) else None,
        title=sheet.title or MARK,
        sheet=name,
        retrieved=settings.fetched.get("retrieved") or _created(file),
        usual_licence=LICENCE,
        notes=tuple(sheet.notes),
    )
    order = [c for d in dimensions for c in (d, f"{d}.code") if c in frame.columns]
    return Cube(frame.select(*order, "value", "status", "row"), dimensions, roles, provenance)


def _created(file: Opened) -> str | None:
    """When Kolada made the workbook, as the workbook tells; it stays when it is saved again."""
    if not file.head.startswith(ZIPPED):
        return None
    try:
        with zipfile.ZipFile(file.path) as book:
            found = CREATED.search(book.read("docProps/core.xml"))
    except (KeyError, OSError, zipfile.BadZipFile):
        return None
    return found[1].decode("utf-8", "replace") if found else None
