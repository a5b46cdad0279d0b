"""Charts as pictures: SVG and PNG with title, message and source line in them.

Drawn by vl-convert, which has its own fonts and needs no network: nothing that a specification
could point to outside is allowed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from samsyn.publish.charts.chart import SCHEMA, Chart
from samsyn.publish.drawer import draw
from samsyn.publish.theme import LETTER, LIGHT, SMALL, TEXT, TITLE

VEGA_LITE: Final = "6.4"  # that vl-convert draws with
SCALE: Final = 2.0  # pixels of a PNG for each of the chart's

# Pictures in a page are as wide as this, whatever they show, so that a page knows what room they
# take before they are drawn. What is drawn wider or higher is brought down to it.
WIDE, NARROW = 560, 360
# How much of a chart's own width is left for its own area when names and numbers are beside it.
OWN: Final = {WIDE: 0.66, NARROW: 0.36}
PADDING: Final = 24
SLACK: Final = 20  # at the left, for letters whose width `letters` does not know


def picture(chart: Chart) -> dict[str, Any]:
    """The chart as one specification with title, message and source, to be taken along."""
    spec = dict(chart.spec)
    look = chart.look or LIGHT
    configured = spec.pop("config", {})
    spec.pop("$schema", None)
    width = _width(spec)
    spec["title"] = {
        "text": wrapped(chart.title, width, TITLE),
        "subtitle": wrapped(chart.caption, width, TEXT),
    }
    return {
        "$schema": SCHEMA,
        "description": f"{chart.title}. {chart.caption}",
        "config": {**configured, "concat": {"spacing": 0}},
        "usermeta": usermeta(chart),
        "title": {
            "text": wrapped(chart.source, width, SMALL),
            "orient": "bottom",
            "anchor": "start",
            "frame": "bounds",
            "fontSize": SMALL,
            "fontWeight": "normal",
            "color": look.soft,
            "offset": 14,
        },
        "vconcat": [spec],
    }


def usermeta(chart: Chart) -> dict[str, Any]:
    """What goes with a specification for whoever reads it with a program."""
    about = chart.about
    return {
        "samsyn": {
            "release": about.release,
            "created": about.created,
            "version": about.version,
            "source": about.tables,
            "licence": about.licences,
            "retrieved": about.retrieved,
            "language": about.language,
        }
    }


def size(chart: Chart, *, narrow: bool = False) -> tuple[int, int]:
    """The width and height of the bare picture, which is not drawn for this."""
    across = NARROW if narrow else WIDE
    return across, round(chart.tall(_own(chart, across)) + PADDING)


def svg(chart: Chart, *, bare: bool = False, narrow: bool = False) -> str:
    """The chart as SVG; `bare` without title, message and source, for a page that tells them.

    A bare picture has the size that `size` tells; `narrow` is that for a phone. Title and message
    stand in it for screen readers, and its ids are its own: several may stand in one page.
    """
    if bare:
        own = _own(chart, NARROW if narrow else WIDE)
        spec = {**chart.draw(own), "description": chart.caption}
    else:
        spec = picture(chart)
    drawn = _drawn(spec)
    if bare:
        drawn = _fitted(drawn, *size(chart, narrow=narrow))
    return _accessible(drawn, chart.title, chart.caption, _mark(spec))


def printed(chart: Chart, font: str) -> str:
    """The bare chart as SVG for paper, in a font that is there: as high as it is drawn."""
    spec = {**chart.draw(_own(chart, WIDE)), "description": chart.caption}
    spec["config"] = {**spec["config"], "font": font}
    drawn = _drawn(spec)
    width, height = _size(drawn)
    down = max(1.0, width / WIDE)
    return _accessible(
        _framed(drawn, WIDE, height / down, f"0 0 {WIDE * down:g} {height:g}"),
        chart.title, chart.caption, _mark(spec),
    )  # fmt: skip


def png(chart: Chart, *, scale: float = SCALE) -> bytes:
    """The chart as PNG."""
    return draw(
        "vegalite_to_png", picture(chart), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[]
    )


def vega_lite(chart: Chart) -> str:
    """The specification as JSON, with title, message, source and licence in it."""
    return json.dumps(picture(chart), ensure_ascii=False, indent=1) + "\n"


def svg_to_png(drawn: str, *, scale: float = SCALE) -> bytes:
    """Any SVG of ours, such as a map, as PNG."""
    return draw("svg_to_png", drawn, scale=scale)


def wrapped(text: str, width: float, size: int) -> list[str]:
    """A text as lines of about so many pixels."""
    import textwrap

    return textwrap.wrap(text, max(20, int(width / (size * LETTER)))) or [""]


def _width(spec: Mapping[str, Any]) -> float:
    """How wide the chart's own area is, with its axis."""
    width = spec.get("width", 600)
    return float(width if isinstance(width, int | float) else 600) + 80


def _own(chart: Chart, across: int) -> int:
    return round(chart.width * OWN[across])


def _drawn(spec: Mapping[str, Any]) -> str:
    return draw("vegalite_to_svg", spec, vl_version=VEGA_LITE, allowed_base_urls=[]).decode()


def _fitted(drawn: str, width: int, height: int) -> str:
    """The SVG in a picture of that size: at its upper left, brought down where it is larger."""
    own = _size(drawn)
    down = max(1.0, (own[0] + SLACK) / width, own[1] / height)
    return _framed(drawn, width, height, f"{-SLACK} 0 {width * down:g} {height * down:g}")


def _framed(drawn: str, width: float, height: float, box: str) -> str:
    """The SVG with that size, showing what of it lies in the box."""
    end = drawn.index(">")
    root = re.sub(r'\s(width|height|viewBox)="[^"]*"', "", drawn[:end])
    return f'{root} width="{width:g}" height="{height:g}" viewBox="{box}"{drawn[end:]}'


def _size(drawn: str) -> tuple[float, float]:
    """The width and height that the root of an SVG tells."""
    head = drawn[: drawn.index(">")]
    width, height = (re.search(rf'\s{side}="([\d.]+)"', head) for side in ("width", "height"))
    assert width is not None
    assert height is not None
    return float(width[1]), float(height[1])


def _mark(spec: Mapping[str, Any]) -> str:
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    return "c" + hashlib.sha256(content.encode()).hexdigest()[:8]


def _accessible(drawn: str, title: str, message: str, mark: str) -> str:
    """The SVG as one image with a name and a description, its ids its own."""
    drawn = re.sub(r'(?<=[\s<])id="([^"]+)"', rf'id="{mark}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}-\1)", drawn)
    told = (
        f'<title id="{mark}-title">{escape(title)}</title>'
        f'<desc id="{mark}-desc">{escape(message)}</desc>'
    )
    return re.sub(
        r"^<svg([^>]*)>",
        lambda found: (
            f'<svg role="img" aria-labelledby="{mark}-title {mark}-desc"{found.group(1)}>{told}'
        ),
        drawn,
        count=1,
    )
