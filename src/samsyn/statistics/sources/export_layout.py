"""A table as Statistikdatabasen lays it out: labels to the left, labels above, notes below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.cells import blank_rows
from samsyn.statistics.sources.footnotes import Footnotes, has_headings, read_footnotes
from samsyn.statistics.sources.forms import Role
from samsyn.statistics.sources.long_form import long_form
from samsyn.statistics.sources.roles import (
    name_from_labels,
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
from samsyn.statistics.sources.titles import has_dimensions, title_with
from samsyn.statistics.sources.values import lean_values_of, symbols_in

TOP = 60  # rows among which the headings end


@dataclass(frozen=True)
class LaidOut:
    """A table taken apart; see `Cube` for `frame`, `dimensions` and `roles`."""

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    roles: Mapping[Role, str]
    footnotes: Footnotes
    title: str | None
    subject: str | None


@dataclass(frozen=True)
class _Parts:
    """Where the parts are: `headings` are rows, `stub` the columns to the left of the values."""

    title: str | None
    headings: list[tuple[str | None, ...]]
    stub: list[str]
    values: list[str]
    first: int
    end: int


def is_laid_out(cells: pl.DataFrame) -> bool | str:
    """Whether cells begin with a title that names dimensions, or end with a table code."""
    if cells.width < 2 or cells.height < 3:
        return "it has no table"
    title = cells.item(0, 0) or ""
    above = [_filled(row) for row in cells.head(TOP).rows()]
    empty_corner = any(cells and cells[0] > 0 for cells in above)
    if has_dimensions(title) and above[0] == [0] and empty_corner:
        return True
    below = [text for text in cells.get_column(cells.columns[0]).tail(200).to_list() if text]
    if empty_corner and has_headings(below):
        return True
    if has_headings(below):
        return "it has the notes of Statistikdatabasen, but no headings above the values"
    return 'it has no title "... efter region, år ..." above empty corner cells'


def take_apart(cells: pl.DataFrame, name: str, typed: bool, period: str | None = None) -> LaidOut:
    """Take a sheet apart. Raises InputError that says in which row and column it is not as it was.

    The title names the dimensions: first those whose labels stand to the left, then those above.
    Where there is no title, the labels tell what the dimensions are. `period` is that of all values
    where the table has none.
    """
    parts = _parts(cells, name)
    below = cells.get_column(cells.columns[0]).slice(parts.end).to_list()
    dimensions, subject = _dimensions(parts, cells, name)
    left, above = dimensions[: len(parts.stub)], dimensions[len(parts.stub) :]
    columns = _spread(parts, above, name)
    body = cells[parts.first : parts.end].select(
        pl.int_range(parts.first + 1, parts.end + 1, dtype=pl.UInt32).alias(ROW),
        *(
            pl.col(c).str.strip_chars().replace("", None).alias(d)
            for c, d in zip(parts.stub, left, strict=True)
        ),
        *parts.values,
    )
    body = _filled_down(body, left, parts.stub, name)
    measured = next((d for d in above + left if role_of_name(d) == "measure"), None)
    measures = [] if measured is None else _labels(measured, columns, body)
    footnotes = read_footnotes(below, measures)
    long = body.unpivot(
        on=parts.values, index=[ROW, *left], variable_name=COLUMN, value_name=CELL
    ).join(columns, on=COLUMN, how="left", maintain_order="left")

    def where(at: int) -> str:
        column, row = long.item(at, COLUMN), long.item(at, ROW)
        heading = ", ".join(long.item(at, d) for d in above)
        return f'row {row}, column {column} ("{heading}")'

    value, status = lean_values_of(
        long.get_column(CELL), name, where, symbols_in(footnotes.notes), typed=typed
    )
    cube = long_form(long, dimensions, value, status, name, period)
    return LaidOut(cube.frame, cube.dimensions, cube.roles, footnotes, parts.title, subject)


def _parts(cells: pl.DataFrame, name: str) -> _Parts:
    top = cells.head(TOP).rows()
    filled = [_filled(row) for row in top]
    at = 0
    title = None
    while at < len(top) and filled[at] in ([], [0]):
        if filled[at] and title is None:
            title = tidy_label(top[at][0])
        at += 1
    headings = []
    while at < len(top) and (not filled[at] or filled[at][0] > 0):
        if filled[at]:
            headings.append(top[at])
        at += 1
    if not headings or at >= len(top):
        raise InputError(
            f"{name}: no headings were found: above the values there must be rows of headings "
            "whose cells in the first column are empty. Save the table again where it came from"
        )
    stubs = _filled(headings[0])[0]
    width = max(_filled(row)[-1] for row in headings) + 1
    # Headings of the lowest row stand above every column of values.
    lacking = [i for i in range(stubs, width) if not (headings[-1][i] or "").strip()]
    if lacking:
        raise InputError(
            f"{name}: row {at}, column {cells.columns[lacking[0]]} has no heading above its values"
        )
    blank = blank_rows(cells).slice(at)
    end = at + (int(blank.arg_max() or 0) if blank.any() else cells.height - at)
    wide = (
        cells.slice(end)
        .select(pl.any_horizontal(pl.col(cells.columns[1:]).fill_null("").str.strip_chars() != ""))
        .to_series()
    )
    if wide.any():
        raise InputError(
            f"{name}: row {end + 1} is empty, and there are values below it, in row "
            f"{end + 1 + int(wide.arg_max() or 0)}: take the empty row away"
        )
    for column in cells.columns[width:]:
        beyond = cells.get_column(column).slice(at, end - at)
        there = beyond.fill_null("").str.strip_chars() != ""
        if there.any():
            raise InputError(
                f"{name}: row {at + 1 + int(there.arg_max() or 0)} has a value in column {column}, "
                "which has no heading"
            )
    return _Parts(title, headings, cells.columns[:stubs], cells.columns[stubs:width], at, end)


def _dimensions(parts: _Parts, cells: pl.DataFrame, name: str) -> tuple[list[str], str | None]:
    """The dimensions' names, those to the left first, and what the table is about."""
    number = len(parts.stub) + len(parts.headings)
    if parts.title and has_dimensions(parts.title):
        title = title_with(parts.title, number)
        if title is None:
            raise InputError(
                f'{name}: the title "{parts.title}" does not name {number} dimensions, but there '
                f"are {len(parts.stub)} columns of labels and {len(parts.headings)} rows of "
                "headings. A row or column may have been added or taken away: save the table from "
                "Statistikdatabasen again"
            )
        return list(title.dimensions), title.subject
    body = cells[parts.first : parts.end]
    found: list[str] = []
    for position, column in enumerate(parts.stub):
        found.append(
            name_from_labels(body.get_column(column))
            or ("region" if len(parts.stub) == 1 else f"column {position + 1}")
        )
    for position, row in enumerate(parts.headings):
        labels = pl.Series([cell for cell in row[len(parts.stub) :] if (cell or "").strip()])
        named = name_from_labels(labels)
        found.append(named if named not in {None, "region"} else f"heading {position + 1}")
    if len(set(found)) < number:
        raise InputError(
            f"{name} has no title that names its dimensions, and the labels do not tell: they seem "
            f"to be {', '.join(found)}. Save the table with its title"
        )
    return found, None


