"""Where a table begins and ends in its sheet.

A sheet that a statistical office exports has a title above the table, headings in several rows
that span columns, and notes below. A plain table has one row of headings and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[str | None]


@dataclass(frozen=True)
class Layout:
    """The `names` of the columns, and the body's rows from `first` up to `end`."""

    names: list[str]
    first: int
    end: int


def layout_of(rows: Sequence[Row]) -> Layout:
    """Find headings and body among rows, none of them blank.

    Where the first row fills several cells, it is the headings, and all that follows is the body:
    in a plain table a row that lacks cells is a mistake to be told of, not a note. Where it fills
    its first cell alone, it is a title. Headings are then the rows below that leave the first cell
    empty, or else the first row that fills several; trailing rows that fill the first cell alone
    are notes.
    """
    filled = [[i for i, cell in enumerate(row) if (cell or "").strip()] for row in rows]
    if len(rows[0]) < 2 or filled[0] != [0]:
        return Layout(_named([rows[0]]), 1, len(rows))
    several = [i for i, cells in enumerate(filled) if cells != [0]]
    if not several:
        return Layout(_named([rows[0]]), 1, len(rows))
    spanning = []
    for i in several:
        if filled[i][0] == 0:
            break
        spanning.append(rows[i])
    body = several[len(spanning) :]
    if not spanning:
        spanning, body = [rows[several[0]]], several[1:]
    if not body:
        return Layout(_named(spanning), len(rows), len(rows))
    return Layout(_named(spanning), body[0], body[-1] + 1)


def _named(headings: Sequence[Row]) -> list[str]:
    """One name for each column: what its headings say and the others' do not all say as well."""
    width = len(headings[0])
    if len(headings) == 1:
        return [_text(cell) or f"column {i}" for i, cell in enumerate(headings[0], start=1)]
    parts = [_spread(row) for row in headings]
    telling = [row for row in parts if len({cell for cell in row if cell}) > 1] or parts[-1:]
    names = []
    for i in range(width):
        said = dict.fromkeys(row[i] for row in telling if row[i])
        names.append(" ".join(said) or f"column {i + 1}")
    return names


def _spread(row: Row) -> list[str]:
    """A heading that spans columns stands in the first of them: give it to the others too."""
    spread, last = [], ""
    for cell in row:
        last = _text(cell) or last
        spread.append(last)
    return spread


def _text(cell: str | None) -> str:
    return (cell or "").strip()
