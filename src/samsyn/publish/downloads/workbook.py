"""A frame as an Excel workbook: the figures on one sheet, what they are on a second."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import polars as pl

from samsyn.publish.about import About
from samsyn.publish.texts import Texts, said
from samsyn.statistics.indicators import UNITS

TEXTS: Final[Texts] = {
    "figures": {"sv": "Uppgifter", "en": "Figures"},
    "about": {"sv": "Om uppgifterna", "en": "About the figures"},
}
WIDEST: Final = 48
FORMATS: Final = {"persons": "#,##0", "share": "0.0%", "per_100000": "#,##0"}


def workbook(
    frame: pl.DataFrame,
    about: About,
    told: Sequence[tuple[str, str]],
    headings: Mapping[str, str],
    units: Mapping[str, str],
) -> bytes:
    """The workbook. Texts stay texts: none is read as a formula or an address."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # A fixed time, so that the same figures are the same bytes.
    created = datetime.fromisoformat(about.created).replace(tzinfo=None)
    book.set_properties({"title": about.title, "author": "Samsyn", "created": created})
    bold = book.add_format({"bold": True, "bottom": 1})
    _figures(book, frame, about.language, headings, units, bold)
    sheet = book.add_worksheet(said(TEXTS, "about", about.language))
    label, text = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for row, (name, value) in enumerate(told):
        sheet.write_string(row, 0, name, label)
        sheet.write_string(row, 1, value, text)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    book.close()
    return buffer.getvalue()


def _figures(
    book: Any,
    frame: pl.DataFrame,
    language: str,
    headings: Mapping[str, str],
    units: Mapping[str, str],
    bold: Any,
) -> None:
    sheet = book.add_worksheet(said(TEXTS, "figures", language))
    for at, name in enumerate(frame.columns):
        heading = headings.get(name, name)
        form = book.add_format({"num_format": _format(units.get(name))})
        sheet.write_string(0, at, heading, bold)
        longest = len(heading)
        for row, value in enumerate(frame.get_column(name).to_list(), start=1):
            if value is None or (isinstance(value, float) and not math.isfinite(value)):
                continue  # what is not known stays empty
            if isinstance(value, bool):
                sheet.write_boolean(row, at, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, at, value, form)
            else:
                sheet.write_string(row, at, str(value))
                longest = max(longest, len(str(value)))
        sheet.set_column(at, at, min(max(longest, 9) + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    if frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _format(unit: str | None) -> str:
    """The format of Excel for numbers of a unit."""
    if unit is None or unit not in UNITS:
        return "General"
    return FORMATS.get(unit, UNITS[unit][2])
