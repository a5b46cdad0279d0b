"""What a Word document is written with: elements, runs of text, fields, links and bookmarks."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from docx.oxml.ns import nsmap
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element: TypeAlias = BaseOxmlElement

W: Final = f"{{{nsmap['w']}}}"
R: Final = f"{{{nsmap['r']}}}"
XML: Final = f"{{{nsmap['xml']}}}"

# What XML 1.0 has no place for, be it escaped; people paste it in with text from elsewhere.
_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK: Final = re.compile("([\n\t])")


def clean(text: str) -> str:
    """The text without characters that XML forbids, its lines ended in one way."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same for where there are no lines, such as the properties of a file."""
    return re.sub("[\n\t ]+", " ", clean(text)).strip()


def w(tag: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """An element of WordprocessingML, whose attributes are in its namespace too."""
    made: Element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(W + key, clean(str(value)))
    made.extend([child for child in children if child is not None])
    return made


def paragraph(style: str, *content: Element, keep: bool = False, first: bool = False) -> Element:
    """A paragraph in a style; `keep` holds it on the page of the next, `first` begins a page."""
    form = w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep else None,
        *((w("pageBreakBefore"), w("spacing", before=0)) if first else ()),
    )
    return w("p", form, *content)


def run(text: str, style: str | None = None, *more: Element) -> Element:
    """Words in one form. A line that ends in the text ends in the document.

    What else a run may hold comes `more`, after its words.
    """
    made = w("r", w("rPr", w("rStyle", val=style)) if style else None)
    for piece in _BREAK.split(clean(text)):
        if piece == "\n":
            made.append(w("br"))
        elif piece == "\t":
            made.append(w("tab"))
        elif piece:
            made.append(_told("t", piece))
    made.extend(more)
    return made


def field(instruction: str, result: str, style: str | None = None) -> list[Element]:
    """A field with the result that stands there until a program works it out anew."""
    return [*opened(instruction, style), run(result, style), closed(style)]


def opened(instruction: str, style: str | None = None) -> list[Element]:
    """How a field begins, which may go on over several paragraphs.

    All of it has the style: some programs give the result the form of the beginning.
    """
    begun, separated = (
        run("", style, w("fldChar", fldCharType=kind)) for kind in ("begin", "separate")
    )
    return [begun, run("", style, _told("instrText", f" {instruction} ")), separated]


def closed(style: str | None = None) -> Element:
    """How it ends."""
    return run("", style, w("fldChar", fldCharType="end"))


def bookmarked(name: str, number: int, *content: Element) -> list[Element]:
    """Content that links can lead to."""
    return [
        w("bookmarkStart", id=number, name=name),
        *content,
        w("bookmarkEnd", id=number),
    ]


def inward(bookmark: str, *content: Element) -> Element:
    """A link to a place in the document."""
    return w("hyperlink", *content, anchor=bookmark, history=1)


def outward(relation: str, *content: Element) -> Element:
    """A link to an address, which the document's relations have under that name."""
    made = w("hyperlink", *content, history=1)
    made.set(f"{R}id", relation)
    return made


def _told(name: str, text: str) -> Element:
    made = w(name)
    made.text = text
    made.set(f"{XML}space", "preserve")
    return made
