"""Pictures: whole, with their words and source in them, and nothing from outside."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import polars as pl
import pytest

from samsyn.publish import drawing
from samsyn.publish.about import about
from samsyn.publish.charts import Chart, area_types, composition, line, ranking, spread
from samsyn.publish.intervals import with_intervals
from samsyn.publish.theme import DARK
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release


@pytest.fixture(scope="session")
def chart(demo: Release) -> Chart:
    frame = pl.concat(
        with_intervals(demo.series("low_economic_standard_share", area))
        for area in ("9901", "country/00")
    )
    return line(frame, about(demo, "Låg standard & <annat>", "sv", frames=[frame]), width=360)


def texts(svg: str) -> str:
    return " ".join("".join(one.itertext()) for one in ElementTree.fromstring(svg).iter())


def test_the_picture_tells_title_message_and_source(chart: Chart) -> None:
    svg = drawing.svg(chart)
    said = re.sub(r"\s+", " ", texts(svg))
    assert chart.title in said
    for words in (chart.caption, chart.source):
        for word in words.replace("\u00a0", " ").split():
            assert word in said
    assert "16,0\u00a0%" not in said or "," in said


def test_numbers_are_written_in_the_language(chart: Chart) -> None:
    svg = drawing.svg(chart)
    assert re.search(r">\d+,\d\u00a0%|>\d+\u00a0%", svg)
    assert not re.search(r">\d+\.\d+%", svg)


def test_a_bare_picture_leaves_the_words_to_the_page(chart: Chart) -> None:
    root = ElementTree.fromstring(drawing.svg(chart, bare=True))
    drawn = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Vattstad" in drawn
    assert "Källa" not in drawn
    name = root.find("{http://www.w3.org/2000/svg}title")
    assert name is not None
    assert name.text == chart.title
    assert root.get("role") == "img"


def test_ids_of_two_pictures_on_a_page_differ(chart: Chart, demo: Release) -> None:
    values = with_intervals(
        demo.values("low_economic_standard_share", level="municipality", period="latest")
    )
    other = ranking(values, about(demo, "Ordning", "sv", frames=[values]))
    ids = [re.findall(r'\bid="([^"]+)"', drawing.svg(one)) for one in (chart, other)]
    assert all(len(set(one)) == len(one) > 0 for one in ids)
    assert not set(ids[0]) & set(ids[1])
    # What is pointed to is there.
    svg = drawing.svg(chart)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids[0])


def test_nothing_comes_from_outside(chart: Chart) -> None:
    for text in (drawing.svg(chart), drawing.vega_lite(chart)):
        outside = set(re.findall(r"https?://[^\"'\s<]+", text))
        assert outside <= {
            "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
            "https://vega.github.io/schema/vega-lite/v6.json",
        }  # fmt: skip


def test_png_is_as_large_as_asked(chart: Chart) -> None:
    small, large = drawing.png(chart, scale=1), drawing.png(chart, scale=2)
    assert small.startswith(b"\x89PNG")
    width = [int.from_bytes(one[16:20], "big") for one in (small, large)]
    assert width[1] == pytest.approx(2 * width[0], abs=2)
    assert width[0] >= 360


def test_the_specification_can_be_taken_along(chart: Chart) -> None:
    spec = json.loads(drawing.vega_lite(chart))
    told = spec["usermeta"]["samsyn"]
    assert told["release"] == chart.about.release
    assert told["licence"] == ["CC0"]
    assert " ".join(spec["title"]["text"]) == chart.source
    assert chart.caption in spec["description"]


def test_dark_pictures_are_dark(demo: Release) -> None:
    frame = demo.series("low_economic_standard_share", "9901")
    dark = line(frame, about(demo, "Titel", "sv", frames=[frame]), dark=True)
    svg = drawing.svg(dark)
    assert DARK.background in svg
    assert 'fill="#000' not in svg


def test_lines_are_broken_where_they_end() -> None:
    lines = drawing.wrapped("Ett ganska långt besked som inte får plats på en rad", 120, 12)
    assert len(lines) > 1
    assert " ".join(lines) == "Ett ganska långt besked som inte får plats på en rad"
    assert drawing.wrapped("", 100, 12) == [""]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_bare_picture_has_the_size_that_was_told_beforehand(
    chart: Chart, demo: Release, narrow: bool
) -> None:
    types = people_by_type(demo, "country/00")
    counts = demo.counts("tenure", areas=["9901", "country/00"], period="latest")
    values = demo.values("median_net_income", level="municipality", period="latest")
    parts = demo.values("low_economic_standard_share", level="regso", period="latest")
    for one in (
        chart,
        area_types(types, about(demo, "Typer", "sv", frames=[types])),
        composition(counts, about(demo, "Boende", "sv", frames=[counts])),
        ranking(values, about(demo, "Inkomst", "sv", frames=[values])),
        spread(parts, about(demo, "Spridning", "sv", frames=[parts])),
    ):
        width, height = drawing.size(one, narrow=narrow)
        root = ElementTree.fromstring(drawing.svg(one, bare=True, narrow=narrow))
        assert (root.get("width"), root.get("height")) == (str(width), str(height))
        _, _, across, down = map(float, root.attrib["viewBox"].split())
        # What is drawn fits in, neither too small to be read nor in a room half empty.
        assert across / width == pytest.approx(down / height, rel=0.01)
        assert 1 <= across / width < 1.35
