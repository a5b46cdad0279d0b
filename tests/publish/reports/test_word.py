"""A report as a Word file: what those rely on who read it, hear it, or go on writing in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import polars as pl
import pypdfium2
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, line
from samsyn.publish.maps import Map, by_type, place_map
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
    Report,
    Section,
    Sides,
    Strong,
    Swatch,
    Table,
)  # fmt: skip
from samsyn.publish.reports.word import word
from samsyn.publish.reports.word.columns import widths
from samsyn.publish.reports.word.draft import bookmarks
from samsyn.publish.reports.word.elements import clean
from samsyn.publish.reports.word.pictures import portable
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release
from tests.lacking import lacking

ODD = "<b>Å & \"ö\" 'é'</b> ]]>"
STRIP = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="8"><path d="M0 4h9"/></svg>'
SVG = "{http://www.w3.org/2000/svg}"
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OFFICE = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
TO = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WIDTH, HEIGHT = 5_760_720, 8_892_540  # of the text on a page


@pytest.fixture(scope="module")
def chart() -> Chart:
    frame = pl.DataFrame([
        {"area": "municipality/2025/0001", "name": "Byn", "period": str(year), "value": value,
         "lower": value - 0.01, "upper": value + 0.01, "status": "ok", "unit": "share"}
        for year, value in ((2022, 0.12), (2023, 0.14), (2024, 0.17))
    ])  # fmt: skip
    source = About("Låg standard & annat", "sv", "r1", "2026-01-02T03:04:05+00:00", "0.1.0", ())
    return line(frame, source)


@pytest.fixture(scope="module")
def drawn_map(demo: Release) -> Map:
    types = people_by_type(demo, "municipality/2025/9901")
    of = about(demo, "Områdestyper i Vattstad", "sv", frames=[types])
    return place_map(demo, demo.area("9901"), "regso/2025", by_type(types), of, bare=True)


def reported(*sections: Section, language: str = "sv") -> Report:
    return Report(
        kicker="Lägesbild",
        name=f"Vattstad {ODD}",
        subtitle="Hur det står till 2024",
        description="Segregationen i Vattstad.",
        language=language,
        day=date(2026, 3, 4),
        creator="Vattstads kommun",
        facts=(("Plats", "Vattstads kommun"), ("Utgåva", "r1")),
        notice="Platsen är påhittad.",
        sections=sections,
    )


def one(*blocks: Block, language: str = "sv") -> Report:
    return reported(Section("only", "Enda", blocks), language=language)


@pytest.fixture(scope="module")
def report(chart: Chart, drawn_map: Map) -> Report:
    """A report with everything that a report may have."""
    types = Table(
        "Områden och typer",
        (Column("Område", width=2), Column("Typ", width=2), Column("Läge"),
         Column("Andel", "right")),
        (
            ("Norr", Swatch("#4966a8", "Stora utmaningar"),
             Picture(STRIP, "Som helheten", 60, 8), "17,4 %"),
            (Strong("Söder"), Swatch("#8d5e00", "Goda"), Link("Se metod", "#how-it-is"), "saknas"),
        ),
        note="Typen följer av indexet.",
    )  # fmt: skip
    many = Table(
        "Alla siffror",
        (Column("Mått", width=3), Column("2023", "right"), Column("2024", "right")),
        tuple((f"Mått {at}", f"{at},1", f"{at},2") for at in range(90)),
        dense=True,
    )
    return reported(
        Section(
            "summary",
            "Sammanfattning",
            (
                Paragraph("Skillnaderna ökar.", "lead"),
                KeyFigures((KeyFigure("Låg standard", "17,4 %", "Riket 14,7 %"),
                            KeyFigure("Invånare", "59\u00a0249"))),
                Paragraph(("Se ", Link("metoden", "#how-it-is"), ", ", Strong("noga"), ", och ",
                           Link("källan", "https://example.org/?a=1&b=2"), " eller ",
                           Link("det som saknas", "#nowhere"), ".")),
                Bullets(("Ett", ("Två ", Strong("gånger")))),
                Note("Egen text", f"Rad ett\r\nrad två {ODD}\x00\x0b\ufffe"),
                Sides((Paragraph("Till vänster"), Figure("line", chart, 0.5)),
                      (Paragraph("Till höger"),)),
            ),
        ),
        Section(
            "how-it-is",
            f"Metod {ODD}",
            (types, Code("samsyn report '9901'  --lang sv"), Paragraph("Fint.", "small")),
            (
                Section("how-it-is/maps", "Karta", (Figure("map", drawn_map),),
                        (Section("deep", "Djupt", (Paragraph("Där."),)),)),
            ),
        ),
        Section("appendix", "Bilaga", (many,)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def written(report: Report) -> bytes:
    return word(report)


@pytest.fixture(scope="module")
def opened(written: bytes) -> Document:
    return docx.Document(BytesIO(written))


def texts(document: Document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == style]


# --- the document ---------------------------------------------------------------------------------


def test_the_same_report_gives_the_same_bytes(report: Report, written: bytes) -> None:
    assert word(report) == written
    with zipfile.ZipFile(BytesIO(written)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"


def test_every_part_is_valid_xml_and_has_a_type(written: bytes) -> None:
    with zipfile.ZipFile(BytesIO(written)) as parts:
        types = parts.read("[Content_Types].xml").decode()
        for name in parts.namelist():
            if name.endswith((".xml", ".rels", ".svg")):
                ElementTree.fromstring(parts.read(name))
            extension = name.rpartition(".")[2]
            assert f'Extension="{extension}"' in types or f'PartName="/{name}"' in types


def test_catalogues_are_told_what_it_is(opened: Document, report: Report) -> None:
    told = opened.core_properties
    assert told.title == report.title
    assert told.subject == report.subtitle
    assert told.comments == report.description
    assert told.author == told.last_modified_by == "Vattstads kommun"
    assert told.language == "sv-SE"
    assert told.created == told.modified == datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_a_property_has_no_more_letters_than_it_may(report: Report) -> None:
    long = replace(report, description="Ord " * 200, sections=())
    told = docx.Document(BytesIO(word(long))).core_properties.comments
    assert len(told) <= 255
    assert told.endswith("…")


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_it_is_spelt_in_its_language(language: str, code: str) -> None:
    document = docx.Document(BytesIO(word(one(Paragraph("x"), language=language))))
    (default,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert default.get(f"{W}val") == code


def test_the_title_page_says_what_it_is(opened: Document, report: Report) -> None:
    assert texts(opened, "Kicker") == [report.kicker]
    assert texts(opened, "Title") == [report.name]
    assert texts(opened, "Subtitle") == [report.subtitle]
    assert texts(opened, "Fact") == ["Plats\tVattstads kommun", "Utgåva\tr1"]
    assert texts(opened, "Note")[0] == report.notice


def test_every_page_but_the_first_has_its_number(opened: Document, report: Report) -> None:
    (section,) = opened.sections
    assert section.different_first_page_header_footer
    assert not section.first_page_footer.paragraphs[0].text
    (foot,) = section.footer.paragraphs
    assert foot.text.startswith(report.title)
    assert [code.text for code in foot._element.iter(f"{W}instrText")] == [" PAGE "]


# --- headings and links ---------------------------------------------------------------------------


def test_headings_are_headings(opened: Document) -> None:
    found = [(one.style.name, one.text) for one in opened.paragraphs
             if one.style and (one.style.name or "").startswith("Heading")]  # fmt: skip
    assert found == [
        ("Heading 1", "Sammanfattning"), ("Heading 1", f"Metod {ODD}"), ("Heading 2", "Karta"),
        ("Heading 3", "Djupt"), ("Heading 1", "Bilaga"),
    ]  # fmt: skip


def test_sections_begin_a_page_where_they_say_so() -> None:
    sections = (Section("a", "A"), Section("b", "B", sections=(Section("c", "C", begins=True),)))
    document = docx.Document(BytesIO(word(reported(*sections))))
    begin = {one.text: bool(one.paragraph_format.page_break_before) for one in document.paragraphs}
    assert (begin["A"], begin["B"], begin["C"]) == (True, False, True)


def test_the_contents_are_a_field_that_is_filled_in(opened: Document) -> None:
    (contents,) = opened.element.body.iter(f"{W}sdt")
    codes = [code.text for code in contents.iter(f"{W}instrText")]
    assert codes == [r' TOC \o "1-2" \h \z \n ']
    kinds = [mark.get(f"{W}fldCharType") for mark in contents.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    entries = [link.text for link in contents.iter(f"{W}hyperlink")]
    assert entries == ["Sammanfattning", f"Metod {ODD}", "Karta", "Bilaga"]


def test_links_lead_somewhere(opened: Document) -> None:
    body = opened.element.body
    named = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(named)) == len(named) == 5
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in named)
    links = list(body.iter(f"{W}hyperlink"))
    inward = [link.get(f"{W}anchor") for link in links if link.get(f"{W}anchor")]
    assert set(inward) <= set(named)
    assert inward.count("how_it_is") == 3
    outward = {opened.part.rels[link.get(f"{TO}id")].target_ref
               for link in links if link.get(f"{TO}id")}  # fmt: skip
    assert outward == {"https://example.org/?a=1&b=2"}
    assert "det som saknas" not in {link.text for link in links}
    assert any("det som saknas" in one.text for one in opened.paragraphs)


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=8))
def test_every_section_has_a_bookmark_of_its_own(ids: list[str]) -> None:
    found = bookmarks(Section(name, "x") for name in ids)
    assert list(found) == ids
    assert len({name.lower() for name in found.values()}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in found.values())


# --- text -----------------------------------------------------------------------------------------


def test_nothing_is_markup_and_what_xml_forbids_is_left_out(opened: Document) -> None:
    assert texts(opened, "Note")[1] == f"Egen text\nRad ett\nrad två {ODD}"


@given(st.text())
def test_any_text_is_written(text: str) -> None:
    document = docx.Document(BytesIO(word(one(Paragraph(text)))))
    assert document.paragraphs[-1].text == clean(text)


def test_forms_are_styles(opened: Document) -> None:
    """A reader's own template takes over what no run and no paragraph has of its own."""
    assert texts(opened, "Lead") == ["Skillnaderna ökar."]
    assert texts(opened, "List Bullet") == ["Ett", "Två gånger"]
    assert texts(opened, "Code") == ["samsyn report '9901'  --lang sv"]
    assert texts(opened, "Small print") == ["Fint."]
    assert texts(opened, "Key figure") == [
        "17,4 %\tLåg standard\nRiket 14,7 %", "59\u00a0249\tInvånare",
    ]  # fmt: skip
    own = {form.tag for holder in ("rPr", "pPr") for one in opened.element.body.iter(f"{W}{holder}")
           for form in one}  # fmt: skip
    colour_of_data = {f"{W}bdr", f"{W}shd"}
    assert own - colour_of_data == {f"{W}rStyle", f"{W}pStyle", f"{W}keepNext",
                                    f"{W}pageBreakBefore", f"{W}spacing"}  # fmt: skip


