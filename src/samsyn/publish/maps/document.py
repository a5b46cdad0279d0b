"""The SVG of a map: its panes, legend and words, one below the other or, on paper, beside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from numpy.typing import NDArray

from samsyn.publish.maps.outlines import FINE, Frame
from samsyn.publish.maps.pane import Drawn, Scene, pane
from samsyn.publish.numbers import number
from samsyn.publish.theme import FONT, SMALL, TEXT, TITLE, Theme

LINE: Final = 18  # pixels of a line of the legend
ENLARGED: Final = 22  # pixels of the words above the town
GAP: Final = 16  # pixels between what stands beside each other
COLUMNS: Final = 3  # of a legend below panes that stand beside each other


@dataclass(frozen=True)
class Row:
    """A line of the legend: `areas` have the class."""

    css: str
    fill: str | None
    label: str
    areas: int


@dataclass(frozen=True)
class Sheet:
    """The words of the picture; a `bare` one shows none of them."""

    title: str
    caption: str
    source: str
    language: str
    bare: bool


def document(
    sheet: Sheet,
    areas: Sequence[Drawn],
    geometries: NDArray[Any],
    others: NDArray[Any] | None,
    frames: Sequence[Frame],
    legend: Sequence[Row],
    look: Theme,
    enlarged: str,
    marked: int | None = None,
    abreast: float | None = None,
) -> str:
    """The whole SVG: title, a pane for each frame, legend and source, from the top.

    `marked` is the position of the area that has an outline. A picture that is to be `abreast` so
    many pixels wide has its panes beside each other, and the legend beside a single one.
    """
    from samsyn.publish.drawing import wrapped

    width = abreast or frames[0].width
    mark = _mark(sheet, areas, frames)
    scene = Scene(areas, geometries, others, look, mark, marked)
    parts, top = [], 0.0
    if not sheet.bare:
        parts.append(f'<rect width="100%" height="100%" fill="{look.background}"/>')
        for line in wrapped(sheet.title, width, TITLE):
            parts.append(_text(line, 4, top + 18, TITLE, look.ink, ' font-weight="600"'))
            top += 22
        top += 6
    lines = [_row(row, mark, sheet.language, look) for row in legend]
    arranged = (
        _below(scene, frames, lines, enlarged)
        if abreast is None
        else _beside(scene, frames, lines, enlarged, width)
    )
    parts.append(f'<g transform="translate(0,{top:g})">{"".join(arranged.parts)}</g>')
    top += arranged.height
    if not sheet.bare:
        top += 8
        for line in wrapped(sheet.source, width, SMALL):
            parts.append(_text(line, 4, top + 11, SMALL, look.soft))
            top += 15
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="map" '
        f'viewBox="0 0 {width:g} {top:g}" width="{width:g}" height="{top:g}" '
        f'aria-labelledby="{mark}-title {mark}-desc" font-family="{FONT}">'
        f'<title id="{mark}-title">{escape(sheet.title)}</title>'
        f'<desc id="{mark}-desc">{escape(sheet.caption)}</desc>'
        f"<defs>{_hatch(f'{mark}-none', FINE, look)}{_hatch(f'{mark}-swatch', 1, look)}</defs>"
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True)
class Arranged:
    """Panes and legend in their places, and how high they are together."""

    parts: tuple[str, ...]
    height: float


def _below(scene: Scene, frames: Sequence[Frame], legend: Sequence[str], enlarged: str) -> Arranged:
    """Everything below each other, as a page has it."""
    parts, top = [], 0.0
    for at, frame in enumerate(frames):
        if at:
            parts.append(_text(enlarged, 4, top + 16, SMALL, scene.look.soft))
            top += ENLARGED
        parts.append(pane(scene, frames, at, top))
        top += frame.height
    if legend:
        top += 10
        parts += [_moved(line, 4, top + at * LINE) for at, line in enumerate(legend)]
        top += LINE * len(legend)
    return Arranged(tuple(parts), top)


def _beside(
    scene: Scene, frames: Sequence[Frame], legend: Sequence[str], enlarged: str, width: float
) -> Arranged:
    """Panes beside each other, as paper has it: the legend below two, or beside a single one."""
    if len(frames) == 1:
        height = max(frames[0].height, LINE * len(legend))
        left, top = frames[0].width + GAP, height - LINE * len(legend)
        told = [_moved(line, left, top + at * LINE) for at, line in enumerate(legend)]
        return Arranged((pane(scene, frames, 0, 0.0), *told), height)
    parts, left = [], 0.0
    for at, frame in enumerate(frames):
        if at:
            parts.append(_text(enlarged, left + 2, 14, SMALL, scene.look.soft))
        parts.append(pane(scene, frames, at, ENLARGED, left))
        left += frame.width + GAP
    top = ENLARGED + max(frame.height for frame in frames) + 10
    rows = -(-len(legend) // COLUMNS)
    parts += [
        _moved(line, 4 + (at // rows) * width / COLUMNS, top + (at % rows) * LINE)
        for at, line in enumerate(legend)
    ]
    return Arranged(tuple(parts), top + LINE * rows)


def _moved(part: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:g},{y:g})">{part}</g>'


def _row(row: Row, mark: str, language: str, look: Theme) -> str:
    fill = f"url(#{mark}-swatch)" if row.fill is None else row.fill
    areas = number(row.areas, "persons", language)
    return (
        f'<rect class="{row.css}" width="12" height="12" '
        f'fill="{fill}" stroke="{look.soft}" stroke-width="0.75"/>'
        f'<text x="18" y="10.5" font-size="{TEXT}" fill="{look.ink}">{escape(row.label)} '
        f'<tspan fill="{look.soft}">({areas})</tspan></text>'
    )


def _text(text: str, x: float, y: float, size: int, colour: str, more: str = "") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(text)}</text>'
    )


def _hatch(name: str, scale: int, look: Theme) -> str:
    """Lines across, for areas without a figure: seen without telling colours apart."""
    size = 6 * scale
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{size}" height="{size}" '
        f'fill="{look.missing}"/><path d="M0 0v{size}" stroke="{look.others}" '
        f'stroke-width="{1.2 * scale:g}"/></pattern>'
    )


def _mark(sheet: Sheet, areas: Sequence[Drawn], frames: Sequence[Frame]) -> str:
    """What the ids begin with: the same map has the same, two maps of a page have others."""
    content = repr((sheet, areas, frames)).encode()
    return "m" + hashlib.sha256(content).hexdigest()[:8]
