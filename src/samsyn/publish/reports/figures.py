"""The figures of a report as pictures: SVG with the letters of the report, and PNG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from samsyn.publish import drawing
from samsyn.publish.charts import Chart
from samsyn.publish.drawing import WIDE
from samsyn.publish.fonts import SANS
from samsyn.publish.maps import Map
from samsyn.publish.reports.report import Diagram
from samsyn.publish.theme import FONT

ACROSS: Final = WIDE  # pixels that a chart is wide, whatever it shows
SCALE: Final = 3.0  # pixels of a PNG for each of the picture's: 290 to the inch on paper


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG, and how large it is in pixels (96 to the inch)."""

    svg: str
    width: float
    height: float


def drawn(picture: Chart | Map | Diagram) -> Drawing:
    """A picture without title and source, which a report tells below it."""
    if isinstance(picture, Chart):
        svg = drawing.printed(picture, SANS)
    else:
        svg = picture.svg.replace(FONT, SANS)
    width, height = (float(_told(svg, side)) for side in ("width", "height"))
    return Drawing(svg, width, height)


def png(made: Drawing, scale: float = SCALE) -> bytes:
    """A picture as PNG, for programs that read no SVG."""
    return drawing.svg_to_png(made.svg, scale=scale)


def _told(svg: str, side: str) -> str:
    """The width or height that the root of an SVG tells."""
    head = svg[: svg.index(">")]
    found = re.search(rf'\s{side}="([\d.]+)"', head)
    assert found is not None
    return found[1]
