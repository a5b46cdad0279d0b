"""The SVG of a map: its panes, names, legend and words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samsyn.publish.maps.outlines import FINE, Frame, clipped, paths
from samsyn.publish.numbers import number
from samsyn.publish.theme import FONT, LETTER, SMALL, TEXT, TITLE, Theme

TOLERANCE: Final = 0.6  # pixels that a border may be off
LINE: Final = 18  # pixels of a line of the legend
ENLARGED: Final = 22  # pixels of the words above the town
MARKED: Final = 2.5  # pixels of the outline of the area that a map is about
# How wide borders are drawn between so many areas, in pixels: many areas would be hidden by them.
BORDERS: Final = ((60, 0.8), (400, 0.5), (10**9, 0.2))


@dataclass(frozen=True)
class Drawn:
    """An area as it is drawn; `fill` None is hatched, `named` its turn to be named."""

    key: str
    name: str
    said: str
    css: str
    fill: str | None
    named: int | None

    @property
    def label(self) -> str:
        """The name on the map: of names that are put together the first."""
        return self.name.partition("-")[0] if len(self.name) > 16 else self.name


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
) -> str:
    """The whole SVG: title, a pane for each frame, legend and source, from the top.

    `marked` is the position of the area that has an outline.
    """
    from samsyn.publish.drawing import wrapped

    width = frames[0].width
    mark = _mark(sheet, areas, frames)
    parts, top = [], 0.0
    if not sheet.bare:
        parts.append(f'<rect width="100%" height="100%" fill="{look.background}"/>')
        for line in wrapped(sheet.title, width, TITLE):
            parts.append(_text(line, 4, top + 18, TITLE, look.ink, ' font-weight="600"'))
            top += 22
        top += 6
    for at, frame in enumerate(frames):
        if at:
            parts.append(_text(enlarged, 4, top + 16, SMALL, look.soft))
            top += ENLARGED
        small = frames[at + 1] if at + 1 < len(frames) else None
        names = at == len(frames) - 1
        parts.append(_pane(areas, geometries, others, frame, small, names, mark, look, top, marked))
        top += frame.height
    if legend:
        top += 10
        for row in legend:
            parts.append(_row(row, mark, sheet.language, look, top))
            top += LINE
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


def _pane(
    areas: Sequence[Drawn],
    geometries: NDArray[Any],
    others: NDArray[Any] | None,
    frame: Frame,
    small: Frame | None,
    names: bool,
    mark: str,
    look: Theme,
    top: float,
    marked: int | None,
) -> str:
    """One view of the areas; `small` is the frame of the next pane, marked in this one."""
    placed = clipped(frame.placed(geometries), frame)
    shown = ~np.array([bool(one is None or one.is_empty) for one in placed])
    drawn = [area for area, there in zip(areas, shown, strict=True) if there]
    width = next(width for most, width in BORDERS if len(areas) <= most)
    content = []
    if others is not None and len(others):
        outline = "".join(paths(clipped(frame.placed(others), frame), TOLERANCE))
        content.append(
            f'<path class="around" d="{outline}" fill="none" stroke="{look.faint}" '
            f'stroke-width="{FINE}"/>'
        )
    for area, d in zip(drawn, paths(placed[shown], TOLERANCE), strict=True):
        fill = f"url(#{mark}-none)" if area.fill is None else area.fill
        content.append(
            f'<path class="{area.css}" data-key="{escape(area.key)}" fill="{fill}" d="{d}">'
            f"<title>{escape(f'{area.name}: {area.said}')}</title></path>"
        )
    if marked is not None and shown[marked]:
        d = paths(placed[marked : marked + 1], TOLERANCE)[0]
        content.append(
            f'<path class="marked" d="{d}" fill="none" stroke="{look.ink}" '
            f'stroke-width="{MARKED * FINE:g}"/>'
        )
    labels = _labels(drawn, placed[shown], frame, look) if names else []
    if small is not None:
        labels.append(_outline(small, frame, look))
    return (
        f'<svg y="{top:g}" width="{frame.width:g}" height="{frame.height:g}" overflow="hidden">'
        f'<g transform="scale({1 / FINE:g})" stroke="{look.background}" '
        f'stroke-width="{width * FINE:g}" stroke-linejoin="round">{"".join(content)}</g>'
        f"{''.join(labels)}</svg>"
    )


def _outline(small: Frame, frame: Frame, look: Theme) -> str:
    """Where in a pane the next one lies."""
    x, y = (small.west - frame.west) * frame.scale, (frame.north - small.north) * frame.scale
    width = small.width / small.scale * frame.scale
    height = small.height / small.scale * frame.scale
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="none" '
        f'stroke="{look.ink}" stroke-width="1"/>'
    )


def _labels(areas: Sequence[Drawn], placed: NDArray[Any], frame: Frame, look: Theme) -> list[str]:
    """Names in their turns; one that would lie on another or outside is left out."""
    import shapely

    taken: list[tuple[float, float, float, float]] = []
    found = []
    wanted = [(area.named, at) for at, area in enumerate(areas) if area.named is not None]
    for _, at in sorted(wanted):
        point = shapely.point_on_surface(placed[at])
        half = len(areas[at].label) * SMALL * LETTER / 2 + 2
        x = min(max(shapely.get_x(point) / FINE, half), frame.width - half)
        y = shapely.get_y(point) / FINE
        box = (x - half, y - 8, x + half, y + 6)
        if not 8 < y < frame.height - 6 or any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in taken
        ):
            continue
        taken.append(box)
        halo = (
            f' text-anchor="middle" stroke="{look.background}" stroke-width="3" '
            'stroke-linejoin="round" paint-order="stroke"'
        )
        found.append(_text(areas[at].label, round(x, 1), round(y + 4, 1), SMALL, look.ink, halo))
    return found


def _row(row: Row, mark: str, language: str, look: Theme, top: float) -> str:
    fill = f"url(#{mark}-swatch)" if row.fill is None else row.fill
    areas = number(row.areas, "persons", language)
    return (
        f'<g transform="translate(4,{top:g})"><rect class="{row.css}" width="12" height="12" '
        f'fill="{fill}" stroke="{look.soft}" stroke-width="0.5"/>'
        f'<text x="18" y="10.5" font-size="{TEXT}" fill="{look.ink}">{escape(row.label)} '
        f'<tspan fill="{look.soft}">({areas})</tspan></text></g>'
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
