"""A report as its readers meet it: the texts of its sections, and the tables by their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.publish.reports import (
    Block,
    Bullets,
    Code,
    Figure,
    KeyFigures,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
    plain,
)

# What the catalogue, the sources and the web say in their own words.
QUOTED = frozenset({"meaning", "sources", "addresses", "cite"})


def texts(report: Report, leaving: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Each text with the section in which it stands, in order; also what pictures say in words."""
    return [
        (section.id, text)
        for section in report.every()
        if section.id not in leaving
        for text in (section.title, *(text for block in section.blocks for text in _said(block)))
        if text
    ]


def whole(report: Report, leaving: frozenset[str] = frozenset()) -> str:
    """All texts of a report, without the marks of where a word may break."""
    front = (report.title, report.subtitle, report.description, report.notice)
    facts = (f"{name}: {told}" for name, told in report.facts)
    rest = (text for _, text in texts(report, leaving))
    return "\n".join((*front, *facts, *rest)).replace("\u00ad", "")


def sentences(text: str) -> list[str]:
    """The sentences of a text: a decimal point and an ordinal end none."""
    return re.split(r"(?<=[.?!])\s+(?=[A-ZÅÄÖ\d])", text)


def section(report: Report, name: str) -> Section:
    """The section with an id."""
    return next(one for one in report.every() if one.id == name)


def tables(section: Section) -> list[Table]:
    """The tables of a section and of those inside it."""
    own = [block for block in section.blocks if isinstance(block, Table)]
    return own + [table for inner in section.sections for table in tables(inner)]


def rows(table: Table) -> list[dict[str, str]]:
    """The rows of a table by their headings."""
    headings = [column.heading.replace("\u00ad", "") for column in table.columns]
    return [dict(zip(headings, map(plain, row), strict=True)) for row in table.rows]


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.words)
        case Bullets():
            yield from map(plain, block.items)
        case Note():
            yield from (block.title, *map(plain, block.paragraphs))
        case Code():
            yield block.text
        case KeyFigures():
            for one in block.items:
                yield from (one.name, one.value, one.note)
        case Table():
            yield block.caption
            yield from (column.heading for column in block.columns)
            yield from (plain(cell) for row in block.rows for cell in row)
            yield block.note
        case Figure():
            yield from (block.title, block.alt, block.picture.source)
