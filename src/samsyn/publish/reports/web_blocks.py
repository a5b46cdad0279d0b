"""The blocks of a report as HTML, each kind by its own rule, and all text escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import singledispatchmethod
from html import escape
from typing import Final
from urllib.parse import quote

from samsyn.publish.reports.report import (
    SUPPLEMENT,
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Figure,
    Inline,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Strong,
    Swatch,
    Table,
    Words,
)
from samsyn.publish.texts import said

# Pages of the web, places in the report, and addresses of the same site: nothing that runs.
SAFE: Final = re.compile(
    r"(?:https?://|#|\?|/(?![/\\])|[\w.-]+(?=[/?#]|\Z))[^\s\\\x00-\x1f]*", re.IGNORECASE
)
CLASSES: Final = {"body": "", "lead": ' class="lede"', "small": ' class="source"'}
SWATCH: Final = 13  # pixels


class Blocks:
    """Writes blocks one after the other, and counts figures and tables through the report."""

    def __init__(self, language: str, picture: Callable[[Figure], str]) -> None:
        self._language = language
        self._picture = picture
        self._count = dict.fromkeys(SUPPLEMENT, 0)

    @singledispatchmethod
    def html(self, block: Block) -> str:
        """A block as HTML."""
        raise TypeError(f"A report has no such block: {type(block).__name__}")

    @html.register
    def _(self, block: Paragraph) -> str:
        return f"<p{CLASSES[block.kind]}>{words(block.words)}</p>\n"

    @html.register
    def _(self, block: Bullets) -> str:
        items = "".join(f"<li>{words(item)}</li>" for item in block.items)
        return f"<ul>{items}</ul>\n"

    @html.register
    def _(self, block: Note) -> str:
        title = f"<p><strong>{escape(block.title)}</strong></p>" if block.title else ""
        text = "".join(f"<p>{words(one)}</p>" for one in block.paragraphs)
        return f'<div class="note" role="note">{title}{text}</div>\n'

    @html.register
    def _(self, block: Code) -> str:
        return f"<pre><code>{escape(block.text)}</code></pre>\n"

    @html.register
    def _(self, block: KeyFigures) -> str:
        facts = "".join(
            f"<div><dt>{escape(one.name)}</dt><dd>{escape(one.value)}</dd>"
            f"{f'<dd>{escape(one.note)}</dd>' if one.note else ''}</div>"
            for one in block.items
        )
        return f'<dl class="facts">{facts}</dl>\n'

    @html.register
    def _(self, block: Figure) -> str:
        return (
            f'<figure class="drawing" id="figure-{escape(block.name)}">{self._picture(block)}'
            f"<figcaption><p>{self._numbered('figure')} <strong>{escape(block.title)}</strong> "
            f'{escape(block.alt)}</p><p class="source">{escape(block.picture.source)}</p>'
            "</figcaption></figure>\n"
        )

    @html.register
    def _(self, block: Table) -> str:
        number = self._numbered("table")
        name = f"table-{self._count['table']}"
        css = ' class="dense"' if block.dense else ""
        head = "".join(_th(column) for column in block.columns)
        body = "".join(f"<tr>{_row(row, block.columns)}</tr>" for row in block.rows)
        note = f'<p class="source">{escape(block.note)}</p>\n' if block.note else ""
        return (
            f'<div class="wide" tabindex="0" role="region" aria-labelledby="{name}">'
            f'<table{css}><caption><span id="{name}">{number} '
            f"<strong>{escape(block.caption)}</strong></span></caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n{note}"
        )

    def _numbered(self, kind: str) -> str:
        """What the next figure or table is called: Figur 3."""
        self._count[kind] += 1
        name = f"{said(SUPPLEMENT, kind, self._language)} {self._count[kind]}."
        return f'<span class="numbered">{name}</span>'


def image_address(svg: str) -> str:
    """A drawing as the address of an image of its own: its ids and styles are not the page's."""
    return f"data:image/svg+xml,{quote(svg, safe=' =:/,;()')}"


def words(told: Words) -> str:
    """Words as HTML: what is strong, and what leads somewhere."""
    if isinstance(told, tuple):
        return "".join(_inline(one) for one in told)
    return escape(told)


def _inline(one: Inline) -> str:
    if isinstance(one, Strong):
        return f"<strong>{escape(one.text)}</strong>"
    if isinstance(one, Link):
        if SAFE.fullmatch(one.address) is None:
            return escape(one.text)
        return f'<a href="{escape(one.address)}">{escape(one.text)}</a>'
    return escape(one)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Swatch):
        return (
            f'<svg class="swatch" width="{SWATCH}" height="{SWATCH}" aria-hidden="true">'
            f'<rect width="100%" height="100%" rx="2" fill="{escape(cell.colour)}"/></svg> '
            f"{escape(cell.text)}"
        )
    if isinstance(cell, Picture):
        return (
            f'<img src="{escape(image_address(cell.svg))}" width="{cell.width}" '
            f'height="{cell.height}" alt="{escape(cell.alt)}">'
        )
    return _inline(cell)


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    first, *others = (
        (_aligned(column), _cell(cell)) for cell, column in zip(row, columns, strict=True)
    )
    named = f'<th scope="row"{first[0]}>{first[1]}</th>'
    return named + "".join(f"<td{css}>{content}</td>" for css, content in others)


def _th(column: Column) -> str:
    return f'<th scope="col"{_aligned(column)}>{escape(column.heading)}</th>'


def _aligned(column: Column) -> str:
    return ' class="number"' if column.align == "right" else ""
