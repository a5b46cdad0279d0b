"""The network as a picture (SVG), drawn the same way every time.

Sectors have a colour and a shape each, so that no fact is told by colour alone. A tie that depends
on single persons is dashed, and one that holds two parts together is thick. Every element has a
class, by which a page that shows the picture inside it gives it the colours of light or dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from samsyn.cycle.network.labels import LETTER, Box, Label, placed
from samsyn.cycle.network.layout import places
from samsyn.cycle.network.measures import Measures
from samsyn.cycle.network.network import PERSONAL, Network
from samsyn.publish.theme import FONT, TEXT, Theme

WIDTH: Final = 960.0
LEGEND: Final = 30.0
RADIUS: Final = 8.0
BRIDGE: Final = "bridge"
Entry = tuple[int | str, str]  # the place of a sector or the name of a line, and its words
# Shapes by the place of a sector in its classification, each in a circle of radius 1.
SHAPES: Final[Sequence[Sequence[tuple[float, float]]]] = (
    (),  # a circle
    ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    ((0, -1.15), (1.05, 0.75), (-1.05, 0.75)),
    ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    ((0, 1.15), (1.05, -0.75), (-1.05, -0.75)),
    ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What stands in the picture, in the language of the page."""

    title: str
    description: str
    sectors: Mapping[str, str]  # by code, in order
    personal: str
    bridge: str
    other: str  # a sector that is not known


def draw(network: Network, measures: Measures, words: Words, look: Theme, uid: str = "") -> str:
    """The picture as SVG, whole in itself; `uid` tells its ids from others of the same page."""
    at, height = places(network, WIDTH)
    bridges = set(measures.bridges)
    entries = _entries(network, words, bool(bridges))
    rows = 1 + max((row for _x, row in _in_rows(entries)), default=0)
    top = max(height, 60.0) + LEGEND
    down = top + LEGEND * (rows - 0.2)
    frame = Box(4, 4, WIDTH - 4, top - LEGEND * 0.6)
    names = {node.key: node.name for node in network.nodes}
    drawn = [(at[link.first], at[link.second]) for link in network.links]
    labels = placed(names, at, TEXT, RADIUS, frame, drawn)
    codes = list(words.sectors)
    lines, dots, texts = [], [], []
    for link in sorted(network.links, key=lambda one: one.pair):
        (x1, y1), (x2, y2) = at[link.first], at[link.second]
        kind = _line(link.personal, link.pair in bridges, look)
        lines.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {kind}/>')
    for node in network.nodes:
        place = codes.index(node.sector) if node.sector in words.sectors else len(codes)
        big = 1.35 if node.key in measures.cut else 1.0
        dots.append(_shape(place, *at[node.key], RADIUS * big, look, node.name))
        texts.append(_text(labels[node.key], look))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="img" '
        f'aria-labelledby="t{uid} d{uid}" viewBox="0 0 {WIDTH:.0f} {down:.0f}" '
        f'width="{WIDTH:.0f}" height="{down:.0f}" font-family="{escape(FONT)}" '
        f'font-size="{TEXT}"><title id="t{uid}">{escape(words.title)}</title>'
        f'<desc id="d{uid}">{escape(words.description)}</desc>'
        f'<rect class="paper" width="100%" height="100%" fill="{look.background}"/>'
        f'<g class="ties">{"".join(lines)}</g><g class="nodes">{"".join(dots)}</g>'
        f'<g class="names">{"".join(texts)}</g>{_legend(entries, top, look)}</svg>'
    )


def colour(place: int, look: Theme) -> str:
    """The colour of the sector at a place of its classification."""
    return look.series[place] if place < len(look.series) else look.others


def _line(personal: bool, bridge: bool, look: Theme) -> str:
    css = "tie" + " personal" * personal + " bridge" * bridge
    colour, width = (look.soft, 3) if bridge else (look.others, 1.5)
    dashes = ' stroke-dasharray="5 4"' if personal else ""
    return f'class="{css}" stroke="{colour}" stroke-width="{width}"{dashes}'


def _shape(place: int, x: float, y: float, radius: float, look: Theme, name: str = "") -> str:
    fill = f'class="s{place + 1}" fill="{colour(place, look)}" stroke="{look.background}"'
    inside = f"<title>{escape(name)}</title>" if name else ""
    corners = SHAPES[place] if place < len(SHAPES) else ()
    if not corners:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {fill}>{inside}</circle>'
    points = " ".join(f"{x + radius * a:.1f},{y + radius * b:.1f}" for a, b in corners)
    return f'<polygon points="{points}" {fill}>{inside}</polygon>'


def _text(label: Label, look: Theme) -> str:
    rows = "".join(
        f'<tspan x="{label.x:.1f}" y="{label.y + at * TEXT * 1.15:.1f}">{escape(line)}</tspan>'
        for at, line in enumerate(label.lines)
    )
    # A rim of the background's colour, so that a name can be read upon a line.
    return (
        f'<text text-anchor="{label.anchor}" fill="{look.ink}" stroke="{look.background}" '
        f'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{rows}</text>'
    )


def _legend(entries: Sequence[Entry], y: float, look: Theme) -> str:
    """Which shape and colour is which sector, and what the lines mean, in rows at the bottom."""
    told = []
    for (drawn, text), (x, row) in zip(entries, _in_rows(entries), strict=True):
        down = y + row * LEGEND
        if isinstance(drawn, int):
            told.append(_shape(drawn, x + 8, down, RADIUS * 0.8, look))
        else:
            told.append(
                f'<line x1="{x - 6:.1f}" y1="{down:.1f}" x2="{x + 16:.1f}" y2="{down:.1f}" '
                f"{_line(drawn == PERSONAL, drawn == BRIDGE, look)}/>"
            )
        told.append(
            f'<text x="{x + 22:.1f}" y="{down + 4:.1f}" fill="{look.soft}">{escape(text)}</text>'
        )
    return f'<g class="network-key">{"".join(told)}</g>'


def _entries(network: Network, words: Words, bridges: bool) -> list[Entry]:
    """What the legend explains: only what is in the picture."""
    there = {node.sector for node in network.nodes}
    codes = list(words.sectors)
    told: list[Entry] = [
        (codes.index(code), text) for code, text in words.sectors.items() if code in there
    ]
    if there - set(codes):
        told.append((len(codes), words.other))
    if any(one.personal for one in network.links):
        told.append((PERSONAL, words.personal))
    return [*told, (BRIDGE, words.bridge)] if bridges else told


def _in_rows(entries: Sequence[Entry]) -> list[tuple[float, int]]:
    """Where each entry of the legend begins, and in which row."""
    told: list[tuple[float, int]] = []
    x, row = 20.0, 0
    for _drawn, text in entries:
        wide = 40 + len(text) * TEXT * LETTER
        if x + wide > WIDTH and x > 20:
            x, row = 20.0, row + 1
        told.append((x, row))
        x += wide
    return told