def test_every_style_that_is_asked_for_is_there(opened: Document) -> None:
    there = {style.style_id for style in opened.styles}
    asked = {one.get(f"{W}val") for kind in ("rStyle", "pStyle", "tblStyle")
             for one in opened.element.body.iter(f"{W}{kind}")}  # fmt: skip
    assert asked <= there
    assert {one.get(f"{W}val") for kind in ("basedOn", "next")
            for one in opened.styles.element.iter(f"{W}{kind}")} <= there  # fmt: skip


def test_sides_are_read_one_after_the_other(opened: Document) -> None:
    said = [one.text for one in opened.paragraphs]
    assert said.index("Till vänster") < said.index("Till höger")


def test_a_long_key_figure_has_room() -> None:
    figures = KeyFigures((KeyFigure("Lön", "312,4 tusen kronor"), KeyFigure("Ålder", "41")))
    document = docx.Document(BytesIO(word(one(figures))))
    assert len(texts(document, "Key figure wide")) == 2


# --- figures and tables ---------------------------------------------------------------------------


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
    document = docx.Document(BytesIO(word(one(table, Figure("f", chart), language="en"))))
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


def test_a_picture_is_as_large_as_asked_and_never_more_than_a_page(opened: Document) -> None:
    sizes = [(one.width, one.height) for one in opened.inline_shapes]
    half, small, tall = sizes
    assert half[0] == pytest.approx(WIDTH / 2, rel=0.01)
    assert small == (60 * 9525, 8 * 9525)
    assert tall[0] <= WIDTH
    assert tall[1] <= 0.8 * HEIGHT


