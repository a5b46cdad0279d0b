"""The whole document: title page, table of contents, sections, and what Word tells about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Final

from docx.document import Document

from samsyn.publish.reports.report import Note, Report, Section
from samsyn.publish.reports.word.blocks import blocks, note
from samsyn.publish.reports.word.draft import Draft, bookmarks
from samsyn.publish.reports.word.elements import (
    Element,
    bookmarked,
    closed,
    field,
    inward,
    one_line,
    opened,
    paragraph,
    run,
    w,
)
from samsyn.publish.reports.word.styles import LANGUAGES
from samsyn.publish.reports.word.template import blank
from samsyn.publish.texts import Texts, said

TEXTS: Final[Texts] = {
    "contents": {"sv": "Innehåll", "en": "Contents"},
}
DEEPEST: Final = 3  # levels of headings
LISTED: Final = 2  # of them in the table of contents
PROPERTY: Final = 255  # letters that a property of a file may have


def document(report: Report) -> Document:
    """The report as a document of python-docx."""
    draft = Draft(blank(report.language), report.language, bookmarks(report.every()))
    _properties(draft.document, report)
    _foot(draft.document, report)
    draft.add(*_front(draft, report), _contents(draft, report))
    for section in report.sections:
        _write(draft, section, 1)
    return draft.document


def _properties(document: Document, report: Report) -> None:
    """What catalogues and screen readers are told; the time is the report's own."""
    told = document.core_properties
    told.title = _short(report.title)
    told.subject = _short(report.subtitle)
    told.comments = _short(report.description)
    told.author = told.last_modified_by = _short(report.creator)
    told.language = LANGUAGES[report.language]
    told.created = told.modified = datetime.combine(report.day, time(12), UTC)
    told.revision = 1


def _short(text: str) -> str:
    plain = one_line(text)
    return plain if len(plain) <= PROPERTY else f"{plain[: PROPERTY - 1]}…"


def _foot(document: Document, report: Report) -> None:
    """The title and the number of the page, on every page but the first."""
    foot = document.sections[0].footer
    foot.is_linked_to_previous = False
    for empty in foot.paragraphs:
        foot._element.remove(empty._element)
    foot._element.append(paragraph("Footer", run(f"{report.title}\t"), *field("PAGE", "1")))


def _front(draft: Draft, report: Report) -> list[Element]:
    return [
        paragraph("Kicker", run(report.kicker)),
        paragraph("Title", run(report.name)),
        paragraph("Subtitle", run(report.subtitle)),
        *(note(draft, Note("", (report.notice,))) if report.notice else ()),
        *(
            paragraph("Fact", run(name, "FactName"), run(f"\t{what}"))
            for name, what in report.facts
        ),
    ]


def _contents(draft: Draft, report: Report) -> Element:
    """A list of the headings that Word can make anew.

    It has no page numbers, which only a program that lays the pages out could know.
    """
    entries = [
        (level, [inward(draft.bookmarks[section.id], run(section.title))])
        for section, level in _listed(report)
    ]
    if entries:
        entries[0][1][:0] = opened(rf'TOC \o "1-{LISTED}" \h \z \n')
        entries[-1][1].append(closed())
    gallery = w("docPartGallery", val="Table of Contents")
    return w(
        "sdt",
        w("sdtPr", w("docPartObj", gallery, w("docPartUnique"))),
        w(
            "sdtContent",
            paragraph("TOCHeading", run(said(TEXTS, "contents", draft.language))),
            *(paragraph(f"TOC{level}", *entry) for level, entry in entries),
        ),
    )


def _listed(report: Report) -> Iterator[tuple[Section, int]]:
    for section in report.sections:
        yield section, 1
        for inner in section.sections:
            yield inner, LISTED


def _write(draft: Draft, section: Section, level: int) -> None:
    place, number = draft.bookmarks[section.id], draft.number("bookmark")
    title = bookmarked(place, number, run(section.title))
    first = section.begins or number == 1  # nothing stands beside the contents
    draft.add(paragraph(f"Heading{min(level, DEEPEST)}", *title, first=first))
    draft.add(*blocks(draft, section.blocks))
    for inner in section.sections:
        _write(draft, inner, level + 1)
