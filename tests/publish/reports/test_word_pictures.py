"""Charts and maps in a Word file, and the captions that count them and the tables."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from docx.document import Document

from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map
from samsyn.publish.reports import Column, Figure, Table
from samsyn.publish.reports.word.pictures import portable
from tests.publish.reports.reading import TO, W, as_word, texts
from tests.publish.reports.sample import single

SVG = "{http://www.w3.org/2000/svg}"
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OFFICE = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
WIDTH, HEIGHT = 5_760_720, 8_892_540  # of the text on a page


def test_captions_are_counted_through(opened: Document, chart: Chart, drawn_map: Map) -> None:
    captions = texts(opened, "Caption")
    assert captions == [
        f"Figur 1. {chart.title}. {chart.caption}",
        "Tabell 1. Områden och typer",
        f"Figur 2. {drawn_map.title}. {drawn_map.caption}",
        "Tabell 2. Alla siffror",
    ]
    codes = [code.text for code in opened.element.body.iter(f"{W}instrText")]
    assert codes.count(r" SEQ Figur \* ARABIC ") == codes.count(r" SEQ Tabell \* ARABIC ") == 2
    assert [chart.source, drawn_map.source] == texts(opened, "Source")


def test_captions_are_in_the_language_of_the_report(chart: Chart) -> None:
    table = Table("All", (Column("A"),), (("1",),))
    document = as_word(single(table, Figure("f", chart), language="en"))
    first, second = texts(document, "Caption")
    assert first == "Table 1. All"
    assert second.startswith("Figure 1. ")


def test_a_picture_stays_with_its_caption(opened: Document) -> None:
    styles = opened.styles
    for before, after in pairwise(opened.paragraphs):
        if before.style and before.style.name == "Figure":
            assert styles["Figure"].paragraph_format.keep_with_next
            assert after.style
            assert after.style.name == "Caption"
    assert styles["Caption"].paragraph_format.keep_with_next


def test_every_picture_is_told_in_words_and_drawn_in_two_ways(
    opened: Document, chart: Chart, drawn_map: Map
) -> None:
    drawings = list(opened.element.body.iter(f"{W}drawing"))
    told = [one.xpath("wp:inline/wp:docPr")[0] for one in drawings]
    assert [one.get("descr") for one in told] == [
        f"{chart.title}. {chart.caption}", "Som helheten",
        f"{drawn_map.title}. {drawn_map.caption}",
    ]  # fmt: skip
    assert len({one.get("id") for one in told}) == len(told)
    for one in drawings:
        (raster,), (vector,) = one.iter(f"{MAIN}blip"), one.iter(f"{OFFICE}svgBlip")
        png = opened.part.related_parts[raster.get(f"{TO}embed")]
        svg = opened.part.related_parts[vector.get(f"{TO}embed")]
        assert png.blob.startswith(b"\x89PNG")
        assert svg.content_type == "image/svg+xml"
        assert ElementTree.fromstring(svg.blob).tag == f"{SVG}svg"


def test_a_picture_is_as_wide_as_the_text_and_never_more_than_a_page(opened: Document) -> None:
    sizes = [(one.width, one.height) for one in opened.inline_shapes]
    wide, small, tall = sizes
    assert wide[0] == pytest.approx(WIDTH, rel=0.01)
    assert small == (60 * 9525, 8 * 9525)
    assert tall[0] <= WIDTH
    assert tall[1] <= 0.8 * HEIGHT


def test_svg_is_such_as_office_draws() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" '
        'font-family="Source Sans Pro"><svg y="28" width="4" height="4" overflow="hidden">'
        '<text x="1" stroke="#fff" paint-order="stroke" fill="#123">Å <tspan>b</tspan></text>'
        "</svg></svg>"
    )
    root = ElementTree.fromstring(portable(svg))
    (group,) = root
    assert group.tag == f"{SVG}g"
    assert group.get("transform") == "translate(0,28)"
    clip, below, above = group
    assert group.get("clip-path") == f"url(#{clip.get('id')})"
    assert clip[0].attrib == {"width": "4", "height": "4"}
    assert below.get("stroke") == "#fff"
    assert above.get("stroke") is None
    assert ["".join(text.itertext()) for text in (below, above)] == ["Å b", "Å b"]
    assert (root.get("font-family") or "").startswith("Calibri,")