def test_tables_say_what_they_are(opened: Document) -> None:
    first, second = opened.tables
    for table, caption, rows in ((first, "Områden och typer", 2), (second, "Alla siffror", 90)):
        (named,) = table._tbl.iter(f"{W}tblCaption")
        (told,) = table._tbl.iter(f"{W}tblDescription")
        assert named.get(f"{W}val") == caption
        assert f"{rows} rader" in told.get(f"{W}val")
        (look,) = table._tbl.iter(f"{W}tblLook")
        assert look.get(f"{W}firstRow") == look.get(f"{W}firstColumn") == "1"
        head, *others = table._tbl.tr_lst
        assert list(head.iter(f"{W}tblHeader"))
        assert not any(list(row.iter(f"{W}tblHeader")) for row in others)
        assert all(list(row.iter(f"{W}cantSplit")) for row in (head, *others))
    assert [cell.text for cell in first.rows[1].cells] == [
        "Norr", "\u00a0\u00a0\u00a0 Stora utmaningar", "", "17,4 %",
    ]  # fmt: skip
    assert "4966A8" in first.rows[1].cells[1]._tc.xml
    assert texts(opened, "Table note") == ["Typen följer av indexet."]


def test_columns_are_as_wide_as_their_parts_and_numbers_stand_to_the_right(
    opened: Document,
) -> None:
    first, second = opened.tables
    assert sum(column.width or 0 for column in first.columns) == WIDTH
    wide, _, _, narrow = (column.width or 0 for column in first.columns)
    assert wide == pytest.approx(2 * narrow, rel=0.01)
    styles = [cell.paragraphs[0].style.name for cell in second.rows[1].cells]
    assert styles == ["Table text dense", "Table number dense", "Table number dense"]
    assert opened.styles["Table number"].paragraph_format.alignment == 2


