"""Where the records of the chain stand in its picture: a column for each step, links between.

A link over several columns passes between the boxes of those that it crosses. The order in a column
is such that few links cross, found by looking at the neighbours a few times over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.cycle.chain.model import FORWARD, ORDER, Chain, Lack, Node, Step
from samsyn.publish.letters import across

COLUMN, GAP = 150, 28  # pixels across
HEAD: Final = 34  # of the headings
SIZE, SMALL, LINE = 12.5, 11.5, 15.5
PADDING: Final = 8
APART: Final = 12  # between boxes
LANE: Final = 10  # what a link takes where it passes a column
LINES: Final = 4  # of a title
ROUNDS: Final = 6
WIDTH: Final = len(Step) * COLUMN + (len(Step) - 1) * GAP


@dataclass(frozen=True)
class Box:
    """A record in the picture, with its texts as lines."""

    node: Node
    x: float
    y: float
    height: float
    title: tuple[str, ...]
    note: tuple[str, ...]
    lacks: tuple[tuple[Lack, tuple[str, ...]], ...]

    @property
    def middle(self) -> float:
        """Where links meet it."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """A link through its points, from the right of a box to the left of another."""

    first: str
    second: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    empty: tuple[Step, ...]

    def left_of(self, step: Step) -> float:
        """Where the column of a step begins."""
        return left(ORDER[step])


def left(column: int) -> float:
    """Where a column begins."""
    return column * (COLUMN + GAP)


def wrapped(text: str, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """A text as lines that fit a box; what does not fit is left out and marked so."""
    room = COLUMN - 2 * PADDING
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


def layout(chain: Chain, words: Mapping[Lack, str]) -> Layout:
    """Where everything stands; `words` say what is lacking."""
    columns, links = _columns(chain)
    _order(columns, links)
    texts = {key: _texts(node, chain.lacks.get(key, ()), words) for key, node in
             chain.nodes.items()}  # fmt: skip
    heights = {
        name: _height(texts[name]) if name in texts else LANE
        for column in columns
        for name in column
    }
    tops = _placed(columns, links, heights)
    boxes = tuple(
        Box(node, left(ORDER[node.step]), tops[key], heights[key], *texts[key])
        for key, node in chain.nodes.items()
    )
    bottom = max((one.y + one.height for one in boxes), default=HEAD + LINE)
    at = {key: ORDER[node.step] for key, node in chain.nodes.items()}
    lines = tuple(_line(pair, at, tops, heights) for pair in sorted(chain.links))
    low = max((y for line in lines for _x, y in line.points), default=0.0)
    empty = tuple(step for step in Step if not chain.at(step))
    return Layout(WIDTH, max(bottom, low) + PADDING, boxes, lines, empty)


def _texts(
    node: Node, lacks: Sequence[Lack], words: Mapping[Lack, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[Lack, tuple[str, ...]], ...]]:
    note = wrapped(node.note, SMALL, 3) if node.note else ()
    told = tuple((lack, wrapped(words[lack], SMALL, 2, bold=True)) for lack in lacks)
    return wrapped(node.title, SIZE, LINES, bold=True), note, told


def _height(
    texts: tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[Lack, tuple[str, ...]], ...]],
) -> float:
    title, note, lacks = texts
    lines = len(title) + len(note) + sum(len(told) for _lack, told in lacks)
    return lines * LINE + 2 * PADDING + (4 if lacks else 0)


def lane(first: str, second: str, column: int) -> str:
    """The name of the place that a link takes in a column that it passes."""
    return f"{first}>{second}@{column}"


def _columns(chain: Chain) -> tuple[list[list[str]], list[tuple[str, str]]]:
    """What stands in each column, with lanes for links that pass it, and the short links."""
    columns: list[list[str]] = [[] for _step in Step]
    for key, node in chain.nodes.items():
        columns[ORDER[node.step]].append(key)
    short = []
    for first, second in sorted(chain.links):
        begins, ends = (ORDER[chain.nodes[one].step] for one in (first, second))
        last = first
        for column in range(begins + 1, ends):
            name = lane(first, second, column)
            columns[column].append(name)
            short.append((last, name))
            last = name
        short.append((last, second))
    return columns, short


def _order(columns: list[list[str]], links: list[tuple[str, str]]) -> None:
    """Put each column in the order of the means of its neighbours, back and forth."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for first, second in links:
        after.setdefault(first, []).append(second)
        before.setdefault(second, []).append(first)
    for turn in range(ROUNDS):
        forward = turn % 2 == 0
        beside = before if forward else after
        at = range(len(columns)) if forward else range(len(columns) - 1, -1, -1)
        for column in at:
            rank = {
                name: place / max(1, len(there) - 1)
                for there in columns
                for place, name in enumerate(there)
            }
            columns[column].sort(key=lambda name: _mean(name, beside, rank))


def _mean(name: str, beside: dict[str, list[str]], rank: dict[str, float]) -> float:
    others = beside.get(name)
    if not others:
        return rank[name]
    return sum(rank[one] for one in others) / len(others)


def _placed(
    columns: list[list[str]], links: list[tuple[str, str]], heights: dict[str, float]
) -> dict[str, float]:
    """The top of each: as near the middle of its neighbours as the others leave room for."""
    beside: dict[str, list[str]] = {}
    for first, second in links:
        beside.setdefault(first, []).append(second)
        beside.setdefault(second, []).append(first)
    tops: dict[str, float] = {}
    for column in columns:
        y = float(HEAD)
        for name in column:
            tops[name] = y
            y += heights[name] + APART
    for _turn in range(ROUNDS):
        for column in columns:
            wanted = []
            for name in column:
                others = beside.get(name)
                middle = (
                    sum(tops[one] + heights[one] / 2 for one in others) / len(others)
                    if others
                    else tops[name] + heights[name] / 2
                )
                wanted.append(middle - heights[name] / 2)
            _spread(column, wanted, heights, tops)
    return tops


def _spread(
    column: list[str], wanted: list[float], heights: dict[str, float], tops: dict[str, float]
) -> None:
    """Give each of a column its place near the wanted one, in order and apart.

    Those that would lie on each other are taken together and moved to the mean of what they want.
    """
    groups: list[tuple[list[int], float]] = []  # the members, and the top of the first
    for at in range(len(column)):
        members, top = [at], max(float(HEAD), wanted[at])
        while groups and groups[-1][1] + _tall(groups[-1][0], column, heights) > top:
            members = groups.pop()[0] + members
            offset, shifts = 0.0, []
            for one in members:
                shifts.append(wanted[one] - offset)
                offset += heights[column[one]] + APART
            top = max(float(HEAD), sum(shifts) / len(shifts))
        groups.append((members, top))
    for members, top in groups:
        y = top
        for one in members:
            tops[column[one]] = y
            y += heights[column[one]] + APART


def _tall(members: list[int], column: list[str], heights: dict[str, float]) -> float:
    return sum(heights[column[one]] + APART for one in members)


def _line(
    pair: tuple[str, str],
    at: dict[str, int],
    tops: dict[str, float],
    heights: dict[str, float],
) -> Line:
    first, second = pair
    begins, ends = at[first], at[second]
    points = [(left(begins) + COLUMN, tops[first] + heights[first] / 2)]
    for column in range(begins + 1, ends):
        y = tops[lane(first, second, column)] + LANE / 2
        points += [(left(column), y), (left(column) + COLUMN, y)]
    points.append((left(ends), tops[second] + heights[second] / 2))
    return Line(first, second, tuple(points))


def forward(lack: Lack) -> bool:
    """Whether what is lacking would stand to the right."""
    return lack in FORWARD
