"""The forms of the chain's picture: for a page of the site, and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samsyn.cycle.chain.model import Step
from samsyn.publish.letters import across


@dataclass(frozen=True)
class Form:
    """Which steps have a column, and the measures of what stands in them, in pixels.

    `lines` are the most of a title, `notes` of what stands below it.
    """

    steps: tuple[Step, ...] = tuple(Step)
    column: float = 150
    gap: float = 28
    head: float = 34  # of the headings
    size: float = 12.5
    small: float = 11.5
    line: float = 15.5
    padding: float = 8
    apart: float = 12  # between boxes
    lane: float = 10  # what a link takes where it passes a column
    lines: int = 4
    notes: int = 3

    @property
    def width(self) -> float:
        """The width of all columns."""
        return len(self.steps) * (self.column + self.gap) - self.gap

    def left(self, column: int) -> float:
        """Where a column begins."""
        return column * (self.column + self.gap)

    def wrapped(self, text: str, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
        """A text as lines that fit a box; what does not fit is left out and marked so."""
        room = self.column - 2 * self.padding
        found: list[str] = []
        for told in text.split():
            word = told
            joined = f"{found[-1]} {word}" if found else word
            if found and across(joined, size, bold=bold) <= room:
                found[-1] = joined
                continue
            while across(word, size, bold=bold) > room:
                kept = len(word) - 1
                while kept > 1 and across(word[:kept] + "-", size, bold=bold) > room:
                    kept -= 1
                found.append(word[:kept] + "-")
                word = word[kept:]
            found.append(word)
        if len(found) > lines:
            found = found[:lines]
            while found[-1] and across(found[-1] + "…", size, bold=bold) > room:
                found[-1] = found[-1][:-1]
            found[-1] = found[-1].rstrip(" ,.-") + "…"
        return tuple(found) or ("",)


PAGE: Final = Form()
# As wide as the text of an A4 page, with letters that can be read there; evidence and money are
# told of each record in the text.
PAPER: Final = Form(
    steps=(Step.PROBLEM, Step.NEED, Step.GOAL, Step.INTERVENTION, Step.RESULT),
    column=122, gap=20, head=30, size=11.5, small=10.5, line=13.5, padding=6, apart=9, lane=8,
    lines=5, notes=3,
)  # fmt: skip
