"""Workbooks laid out as Statistikdatabasen lays them out, of figures that a test makes up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import xlsxwriter

NOTES = (
    "En anmärkning om tabellen.",
    None,
    "kön:",
    "totalt:",
    "Alla oavsett kön.",
    None,
    "Senaste uppdatering:",
    "20240322 08:00",
    None,
    "Källa:",
    "SCB",
    None,
    "Sort:",
    "antal",
    None,
    "Referenstid:",
    "31 december respektive år",
    None,
    "Intern referenskod:",
    "00000XYZ",
)


def write_export(
    path: Path,
    stub: Mapping[str, Sequence[str]],
    head: Mapping[str, Sequence[str]],
    cells: Mapping[tuple[str, ...], object],
    subject: str = "Folkmängden",
    notes: Sequence[str | None] = NOTES,
    before: Sequence[str] = (),
) -> Path:
    """Write the cells of all combinations; spanned labels stand once; `before` are empty sheets."""
    names = [*stub, *head]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
    book = xlsxwriter.Workbook(str(path))
    for name in before:
        book.add_worksheet(name).write(0, 0, "Läs mig: tabellen är på nästa blad")
    sheet = book.add_worksheet("00000XYZ")
    sheet.write(0, 0, f"{subject} efter {listed}")
    columns = list(product(*head.values()))
    rows = list(product(*stub.values()))
    top = 2
    for level in range(len(head)):
        for i, labels in enumerate(columns):
            last = level == len(head) - 1
            new = i == 0 or columns[i - 1][: level + 1] != labels[: level + 1]
            if new or last:
                sheet.write(top + level, len(stub) + i, labels[level])
    at = top + len(head)
    for j, labels in enumerate(rows):
        for level, label in enumerate(labels):
            new = j == 0 or rows[j - 1][: level + 1] != labels[: level + 1]
            if new or level == len(labels) - 1:
                sheet.write_string(at + j, level, label)
        for i, heading in enumerate(columns):
            cell = cells[(*labels, *heading)]
            if cell is not None:
                sheet.write(at + j, len(stub) + i, cell)
    for k, text in enumerate(notes):
        if text is not None:
            sheet.write(at + len(rows) + 1 + k, 0, text)
    book.close()
    return path