def _spread(parts: _Parts, above: Sequence[str], name: str) -> pl.DataFrame:
    """The labels above each column of values: one that spans columns stands in the first."""
    spread: dict[str, list[str]] = {COLUMN: list(parts.values)}
    for dimension, row in zip(above, parts.headings, strict=True):
        last = ""
        labels = []
        for cell in row[len(parts.stub) : len(parts.stub) + len(parts.values)]:
            last = tidy_label(cell) or last
            labels.append(last)
        spread[dimension] = labels
    frame = pl.DataFrame(spread, schema=dict.fromkeys(spread, pl.String))
    twice = frame.select(above).is_duplicated()
    if twice.any():
        at = frame.filter(twice)
        raise InputError(
            f"{name}: columns {at[COLUMN][0]} and {at[COLUMN][1]} have the same headings "
            f"({', '.join(at.row(0)[1:])}): one of them must have been changed"
        )
    return frame


def _filled_down(
    body: pl.DataFrame, left: Sequence[str], stub: Sequence[str], name: str
) -> pl.DataFrame:
    """Labels to the left, where one that spans rows stands in the first of them."""
    body = body.with_columns(pl.col(list(left[:-1])).forward_fill())
    refuse_unlabelled(body, dict(zip(left, stub, strict=True)), name, ROW)
    refuse_twice(body, left, name, ROW)
    return body


def _labels(dimension: str, columns: pl.DataFrame, body: pl.DataFrame) -> list[str]:
    frame = columns if dimension in columns.columns else body
    return frame.get_column(dimension).unique(maintain_order=True).to_list()


def _filled(row: Sequence[str | None]) -> list[int]:
    return [i for i, cell in enumerate(row) if (cell or "").strip()]
