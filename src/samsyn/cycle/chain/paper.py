"""The picture of the chain for a page of paper: of many records, those that can be read there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from samsyn.cycle.chain.drawn import printed, words
from samsyn.cycle.chain.form import PAPER
from samsyn.cycle.chain.layout import Layout, layout, told
from samsyn.cycle.chain.model import Branch, Chain, Step, branches

TALLEST: Final = 760  # pixels: of an A4 page, with the caption below
LOWER: Final = 0.85  # what is tried next where a picture came out higher than that


@dataclass(frozen=True)
class Sheet:
    """What is in the picture, and how many records of each column are not."""

    layout: Layout
    left_out: tuple[int, ...]

    @property
    def shown(self) -> int:
        """How many records are in the picture."""
        return len(self.layout.boxes)

    def svg(self, name: str, described: str, empty: str) -> str:
        """The picture; `empty` stands in a column without records."""
        return printed(self.layout, name, described, empty, self.left_out)


def of_paper(chain: Chain) -> Chain:
    """The part of a chain that a plan draws."""
    return chain.only(key for key, node in chain.nodes.items() if node.step in PAPER.steps)


def sheet(chain: Chain) -> Sheet:
    """The chain of a plan as it fits a page: thread by thread, as long as there is room."""
    whole = of_paper(chain)
    room = float(TALLEST)
    while True:
        part = whole.only(_fitting(whole, room))
        made = layout(part, words(), PAPER)
        if made.height <= TALLEST or len(part.nodes) <= len(PAPER.steps):
            break
        room *= LOWER
    counts = (len(whole.at(step)) - len(part.at(step)) for step in PAPER.steps)
    return Sheet(made, tuple(counts))


def _fitting(chain: Chain, room: float) -> Iterator[str]:
    """The records of the threads for which the columns have room.

    A thread that is larger than a page is shown as far as it goes.
    """
    empty = dict.fromkeys(PAPER.steps, PAPER.head)
    taken, there = dict(empty), set[str]()
    for one in branches(chain):
        thread = [key for key in dict.fromkeys(_keys(one)) if key not in there]
        there.update(thread)
        fits, filled = _filled(chain, thread, taken, room)
        if len(fits) < len(thread) and len(_filled(chain, thread, empty, room)[0]) == len(thread):
            continue
        taken = filled
        yield from fits


def _filled(
    chain: Chain, keys: Iterable[str], taken: Mapping[Step, float], room: float
) -> tuple[list[str], dict[Step, float]]:
    """Those of some records that columns filled so far have room for, and how far they are then."""
    found, filled = [], dict(taken)
    for key in keys:
        node = chain.nodes[key]
        texts = told(node, chain.lacks.get(key, ()), words(), PAPER)
        low = filled[node.step] + texts.height(PAPER) + PAPER.apart
        if low <= room:
            filled[node.step] = low
            found.append(key)
    return found, filled


def _keys(branch: Branch) -> Iterator[str]:
    """The records of a thread, from where it begins."""
    yield branch.node.key
    for one in branch.branches:
        yield from _keys(one)
