"""How wide the columns of a table are, so that no word in them is broken that need not be."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from samsyn.publish.reports.report import Cell, Column, Picture, Swatch, Table, plain

LETTER: Final = 0.54  # how wide a letter is, of its size: bold ones and capitals among them
# Letters of a word that is given room: longer ones are addresses and the like.
LONGEST: Final = (18, 16, 14, 12, 10, 8)
PIXEL: Final = 15  # twips
_BETWEEN: Final = re.compile(r"[ \n\t]+|(?<=[-–/])")  # where a line may end; not at hard spaces


def widths(table: Table, across: int, size: float, padding: int) -> list[int]:
    """The columns in twips, together `across`: as asked, but that words have room.

    `size` is that of the letters in points, `padding` what a cell has beside its words. Where not
    all words have room, the longest go without first.
    """
    asked = _shared(across, [column.width for column in table.columns])
    for longest in LONGEST:
        needed = [
            _needed(column, [row[at] for row in table.rows], size, padding, longest)
            for at, column in enumerate(table.columns)
        ]
        if sum(needed) <= across:
            return _twips(_widened(asked, needed, across))
    return _twips(asked)


def _widened(asked: list[float], needed: list[float], across: float) -> list[float]:
    """Columns as asked but no less than needed: the others give what that takes."""
    found = asked
    fixed: set[int] = set()
    while short := {at for at, width in enumerate(found) if width < needed[at] - 1e-6} - fixed:
        fixed |= short
        left = across - sum(needed[at] for at in fixed)
        free = [at for at in range(len(found)) if at not in fixed]
        parts = dict(zip(free, _shared(left, [asked[at] for at in free]), strict=True))
        found = [needed[at] if at in fixed else parts[at] for at in range(len(found))]
    return found


def _needed(column: Column, cells: list[Cell], size: float, padding: int, longest: int) -> float:
    """What the longest word or picture of a column takes."""
    texts = [column.heading, *(plain(cell) for cell in cells if not isinstance(cell, Picture))]
    words = max(min(len(word), longest) for text in texts for word in _BETWEEN.split(text))
    square = 3 if any(isinstance(cell, Swatch) for cell in cells) else 0
    pictures = max((cell.width for cell in cells if isinstance(cell, Picture)), default=0)
    return padding + max((words + square) * size * 20 * LETTER, pictures * PIXEL)


def _shared(across: float, parts: list[float]) -> list[float]:
    return [across * part / sum(parts) for part in parts]


def _twips(found: list[float]) -> list[int]:
    """Whole numbers with the same sum: the ends of columns are rounded, not their widths."""
    ends = [0.0]
    for width in found:
        ends.append(ends[-1] + width)
    return [round(end) - round(start) for start, end in pairwise(ends)]
