"""The syntax of a PX file: KEYWORD[language]("subkey","subkey")="value","value"; and then DATA.

Texts can go on over several lines, each part in quotation marks. The format: AXIS-VERSION 2013,
https://www.pxtools.net/px-file-format/px-2013.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.measure.errors import InputError

Key = tuple[str, str, tuple[str, ...]]

BEGINNING: Final = re.compile(
    r'\s*([A-Za-z][A-Za-z0-9_-]*)(?:\[([\w-]+)\])?(?:\(((?:"[^"]*"|[^")])*+)\))?\s*='
)
VALUE: Final = re.compile(r'((?:"[^"]*"|[^";]+)*+);')
PARTS: Final = re.compile(r'"([^"]*)"|(,)|([^",\s]+)')
CODEPAGE: Final = re.compile(rb'CODEPAGE\s*=\s*"([^"]+)"')


@dataclass(frozen=True)
class Keywords:
    """A PX file's keywords in one language, and where no text is in it, in the file's own.

    `data` is what follows DATA=, without the semicolon that ends it.
    """

    values: Mapping[Key, tuple[str, ...]]
    language: str
    data: str

    def all(self, keyword: str, *subkeys: str) -> tuple[str, ...]:
        """The values of a keyword; empty where it is not there."""
        for language in (self.language, ""):
            found = self.values.get((keyword, language, subkeys))
            if found is not None:
                return found
        return ()

    def one(self, keyword: str, *subkeys: str) -> str | None:
        """The first value of a keyword; None where it is not there or empty."""
        found = self.all(keyword, *subkeys)
        return found[0].strip() or None if found else None

    def under(self, keyword: str) -> list[tuple[tuple[str, ...], str]]:
        """Every text of a keyword with its subkeys, in the language where it has any."""
        for language in (self.language, ""):
            found = [
                (subkeys, "".join(value))
                for (word, spoken, subkeys), value in self.values.items()
                if word == keyword and spoken == language
            ]
            if found:
                return found
        return []


def decoded_px(raw: bytes, name: str) -> str:
    """The text of a PX file: UTF-8, or in the code page that it names, Windows' or the old DOS."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if raw.startswith(mark):
            return raw.decode("utf-8-sig" if mark == codecs.BOM_UTF8 else "utf-16", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = CODEPAGE.search(raw[:4096])
    page = found[1].decode("ascii", "replace").strip() if found else ""
    # A file that calls itself UTF-8 and is not was saved by a program that did not mind.
    if not page or page.casefold() in {"utf-8", "utf8"}:
        page = "cp1252" if b'CHARSET="ANSI"' in raw[:4096] or page else "cp850"
    try:
        return raw.decode("cp1252" if page.casefold() == "iso-8859-1" else page, "replace")
    except LookupError:
        raise InputError(
            f'{name} says that it is written in the code page "{page}", which is not known. '
            "Save it as UTF-8"
        ) from None


def parsed_px(text: str, name: str, language: str = "sv") -> Keywords:
    """The keywords of a PX file in a language that it has, and its data.

    Raises InputError that names the row where the file stops being a PX file or is cut off.
    """
    found: dict[Key, tuple[str, ...]] = {}
    at = 0
    while True:
        begins = BEGINNING.match(text, at)
        if begins is None:
            if not text[at:].strip():
                raise InputError(
                    f"{name} has no DATA: the file seems to be cut off. Fetch it again"
                )
            raise InputError(
                f"{name}: row {_row(text, at)} is no keyword of a PX file: "
                f'"{text[at:].strip()[:40]}". Fetch or save it again'
            )
        keyword = begins[1].upper()
        if keyword == "DATA":
            break
        value = VALUE.match(text, begins.end())
        if value is None:
            raise InputError(
                f"{name}: {keyword} on row {_row(text, begins.start(1))} has no end: the file "
                "seems to be cut off, or a quotation mark is missing. Fetch it again"
            )
        subkeys = tuple(_texts(begins[3])) if begins[3] else ()
        found[keyword, (begins[2] or "").casefold(), subkeys] = tuple(_texts(value[1]))
        at = value.end()
    data = text[begins.end() :].rstrip(" \t\r\n\x1a")
    if not data.endswith(";"):
        raise InputError(
            f"{name}: DATA does not end with a semicolon (the last row is "
            f"{_row(text, len(text.rstrip()))}): the file seems to be cut off. Fetch it again"
        )
    own = found.get(("LANGUAGE", "", ()), ("",))[0].casefold()
    spoken = {one.casefold() for one in found.get(("LANGUAGES", "", ()), ())}
    chosen = language if language in spoken and language != own else ""
    return Keywords(found, chosen, data[:-1])


def _texts(value: str) -> Sequence[str]:
    """The values that commas divide; a text that goes on in the next quotation marks is one."""
    texts = [""]
    for inside, comma, bare in PARTS.findall(value):
        if comma:
            texts.append("")
        else:
            texts[-1] += inside or bare
    return texts


def _row(text: str, at: int) -> int:
    """The row of the file that a position is on, past white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return text.count("\n", 0, at) + 1
