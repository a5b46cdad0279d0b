"""The matrix as files: a table of cells as CSV, and a workbook with the interventions beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import polars as pl

from samsyn.cycle.gaps.picture import Intervention
from samsyn.cycle.matrix.placing import STATUSES, Cell, Matrix
from samsyn.publish.downloads.files import csv as written
from samsyn.publish.texts import Texts, said
from samsyn.statistics.classifications import classification

TEXTS: Final[Texts] = {
    "matrix": {"sv": "Matris", "en": "Matrix"},
    "interventions": {"sv": "Insatser", "en": "Interventions"},
    "level": {"sv": "Nivå", "en": "Level"},
    "horizon": {"sv": "Horisont", "en": "Horizon"},
    "intervention": {"sv": "Insats", "en": "Intervention"},
    "count": {"sv": "Antal insatser", "en": "Interventions"},
    "focus_areas": {"sv": "Fokusområden", "en": "Focus areas"},
    "target_groups": {"sv": "Målgrupper", "en": "Target groups"},
    "decided": {"sv": "Beslutat, kronor", "en": "Decided, SEK"},
    "applied": {"sv": "Sökt, kronor", "en": "Applied for, SEK"},
    "missing": {"sv": "Saknas, kronor", "en": "Missing, SEK"},
    "unplaced": {"sv": "Utan nivå eller horisont", "en": "Without level or horizon"},
}
# Any fixed time, so that the same plan is the same bytes.
MADE: Final = datetime(2000, 1, 1)


def cells(matrix: Matrix) -> list[tuple[str, str, Cell]]:
    """The cells by the codes of level and horizon; what has no place comes last."""
    there = [
        (level, horizon, matrix.cell(level, horizon))
        for level in matrix.levels
        for horizon in matrix.horizons
    ]
    return [*there, ("", "", matrix.unplaced)] if matrix.unplaced.count else there


def as_csv(matrix: Matrix) -> bytes:
    """A line for each cell, with codes: level, horizon, interventions, kronor by status, titles."""
    rows = [
        {
            "level": level, "horizon": horizon, "interventions": cell.count, **cell.money,
            "titles": "; ".join(one.title for one in cell.interventions),
        }
        for level, horizon, cell in cells(matrix)
    ]  # fmt: skip
    return written(pl.DataFrame(rows))


def as_workbook(matrix: Matrix, title: str, language: str) -> bytes:
    """Two sheets: the cells, and the interventions. No text is read as a formula or an address."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "author": "Samsyn", "created": MADE})
    money = [said(TEXTS, status, language) for status in STATUSES]
    label = classification
    rows: list[list[Any]] = [
        [
            label("intervention_level").label(level, language)
            if level
            else said(TEXTS, "unplaced", language),
            label("intervention_horizon").label(horizon, language) if horizon else "",
            cell.count,
            *cell.money.values(),
        ]
        for level, horizon, cell in cells(matrix)
    ]
    heads = [said(TEXTS, name, language) for name in ("level", "horizon", "count")]
    _sheet(book, said(TEXTS, "matrix", language), [*heads, *money], rows)
    names = ("intervention", "level", "horizon", "focus_areas", "target_groups")
    heads = [said(TEXTS, name, language) for name in names]
    listed = [_row(one, language) for one in matrix.all.interventions]
    _sheet(book, said(TEXTS, "interventions", language), [*heads, *money], listed)
    book.close()
    return buffer.getvalue()


def _row(one: Intervention, language: str) -> list[Any]:
    focus, groups = classification("focus_area"), classification("target_group")
    return [
        one.title,
        classification("intervention_level").label(one.level, language),
        classification("intervention_horizon").label(one.horizon, language),
        ", ".join(focus.label(code, language) for code in one.focus_areas),
        ", ".join(groups.label(code, language) for code in one.target_groups),
        *(one.amount(status) for status in STATUSES),
    ]


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold, whole = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": "#,##0"}),
    )
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
        longest = max([len(head), *(len(str(row[at])) for row in rows)])
        sheet.set_column(at, at, min(longest + 2, 48))
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, at, value, whole)
            else:
                sheet.write_string(number, at, value)
    sheet.freeze_panes(1, 0)