def table_of(*columns: Column, rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table("x", columns, rows)


def test_a_word_has_room_where_others_have_room_to_give() -> None:
    rows = (("x" * 40, "Trollhättan", "1"),)
    wide, town, year = widths(
        table_of(Column("a", width=8), Column("b"), Column("c"), rows=rows), 9000, 9.5, 160
    )
    assert town >= 160 + 11 * 9.5 * 20 * 0.5
    assert wide > town > year
    assert wide + town + year == 9000


@given(st.lists(st.tuples(st.floats(0.1, 9), st.text("ab ", max_size=30)), min_size=1, max_size=12))
def test_columns_fill_the_page_whatever_is_in_them(found: list[tuple[float, str]]) -> None:
    columns = [Column(text, width=width) for width, text in found]
    made = widths(table_of(*columns, rows=()), 9072, 8, 160)
    assert sum(made) == 9072
    assert min(made) > 0


# --- what programs make of it ---------------------------------------------------------------------


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


@pytest.fixture(scope="module")
def printed(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The text of each page as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        lacking("LibreOffice", "libreoffice")
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(written)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with pypdfium2.PdfDocument(folder / "report.pdf") as pdf:
        pages = []
        for page in pdf:
            text = page.get_textpage()
            pages.append(re.sub(r"\s+", " ", text.get_text_range()))
            text.close()
            page.close()
        yield pages


def test_libreoffice_reads_all_of_it(printed: list[str], report: Report) -> None:
    assert 6 <= len(printed) <= 12
    assert report.name in printed[0]
    assert not re.search(r"\b1$", printed[0].strip())
    contents, rest = printed[1], printed[2:]
    assert contents.startswith("Innehåll")
    for section in report.every():
        assert any(section.title in page for page in rest)
    for section in report.sections:
        assert section.title in contents
    assert any("Figur 2. Områdestyper i Vattstad." in page for page in rest)


def test_a_table_has_its_headings_on_every_page(printed: list[str]) -> None:
    there = [page for page in printed if re.search(r"Mått \d+ \d+,1", page)]
    assert len(there) > 1
    assert all("Mått 2023 2024" in page for page in there)
