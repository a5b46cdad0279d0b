"""The blocks of a report, each as what Word has for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from samsyn.publish.reports.figures import drawn
from samsyn.publish.reports.report import (
    SUPPLEMENT,
    Block,
    Bullets,
    Code,
    Figure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
)
from samsyn.publish.reports.word import pictures, tables
from samsyn.publish.reports.word.draft import Draft
from samsyn.publish.reports.word.elements import Element, field, paragraph, run
from samsyn.publish.texts import said

KINDS: Final = {"body": "Normal", "lead": "Lead", "small": "SmallPrint"}
VALUE_LETTERS: Final = 12  # that there is room for before the name of a key figure


def blocks(draft: Draft, there: Iterable[Block]) -> list[Element]:
    """Blocks in their order."""
    return [element for block in there for element in WRITERS[type(block)](draft, block)]


def note(draft: Draft, block: Note) -> list[Element]:
    """Paragraphs on a ground, which Word draws as one; the title stands in the first."""
    title = [run(block.title, "Strong"), run("\n")] if block.title else []
    first, *others = (draft.words(words) for words in block.paragraphs)
    return [paragraph("Note", *title, *first), *(paragraph("Note", *one) for one in others)]


def _paragraph(draft: Draft, block: Paragraph) -> list[Element]:
    return [paragraph(KINDS[block.kind], *draft.words(block.words))]


def _bullets(draft: Draft, block: Bullets) -> list[Element]:
    return [paragraph("ListBullet", *draft.words(item)) for item in block.items]


def _code(_: Draft, block: Code) -> list[Element]:
    return [paragraph("Code", run(block.text))]


def _key_figures(_: Draft, block: KeyFigures) -> list[Element]:
    """A paragraph each: beside each other they would be a table, read out row by row."""
    wide = any(len(one.value) > VALUE_LETTERS for one in block.items)
    found = []
    for at, one in enumerate(block.items, start=1):
        told = [run(one.value, "KeyFigureValue"), run(f"\t{one.name}", "Strong")]
        if one.note:
            told += [run("\n"), run(one.note, "KeyFigureNote")]
        found.append(
            paragraph("KeyFigureWide" if wide else "KeyFigure", *told, keep=at < len(block.items))
        )
    return [*found, paragraph("BlockEnd")]


def _table(draft: Draft, block: Table) -> list[Element]:
    caption = paragraph("Caption", *_numbered(draft, "table"), run(block.caption))
    after = paragraph("TableNote", run(block.note)) if block.note else paragraph("BlockEnd")
    return [caption, tables.table(draft, block), after]


def _figure(draft: Draft, block: Figure) -> list[Element]:
    label = _numbered(draft, "figure")
    name = f"{said(SUPPLEMENT, 'figure', draft.language)} {draft.counted['figure']}"
    picture = pictures.figure(draft, drawn(block.picture), name, f"{block.title} {block.alt}")
    return [
        paragraph("Figure", picture),
        paragraph("Caption", *label, run(block.title, "Strong"), run(f" {block.alt}")),
        paragraph("Source", run(block.picture.source)),
    ]


def _numbered(draft: Draft, of: str) -> list[Element]:
    """The label of a caption, whose number follows when somebody puts in another."""
    word, number = said(SUPPLEMENT, of, draft.language), draft.number(of)
    counted = field(rf"SEQ {word} \* ARABIC", str(number), "CaptionLabel")
    return [run(f"{word} ", "CaptionLabel"), *counted, run(". ", "CaptionLabel")]


WRITERS: Final[dict[type, Callable[[Draft, Any], list[Element]]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Note: note,
    Code: _code,
    KeyFigures: _key_figures,
    Table: _table,
    Figure: _figure,
}
