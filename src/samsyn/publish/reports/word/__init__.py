"""A report as a Word file: real headings, tables, captions and lists, for whoever goes on writing.

All form lies in styles (`styles`), so that a reader's own template can take over. Made for Word
2016 and later and for LibreOffice; older programs draw the pictures from PNG.
"""

from __future__ import annotations

from samsyn.publish.reports.report import Report


def word(report: Report) -> bytes:
    """The report as a .docx file. The same report gives the same bytes."""
    # python-docx is there for those only who make reports.
    from samsyn.publish.reports.word.document import document
    from samsyn.publish.reports.word.packing import packed

    return packed(document(report))
