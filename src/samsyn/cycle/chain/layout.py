"""Where the records of the chain stand in its picture: a column for each step, links between.

A link over several columns passes between the boxes of those that it crosses. The order in a column
is such that few links cross, found by looking at the neighbours a few times over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.cycle.chain.form import Form
from samsyn.cycle.chain.model import Chain, Lack, Node, Step

ROUNDS: Final = 6


@dataclass(frozen=True)
class Texts:
    """The texts of a box as lines: its title, what stands below it, and what is lacking."""

    title: tuple[str, ...]
    note: tuple[str, ...]
    lacks: tuple[tuple[Lack, tuple[str, ...]], ...]

    def height(self, form: Form) -> float:
        """How high a box with them is."""
        lines = len(self.title) + len(self.note) + sum(len(told) for _lack, told in self.lacks)
        return lines * form.line + 2 * form.padding + (4 if self.lacks else 0)


@dataclass(frozen=True)
class Box:
    """A record in the picture."""

    node: Node
    texts: Texts
    x: float
    y: float
    height: float

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

    form: Form
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    empty: tuple[Step, ...]


def layout(chain: Chain, words: Mapping[Lack, str], form: Form) -> Layout:
    """Where everything stands; `words` say what is lacking.

    The chain has records of the steps of the form and of no others.
    """
    at = {key: form.steps.index(node.step) for key, node in chain.nodes.items()}
    columns, links = _columns(chain, at, form)
    _order(columns, links)
    texts = {key: told(node, chain.lacks.get(key, ()), words, form) for key, node in
             chain.nodes.items()}  # fmt: skip
    heights = {
        name: texts[name].height(form) if name in texts else form.lane
        for column in columns
        for name in column
    }
    tops = _placed(columns, links, heights, form)
    boxes = tuple(
        Box(node, texts[key], form.left(at[key]), tops[key], heights[key])
        for key, node in chain.nodes.items()
    )
    bottom = max((one.y + one.height for one in boxes), default=form.head + form.line)
    lines = tuple(_line(pair, at, tops, heights, form) for pair in sorted(chain.links))
    low = max((y for line in lines for _x, y in line.points), default=0.0)
    empty = tuple(step for step in form.steps if not chain.at(step))
    return Layout(form, max(bottom, low) + form.padding, boxes, lines, empty)


def told(node: Node, lacks: Sequence[Lack], words: Mapping[Lack, str], form: Form) -> Texts:
    """What stands in the box of a record."""
    return Texts(
        form.wrapped(node.title, form.size, form.lines, bold=True),
        form.wrapped(node.note, form.small, form.notes) if node.note else (),
        tuple((lack, form.wrapped(words[lack], form.small, 2, bold=True)) for lack in lacks),
    )


def lane(first: str, second: str, column: int) -> str:
    """The name of the place that a link takes in a column that it passes."""
    return f"{first}>{second}@{column}"


def _columns(
    chain: Chain, at: Mapping[str, int], form: Form
) -> tuple[list[list[str]], list[tuple[str, str]]]:
    """What stands in each column, with lanes for links that pass it, and the short links."""
    columns: list[list[str]] = [[] for _step in form.steps]
    for key in chain.nodes:
        columns[at[key]].append(key)
    short = []
    for first, second in sorted(chain.links):
        last = first
        for column in range(at[first] + 1, at[second]):
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
    columns: list[list[str]], links: list[tuple[str, str]], heights: dict[str, float], form: Form
) -> dict[str, float]:
    """The top of each: as near the middle of its neighbours as the others leave room for."""
    beside: dict[str, list[str]] = {}
    for first, second in links:
        beside.setdefault(first, []).append(second)
        beside.setdefault(second, []).append(first)
    tops: dict[str, float] = {}
    for column in columns:
        y = form.head
        for name in column:
            tops[name] = y
            y += heights[name] + form.apart
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
            _spread(column, wanted, heights, tops, form)
    return tops


def _spread(
    column: list[str],
    wanted: list[float],
    heights: dict[str, float],
    tops: dict[str, float],
    form: Form,
) -> None:
    """Give each of a column its place near the wanted one, in order and apart.

    Those that would lie on each other are taken together and moved to the mean of what they want.
    """
    rooms = [heights[name] + form.apart for name in column]
    groups: list[tuple[list[int], float]] = []  # the members, and the top of the first
    for at in range(len(column)):
        members, top = [at], max(form.head, wanted[at])
        while groups and groups[-1][1] + sum(rooms[one] for one in groups[-1][0]) > top:
            members = groups.pop()[0] + members
            offset, shifts = 0.0, []
            for one in members:
                shifts.append(wanted[one] - offset)
                offset += rooms[one]
            top = max(form.head, sum(shifts) / len(shifts))
        groups.append((members, top))
    for members, y in groups:
        top = y
        for one in members:
            tops[column[one]] = top
            top += rooms[one]


def _line(
    pair: tuple[str, str],
    at: Mapping[str, int],
    tops: dict[str, float],
    heights: dict[str, float],
    form: Form,
) -> Line:
    first, second = pair
    begins, ends = at[first], at[second]
    points = [(form.left(begins) + form.column, tops[first] + heights[first] / 2)]
    for column in range(begins + 1, ends):
        y = tops[lane(first, second, column)] + form.lane / 2
        points += [(form.left(column), y), (form.left(column) + form.column, y)]
    points.append((form.left(ends), tops[second] + heights[second] / 2))
    return Line(first, second, tuple(points))
