"""A workbook that somebody sent, unpacked no further than there is room for.

A workbook is a zip file of XML. One that would swell when it is unpacked is refused here, before
anything else opens it; what its sheets hold is looked at in `samsyn.people.excel.besides`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

MAX_UNPACKED: Final = 60_000_000  # bytes
MAX_PARTS: Final = 2_000
BOOK: Final = "xl/workbook.xml"


class RefusedError(ValueError):
    """It is no workbook, or one that cannot be opened with safety; `why` names which."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.where = where


def repacked(raw: bytes) -> bytes:
    """The same workbook with nothing packed, so that its size is what it seems.

    What a zip file says of its own sizes need not be so: every part is unpacked here, no further
    than there is room for. Of two parts with one name nobody knows which a reader takes, so that is
    refused as well. Raises RefusedError.
    """
    out = io.BytesIO()
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w") as made:
            parts = packed.infolist()
            names = {part.filename.replace("\\", "/").casefold() for part in parts}
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > left:
                raise RefusedError("too large")
            if BOOK not in names:
                raise RefusedError("not a workbook")
            if len(names) < len(parts):
                raise RefusedError("damaged")
            for part in parts:
                with packed.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise RefusedError("too large")
                made.writestr(zipfile.ZipInfo(part.filename), content)
    except RefusedError:
        raise
    except (
        zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
        zlib.error,
    ):  # fmt: skip
        raise RefusedError("damaged") from None
    return out.getvalue()
