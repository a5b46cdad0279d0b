"""A report as HTML: right headings, figures and tables counted through, and nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from samsyn.publish.about import about
from samsyn.publish.charts import Chart, ranking
from samsyn.publish.reports import (
    Block,
    Bullets,
    Code,
    Column,
    Figure,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Swatch,
    Table,
)  # fmt: skip
from samsyn.publish.reports.web import fragment, page
from samsyn.statistics.query import Release
from tests.publish.reports.sample import ODD, STRIP, reported, single

VOID = {"meta", "img", "br", "link", "rect", "path", "line", "circle", "use"}


class Seen(HTMLParser):
    """Elements with their attributes, the levels of headings, and what is closed wrongly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: told or "" for name, told in attributes}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, {name: told or "" for name, told in attributes}))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [told for name, told in self.elements if name == tag]


@pytest.fixture(scope="module")
def chart(demo: Release) -> Chart:
    frame = demo.values("rental_share", level="municipality")
    return ranking(frame, about(demo, "Hyresrätter & annat", "sv", frames=[frame]))


def part(*blocks: Block, **more) -> str:
    return fragment(single(*blocks, **more), lambda figure: f"[{figure.name}]")


def table(caption: str = "Andelar", **more) -> Table:
    columns = (Column("Plats"), Column("Andel", "right"))
    return Table(caption, columns, (("Vattstad", "12 %"), ("Hällmora", "9 %")), **more)


def everything(chart: Chart) -> tuple[Block, ...]:
    """A block of each kind, with what is not to be read as markup in every text."""
    words = (ODD, Strong(ODD), Link(ODD, "#housing"))
    rows = (
        (ODD, "1"),
        (Strong(ODD), Swatch("#4966a8", ODD)),
        (Link(ODD, "/omrade/"), Picture(STRIP, ODD, 60, 8)),
    )
    return (
        Paragraph(words, "lead"),
        Paragraph(ODD, "small"),
        Bullets((ODD, words)),
        Note(ODD, (words, ODD)),
        Code(ODD),
        KeyFigures((KeyFigure(ODD, ODD, ODD), KeyFigure("Invånare", "9"))),
        Table(ODD, (Column(ODD), Column(ODD, "right")), rows, note=ODD, dense=True),
        Figure("rental", replace(chart, title=ODD, caption=ODD)),
        Figure("other", chart),
    )


def test_no_text_becomes_markup(chart: Chart) -> None:
    report = replace(
        single(*everything(chart)),
        kicker=ODD, name=ODD, subtitle=ODD, description=ODD, creator=ODD, notice=ODD,
        facts=((ODD, ODD),),
    )  # fmt: skip
    for text in (fragment(report, lambda figure: ""), page(report)):
        seen = Seen(text)
        assert not seen.of("script")
        assert ODD in seen.text
        assert not seen.wrong
        assert not seen.open


def test_the_part_has_no_styles_of_its_own(chart: Chart) -> None:
    text = part(*everything(chart))
    seen = Seen(text)
    assert not seen.of("style")
    assert not [told for _, told in seen.elements if "style" in told]
    assert not [name for _, told in seen.elements for name in told if name.startswith("on")]


def test_headings_go_down_by_one_and_are_anchors_of_the_contents() -> None:
    inner = (Section("rent", "Hyra", (), (Section("rent-new", "Ny hyra"),)),)
    seen = Seen(part(inner=inner))
    assert [tag for tag, _ in seen.elements if re.fullmatch(r"h\d", tag)] == [
        "h2", "h2", "h3", "h4",
    ]  # fmt: skip
    ids = [told["id"] for _, told in seen.elements if "id" in told]
    assert ids == ["housing", "rent", "rent-new"]
    assert [told["href"] for told in seen.of("a")] == [f"#{name}" for name in ids]


