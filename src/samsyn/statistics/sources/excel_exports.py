"""Excel exports of Statistikdatabasen, as they come."""

from __future__ import annotations

import polars as pl

from samsyn.statistics.sources.export_layout import is_laid_out, take_apart
from samsyn.statistics.sources.footnotes import CODE
from samsyn.statistics.sources.forms import Cube, Material
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings

LICENCES = {"SCB": "CC0"}


def recognises(file: Opened) -> bool | str:
    """Whether a sheet of a workbook is laid out as an export."""
    if not file.is_excel:
        return False
    answers = {sheet: is_laid_out(file.sheet(sheet)) for sheet in file.sheets}
    if any(answer is True for answer in answers.values()):
        return True
    return "; ".join(f'sheet "{sheet}": {answer}' for sheet, answer in answers.items())


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """A cube of each sheet that is laid out as an export."""
    return [
        export_cube(file, file.sheet(sheet), settings, sheet)
        for sheet in file.sheets
        if is_laid_out(file.sheet(sheet)) is True
    ]


def export_cube(
    file: Opened, cells: pl.DataFrame, settings: FileSettings, sheet: str | None
) -> Cube:
    """The cube of cells that are laid out as an export, from a sheet or from a text file."""
    several = sheet is not None and len(file.sheets) > 1
    name = f'{file.name}, sheet "{sheet}"' if several else file.name
    table = take_apart(cells, name, typed=sheet is not None, period=settings.period)
    notes = table.footnotes
    named = sheet if sheet is not None and CODE.match(sheet) and sheet[0].isdigit() else None
    return Cube(
        table.frame,
        table.dimensions,
        table.roles,
        file.provenance(
            settings,
            origin=notes.source,
            table=notes.code or named,
            title=table.title,
            sheet=sheet,
            updated=notes.updated,
            notes=notes.notes,
            usual_licence=LICENCES.get(notes.source or ""),
        ),
        notes.units,
    )
