"""One view of a map's areas as SVG: their fills, names, the scale bar, where the next view lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from samsyn.publish.maps import scalebar
from samsyn.publish.maps.labels import Label, labels
from samsyn.publish.maps.letters import HALO, LEADING
from samsyn.publish.maps.outlines import FINE, Frame, clipped, paths, simplified, traced
from samsyn.publish.theme import SMALL, Theme

TOLERANCE: Final = 0.6  # pixels that a border may be off
MARKED: Final = 2.5  # pixels of the outline of the area that a map is about
# How wide borders are drawn between so many areas, in pixels: many areas would be hidden by them.
BORDERS: Final = ((60, 0.8), (400, 0.5), (10**9, 0.2))
# An area is named where the town is drawn larger if so much of it is seen there.
SEEN: Final = 0.5


@dataclass(frozen=True)
class Drawn:
    """An area as it is drawn; `fill` None is hatched, `named` its turn to be named."""

    key: str
    name: str
    said: str
    css: str
    fill: str | None
    named: int | None


@dataclass(frozen=True)
class Scene:
    """What all panes of a map show.

    `others` are outlines around the areas, `marked` the position of the area that has an outline,
    `mark` what the ids begin with.
    """

    areas: Sequence[Drawn]
    geometries: NDArray[Any]
    others: NDArray[Any] | None
    look: Theme
    mark: str
    marked: int | None


def pane(scene: Scene, frames: Sequence[Frame], at: int, top: float, left: float = 0.0) -> str:
    """The pane of one of the frames, so many pixels down and to the right in the picture."""
    frame, look = frames[at], scene.look
    small = frames[at + 1] if at + 1 < len(frames) else None
    placed = clipped(frame.placed(scene.geometries), frame)
    shown = np.flatnonzero(~(shapely.is_missing(placed) | shapely.is_empty(placed)))
    simple = simplified(placed[shown], TOLERANCE)
    content = _fills(scene, frame, shown, traced(simple, placed[shown]))
    if scene.marked is not None and scene.marked in shown:
        content.append(_marked(placed[scene.marked], look))
    town = None if small is None else _town(small, frame)
    hidden = None if town is None else np.array([shapely.box(*(np.array(town) * FINE))])
    bar = scalebar.bar(frame, simple, hidden)
    names = _names(scene, frames, at, dict(zip(shown.tolist(), simple, strict=True)), town, bar)
    over = [_label(label, look) for label in names]
    if town is not None:
        over.append(_outline(town, look))
    if bar is not None:
        over.append(scalebar.svg(bar, look))
    width = next(width for most, width in BORDERS if len(scene.areas) <= most)
    return (
        f'<svg x="{left:g}" y="{top:g}" width="{frame.width:g}" height="{frame.height:g}" '
        'overflow="hidden">'
        f'<g transform="scale({1 / FINE:g})" stroke="{look.background}" '
        # Rings that were clipped go round either way: a hole is told by counting, not by its turn.
        f'stroke-width="{width * FINE:g}" stroke-linejoin="round" fill-rule="evenodd">'
        f"{''.join(content)}</g>{''.join(over)}</svg>"
    )


def _fills(scene: Scene, frame: Frame, shown: NDArray[np.intp], lines: Sequence[str]) -> list[str]:
    """The outlines of the neighbours, and the areas upon them."""
    content = []
    if scene.others is not None and len(scene.others):
        outline = "".join(paths(clipped(frame.placed(scene.others), frame), TOLERANCE))
        content.append(
            f'<path class="around" d="{outline}" fill="none" stroke="{scene.look.faint}" '
            f'stroke-width="{FINE}"/>'
        )
    for at, d in zip(shown, lines, strict=True):
        area = scene.areas[at]
        fill = f"url(#{scene.mark}-none)" if area.fill is None else area.fill
        content.append(
            f'<path class="{area.css}" data-key="{escape(area.key)}" fill="{fill}" d="{d}">'
            f"<title>{escape(f'{area.name}: {area.said}')}</title></path>"
        )
    return content


def _marked(area: Any, look: Theme) -> str:
    d = paths(np.array([area]), TOLERANCE)[0]
    return (
        f'<path class="marked" d="{d}" fill="none" stroke="{look.ink}" '
        f'stroke-width="{MARKED * FINE:g}"/>'
    )


def _names(
    scene: Scene,
    frames: Sequence[Frame],
    at: int,
    there: dict[int, Any],
    town: tuple[float, float, float, float] | None,
    bar: scalebar.Bar | None,
) -> list[Label]:
    """The names of the areas that are seen better in this pane than in another."""
    turns = sorted((one.named, k) for k, one in enumerate(scene.areas) if one.named is not None)
    frame = frames[at]
    edges = (0, 0, frame.width * FINE, frame.height * FINE)
    wanted, more = [], []
    for _, k in turns:
        if k not in there:
            continue
        if _best(scene.geometries[k], frames) != at:
            more.append(there[k])
            continue
        seen = shapely.clip_by_rect(there[k], *edges)
        if not shapely.is_valid(seen):  # a border may touch itself when it is clipped
            seen = shapely.buffer(seen, 0)
        if town is not None:
            seen = shapely.difference(seen, shapely.box(*(np.array(town) * FINE)))
        if shapely.area(seen) > 0:
            wanted.append((scene.areas[k].name, seen))
    taken = [] if town is None else [town]
    if bar is not None:
        taken.append(bar.box)
    return labels(wanted, taken, frame.width, frame.height, more)


def _best(area: Any, frames: Sequence[Frame]) -> int:
    """The last frame in which enough of an area is seen; the first one shows the whole."""
    for at in range(len(frames) - 1, 0, -1):
        inside = shapely.clip_by_rect(area, *frames[at].bounds)
        if shapely.area(inside) >= SEEN * shapely.area(area):
            return at
    return 0


def _town(small: Frame, frame: Frame) -> tuple[float, float, float, float]:
    """Where in a pane the next one lies."""
    west, south, east, north = small.bounds
    return (
        (west - frame.west) * frame.scale, (frame.north - north) * frame.scale,
        (east - frame.west) * frame.scale, (frame.north - south) * frame.scale,
    )  # fmt: skip


def _outline(town: tuple[float, float, float, float], look: Theme) -> str:
    x, y, right, bottom = town
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{right - x:.1f}" height="{bottom - y:.1f}" '
        f'fill="none" stroke="{look.ink}" stroke-width="1"/>'
    )


def _label(label: Label, look: Theme) -> str:
    """A name on a halo, and the line to its area where it stands beside that."""
    first, *more = label.lines
    lines = escape(first) + "".join(
        f'<tspan x="{label.x:g}" dy="{LEADING:g}">{escape(line)}</tspan>' for line in more
    )
    text = (
        f'<text x="{label.x:g}" y="{label.y:g}" font-size="{SMALL}" fill="{look.ink}" '
        f'text-anchor="middle" stroke="{look.background}" stroke-width="{HALO:g}" '
        f'stroke-linejoin="round" paint-order="stroke">{lines}</text>'
    )
    if label.leader is None:
        return text
    x, y, end, foot = label.leader
    return (
        f'<path d="M{x:g} {y:g}L{end:g} {foot:g}" stroke="{look.background}" stroke-width="2.5"/>'
        f'<path d="M{x:g} {y:g}L{end:g} {foot:g}" stroke="{look.ink}" stroke-width="0.8"/>'
        f'<circle cx="{end:g}" cy="{foot:g}" r="1.8" fill="{look.ink}" '
        f'stroke="{look.background}" stroke-width="0.8"/>{text}'
    )
