"""Files and pasted rows as sheets of text, each cell where it stood."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext as _

from samsyn.measure.errors import InputError
from samsyn.people.excel.besides import FARTHEST_COLUMN, FARTHEST_ROW, Looked, looked_through
from samsyn.people.excel.zipped import RefusedError, repacked
from samsyn.statistics.tables import decoded, separator_of

MAX_BYTES: Final = 8_000_000
ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
GUARDED: Final = re.compile(r"'(?='*[=+\-@\t\r])")  # how a CSV keeps text from being a formula


class UnreadableError(ValueError):
    """What was sent cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet as text, empty where there is none, from its first row on."""

    name: str
    rows: Sequence[Sequence[str]]
    looked: Looked = field(default_factory=Looked)


def read_file(name: str, raw: bytes) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV. Raises UnreadableError."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError(too_large())
    if not raw.strip():
        raise UnreadableError(_("Filen är tom."))
    if raw.startswith(ZIPPED):
        return _workbook(raw)
    suffix = PurePath(name).suffix.casefold()
    if raw.startswith(COMPOUND):
        raise UnreadableError(
            _("Filen är av ett äldre slag (.xls) eller låst med lösenord. Öppna den i Excel och "
              "spara den som Excel-arbetsbok (.xlsx) utan lösenord.")
        )  # fmt: skip
    if suffix in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}:
        raise UnreadableError(
            _("Filen är ingen Excel-arbetsbok, vad den än heter. Spara den på nytt i Excel som "
              "Excel-arbetsbok (.xlsx).")
        )  # fmt: skip
    try:
        text = decoded(raw, name)
    except InputError:
        raise UnreadableError(_("Filen är varken en Excel-arbetsbok eller en CSV-fil.")) from None
    told = re.match(r"sep=(.)\r?\n", text)
    body = text[told.end() :] if told else text
    separator = told[1] if told else separator_of(body[:200_000])
    return [_texts(body, separator, _("filen"))]


def too_large() -> str:
    """What is said of a file that is too large."""
    return _("Filen är för stor: högst %(limit)s MB. Dela upp listan i flera filer.") % {
        "limit": MAX_BYTES // 1_000_000
    }


def read_pasted(text: str) -> list[Sheet]:
    """What was copied in a spreadsheet: rows of cells with tabs between. Raises UnreadableError."""
    if not text.strip():
        raise UnreadableError(_("Klistra in raderna i rutan, eller välj en fil."))
    return [_texts(text.strip("\r\n"), "\t", _("det inklistrade"))]


def _texts(text: str, separator: str, name: str) -> Sheet:
    unified = re.sub(r"\r\n|\r", "\n", text)
    lines = csv.reader(io.StringIO(unified, newline=""), delimiter=separator, strict=True)
    try:
        rows = _bounded(lines, name)
    except csv.Error:
        # Somebody has pasted a quotation mark that is only that.
        rows = _bounded((line.split(separator) for line in unified.split("\n")), name)
    return Sheet(name, [[GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
                         for cell in row] for row in rows])  # fmt: skip


def _bounded(lines: Iterable[list[str]], name: str) -> list[list[str]]:
    """The lines, no more of them and no longer than those of a workbook may be."""
    rows = list(islice(lines, FARTHEST_ROW + 1))
    if len(rows) > FARTHEST_ROW or any(len(row) > FARTHEST_COLUMN for row in rows):
        told = {"name": name, "rows": FARTHEST_ROW, "columns": FARTHEST_COLUMN}
        raise UnreadableError(
            _("Det står för mycket i %(name)s: högst %(rows)s rader och %(columns)s kolumner kan "
              "läsas. Ta bort det som inte hör till listan.") % told
        )  # fmt: skip
    return rows


def _workbook(raw: bytes) -> list[Sheet]:
    import fastexcel

    try:
        safe = repacked(raw)
        looked = looked_through(safe)
        book = fastexcel.read_excel(safe)
        return [_values(book, name, looked[name]) for name in book.sheet_names if name in looked]
    except RefusedError as error:
        raise UnreadableError(_refusal(error)) from None
    except fastexcel.FastExcelError:
        raise UnreadableError(_refusal(RefusedError("damaged"))) from None


def _values(book: object, name: str, looked: Looked) -> Sheet:
    loaded = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")  # type: ignore[attr-defined]
    at = [column.absolute_index for column in loaded.selected_columns]
    wide = max(at, default=-1) + 1
    rows = []
    for cells in loaded.to_polars().iter_rows():
        row = [""] * wide
        for place, cell in zip(at, cells, strict=True):
            row[place] = cell or ""
        rows.append(row)
    for (line, place), text in looked.decimals.items():
        rows[line][place] = _with_decimals(rows[line][place], text)
    for line, place in looked.per_cent:
        rows[line][place] = f"{float(rows[line][place]) * 100:.12g} %"  # as it is shown
    return Sheet(name, rows, looked)


def _with_decimals(told: str, text: str) -> str:
    """A number with all of its decimals, of which the reader tells some; what is a date stays."""
    try:
        float(told)
        number = f"{float(text):.15g}"
    except ValueError:
        return told
    return told if "e+" in number else number


def _refusal(error: RefusedError) -> str:
    if error.why == "too large":
        return _("Filen blir för stor när den packas upp. Spara listan ensam i en ny arbetsbok.")
    if error.why == "far away":
        return _(
            "Det står något långt utanför listan (%(where)s). Ta bort det, eller kopiera listan "
            "till en ny arbetsbok."
        ) % {"where": error.where}
    if error.why == "not a workbook":
        return _("Filen är ingen Excel-arbetsbok. Spara den i Excel som .xlsx.")
    return _("Filen är skadad eller avklippt. Öppna den i Excel och spara den på nytt som .xlsx.")
