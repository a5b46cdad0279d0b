"""Tables as people keep them: CSV in any of its dialects, Excel and Parquet, read into Polars.

Separator, encoding and decimal mark are found in the file itself. Cells of CSV and Excel stay
text until someone asks for numbers, so that a code keeps its leading zeros and a cell that is no
number can be named by its row in the file, its column and its text.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.headers import layout_of

SEPARATORS = ";\t,|"
SAMPLE = 200  # rows that the separator is found from

# Thousands may be set off by any kind of space, also those that do not break the line.
SPACED = r"^[-+]?\d{1,3}(?:[\s']\d{3})+(?:[.,]\d+)?$"
# One comma before three digits can be either mark: 1,234.
EITHER = r"^[-+]?[1-9]\d{0,2},\d{3}$"
DECIMAL_COMMA = r"^[-+]?\d*,\d+$|^[-+]?\d{1,3}(?:\.\d{3})+,\d+$"
DECIMAL_POINT = r"^[-+]?\d*\.\d+$|^[-+]?\d{1,3}(?:,\d{3})+\.\d+$|^[-+]?\d{1,3}(?:,\d{3}){2,}$"
GROUPED = {".": r"^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$", ",": r"^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$"}
PLAIN = {".": r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$", ",": r"^[-+]?(?:\d+,?\d*|,\d+)$"}
NUMERALS = r"^[-+]?[\d.,]*\d[\d.,]*$"
MISSING = ["", ".", "..", "...", "-", "–", "NA", "N/A", "n/a", "nan", "NaN", "null", "NULL", "None"]


@dataclass(frozen=True)
class SourceTable:
    """A table as it lies in its file.

    `rows` holds the row number of each record in the file, where the first row is 1; a Parquet
    file has no rows to look up, and its records are numbered from 1. In a `typed` table the cells
    that are numbers in the file are text with a decimal point, whatever the others have.
    """

    frame: pl.DataFrame
    name: str
    rows: pl.Series
    twice: frozenset[str] = frozenset()
    typed: bool = False

    def require(self, columns: Sequence[str]) -> None:
        """Raise InputError for the first of the columns that is not there, or there twice."""
        for asked in columns:
            column, _ = self._beginning(asked)
            if column in self.twice:
                raise InputError(f'{self.name} has two columns named "{column}": rename one')
            if column not in self.frame.columns:
                there = ", ".join(self.frame.columns)
                raise InputError(f'{self.name} has no column "{column}". Its columns are: {there}')

    def texts(self, column: str) -> pl.Series:
        """A column of names or codes as text, with None where a cell is empty.

        "code:4" is the first four characters of the column "code", as when the code of a small
        area begins with that of its municipality.
        """
        self.require([column])
        source, length = self._beginning(column)
        values = self.frame.get_column(source).alias(column)
        if values.dtype.is_float() and (values == values.floor()).all():
            values = values.cast(pl.Int64)
        values = values.cast(pl.String).str.strip_chars()
        if length is not None:
            values = values.str.slice(0, length)
        return values.replace("", None)

    def _beginning(self, column: str) -> tuple[str, int | None]:
        """The column that is meant, and how many of its first characters; None for all."""
        found = re.fullmatch(r"(.+):([1-9]\d*)", column)
        if column in self.frame.columns or found is None or found[1] not in self.frame.columns:
            return column, None
        return found[1], int(found[2])

    def names(self, column: str) -> pl.Series:
        """A column of names or codes as text, of which none may be empty."""
        values = self.texts(column)
        if values.null_count():
            row = self.rows[int(values.is_null().arg_max() or 0)]
            raise InputError(
                f'{self.name}: row {row} has nothing in column "{column}". '
                "Fill it in or take the row away"
            )
        return values

    def numbers(
        self, columns: Sequence[str], decimal: str | None = None, *, negative: bool = True
    ) -> pl.DataFrame:
        """The columns as numbers, none of them missing, and none below 0 unless `negative`.

        `decimal` is the decimal mark, "." or ","; None finds it in the cells. Raises InputError
        that names the row, the column and the text of the first cell that is no number.
        """
        self.require(columns)
        texts = {
            column: trimmed(self.frame.get_column(column))
            for column in columns
            if not self.frame.schema[column].is_numeric()
        }
        written = [
            s.filter(~s.str.contains(PLAIN["."])) if self.typed else s for s in texts.values()
        ]
        mark = decimal or self._decimal_mark(written)
        found = {}
        for column in columns:
            given = self.frame.get_column(column)
            if column not in texts:
                numbers = given.cast(pl.Float64)
            elif self.typed:
                numbers = _pointed(texts[column]).fill_null(parsed(texts[column], mark))
            else:
                numbers = parsed(texts[column], mark)
            bad = numbers.is_null() | numbers.is_nan() | numbers.is_infinite()
            if not negative:
                bad |= numbers < 0
            if bad.any():
                raise self._bad_cell(column, int(bad.arg_max() or 0))
            found[column] = numbers
        return pl.DataFrame(found)

    def _bad_cell(self, column: str, at: int) -> InputError:
        where = f'{self.name}: row {self.rows[at]}, column "{column}"'
        value = self.frame.get_column(column)[at]
        text = "" if value is None else str(value).strip()
        if text in MISSING:
            said = f'"{text}"' if text else "an empty cell"
            return InputError(
                f"{where} has no value ({said}), and a missing value is not 0. "
                "Write the number, 0 where it is none, or take the row away"
            )
        if re.match(r"^[-−]\s*\d", text):
            return InputError(f'{where} is "{text}": a count cannot be negative')
        odd = " with the decimal mark of the others" if re.match(NUMERALS, text) else ""
        return InputError(f'{where} is "{text}", which is not a number{odd}')

    def _decimal_mark(self, columns: Sequence[pl.Series]) -> str:
        """The decimal mark of the cells: what one cell leaves open, another settles."""
        either = [s.filter(s.str.contains(EITHER)) for s in columns]
        if any((s.str.contains(DECIMAL_COMMA) & ~s.str.contains(EITHER)).any() for s in columns):
            return ","
        if any(s.str.contains(DECIMAL_POINT).any() for s in columns):
            return "."
        first = next((s for s in either if len(s)), None)
        if first is None:
            return "."
        raise InputError(
            f'{self.name}: "{first[0]}" in column "{first.name}" can be a whole number with '
            "thousands or one with decimals, and no other cell settles it. "
            "Say which with --decimal ',' or --decimal '.'"
        )


def read_table(path: str | Path, sheet: str | None = None) -> SourceTable:
    """Read a CSV, Excel or Parquet file; `sheet` names an Excel sheet, the first by default.

    Raises InputError where the file is absent, empty or not what its name says.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"There is no file {path}")
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file in it")
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    suffix = path.suffix.lower()
    excel = suffix in {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
    if sheet is not None and not excel:
        raise InputError(f"{path.name} is not an Excel file: a sheet cannot be chosen in it")
    if head.startswith(b"PAR1"):
        return _read_parquet(path)
    if excel:
        return _read_excel(path, sheet)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(
            f"{path.name} is not text: if it is an Excel file, let its name end in .xlsx or .xls"
        )
    if suffix in {".parquet", ".pq"}:
        raise InputError(f"{path.name} is not a Parquet file, though its name says so")
    return _read_csv(path)


def _read_parquet(path: Path) -> SourceTable:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path.name} cannot be read as Parquet: {error}") from None
    rows = pl.int_range(1, frame.height + 1, eager=True)
    return SourceTable(frame, path.name, rows)


