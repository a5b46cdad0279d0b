"""A list as a workbook that helps whoever fills it in: instructions first, cells that validate."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from samsyn.people.excel.columns import KEY, VERSION, Column, Sort
from samsyn.people.excel.heading import MAX_ROWS
from samsyn.statistics.sources.cells import letters

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LARGEST: Final = 10**12
MESSAGE, MESSAGE_TITLE = 255, 32  # what Excel has room for beside a cell
LONGEST: Final = 32_767  # letters that a cell has room for
WIDTHS: Final = {Sort.TEXT: 34, Sort.ONE: 26, Sort.SEVERAL: 34, Sort.DATE: 13, Sort.FLAG: 9}


@dataclass(frozen=True)
class Words:
    """What the workbook is called and what it says first."""

    title: str
    sheet: str
    lines: Sequence[str]


def workbook(words: Words, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The workbook: how to fill it in, the list, what can be chosen. Text is never a formula.

    Rows have values as `written` gives them: numbers, dates, texts.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"},
    )  # fmt: skip
    book.set_properties({"title": words.title, "author": "Samsyn"})
    about, listed = book.add_worksheet(_("Så här gör du")), book.add_worksheet(_name(words.sheet))
    choices = book.add_worksheet(_("Listor"))
    _about(book, about, words, columns)
    _list(book, listed, columns, rows)
    places = _choices(book, choices, columns)
    for at, column in enumerate(columns):
        _validate(listed, at, column, places.get(column.name))
    listed.activate() if words.lines == [] else about.activate()
    book.close()
    return buffer.getvalue()


def _name(text: str) -> str:
    """A name that Excel lets a sheet have."""
    return re.sub(r"[\[\]:*?/\\]", " ", text).strip("' ")[:31] or _("Lista")


def _about(book: Any, sheet: Any, words: Words, columns: Sequence[Column]) -> None:
    head = book.add_format({"bold": True, "font_size": 16})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, words.title, head)
    row = 2
    for line in words.lines:
        sheet.merge_range(row, 0, row, 2, "", wrap)
        sheet.write_string(row, 0, line, wrap)
        sheet.set_row(row, 15 * (1 + len(line) // 120))
        row += 1
    row += 1
    for at, text in enumerate((_("Kolumn"), _("Måste fyllas i"), _("Vad som kan stå där"))):
        sheet.write_string(row, at, text, bold)
    for column in columns:
        row += 1
        sheet.write_string(row, 0, column.title, wrap)
        sheet.write_string(row, 1, _("Ja") if column.required else "", wrap)
        sheet.write_string(
            row, 2, " ".join(part for part in (says(column), column.hint) if part), wrap
        )


def says(column: Column) -> str:
    """What may stand in the cells of a column, in words."""
    if column.sort is Sort.SEVERAL:
        return _("Ett eller flera ur listan, med semikolon emellan.")
    if column.sort is Sort.ONE:
        return _("Ett ur listan.")
    if column.sort is Sort.FLAG:
        return _("Ja eller Nej.")
    if column.sort is Sort.DATE:
        return _("Ett datum, som 2026-01-31.")
    if column.sort is Sort.WHOLE:
        return _("Ett heltal.")
    if column.sort is Sort.NUMBER:
        return _("Ett tal, som 12,5.")
    if column.longest:
        return _("Text, högst %s tecken.") % column.longest
    return _("Text.")


def _list(
    book: Any, sheet: Any, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e8f2f4"}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    grey = book.add_format({"font_color": "#55646e", "valign": "top"})
    number = book.add_format({"valign": "top"})
    formats = []
    for at, column in enumerate(columns):
        keys = column.name in {KEY, VERSION}
        form = (
            day if column.sort is Sort.DATE else grey if keys
            else number if column.sort in {Sort.WHOLE, Sort.NUMBER} else wrap
        )  # fmt: skip
        formats.append(form)
        wide = WIDTHS.get(column.sort, 12)
        sheet.set_column(at, at, 9 if keys else max(wide, min(len(column.title), 24)), form)
        sheet.write_string(0, at, column.title + (" *" if column.required else ""), head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _write(sheet, count, at, row.get(column.name), formats[at])
    sheet.freeze_panes(1, 1)
    if columns:
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)


def _write(sheet: Any, row: int, at: int, value: Any, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, at, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, form)
    else:
        # What is cut is told: read back, it must not be taken for all that there was.
        whole = len(value) <= LONGEST
        sheet.write_string(row, at, value if whole else f"{value[: LONGEST - 1]}…", form)


def _choices(book: Any, sheet: Any, columns: Sequence[Column]) -> dict[str, str]:
    """Write what can be chosen, a column each; where each stands, as a formula names it."""
    bold = book.add_format({"bold": True})
    name = _("Listor")
    places: dict[str, str] = {}
    for column in columns:
        labels = list(column.choices.values())
        if not labels:
            continue
        at = len(places)
        sheet.set_column(at, at, 34)
        sheet.write_string(0, at, column.title, bold)
        for row, label in enumerate(labels, start=1):
            sheet.write_string(row, at, label)
        letter = letters(at)
        places[column.name] = f"='{name}'!${letter}$2:${letter}${len(labels) + 1}"
    return places


def _validate(sheet: Any, at: int, column: Column, place: str | None) -> None:
    """Let Excel itself say what a cell may hold, when it is chosen and when it is wrong."""
    told: dict[str, Any] = {}
    if column.sort in {Sort.ONE, Sort.FLAG, Sort.SEVERAL}:
        if place is None:
            return
        # One can be chosen; that several are written must not be called wrong.
        told = {"validate": "list", "source": place, "show_error": column.sort is not Sort.SEVERAL}
    elif column.sort is Sort.WHOLE:
        least = -LARGEST if column.least is None else column.least
        most = LARGEST if column.most is None else min(column.most, LARGEST)
        told = {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    elif column.sort is Sort.NUMBER:
        told = {
            "validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST,
        }  # fmt: skip
    elif column.sort is Sort.DATE:
        told = {
            "validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
        }  # fmt: skip
    elif column.longest:
        told = {"validate": "length", "criteria": "<=", "value": column.longest}
    else:
        return
    title, text = column.title[:MESSAGE_TITLE], says(column)[:MESSAGE]
    told |= {"input_title": title, "input_message": text} if column.sort is not Sort.TEXT else {}
    told |= {"error_title": title, "error_message": text}
    sheet.data_validation(1, at, MAX_ROWS, at, told)
