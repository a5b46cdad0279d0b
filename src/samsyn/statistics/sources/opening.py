"""A file that lies open for the readers: each looks at the same bytes, text and sheets.

A reader is a module with two functions. `recognises(file)` looks at the content, cheaply, and
answers True, or in a few words why it is not one of its files. `read(file, settings)` hands on
what is in it, and raises InputError where it cannot.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.cells import cells_of, letters
from samsyn.statistics.sources.forms import Material, Provenance
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.tables import decoded

HEAD = 4096
EXCEL = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNTOLD = "not told"  # the origin of what neither its file nor samsyn.toml says


class Reader(Protocol):
    """What knows one origin's format."""

    def recognises(self, file: Opened) -> bool | str:
        """True where the file is one of its own, or else a few words that say why not."""

    def read(self, file: Opened, settings: FileSettings) -> list[Material]:
        """What is in the file. Raises InputError where it cannot be read as it should."""


@dataclass(frozen=True)
class Opened:
    """A file under its `name` relative to the folder that was read, as messages call it.

    `head` is its first bytes, `sha256` the checksum of all of it, `modified` when it was last
    changed (ISO 8601, UTC). What is asked for more than once is read once.
    """

    path: Path
    name: str
    suffix: str
    size: int
    head: bytes
    sha256: str
    modified: str
    _sheets: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """The whole file as text: UTF-8 or UTF-16, or else Windows' Latin-1.

        Lines end in a line feed alone. Raises InputError where the file is not text.
        """
        text = decoded(self.path.read_bytes(), self.name)
        return re.sub(r"\r+\n|\r", "\n", text) if "\r" in text else text

    @cached_property
    def cells(self) -> pl.DataFrame:
        """A text file's cells, see `cells_of`. Raises InputError where it is cut off or ragged."""
        return cells_of(self.text, self.name)

    @cached_property
    def json(self) -> Any:
        """The file as JSON. Raises InputError that says where it stops being JSON."""
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            cut = error.pos >= len(self.text.rstrip()) - 1 or error.msg.startswith("Unterminated")
            why = "the file seems to be cut off" if cut else "the file is not whole JSON"
            raise InputError(
                f"{self.name}: {why} ({error.msg}, row {error.lineno}, character {error.colno}). "
                "Fetch or save it again"
            ) from None

    @property
    def is_excel(self) -> bool:
        """Whether it is an Excel workbook by its first bytes and its name."""
        return self.suffix in EXCEL and self.head.startswith((ZIPPED, COMPOUND))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is an SQLite database (a GeoPackage is one too)."""
        return self.head.startswith(b"SQLite format 3\0")

    @property
    def is_parquet(self) -> bool:
        """Whether it is a Parquet file."""
        return self.head.startswith(b"PAR1")

    @property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or list."""
        return self.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}

    @property
    def is_text(self) -> bool:
        """Whether its first bytes are text."""
        binary = b"\0" in self.head and not self.head.startswith((b"\xff\xfe", b"\xfe\xff"))
        return bool(self.head.strip()) and not binary

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of a workbook's sheets. Raises InputError where it cannot be opened."""
        return tuple(self._book.sheet_names)

    @cached_property
    def _book(self) -> Any:
        import fastexcel

        try:
            return fastexcel.read_excel(self.path)
        except fastexcel.FastExcelError as error:
            raise InputError(
                f"{self.name} cannot be read as Excel: the file seems to be cut off or damaged "
                f"({_first_line(error)}). Fetch or save it again"
            ) from None

    def sheet(self, name: str) -> pl.DataFrame:
        """A sheet's cells as text, null where empty, from the first row of the sheet on.

        The columns are named by their letters in Excel, so that record i is row i + 1 and a cell
        that is wrong can be found.
        """
        if name not in self._sheets:
            import fastexcel

            try:
                cells = self._book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
                frame = cells.to_polars()
            except fastexcel.FastExcelError as error:
                raise InputError(
                    f'{self.name}: sheet "{name}" cannot be read: the file seems to be cut off or '
                    f"damaged ({_first_line(error)}). Fetch or save it again"
                ) from None
            frame.columns = [letters(c.absolute_index) for c in cells.selected_columns]
            self._sheets[name] = frame
        return self._sheets[name]

    def provenance(self, settings: FileSettings, **found: Any) -> Provenance:
        """What is known of the file: `found` in it, written when it was fetched, or set.

        What the file tells of itself goes before what was written beside it, and that before
        samsyn.toml; but a licence is a decision, and there samsyn.toml goes first.
        """
        beside = settings.fetched
        told = {name: value for name, value in found.items() if value is not None}
        usual = told.pop("usual_licence", None)
        return Provenance(
            **{
                "origin": beside.get("origin") or settings.publisher or UNTOLD,
                "file": self.name,
                "sha256": self.sha256,
                "table": beside.get("table") or settings.table,
                "title": beside.get("title"),
                "updated": beside.get("updated"),
                "retrieved": beside.get("retrieved") or self.modified,
                "address": beside.get("address"),
                **told,
                "licence": settings.licence
                or told.get("licence")
                or beside.get("licence")
                or usual,
            }
        )


def opened(path: Path, name: str | None = None) -> Opened:
    """Open a file. Raises InputError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            checksum = hashlib.file_digest(stream, "sha256").hexdigest()
            about = os.fstat(stream.fileno())
    except OSError as error:
        raise InputError(f"{name or path.name} cannot be read: {error.strerror}") from None
    changed = datetime.fromtimestamp(about.st_mtime, tz=UTC)
    return Opened(
        path,
        name or path.name,
        path.suffix.lower(),
        about.st_size,
        head,
        checksum,
        changed.isoformat(timespec="seconds"),
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