def _read_excel(path: Path, sheet: str | None) -> SourceTable:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise InputError(f"{path.name} cannot be read as Excel: {error}") from None
    if sheet is not None and sheet not in book.sheet_names:
        there = ", ".join(book.sheet_names)
        raise InputError(f'{path.name} has no sheet "{sheet}". Its sheets are: {there}')
    cells = book.load_sheet(sheet or 0, header_row=None, dtypes="string").to_polars()
    return replace(_with_header(cells, path.name), typed=True)


def _read_csv(path: Path) -> SourceTable:
    text = decoded(path.read_bytes(), path.name)
    skipped = 0
    told = re.match(r"sep=(.)\r?\n", text)  # what Excel writes to tell itself
    if told:
        text, skipped = text[told.end() :], 1
    blank = re.match(r"(?:[^\S\n]*\n)*", text)
    if blank:
        text, skipped = text[blank.end() :], skipped + blank[0].count("\n")
    if not text.strip():
        raise InputError(f"{path.name} is empty")
    separator = told[1] if told else separator_of(text)
    width, widest = _width(text, separator)
    if widest and widest[1] > width:
        raise InputError(
            f"{path.name}: row {widest[0] + skipped} has {widest[1]} cells and the header {width}. "
            f'Put the text of a cell that holds "{separator}" in quotation marks'
        )
    cells = pl.read_csv(
        text.encode(),
        separator=separator,
        has_header=False,
        schema={f"column_{i}": pl.String for i in range(width)},
        truncate_ragged_lines=True,
    )
    return _with_header(cells, path.name, skipped)


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8 or UTF-16, or else in the Latin-1 that Windows writes."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\0" in raw[:4096]:
        raise InputError(f"{name} is not a text file: samsyn reads CSV, Excel and Parquet")
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def separator_of(text: str) -> str:
    """What stands between the cells: that which splits most rows as it splits the header."""

    def fit(separator: str) -> tuple[bool, float, int]:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        widths = [len(row) for row in islice(rows, SAMPLE) if any(row)]
        alike = sum(width == widths[0] for width in widths) / max(len(widths), 1)
        return widths[0] > 1 if widths else False, alike, widths[0] if widths else 0

    return max(SEPARATORS, key=fit)


