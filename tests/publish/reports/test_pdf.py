"""A report as PDF: what those rely on who read it, hear it, search it or keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from samsyn.publish.reports import Bullets, Paragraph, Report, Section, Table
from samsyn.publish.reports.figures import drawn
from samsyn.publish.reports.pdf import pdf
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release
from tests.publish.reports.reading import flat, pages
from tests.publish.reports.sample import DAY, single

PLACE = "municipality/9901"


@pytest.fixture(scope="module")
def report(demo: Release) -> Report:
    return situation_report(demo, Choice(PLACE, day=DAY, author="Vattstads kommun"))


@pytest.fixture(scope="module")
def written(report: Report) -> bytes:
    return pdf(report)


@pytest.fixture(scope="module")
def opened(written: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(written)) as file:
        yield file


@pytest.fixture(scope="module")
def elements(opened: pikepdf.Pdf) -> list[tuple[str, pikepdf.Dictionary]]:
    """Every element of the structure tree with its kind, in the order in which it is read."""
    return list(_elements(opened.Root.StructTreeRoot))


def _elements(node: Any) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/"), node
        if "/K" in node:
            yield from _elements(node.K)


def rendered(content: bytes) -> list[bytes]:
    """The pixels of each page."""
    with pypdfium2.PdfDocument(content) as file:
        found = []
        for page in file:
            found.append(bytes(page.render(scale=0.7).buffer))
            page.close()
        return found


# --- what it is -----------------------------------------------------------------------------------


def test_it_is_tagged_and_says_which_standards_it_keeps(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in opened.Root
    with opened.open_metadata() as told:
        assert (told["pdfuaid:part"], told["pdfaid:part"], told["pdfaid:conformance"]) == (
            "1", "2", "A",
        )  # fmt: skip
    assert not opened.is_encrypted


@pytest.mark.parametrize(("language", "codes"), [("sv", ("sv", "sv-SE")), ("en", ("en", "en-GB"))])
def test_it_is_in_its_language(language: str, codes: tuple[str, ...]) -> None:
    with pikepdf.open(BytesIO(pdf(single(Paragraph("x"), language=language)))) as file:
        assert str(file.Root.Lang) in codes


def test_its_title_is_set_and_shown(opened: pikepdf.Pdf, report: Report) -> None:
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo.Title) == report.title == "Lägesbild: Vattstad"
    assert str(opened.docinfo.Author) == "Vattstads kommun"
    with opened.open_metadata() as told:
        assert told["dc:title"] == report.title
        assert told["dc:description"] == report.description
        assert told["dc:creator"] == ["Vattstads kommun"]


def test_bookmarks_lead_to_every_heading(opened: pikepdf.Pdf, report: Report) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[tuple[str, Any]]:
        return [(item.title, titles(list(item.children))) for item in items]

    def sections(there: tuple[Section, ...]) -> list[tuple[str, Any]]:
        return [(one.title, sections(one.sections)) for one in there]

    with opened.open_outline() as outline:
        assert titles(list(outline.root)) == sections(report.sections)


def test_every_font_is_in_the_file(opened: pikepdf.Pdf) -> None:
    found = {}
    for one in opened.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            found[str(one.FontName)] = any(f"/FontFile{n}" in one for n in ("", "2", "3"))
    assert found
    assert all(found.values())
    assert any("Source" in name for name in found)


def test_nothing_is_fetched_run_or_attached(written: bytes, opened: pikepdf.Pdf) -> None:
    for name in ("/OpenAction", "/AA", "/AcroForm", "/AF"):
        assert name not in opened.Root
    names = opened.Root.get("/Names", pikepdf.Dictionary())
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(names.keys())
    kinds = {
        str(one.S)
        for one in opened.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Action"
    }
    assert kinds <= {"/URI", "/GoTo"}
    assert b"/JavaScript" not in written
    assert b"/Launch" not in written


# --- what is read aloud ---------------------------------------------------------------------------


def test_headings_are_headings_of_their_level(
    elements: list[tuple[str, pikepdf.Dictionary]], report: Report
) -> None:
    levels = [kind for kind, _ in elements if re.fullmatch(r"H\d", kind)]
    contents, *rest = levels
    assert contents == "H1"

    def told(there: tuple[Section, ...], level: int) -> Iterator[str]:
        for one in there:
            yield f"H{level}"
            yield from told(one.sections, level + 1)

    assert rest == list(told(report.sections, 1))


def test_every_picture_is_told_in_words(
    elements: list[tuple[str, pikepdf.Dictionary]], report: Report
) -> None:
    told = [str(one.get("/Alt", "")).strip() for kind, one in elements if kind == "Figure"]
    assert all(len(text) > 5 for text in told)
    for figure in report.figures():
        assert f"{figure.title} {figure.alt}" in told


def test_tables_have_headings_that_are_such(
    elements: list[tuple[str, pikepdf.Dictionary]], report: Report
) -> None:
    tables = [block for one in report.every() for block in one.blocks if isinstance(block, Table)]
    found = [one for kind, one in elements if kind == "Table"]
    assert len(found) == len(tables)
    for told, table in zip(found, tables, strict=True):
        kinds = [kind for kind, _ in _elements(told.K)]
        assert kinds.count("TR") == len(table.rows) + 1
        assert kinds.count("TH") >= len(table.columns)
        cells = kinds.count("TH") + kinds.count("TD")
        assert cells == len(table.columns) * (len(table.rows) + 1)


def test_lists_are_lists(elements: list[tuple[str, pikepdf.Dictionary]], report: Report) -> None:
    items = sum(
        len(block.items)
        for one in report.every()
        for block in one.blocks
        if isinstance(block, Bullets)
    )
    assert [kind for kind, _ in elements].count("LI") == items


# --- what is found --------------------------------------------------------------------------------


def test_text_is_found_as_it_is_written(written: bytes, report: Report) -> None:
    text = flat("\n".join(pages(written)))
    for one in report.every():
        assert flat(one.title) in text
    for words in ("Hur ojämnt människor bor", "Mellan områdena varierar det från", "sekretess"):
        assert flat(words) in text
    _, *letters = pages(pdf(single(Paragraph("åäöÅÄÖ éü – −"))))
    assert "åäöÅÄÖéü–−" in flat("".join(letters))


def test_the_first_page_says_what_it_is_and_every_other_has_its_number(
    written: bytes, report: Report
) -> None:
    first, *rest = pages(written)
    for words in (report.kicker, report.name, report.subtitle, "påhittade", "2026-03-04"):
        assert flat(words) in flat(first)
    for at, text in enumerate(rest, 2):
        assert re.search(rf"\b{at}\s*$", text.strip()) or f"\n{at}\n" in text


def test_the_last_page_has_the_command(written: bytes) -> None:
    command = "samsyn report municipality/9901 --release demo --author 'Vattstads kommun' --lang sv"
    assert flat(command) in flat(pages(written)[-1])


def test_links_inside_lead_somewhere(opened: pikepdf.Pdf) -> None:
    there = _destinations(opened)
    inward = outward = 0
    for page in opened.pages:
        for link in page.obj.get("/Annots", []):
            if link.get("/Subtype") != "/Link":
                continue
            assert str(link.get("/Contents", "")).strip()
            target = link.get("/Dest") or link.get("/A", pikepdf.Dictionary()).get("/D")
            if target is None:
                assert str(link.A.URI).startswith("http")
                outward += 1
                continue
            inward += 1
            if isinstance(target, pikepdf.Array):
                assert target[0].get("/Type") == "/Page"
            else:
                assert str(target) in there
    assert inward > 30
    assert not outward  # without an address of the site


def _destinations(file: pikepdf.Pdf) -> set[str]:
    if "/Names" not in file.Root or "/Dests" not in file.Root.Names:
        return set()
    return set(pikepdf.NameTree(file.Root.Names.Dests))


def test_links_outside_are_those_of_the_site(demo: Release) -> None:
    choice = Choice(PLACE, day=DAY, sections=("appendix",), site="https://example.org")
    with pikepdf.open(BytesIO(pdf(situation_report(demo, choice)))) as file:
        found = {
            str(link.A.URI)
            for page in file.pages
            for link in page.obj.get("/Annots", [])
            if "/A" in link and "/URI" in link.A
        }
    assert found
    assert all(address.startswith("https://example.org/") for address in found)
    assert all("release=demo" in address for address in found)


# --- the same again -------------------------------------------------------------------------------


def test_the_same_report_gives_the_same_bytes(written: bytes, demo: Release) -> None:
    again = situation_report(demo, Choice(PLACE, day=DAY, author="Vattstads kommun"))
    assert pdf(again) == written


def test_another_day_changes_the_date_and_nothing_else(demo: Release) -> None:
    """Every page but the first looks the same, and the drawings are so to the byte."""
    texts, looks, drawings = [], [], []
    for day in (DAY, date(2027, 11, 28)):
        choice = Choice(PLACE, day=day, sections=("areas", "housing"))
        report = situation_report(demo, choice)
        content = pdf(report)
        texts.append("\f".join(pages(content)).replace(day.isoformat(), "DAY"))
        looks.append(rendered(content)[1:])
        drawings.append([drawn(figure.picture).svg for figure in report.figures()])
        with pikepdf.open(BytesIO(content)) as file:
            assert str(file.docinfo.CreationDate).startswith(f"D:{day:%Y%m%d}")
    assert texts[0] == texts[1]
    assert looks[0] == looks[1]
    assert drawings[0] == drawings[1]
    assert len(drawings[0]) > 3
