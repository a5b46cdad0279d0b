"""The parts of pages."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pytest
from django.template import Context, Template
from django.test import RequestFactory

from samsyn.explore.components.tables import ROWS, datatable
from samsyn.explore.kept import Kept
from samsyn.publish import drawing
from samsyn.publish.about import about
from samsyn.publish.charts import ranking
from samsyn.publish.downloads import Download
from samsyn.statistics.query import Release


@pytest.fixture(scope="module")
def release(demo_release) -> Release:
    return Release.open(demo_release)


@pytest.fixture(scope="module")
def chart(release):
    values = release.values("population", level="municipality", period="latest")
    return ranking(values, about(release, "Folk <& fä>", "sv", frames=[values]))


def rendered(text, **told):
    request = RequestFactory().get("/omrade/county/99/", told.pop("query", {}))
    return Template(text).render(Context({"request": request, **told}))


FIGURE = "{% figure chart '/omrade/county/99/diagram/folk' %}"


def test_a_figure_keeps_the_room_of_its_picture(chart):
    html = rendered(FIGURE, chart=chart)
    wide, narrow = drawing.size(chart), drawing.size(chart, narrow=True)
    images = re.findall(r'<img [^>]*width="(\d+)" height="(\d+)"', html)
    assert images == [tuple(map(str, wide))] * 2
    sources = re.findall(r'<source [^>]*width="(\d+)" height="(\d+)"', html)
    assert sources == [tuple(map(str, narrow))] * 2
    assert html.count('loading="lazy"') == 2
    assert "in-light" in html
    assert "look=dark" in html


def test_a_figure_has_message_table_source_and_ways_to_take_it(chart):
    html = rendered(FIGURE, chart=chart)
    assert "Folk &lt;&amp; fä&gt;" in html
    assert "<& fä>" not in html
    text = unescape(html)
    assert chart.caption in text
    assert chart.source in text
    for heading in chart.headings.values():
        assert f">{heading}</th>" in text
    assert html.count('<th scope="row"') == 8
    for form in ("svg", "png", "vl.json", "csv", "json", "parquet", "xlsx"):
        assert f'href="/omrade/county/99/diagram/folk.{form}"' in html
    assert "http://testserver/omrade/county/99/?release=demo" in text
    assert "style=" not in html


def test_a_figure_of_a_pinned_page_stays_in_its_release(chart):
    html = unescape(rendered(FIGURE, chart=chart, pinned="demo"))
    links = re.findall(r'(?:href|src|srcset)="(/omrade[^"]+)"', html)
    assert len(links) == 11
    assert all("release=demo" in link for link in links)


def test_a_very_long_table_is_cut_and_says_so(release):
    values = release.values("population", level="deso/2018", period="latest")
    many = pl.concat([values, values.with_columns(area=pl.col("area") + "x")])
    chart = ranking(many, about(release, "Många", "sv", frames=[values]))
    html = rendered(FIGURE, chart=chart)
    assert many.height > ROWS
    assert html.count('<th scope="row"') == ROWS
    assert f"{many.height - ROWS} till finns i filen" in unescape(html)


def test_a_table_escapes_its_texts_and_sets_numbers_to_the_right():
    html = datatable(["<b>", "N"], [["<i>", "1"], ["å", "2"]], numbers=[False, True], label='"q"')
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'aria-label="&quot;q&quot;"' in html
    assert '<th scope="row">å</th><td class="number">2</td>' in html


def test_a_page_is_cited_with_its_permalink(chart):
    html = rendered("{% cite about %}", about=chart.about, query={"place": ["a", "b"]})
    assert "place=a&place=b&release=demo" in unescape(html).replace("%2F", "/")
    assert "@misc{" in html


def test_pictures_are_kept_within_their_room():
    kept = Kept(room=100)
    made = []

    def make(name, size):
        def one():
            made.append(name)
            return Download(b"x" * size, "image/png", name)

        return kept.get(name, one)

    for name in ("a", "b", "a"):
        make(name, 40)
    assert made == ["a", "b"]
    make("c", 40)  # b has not been asked for the longest
    make("a", 40)
    make("b", 40)
    assert made == ["a", "b", "c", "b"]
    make("huge", 1000)
    assert kept.taken <= 100


def test_a_bare_picture_is_drawn_once(demo_site, monkeypatch):
    drawn = []
    real = drawing.svg
    monkeypatch.setattr(drawing, "svg", lambda *a, **k: drawn.append(1) or real(*a, **k))
    address = "/diagram/types.svg?bare=1&narrow=1&once"
    first, second = (demo_site.get(address).content for _ in range(2))
    assert first == second
    assert len(drawn) == 1
    assert b'width="360"' in first
