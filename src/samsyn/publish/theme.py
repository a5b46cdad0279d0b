"""How charts and maps look: one type scale, one set of colours, in light and in dark.

The colours stay apart for readers with deuteranopia and protanopia, which a test simulates. The
five area types go out from a neutral middle in two hues of equal lightness, so that neither end
weighs more; no colour says good or bad, and red stands for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from samsyn.publish.numbers import locale

# Metrics of the drawing machine's own fonts (Liberation Sans) are those of Arial.
FONT: Final = "Helvetica Neue, Arial, Liberation Sans, sans-serif"
TITLE, TEXT, SMALL = 16, 12, 11  # sizes in pixels
WIDTH, HEIGHT = 600, 300  # of a chart's own area
STEP: Final = 24  # a row of bars or dots
AXIS: Final = 24  # what the numbers of an axis take below it
# How wide a letter is on average, of its size: for what must fit without being drawn first.
LETTER: Final = 0.52


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for.

    `ink` is text, `soft` lesser text, `faint` grid and outlines; `accent` is the place that a chart
    is about and `others` what it is set beside. `series` tell places or groups apart, `sequential`
    goes from little to much, `diverging` out from a middle, and `area_types` are types 1 to 5.
    """

    dark: bool
    background: str
    ink: str
    soft: str
    faint: str
    accent: str
    others: str
    missing: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    area_types: tuple[str, str, str, str, str]


LIGHT: Final = Theme(
    dark=False,
    background="#ffffff",
    ink="#1d2a32",
    soft="#55646e",
    faint="#e2e6e8",
    accent="#0f5c6e",
    others="#8b979e",
    missing="#f1f0ec",
    series=("#0f5c6e", "#a8690a", "#4b2a7b", "#2e74d6", "#46310f"),
    sequential=("#d5edef", "#9ccfd8", "#5ba6ba", "#28738f", "#15415f"),
    diverging=(
        "#34508f", "#6883bf", "#a9bbe0", "#e2dfd8", "#d6bc93", "#aa8243", "#744c00",
    ),
    area_types=("#4966a8", "#8ea4d4", "#e2dfd8", "#c09e6f", "#8d5e00"),
)  # fmt: skip

DARK: Final = Theme(
    dark=True,
    background="#15191d",
    ink="#edf0f1",
    soft="#a9b4ba",
    faint="#2d343a",
    accent="#6cc3d5",
    others="#77838a",
    missing="#22272c",
    series=("#6cc3d5", "#eab04a", "#f5efdc", "#6a8ff5", "#c07f45"),
    sequential=("#163a4e", "#1f6178", "#3f8ea5", "#7cbccb", "#c5e6ea"),
    diverging=(
        "#a9c2f5", "#7890c8", "#4e5f88", "#33373b", "#75592f", "#b08847", "#e0b878",
    ),
    area_types=("#92b0f1", "#5d70a0", "#33373b", "#8a6a3c", "#d6a866"),
)  # fmt: skip


def theme(dark: bool = False) -> Theme:
    """The theme of light or of dark pages."""
    return DARK if dark else LIGHT


def config(look: Theme, language: str) -> dict[str, Any]:
    """The theme as Vega-Lite's config, with the numbers of the language."""
    return {
        "font": FONT,
        "background": look.background,
        "padding": 12,
        "locale": {"number": locale(language)},
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "bounds", "color": look.ink, "fontSize": TITLE,
            "fontWeight": 600, "offset": 12, "subtitleColor": look.soft,
            "subtitleFontSize": TEXT, "subtitlePadding": 6, "subtitleLineHeight": 16,
        },
        "axis": {
            "domain": False, "ticks": False, "labelColor": look.soft, "labelFontSize": TEXT,
            "labelPadding": 6, "gridColor": look.faint, "gridWidth": 1, "titleColor": look.soft,
            "titleFontSize": TEXT, "titleFontWeight": "normal", "titlePadding": 8,
            "labelLimit": 260,
        },
        "header": {"labelColor": look.ink, "labelFontSize": TEXT, "titleColor": look.soft},
        "legend": {
            "labelColor": look.ink, "labelFontSize": TEXT, "titleColor": look.soft,
            "titleFontSize": TEXT, "titleFontWeight": "normal",
        },
        "text": {"color": look.ink, "fontSize": TEXT},
        "range": {
            "category": list(look.series), "ramp": list(look.sequential),
            "heatmap": list(look.sequential), "diverging": list(look.diverging),
            "ordinal": list(look.sequential),
        },
    }  # fmt: skip
