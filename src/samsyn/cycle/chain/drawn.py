"""The picture of the chain as SVG for a page: its colours and letters are those of the page.

Each box is a link to its record. What is lacking stands out by its words, by a dashed outline and
by an open end where the link would be; the colour only adds to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Final

from samsyn.cycle.chain.layout import (
    COLUMN,
    LINE,
    PADDING,
    SIZE,
    SMALL,
    Box,
    Layout,
    Line,
    forward,
    layout,
)
from samsyn.cycle.chain.model import Chain, Lack, Step
from samsyn.cycle.chain.words import lack_name, step_name

END: Final = 11  # pixels of an open end
EDGE: Final = 16  # of the picture, where open ends stand


def svg(chain: Chain, name: str, empty: str, from_key: str | None = None) -> str:
    """The picture, with a name for those who do not see it.

    `empty` stands in the column of a step without records, and `from_key` is the record that the
    reader began at.
    """
    made = layout(chain, {lack: lack_name(lack) for lack in Lack})
    width, height = made.width + 2 * EDGE, made.height
    root = (
        f'<svg class="chain-picture" role="group" aria-label="{escape(name)}" '
        f'viewBox="{-EDGE} 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
    )
    parts = [
        root,
        *_headings(made, empty),
        *(_line(one, from_key) for one in made.lines),
        *(_box(one, one.node.key == from_key) for one in made.boxes),
        "</svg>",
    ]
    return "".join(parts)


def _headings(made: Layout, empty: str) -> Iterator[str]:
    for step in Step:
        x = made.left_of(step)
        yield _text("chain-step", x, 18, SIZE, [step_name(step)])
        if step in made.empty:
            yield _text("chain-empty", x, 34 + SMALL, SMALL, [empty])


def _line(line: Line, from_key: str | None) -> str:
    points = list(line.points)
    path = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (x + to_x) / 2
        path += f"C{half:.1f},{y:.1f} {half:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
    own = " from" if from_key in (line.first, line.second) else ""
    return f'<path class="chain-link{own}" d="{path}"/>'


def _box(box: Box, begun: bool) -> str:
    kinds = [f"chain-box step-{box.node.step.value}"]
    kinds += ["hollow"] if box.node.hollow else []
    kinds += ["broken"] if box.lacks else []
    kinds += ["from"] if begun else []
    y = box.y + PADDING + SIZE
    texts = _text("chain-title", box.x + PADDING, y, SIZE, box.title)
    y += len(box.title) * LINE
    if box.note:
        texts += _text("chain-note", box.x + PADDING, y, SMALL, box.note)
        y += len(box.note) * LINE + 4
    for _lack, told in box.lacks:
        texts += _text("chain-lack", box.x + PADDING, y, SMALL, told)
        y += len(told) * LINE
    ends = {forward(lack) for lack, _told in box.lacks}
    opened = "".join(_open_end(box, right) for right in sorted(ends))
    current = ' aria-current="true"' if begun else ""
    return (
        f'<a class="{" ".join(kinds)}" href="{escape(box.node.address)}"{current}>'
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{COLUMN}" height="{box.height:.1f}" rx="4"/>'
        f'<rect class="chain-edge" x="{box.x:.1f}" y="{box.y:.1f}" width="4" '
        f'height="{box.height:.1f}"/>{texts}</a>{opened}'
    )


def _open_end(box: Box, right: bool) -> str:
    """A short way that leads nowhere."""
    x, step = (box.x + COLUMN, 1) if right else (box.x, -1)
    end = x + step * END
    return (
        f'<g class="chain-open" aria-hidden="true"><path d="M{x:.1f},{box.middle:.1f}H{end:.1f}"/>'
        f'<circle cx="{end:.1f}" cy="{box.middle:.1f}" r="3.5"/></g>'
    )


def _text(kind: str, x: float, y: float, size: float, lines: list[str] | tuple[str, ...]) -> str:
    told = "".join(
        f'<tspan x="{x:.1f}" dy="{0 if at == 0 else LINE}">{escape(line)} </tspan>'
        for at, line in enumerate(lines)
    )
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}">{told}</text>'
