"""The cells of a text file, in rows and columns as a spreadsheet would show them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.tables import SAMPLE, separator_of

BEGINNING = 200_000  # characters that the separator is found from


def letters(position: int) -> str:
    """The letters that Excel gives the column at a position counted from 0: A, Z, AA."""
    written = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        written = chr(ord("A") + rest) + written
    return written


def blank_rows(cells: pl.DataFrame) -> pl.Series:
    """Which rows have nothing in any cell."""
    empty = pl.all_horizontal(pl.all().fill_null("").str.strip_chars() == "")
    return cells.select(empty.alias("blank")).to_series()


def cells_of(text: str, name: str) -> pl.DataFrame:
    """Every cell as text, null where empty; the columns are A, B, C, record i is row i + 1.

    Rows are those of a spreadsheet: a quoted cell may run over several lines. Raises InputError
    for a row within the table that has more or fewer cells than its header; below an empty row,
    where notes stand, any number will do.
    """
    told = re.match(r"sep=(.)\n", text)  # what Excel writes to tell itself
    skipped = 1 if told else 0
    body = text[told.end() :] if told else text
    separator = told[1] if told else separator_of(body[:BEGINNING])
    width = _width(body, separator)
    if not width:
        raise InputError(f"{name} is empty")
    columns = [letters(i) for i in range(width)]
    lead = re.match(r"(?:[^\S\n]*\n)*", body)  # Polars drops empty rows at the beginning
    skipped += lead[0].count("\n") if lead else 0
    raw = body[lead.end() if lead else 0 :].encode()

    def read(cut: bool) -> pl.DataFrame:
        return pl.read_csv(
            raw,
            separator=separator,
            has_header=False,
            schema=dict.fromkeys(columns, pl.String),
            truncate_ragged_lines=cut,
        )

    try:
        frame = read(cut=False)
        ragged = bool((frame.get_column(columns[-1]).is_null() & ~blank_rows(frame)).any())
    except pl.exceptions.ComputeError:
        _refuse_ragged(body, separator, name, 1 if told else 0)
        try:
            frame, ragged = read(cut=True), False
        except pl.exceptions.ComputeError as error:
            first = str(error).partition("\n")[0]
            raise InputError(
                f"{name} cannot be read to its end as CSV: it seems to be cut off or damaged "
                f"({first}). Fetch or save it again"
            ) from None
    if ragged:
        _refuse_ragged(body, separator, name, 1 if told else 0)
    if skipped:
        above = pl.DataFrame({c: pl.Series([None] * skipped, dtype=pl.String) for c in columns})
        frame = above.vstack(frame)
    return frame


def _width(text: str, separator: str) -> int:
    """How many cells the header has: the first row of several, or else the widest at the top."""
    widths = [len(row) for row in islice(_records(text[:BEGINNING], separator), SAMPLE)]
    return next((width for width in widths if width > 1), max(widths, default=0))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _refuse_ragged(text: str, separator: str, name: str, skipped: int) -> None:
    """Raise InputError for the first row of the table that is not as wide as its header."""
    width, last = 0, 0
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=1
        ):
            last = number
            if not any(cell.strip() for cell in row):
                if width:
                    return
            elif not width:
                width = len(row) if len(row) > 1 else 0
            elif len(row) > width:
                raise InputError(
                    f"{name}: row {number + skipped} has {len(row)} cells and the header {width}. "
                    f'Put the text of a cell that holds "{separator}" in quotation marks'
                )
            elif len(row) < width:
                raise InputError(
                    f"{name}: row {number + skipped} has {len(row)} of the header's {width} cells: "
                    "the file seems to be cut off there. Fetch or save it again"
                )
    except csv.Error as error:
        raise InputError(
            f"{name}: row {last + 1 + skipped}: a cell that begins with a quotation mark does not "
            f"end as it should ({error}). The file may be cut off: fetch or save it again"
        ) from None
