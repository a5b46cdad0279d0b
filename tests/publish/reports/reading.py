"""Files of reports as programs read them."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pypdfium2
from docx.document import Document

from samsyn.publish.reports import Report
from samsyn.publish.reports.word import word

TO = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def as_word(report: Report) -> Document:
    """A report, written as a Word file and opened."""
    return docx.Document(BytesIO(word(report)))


def texts(document: Document, style: str) -> list[str]:
    """The paragraphs of a Word file in a style."""
    return [one.text for one in document.paragraphs if one.style and one.style.name == style]


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    with pypdfium2.PdfDocument(content) as file:
        found = []
        for page in file:
            text = page.get_textpage()
            found.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        return found


def flat(text: str) -> str:
    """A text without what breaking lines does to it: hyphens where a word was parted, spaces."""
    return re.sub(r"\s+", "", re.sub(r"[\ufffe\u00ad\u0002-]\n?", "", text))
