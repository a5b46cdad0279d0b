"""A list as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from samsyn.people.excel.columns import Column

# What a spreadsheet would take for a formula at the start of a text; and a text that begins as if
# it had been guarded already, so that what is read back is what was written.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
BOM: Final = "\ufeff"


def as_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The list as CSV, titles first."""
    titles = [one.title for one in columns]
    return csv_of([titles, *([row.get(one.name) for one in columns] for row in rows)])


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows in UTF-8 with the mark that Excel needs, commas between.

    A text that a spreadsheet would run gets an apostrophe before it, which is taken away again
    when the file is read; numbers stay numbers.
    """
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerows([_guarded(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def _guarded(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
