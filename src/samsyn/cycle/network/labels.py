"""Names beside what is drawn, so that they cover each other and the nodes as little as possible."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LETTER: Final = 0.54  # how wide a letter is on average, of its size
LINE: Final = 1.15
LONGEST: Final = 22  # letters of a line
WORD: Final = 29  # and of one word alone, which is not broken
Line = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def under(self, line: Line) -> float:
        """How much of a line it covers (Liang and Barsky 1984)."""
        (x1, y1), (x2, y2) = line
        begins, ends = 0.0, 1.0
        for step, least, most in (
            (x2 - x1, self.left - x1, self.right - x1),
            (y2 - y1, self.top - y1, self.bottom - y1),
        ):
            if step == 0:
                if least > 0 or most < 0:
                    return 0.0
                continue
            enters, leaves = sorted((least / step, most / step))
            begins, ends = max(begins, enters), min(ends, leaves)
        return max(0.0, ends - begins) * math.hypot(x2 - x1, y2 - y1)


@dataclass(frozen=True)
class Label:
    """The lines of a name, where the first one stands, and from which end (SVG's text-anchor)."""

    lines: Sequence[str]
    x: float
    y: float
    anchor: str
    box: Box


def broken(name: str) -> list[str]:
    """A name in two lines at most; what has no room there ends in three dots."""
    if len(name) <= LONGEST:
        return [name]
    words, first = name.split(), ""
    while words and len(first) + len(words[0]) < LONGEST:
        first = f"{first} {words.pop(0)}".strip()
    first = first or words.pop(0)  # one word alone is longer than a line
    rest = " ".join(words)
    return [_cut(first, WORD), _cut(rest, LONGEST)] if rest else [_cut(first, WORD)]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def placed(
    names: Mapping[int, str],
    at: Mapping[int, tuple[float, float]],
    size: float,
    radius: float,
    frame: Box,
    lines: Sequence[Line] = (),
) -> dict[int, Label]:
    """A label for each name, beside its node: below, above, to the right or to the left of it.

    The most crowded are placed first; each where it covers least of nodes, of the labels that are
    placed already, of lines, and of what is outside the frame.
    """
    nodes = {key: Box(x - radius, y - radius, x + radius, y + radius) for key, (x, y) in at.items()}
    order = sorted(names, key=lambda key: (-_near(at[key], at.values(), size * 8), key))
    done: dict[int, Label] = {}
    for key in order:
        choices = _around(broken(names[key]), at[key], size, radius)
        labels = [label.box for label in done.values()]
        costs = [_cost(one.box, key, nodes, labels, frame, lines) for one in choices]
        done[key] = choices[costs.index(min(costs))]
    return {key: done[key] for key in names}


def _cost(
    box: Box,
    own: int,
    nodes: Mapping[int, Box],
    labels: Iterable[Box],
    frame: Box,
    lines: Iterable[Line],
) -> float:
    area = (box.right - box.left) * (box.bottom - box.top)
    outside = area - box.over(frame)
    covered = sum(box.over(other) for key, other in nodes.items() if key != own)
    names = sum(box.over(other) for other in labels)
    return 4 * outside + 3 * covered + 2 * names + sum(3 * box.under(line) for line in lines)


def _near(one: tuple[float, float], others: Iterable[tuple[float, float]], within: float) -> int:
    return sum(abs(one[0] - x) < within and abs(one[1] - y) < within for x, y in others)


def _around(
    lines: Sequence[str], at: tuple[float, float], size: float, radius: float
) -> list[Label]:
    """The same words in eight places, the best first: what costs as little later is not taken."""
    x, y = at
    wide = max(len(line) for line in lines) * size * LETTER
    high = len(lines) * size * LINE
    gap = radius + 3
    slant = gap * 0.75
    corners = [
        ("middle", x, y + gap), ("start", x + gap, y - high / 2), ("end", x - gap, y - high / 2),
        ("middle", x, y - gap - high), ("start", x + slant, y + slant),
        ("end", x - slant, y + slant), ("start", x + slant, y - slant - high),
        ("end", x - slant, y - slant - high),
    ]  # fmt: skip
    told = []
    for anchor, left, top in corners:
        begin = left - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = Box(begin, top, begin + wide, top + high)
        told.append(Label(lines, left, top + size * 0.9, anchor, box))
    return told
