"""A list as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from samsyn.people.excel.columns import Column

# What a spreadsheet would take for a formula at the start of a text.
FORMULA: Final = re.compile(r"[=+\-@\t\r]")
BOM: Final = "\ufeff"


def as_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The list in UTF-8 with the mark that Excel needs, titles first, commas between.

    A text that a spreadsheet would run gets an apostrophe before it, which is taken away again
    when the file is read; numbers stay numbers.
    """
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([one.title for one in columns])
    for row in rows:
        lines.writerow([_guarded(row.get(one.name)) for one in columns])
    return (BOM + out.getvalue()).encode()


def _guarded(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