def test_figures_and_tables_are_counted_each_through_the_whole_report(chart: Chart) -> None:
    inner = (Section("rent", "Hyra", (Figure("c", chart), table("C"))),)
    text = part(Figure("a", chart), table("A"), Figure("b", chart), table("B"), inner=inner)
    told = [re.sub("<[^>]*>", "", one) for one in re.findall(r"<figcaption>.*?</p>", text)]
    assert [one[:8] for one in told] == ["Figur 1.", "Figur 2.", "Figur 3."]
    assert f"Figur 1. {chart.title}. " in Seen(text).text
    assert re.findall(r"Tabell (\d)\.</span> <strong>(\w)", text) == [
        ("1", "A"), ("2", "B"), ("3", "C"),
    ]  # fmt: skip
    english = part(Figure("a", chart), table(), language="en")
    assert "Figure 1." in english
    assert "Table 1." in english


def test_a_figure_tells_title_message_and_source_below_its_picture(chart: Chart) -> None:
    text = part(Figure("rental", chart))
    assert '<figure class="drawing" id="figure-rental">[rental]<figcaption>' in text
    said = Seen(text).text
    for words in (chart.title, chart.caption, chart.source):
        assert words in said


def test_a_table_has_heads_a_name_and_a_place_to_scroll_in() -> None:
    seen = Seen(part(table(note="Prickat saknas")))
    (region,) = [told for told in seen.of("div") if told.get("role") == "region"]
    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == "table-1"
    assert [told.get("scope") for told in seen.of("th")] == ["col", "col", "row", "row"]
    assert [told.get("class") for told in seen.of("td")] == ["number", "number"]
    assert "Prickat saknas" in seen.text


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b=1", "http://example.org", "#housing", "/omrade/", "?release=demo",
     "sida.html", "../ort/", "HTTPS://EXAMPLE.ORG/å"],
)  # fmt: skip
def test_a_link_leads_to_pages(address: str) -> None:
    assert Seen(part(Paragraph((Link("hit", address),)))).of("a")[-1]["href"] == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", " javascript:1",
     "data:text/html,x", "vbscript:x", "//example.org", "/\\example.org", "\x01javascript:1", "",
     "mailto:a@example.org"],
)  # fmt: skip
def test_a_link_that_could_run_or_leave_is_words(address: str) -> None:
    text = part(Paragraph((Link("hit", address),)))
    assert [told["href"] for told in Seen(text).of("a")] == ["#housing"]
    assert "<p>hit</p>" in text


def test_a_note_holds_its_paragraphs_together() -> None:
    text = part(Note("Kommentar", ("Ett.", "Två.")), Note("", ("Tre.",)))
    assert text.count('<div class="note" role="note">') == 2
    assert "<p><strong>Kommentar</strong></p><p>Ett.</p><p>Två.</p></div>" in text
    assert '<div class="note" role="note"><p>Tre.</p></div>' in text


def test_a_small_picture_is_an_image_of_its_own_with_words() -> None:
    row = ("Vattstad", Picture(STRIP, "en linje", 60, 8))
    (image,) = Seen(part(Table("A", (Column("x"), Column("y")), (row,)))).of("img")
    assert image["alt"] == "en linje"
    assert (image["width"], image["height"]) == ("60", "8")
    assert image["src"].startswith("data:image/svg+xml,")
    assert "<" not in image["src"]


def test_the_file_stands_by_itself(chart: Chart) -> None:
    text = page(single(*everything(chart)))
    seen = Seen(text)
    assert seen.of("html") == [{"lang": "sv"}]
    assert "<title>Lägesbild: Vattstad</title>" in text
    told = {one["name"]: one["content"] for one in seen.of("meta") if "name" in one}
    assert told["description"] == "Segregationen i Vattstad."
    assert told["author"] == "Vattstads kommun"
    assert len(seen.of("h1")) == 1
    assert len(seen.of("style")) == 1
    assert len([one for one in seen.of("svg") if one.get("role") == "img"]) == 2
    for tag in ("link", "script", "iframe"):
        assert not seen.of(tag)
    sources = [one["src"] for one in seen.of("img")]
    assert all(one.startswith("data:") for one in sources)
    assert not re.search(r"url\((?!#)|@import", text)


def test_a_report_without_sections_is_its_facts() -> None:
    report = replace(reported(), notice="Platserna är påhittade.")
    text = fragment(report, lambda figure: "")
    assert "Platserna är påhittade." in text
    assert "<dt>Utgåva</dt><dd>r1</dd>" in text
    assert "<nav" not in text
