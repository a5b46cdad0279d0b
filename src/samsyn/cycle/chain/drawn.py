"""The picture of the chain as SVG: for a page, whose style sheet colours it, and for paper.

What is lacking stands out by its words, by a dashed outline and by an open end where the link would
be; the colour only adds to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from samsyn.cycle.chain.form import PAGE
from samsyn.cycle.chain.layout import Box, Layout, Line, layout
from samsyn.cycle.chain.model import FORWARD, Chain, Lack
from samsyn.cycle.chain.words import lack_name, step_name
from samsyn.publish.theme import FONT, LIGHT

END: Final = 11  # pixels of an open end
EDGE: Final = 16  # of the picture, where open ends stand
SIDE: Final = 4  # the coloured side of a box
# What a style sheet says on a page, said in the picture where there is none.
BROKEN: Final = f'stroke="{LIGHT.series[1]}" stroke-width="2"'
PRINTED: Final[Mapping[str, str]] = {
    "chain-step": f'font-weight="600" fill="{LIGHT.soft}"',
    "chain-empty": f'fill="{LIGHT.soft}"',
    "chain-title": f'font-weight="600" fill="{LIGHT.ink}"',
    "chain-note": f'fill="{LIGHT.soft}"',
    "chain-lack": f'font-weight="600" fill="{LIGHT.ink}"',
    "chain-link": f'fill="none" stroke="{LIGHT.others}" stroke-width="1.5"',
    "chain-open": f'fill="{LIGHT.background}" {BROKEN}',
    "box": f'fill="{LIGHT.background}" stroke="{LIGHT.others}"',
    "box hollow": f'fill="{LIGHT.missing}" stroke="{LIGHT.others}"',
    "box broken": f'fill="#fbf1dc" stroke-dasharray="6 4" {BROKEN}',
    "side": f'fill="{LIGHT.accent}"',
    "side hollow": f'fill="{LIGHT.others}"',
    "side broken": f'fill="{LIGHT.series[1]}"',
}


def svg(chain: Chain, name: str, empty: str, from_key: str | None = None) -> str:
    """The picture for a page, each box a link to its record, with a name for who does not see it.

    `empty` stands in the column of a step without records, and `from_key` is the record that the
    reader began at.
    """
    made = layout(chain, words(), PAGE)
    return (
        f'<svg class="chain-picture" role="group" aria-label="{escape(name)}" {_size(made)}>'
        f"{''.join(_Drawing(made, from_key=from_key).parts(empty))}</svg>"
    )


def words() -> Mapping[Lack, str]:
    """What a box says of what is lacking."""
    return {lack: lack_name(lack) for lack in Lack}


def printed(made: Layout, name: str, described: str, empty: str, left_out: Sequence[int]) -> str:
    """The picture for paper, which leads nowhere and has its colours in it.

    `left_out` is how many of each column are not shown, which stands below it.
    """
    drawing = _Drawing(made, on_paper=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {_size(made, any(left_out))} '
        f'font-family="{FONT}" aria-label="{escape(name)}"><desc>{escape(described)}</desc>'
        f"{''.join(drawing.parts(empty))}{''.join(drawing.more(left_out))}</svg>"
    )


def _size(made: Layout, more: bool = False) -> str:
    width = made.form.width + 2 * EDGE
    height = made.height + (made.form.line if more else 0)
    return f'viewBox="{-EDGE} 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'


class _Drawing:
    """The parts of the picture, for a page or for paper."""

    def __init__(
        self, made: Layout, *, from_key: str | None = None, on_paper: bool = False
    ) -> None:
        self._made = made
        self._form = made.form
        self._from = from_key
        self._on_paper = on_paper

    def parts(self, empty: str) -> Iterator[str]:
        """The headings, the links and the boxes upon them."""
        for column, step in enumerate(self._form.steps):
            x = self._form.left(column)
            yield self._text("chain-step", x, 18, self._form.size, [step_name(step)])
            if step in self._made.empty:
                y = self._form.head + self._form.small
                yield self._text("chain-empty", x, y, self._form.small, [empty])
        yield from (self._line(one) for one in self._made.lines)
        yield from (self._box(one) for one in self._made.boxes)

    def more(self, left_out: Sequence[int]) -> Iterator[str]:
        """How many of each column are not in the picture, below it."""
        for column, count in enumerate(left_out):
            if count:
                x, y = self._form.left(column), self._made.height + self._form.padding
                yield self._text("chain-note", x, y, self._form.small, [f"+ {count}"])

    def _look(self, kind: str) -> str:
        return PRINTED[kind] if self._on_paper else f'class="{kind}"'

    def _line(self, line: Line) -> str:
        points = list(line.points)
        path = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
        for (x, y), (to_x, to_y) in pairwise(points):
            half = (x + to_x) / 2
            path += f"C{half:.1f},{y:.1f} {half:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
        own = not self._on_paper and self._from in (line.first, line.second)
        look = 'class="chain-link from"' if own else self._look("chain-link")
        return f'<path {look} d="{path}"/>'

    def _box(self, box: Box) -> str:
        form, texts, node = self._form, box.texts, box.node
        y = box.y + form.padding + form.size
        told = self._text("chain-title", box.x + form.padding, y, form.size, texts.title)
        y += len(texts.title) * form.line
        if texts.note:
            told += self._text("chain-note", box.x + form.padding, y, form.small, texts.note)
            y += len(texts.note) * form.line + 4
        for _lack, lines in texts.lacks:
            told += self._text("chain-lack", box.x + form.padding, y, form.small, lines)
            y += len(lines) * form.line
        ends = sorted({lack in FORWARD for lack, _lines in texts.lacks})
        opened = "".join(self._open_end(box, right) for right in ends)
        state = " broken" if texts.lacks else " hollow" if node.hollow else ""
        if self._on_paper:
            frame = self._rect(box, form.column, PRINTED[f"box{state}"])
            return f"{frame}{self._rect(box, SIDE, PRINTED[f'side{state}'])}{told}{opened}"
        kinds = [f"chain-box step-{node.step.value}", *(["hollow"] if node.hollow else []),
                 *(["broken"] if texts.lacks else [])]  # fmt: skip
        current = ""
        if node.key == self._from:
            kinds.append("from")
            current = ' aria-current="true"'
        frame = self._rect(box, form.column, 'rx="4"')
        side = self._rect(box, SIDE, 'class="chain-edge"')
        return (
            f'<a class="{" ".join(kinds)}" href="{escape(node.address)}"{current}>'
            f"{frame}{side}{told}</a>{opened}"
        )

    def _rect(self, box: Box, width: float, look: str) -> str:
        return (
            f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{width:g}" height="{box.height:.1f}" '
            f"{look}/>"
        )

    def _open_end(self, box: Box, right: bool) -> str:
        """A short way that leads nowhere."""
        x, step = (box.x + self._form.column, 1) if right else (box.x, -1)
        end = x + step * END
        return (
            f'<g {self._look("chain-open")} aria-hidden="true">'
            f'<path d="M{x:.1f},{box.middle:.1f}H{end:.1f}"/>'
            f'<circle cx="{end:.1f}" cy="{box.middle:.1f}" r="3.5"/></g>'
        )

    def _text(self, kind: str, x: float, y: float, size: float, lines: Sequence[str]) -> str:
        # Read aloud, the lines of a box are words after each other.
        end = "" if self._on_paper else " "
        told = "".join(
            f'<tspan x="{x:.1f}" dy="{self._form.line if at else 0:g}">{escape(line)}{end}</tspan>'
            for at, line in enumerate(lines)
        )
        return (
            f'<text {self._look(kind)} x="{x:.1f}" y="{y:.1f}" font-size="{size:g}">{told}</text>'
        )
