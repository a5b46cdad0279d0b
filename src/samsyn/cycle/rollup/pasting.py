"""A pasted list of names and organisation numbers, as the organisations that it means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.cycle.network.comparing import plain
from samsyn.cycle.rollup.candidates import Candidate
from samsyn.people.numbers import organisation_number

OF_A_PLACE: Final = frozenset({"municipality", "region"})  # often called by the place alone


@dataclass(frozen=True)
class Pasted:
    """What a list of names and numbers comes to.

    `unknown` are the lines that name no organisation, `several` those that name more than one.
    """

    found: Sequence[Candidate] = ()
    unknown: Sequence[str] = ()
    several: Sequence[str] = ()

    @property
    def left(self) -> str:
        """The lines that nobody was found for, as they can be written again."""
        return "\n".join([*self.unknown, *self.several])


def pasted(text: str, there: Iterable[Candidate]) -> Pasted:
    """The organisations of a list: one on each line, or several with commas or semicolons between.

    Of a line from a spreadsheet it is enough that one of its cells is a name or a number.
    """
    known = _Known(there)
    found: dict[int, Candidate] = {}
    unknown, several = [], []
    for line in known.pieces(text):
        every = [known.called(cell) for cell in line.split("\t")]
        sure = next((one[0] for one in every if len(one) == 1), None)
        if sure is not None:
            found[sure.key] = sure
        elif any(every):
            several.append(line)
        else:
            unknown.append(line)
    return Pasted(list(found.values()), unknown, several)


class _Known:
    """Organisations by what they are called."""

    def __init__(self, there: Iterable[Candidate]) -> None:
        self.by_number: dict[str, list[Candidate]] = defaultdict(list)
        self.by_name: dict[str, list[Candidate]] = defaultdict(list)
        self.by_area: dict[str, list[Candidate]] = defaultdict(list)
        for one in there:
            self.by_number[one.number].append(one)
            self.by_name[plain(one.name)].append(one)
            if one.kind in OF_A_PLACE and not one.part:
                self.by_area[plain(one.area)].append(one)

    def called(self, text: str) -> list[Candidate]:
        """Those of that number or name; of a whole and its parts that share it, the whole."""
        if not text.strip():
            return []
        number, name = organisation_number(text), plain(text)
        if number:
            found = self.by_number.get(number, [])
        else:
            found = self.by_name.get(name) or self.by_area.get(name, [])
        return [one for one in found if not one.part] or found

    def pieces(self, text: str) -> list[str]:
        """The lines of a list; one that is no name itself is broken at its commas."""
        lines = [line.strip() for line in text.splitlines()]
        return [
            piece
            for line in lines
            for part in ([line] if self.called(line) else re.split(r"[;,]", line))
            if (piece := part.strip())
        ]
