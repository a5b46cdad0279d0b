"""A document as a file whose bytes follow from its content alone."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from docx.document import Document

FIRST: Final = "[Content_Types].xml"  # where programs look for what the rest is
OLDEST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell


def packed(document: Document) -> bytes:
    """The document as a .docx: its parts in a set order, and without the time of writing."""
    written, file = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(file, "w") as made:
        for name in sorted(parts.namelist(), key=lambda name: (name != FIRST, name)):
            part = zipfile.ZipInfo(name, OLDEST)
            part.create_system = 3  # else it is told by the machine
            part.external_attr = 0o644 << 16
            made.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
