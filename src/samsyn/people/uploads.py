"""Files that people put beside records: which are taken, and what is looked at in them.

What a file is follows from its content; its name must say the same. None is ever shown by the site
itself, only sent to be saved.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, BinaryIO, Final, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

LARGEST: Final = 20 * 2**20  # bytes
BESIDE: Final = 2**20  # bytes of a form beside its file
NAME: Final = 150  # letters of a file's name
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
OFFICE: Final = "application/vnd.openxmlformats-officedocument."


def _starts(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(16).startswith(signatures)


def _pdf(file: BinaryIO) -> bool:
    return b"%PDF-" in file.read(1024)


def _office(part: str) -> Callable[[BinaryIO], bool]:
    """A file of Office with that part, and without macros."""

    def is_one(file: BinaryIO) -> bool:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return part in names and "[Content_Types].xml" in names and not macros

    return is_one


def _open_document(kind: str) -> Callable[[BinaryIO], bool]:
    def is_one(file: BinaryIO) -> bool:
        with zipfile.ZipFile(file) as packed, packed.open("mimetype") as told:
            return told.read(100).decode("ascii").strip() == OPEN_DOCUMENT + kind

    return is_one


def _text(file: BinaryIO) -> bool:
    """Whether it is text: of some encoding, without what only programs and pictures have."""
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content.decode("utf-16")
        except UnicodeDecodeError:
            return False
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content)


@dataclass(frozen=True)
class Sort:
    """A sort of file: what it is sent as, and whether a content is one."""

    media_type: str
    is_one: Callable[[BinaryIO], bool]


SORTS: Final[Mapping[str, Sort]] = MappingProxyType({
    "pdf": Sort("application/pdf", _pdf),
    "docx": Sort(OFFICE + "wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Sort(OFFICE + "spreadsheetml.sheet", _office("xl/workbook.xml")),
    "odt": Sort(OPEN_DOCUMENT + "text", _open_document("text")),
    "ods": Sort(OPEN_DOCUMENT + "spreadsheet", _open_document("spreadsheet")),
    "csv": Sort("text/csv", _text),
    "txt": Sort("text/plain", _text),
    "png": Sort("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": Sort("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": Sort("image/jpeg", _starts(b"\xff\xd8\xff")),
})  # fmt: skip
ENDINGS: Final = ", ".join(f".{ending}" for ending in SORTS)


@dataclass(frozen=True)
class Looked:
    """A file that is taken: its name without anything odd, what it is, and its checksum."""

    name: str
    media_type: str
    checksum: str


def looked_at(file: UploadedFile) -> Looked:
    """What a file is. Raises ValidationError, in words, where it is not taken."""
    name = plain_name(file.name or "")
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if (file.size or 0) > LARGEST:
        raise ValidationError(too_large())
    if not file.size:
        raise ValidationError(_("Filen %(name)s är tom.") % {"name": name})
    sort = SORTS.get(ending)
    if sort is None:
        text = _("%(name)s är inte en sorts fil som går att lägga till. Det som går: %(endings)s.")
        raise ValidationError(text % {"name": name, "endings": ENDINGS})
    if not _is(sort, file):
        text = _(
            "%(name)s innehåller något annat än vad namnet säger (.%(ending)s), eller makron. "
            "Öppna filen i programmet som den kommer från, spara den på nytt och försök igen."
        )
        raise ValidationError(text % {"name": name, "ending": ending})
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return Looked(name, sort.media_type, digest.hexdigest())


def too_large() -> str:
    """What is said of a file that is too large."""
    return _("Filen är för stor. Den får vara högst %(size)s MB.") % {"size": LARGEST // 2**20}


def plain_name(name: str) -> str:
    """The name of a file without folders and without letters that are not seen."""
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(one for one in last if one.isprintable()).strip(" .")
    path = PurePosixPath(seen or "fil")
    return f"{path.stem[: NAME - len(path.suffix[:10])]}{path.suffix[:10]}"


def _is(sort: Sort, file: UploadedFile) -> bool:
    file.seek(0)
    try:
        return sort.is_one(cast("BinaryIO", file.file))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError, RuntimeError,
            NotImplementedError):  # fmt: skip
        return False
    finally:
        file.seek(0)


class Bounded(FileUploadHandler):
    """Lets no file onto the disk that is larger than any that is taken.

    The form is then sent without it; `was_too_large` tells the page that there was one.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._got = 0

    def new_file(self, *args: Any, **more: Any) -> None:
        """Skip a file whose form is too large as a whole."""
        super().new_file(*args, **more)
        self._got = 0
        if self.request is not None and was_too_large(self.request):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, as long as there are not too many."""
        self._got += len(raw_data)
        if self._got > LARGEST + BESIDE:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to those who keep it."""


def was_too_large(request: HttpRequest) -> bool:
    """Whether the form that was sent had more in it than any file that is taken."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return str(told).isdecimal() and int(told) > LARGEST + BESIDE
