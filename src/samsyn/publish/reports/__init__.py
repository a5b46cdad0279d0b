"""Reports: one description of the content, and a writer each for PDF, Word and the web.

`report` says what a report consists of; `pdf`, `word` and `web` write the same report. What a
report is about stands elsewhere: see `publish.situation`.
"""

from samsyn.publish.reports.report import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Diagram,
    Figure,
    Inline,
    KeyFigure,
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
    plain,
)

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Code",
    "Column",
    "Diagram",
    "Figure",
    "Inline",
    "KeyFigure",
    "KeyFigures",
    "Link",
    "Note",
    "Paragraph",
    "Picture",
    "Report",
    "Section",
    "Strong",
    "Swatch",
    "Table",
    "Words",
    "plain",
]
