"""Tables: a repeated row of headings, rows that stay whole, and words for whoever hears them."""

from __future__ import annotations

from typing import Final

from samsyn.publish.reports.figures import Drawing
from samsyn.publish.reports.report import Cell, Column, Picture, Swatch, Table
from samsyn.publish.reports.word import columns, pictures
from samsyn.publish.reports.word.draft import Draft
from samsyn.publish.reports.word.elements import Element, paragraph, run, w
from samsyn.publish.reports.word.styles import CELL_SIDE, DENSE_LETTERS, SOFT, TABLE_LETTERS
from samsyn.publish.reports.word.template import WIDTH
from samsyn.publish.texts import Texts, listed, said

SHORT: Final = 12  # rows that a table may have to be held on one page
TEXTS: Final[Texts] = {
    "description": {
        "sv": "Tabell med {rows} rader. Kolumner: {columns}.",
        "en": "Table of {rows} rows. Columns: {columns}.",
    },
}


def table(draft: Draft, block: Table) -> Element:
    """The table by itself, without its caption and note."""
    dense = "Dense" if block.dense else ""
    size = DENSE_LETTERS if block.dense else TABLE_LETTERS
    widths = columns.widths(block, WIDTH, size, 2 * CELL_SIDE)
    together = len(block.rows) <= SHORT
    last = len(block.rows) - 1
    return w(
        "tbl",
        _properties(draft, block, f"Report{dense}Table"),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        _headings(block.columns, widths, dense),
        *(
            _row(
                draft, row, block.columns, widths, dense,
                keep=together and (at < last or bool(block.note)),
            )
            for at, row in enumerate(block.rows)
        ),
    )  # fmt: skip


def _properties(draft: Draft, block: Table, style: str) -> Element:
    columns = listed([column.heading for column in block.columns if column.heading], draft.language)
    description = said(TEXTS, "description", draft.language, rows=len(block.rows), columns=columns)
    return w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=WIDTH, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1,
          noVBand=1),
        w("tblCaption", val=block.caption),
        w("tblDescription", val=description),
    )  # fmt: skip


def _headings(across: tuple[Column, ...], widths: list[int], dense: str) -> Element:
    cells = [
        _cell(width, "bottom", paragraph(
            f"Table{dense}Heading{'Number' if column.align == 'right' else ''}",
            run(column.heading),
        ))
        for column, width in zip(across, widths, strict=True)
    ]  # fmt: skip
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(
    draft: Draft, row: tuple[Cell, ...], across: tuple[Column, ...], widths: list[int],
    dense: str, *, keep: bool,
) -> Element:  # fmt: skip
    cells = [
        _cell(width, "center", paragraph(
            f"Table{dense}{'Number' if column.align == 'right' else 'Text'}",
            *_content(draft, cell),
            keep=keep,
        ))
        for cell, column, width in zip(row, across, widths, strict=True)
    ]  # fmt: skip
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(width: int, at: str, content: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val=at)), content)


def _content(draft: Draft, cell: Cell) -> list[Element]:
    if isinstance(cell, Swatch):
        fill = cell.colour.removeprefix("#").upper()
        # Spaces with a ground: a square among the letters would be read out as one.
        form = w(
            "rPr",
            w("bdr", val="single", sz=2, space=0, color=SOFT),
            w("shd", val="clear", color="auto", fill=fill),
        )
        square = w("r", form, *run("\u00a0\u00a0\u00a0"))
        return [square, run(f" {cell.text}")]
    if isinstance(cell, Picture):
        return [pictures.small(draft, Drawing(cell.svg, cell.width, cell.height), cell.alt)]
    return [draft.inline(cell)]
