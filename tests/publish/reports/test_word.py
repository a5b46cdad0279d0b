"""A report as a Word file: its parts and properties, its title page, its sections and links."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.reports import Paragraph, Report, Section
from samsyn.publish.reports.word import word
from samsyn.publish.reports.word.draft import bookmarks
from tests.publish.reports.reading import TO, W, as_word, texts
from tests.publish.reports.sample import ODD, reported, single

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
    told = as_word(long).core_properties.comments
    assert len(told) <= 255
    assert told.endswith("…")


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_it_is_spelt_in_its_language(language: str, code: str) -> None:
    document = as_word(single(Paragraph("x"), language=language))
    (default,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert default.get(f"{W}val") == code


def test_the_title_page_says_what_it_is(opened: Document, report: Report) -> None:
    assert texts(opened, "Kicker") == [report.kicker]
    assert texts(opened, "Title") == [report.name]
    assert texts(opened, "Subtitle") == [report.subtitle]
    assert texts(opened, "Fact") == [f"Plats\tVattstads kommun {ODD}", "Utgåva\tr1"]
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
    document = as_word(reported(*sections))
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
