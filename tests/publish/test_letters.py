"""Text takes the room that it was measured with, whatever letters a reader has."""

from __future__ import annotations

import re

import pytest
import vl_convert

from samsyn.publish import drawing
from samsyn.publish.about import about
from samsyn.publish.charts import line
from samsyn.publish.drawing import VEGA_LITE
from samsyn.publish.intervals import with_intervals
from samsyn.publish.letters import BOLD, REGULAR, across, held
from samsyn.publish.theme import FONT


def measured(text: str, weight: str) -> float:
    """How wide a text of 100 pixels is drawn."""
    spec = {
        "data": {"values": [{"t": text}]}, "width": 1, "height": 1, "padding": 0,
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left", "x": 0, "fontSize": 100, "font": FONT,
                 "fontWeight": weight},
        "encoding": {"text": {"field": "t"}},
    }  # fmt: skip
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    found = re.search(r'width="([\d.]+)"', drawn)
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize(("weight", "widths"), [("normal", REGULAR), ("bold", BOLD)])
def test_letters_are_as_wide_as_they_are_drawn(weight, widths):
    """All at once: letters of one width have their like on both sides, and no pair is drawn in."""
    text = "".join(f"x{letter}x" for letter in sorted(widths) if not letter.isspace())
    bold = weight == "bold"
    assert measured(text, weight) == pytest.approx(across(text, 100, bold=bold), rel=0.004)
    spaced = "x x\u00a0x\u202fx"
    assert measured(spaced, weight) == pytest.approx(across(spaced, 100, bold=bold), abs=12)


def test_each_text_tells_how_long_it_is(demo):
    frame = with_intervals(demo.series("low_economic_standard_share", "9901"))
    chart = line(frame, about(demo, "Låg standard", "sv", frames=[frame]), width=360)
    svg = drawing.svg(chart, bare=True)
    texts = re.findall(r"<text\b[^>]*>", held(svg))
    assert len(texts) == svg.count("<text") > 4
    assert all("textLength=" in text for text in texts)
    assert re.sub(r' (textLength|lengthAdjust)="[^"]*"', "", held(svg)) == svg


@pytest.mark.parametrize(
    ("told", "found"),
    [
        # A part in another colour belongs to its line.
        (
            '<text font-size="10">ab <tspan fill="red">(1)</tspan></text>',
            (
                '<text font-size="10" textLength="26.1" lengthAdjust="spacingAndGlyphs">ab '
                '<tspan fill="red">(1)</tspan></text>'
            ),
        ),
        # Lines have each their own length.
        (
            '<text font-size="10">ab<tspan x="1" dy="12">ii</tspan></text>',
            (
                '<text font-size="10"><tspan textLength="11.1" lengthAdjust="spacingAndGlyphs">ab'
                '</tspan><tspan x="1" dy="12" textLength="4.4" lengthAdjust="spacingAndGlyphs">ii'
                "</tspan></text>"
            ),
        ),
        # Signs are counted, not what they are written as.
        (
            '<text font-size="10px" font-weight="bold">&lt;&amp;</text>',
            (
                '<text font-size="10px" font-weight="bold" textLength="13.1" '
                'lengthAdjust="spacingAndGlyphs">&lt;&amp;</text>'
            ),
        ),
        # What has no size, no text or letters that are not known is left as it is.
        ("<text>ab</text>", "<text>ab</text>"),
        ('<text font-size="10"> </text>', '<text font-size="10"> </text>'),
        ('<text font-size="10">Ωδ</text>', '<text font-size="10">Ωδ</text>'),
    ],
)
def test_how_lines_and_parts_of_lines_are_held(told, found):
    assert held(told) == found


def test_an_unknown_letter_is_taken_for_a_wide_one():
    assert across("Ω", 12) == 12
    assert across("", 12) == 0
