"""A report as PDF, set by Typst: tagged for screen readers (PDF/UA-1) and to be kept (PDF/A-2a).

Nothing of a report becomes markup: Typst gets it as data beside a template, `report.typ`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from samsyn.measure.errors import InputError
from samsyn.publish.fonts import folder
from samsyn.publish.reports.figures import drawn
from samsyn.publish.reports.report import (
    SUPPLEMENT,
    Block,
    Bullets,
    Cell,
    Code,
    Figure,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Report,
    Section,
    Strong,
    Swatch,
    Table,
    Words,
)
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import LIGHT

if TYPE_CHECKING:
    import typst

STANDARDS: Final = ("ua-1", "a-2a")
TEXTS: Final[Texts] = {
    "contents": {"sv": "Innehåll", "en": "Contents"},
}

UNKNOWN_LETTERS: Final = re.compile(r'text `"?(.*?)"?` could not be displayed', re.DOTALL)
REMEMBERED: Final = 10  # documents for which Typst keeps what it has laid out of one before

Files = dict[str, bytes]


class UnknownLettersError(InputError):
    """A text has letters that the fonts lack: a PDF that is read aloud must not have such."""

    def __init__(self, letters: str) -> None:
        super().__init__(
            f"The fonts of the PDF have no sign for “{letters}”: take that out of the text, or "
            "have the report as docx or html"
        )
        self.letters = letters


def pdf(report: Report) -> bytes:
    """The report as a PDF file. The same report gives the same bytes.

    Raises UnknownLettersError where a text has letters that its fonts lack.
    """
    import typst

    there: Files = {}
    content = _content(report, there)
    there["report.json"] = json.dumps(content, ensure_ascii=False).encode()
    there["main"] = files("samsyn.publish.reports").joinpath("report.typ").read_bytes()
    # That files can be given as a mapping is documented and not in the types.
    try:
        made = typst.compile(  # type: ignore[call-overload]
            there,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(datetime.combine(report.day, time(12), UTC).timestamp()),
        )
    except typst.TypstError as error:
        unknown = UNKNOWN_LETTERS.search(str(error))
        if unknown is None:
            raise
        raise UnknownLettersError(unknown[1]) from error
    finally:
        _forget()
    assert isinstance(made, bytes)
    return made


def _forget() -> None:
    """Let Typst drop what it keeps of a report, so that a process that makes many does not grow.

    It keeps what it has laid out for some documents on, 300 MB in time, and no other report has it.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for _ in range(REMEMBERED):
        typst.compile(b"", font_paths=fonts)


@cache
def _fonts() -> typst.Fonts:
    import typst

    there = folder()
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[] if there is None else [str(there)],
    )


def _content(report: Report, there: Files) -> dict[str, Any]:
    """The report as the template reads it; its pictures come into `there`."""
    return {
        "title": report.title,
        "kicker": report.kicker,
        "name": report.name,
        "subtitle": report.subtitle,
        "description": report.description,
        "creator": report.creator,
        "language": report.language,
        "day": {"year": report.day.year, "month": report.day.month, "day": report.day.day},
        "facts": [list(fact) for fact in report.facts],
        "notice": [report.notice] if report.notice else [],
        "words": {
            "contents": said(TEXTS, "contents", report.language),
            "figure": said(SUPPLEMENT, "figure", report.language),
            "table": said(SUPPLEMENT, "table", report.language),
        },
        "colours": {
            "ink": LIGHT.ink, "soft": LIGHT.soft, "faint": LIGHT.faint, "accent": LIGHT.accent,
            "missing": LIGHT.missing,
        },
        "sections": [_section(section, there) for section in report.sections],
    }  # fmt: skip


def _section(section: Section, there: Files) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "begins": section.begins,
        "blocks": [_block(block, there) for block in section.blocks],
        "sections": [_section(inner, there) for inner in section.sections],
    }


def _block(block: Block, there: Files) -> dict[str, Any]:
    writer: Callable[[Any, Files], dict[str, Any]] = WRITERS[type(block)]
    return writer(block, there)


def _paragraph(block: Paragraph, _: Files) -> dict[str, Any]:
    return {"is": "paragraph", "kind": block.kind, "words": _words(block.words)}


def _bullets(block: Bullets, _: Files) -> dict[str, Any]:
    return {"is": "bullets", "items": [_words(item) for item in block.items]}


def _note(block: Note, _: Files) -> dict[str, Any]:
    return {
        "is": "note",
        "title": block.title,
        "paragraphs": [_words(one) for one in block.paragraphs],
    }


def _code(block: Code, _: Files) -> dict[str, Any]:
    return {"is": "code", "text": block.text}


def _key_figures(block: KeyFigures, _: Files) -> dict[str, Any]:
    items = [{"name": one.name, "value": one.value, "note": one.note} for one in block.items]
    return {"is": "key-figures", "items": items}


def _table(block: Table, there: Files) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": block.caption,
        "note": block.note,
        "dense": block.dense,
        "columns": [
            {"heading": one.heading, "align": one.align, "width": one.width}
            for one in block.columns
        ],
        "rows": [[_cell(cell, there) for cell in row] for row in block.rows],
    }


def _figure(block: Figure, there: Files) -> dict[str, Any]:
    name, picture = f"{block.name}.svg", drawn(block.picture)
    there[name] = picture.svg.encode()
    return {
        "is": "figure",
        "file": name,
        "ratio": picture.height / picture.width,
        "title": block.title,
        "message": block.alt,
        "alt": f"{block.title} {block.alt}",
        "source": block.picture.source,
    }


WRITERS: Final[dict[type, Callable[[Any, Files], dict[str, Any]]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Note: _note,
    Code: _code,
    KeyFigures: _key_figures,
    Table: _table,
    Figure: _figure,
}


def _words(words: Words) -> list[Any]:
    return [_inline(word) for word in ((words,) if isinstance(words, str) else words)]


def _inline(word: str | Strong | Link) -> Any:
    if isinstance(word, Strong):
        return {"is": "strong", "text": word.text}
    if isinstance(word, Link):
        return {"is": "link", "text": word.text, "address": word.address}
    return word


def _cell(cell: Cell, there: Files) -> Any:
    if isinstance(cell, Swatch):
        return {"is": "swatch", "colour": cell.colour, "text": cell.text}
    if isinstance(cell, Picture):
        name = f"cell-{len(there)}.svg"
        there[name] = cell.svg.encode()
        return {"is": "picture", "file": name, "alt": cell.alt, "width": cell.width}
    return _inline(cell)