def _width(text: str, separator: str) -> tuple[int, tuple[int, int] | None]:
    """Cells in the header, and the row and width of the first row that has more.

    A row of a single cell above the header is a title.
    """
    header = 0
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
        if not any(cell.strip() for cell in row):
            continue
        if header <= 1:
            header = len(row)
        elif len(row) > header and any(cell.strip() for cell in row[header:]):
            return header, (number, len(row))
    return header, None


def _with_header(cells: pl.DataFrame, name: str, skipped: int = 0) -> SourceTable:
    """The table within its sheet, without blank rows; see `headers`."""
    rows = pl.int_range(1 + skipped, cells.height + 1 + skipped, eager=True)
    blank = cells.select(
        pl.all_horizontal(pl.all().is_null() | (pl.all().str.strip_chars() == ""))
    ).to_series()
    cells, rows = cells.filter(~blank), rows.filter(~blank)
    if not cells.height:
        raise InputError(f"{name} is empty")
    layout = layout_of(cells.rows())
    if layout.first >= layout.end:
        raise InputError(f"{name} has no rows below its header")
    names: list[str] = []
    twice = set()
    for position, label in enumerate(layout.names, start=1):
        if label in names:
            twice.add(label)
        names.append(f"{label} (column {position})" if label in names else label)
    cells.columns = names
    body = slice(layout.first, layout.end)
    return SourceTable(cells[body], name, rows[body], frozenset(twice))


def trimmed(texts: pl.Series) -> pl.Series:
    """Cells without outer spaces, the spaces between thousands, and typographic minus signs."""
    texts = texts.cast(pl.String).str.strip_chars().str.replace("−", "-", literal=True)
    frame = pl.select(
        pl.when(texts.str.contains(SPACED))
        .then(texts.str.replace_all(r"[\s']", ""))
        .otherwise(texts)
    )
    return frame.to_series().alias(texts.name)


def _pointed(texts: pl.Series) -> pl.Series:
    """Numbers as a program writes them, null where the text is none."""
    plain = pl.when(texts.str.contains(PLAIN["."])).then(texts)
    return pl.select(plain.cast(pl.Float64, strict=False)).to_series()


def parsed(texts: pl.Series, mark: str) -> pl.Series:
    """Numbers written with the decimal mark, null where the text is none."""
    other = "," if mark == "." else "."
    plain = (
        pl.when(texts.str.contains(GROUPED[mark]))
        .then(texts.str.replace_all(other, "", literal=True))
        .otherwise(texts)
    )
    return pl.select(
        pl.when(plain.str.contains(PLAIN[mark]))
        .then(plain.str.replace(mark, ".", literal=True))
        .cast(pl.Float64, strict=False)
    ).to_series()
