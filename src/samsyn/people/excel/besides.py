"""What stands in the sheets of a workbook beside the values that a reader tells.

Cells that were merged, formulas without a value, error values, all decimals of numbers and which of
them are shown as per cent, and sheets that nobody sees. On the way it is found whether the workbook
can be read with safety: one that has cells far away, so that a reader makes room for all between,
or one long text in very many cells, is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from samsyn.people.excel.zipped import BOOK, MAX_UNPACKED, RefusedError

FARTHEST_ROW: Final = 20_000
FARTHEST_COLUMN: Final = 400
MAX_CELLS: Final = 2_000_000  # of all sheets, empty ones among others too
MERGED: Final = 20  # as many cells does one that is merged count for: each is remembered
REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
PER_CENT: Final = frozenset({9, 10})  # the formats of Excel itself, 0% and 0.00%
QUOTED: Final = re.compile(r'"[^"]*"|\\.')  # in a format, what is only shown

Place = tuple[int, int]  # row and column, both from 0


@dataclass(frozen=True)
class Looked:
    """What stands in a sheet beside values, by cell."""

    merged: Mapping[Place, str] = field(default_factory=dict)
    unvalued: Collection[Place] = frozenset()
    errors: Mapping[Place, str] = field(default_factory=dict)
    decimals: Mapping[Place, str] = field(default_factory=dict)
    per_cent: Collection[Place] = frozenset()
    hidden: bool = False


class Room:
    """What a workbook may take when it is read. Raises RefusedError where it would take more."""

    def __init__(self) -> None:
        self.cells, self.letters = MAX_CELLS, MAX_UNPACKED

    def take(self, cells: int = 0, letters: int = 0) -> None:
        """Take room for so many cells, and so many letters in them."""
        self.cells -= cells
        self.letters -= letters
        if self.cells < 0 or self.letters < 0:
            raise RefusedError("too large")


def looked_through(raw: bytes) -> dict[str, Looked]:
    """What stands beside values in each sheet, by its name. Raises RefusedError."""
    room = Room()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            there = {name.casefold(): name for name in book.namelist()}
            texts = _lengths(book, there)
            formats = _shown_as_per_cent(book, there)
            found: dict[str, Looked] = {}
            looked_at = {BOOK}
            for name, path, hidden in _sheets(book, there):
                if name in found:
                    raise RefusedError("damaged")
                content = book.read(there[path.casefold()])
                found[name] = _sheet(content, name, hidden, texts, formats, room)
                looked_at.add(path.casefold())
            for path in there.keys() - looked_at:
                # A sheet that the workbook does not name; whatever reads it is not to swell.
                if b"sheetData" in (content := book.read(there[path])):
                    _sheet(content, path, True, texts, formats, room)
            return found
    except (ElementTree.ParseError, KeyError, IndexError, ValueError, UnicodeDecodeError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError("damaged") from error


def _sheets(book: zipfile.ZipFile, there: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """The sheets by name, with the part that each stands in, and whether it is hidden."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _tree(book.read(there["xl/_rels/workbook.xml.rels"]))
        if link.get("Type", "").endswith("/worksheet")
    }
    for sheet in _tree(book.read(there[BOOK])).iterfind(".//{*}sheet"):
        ids = [value for key, value in sheet.items() if key.endswith("}id")]
        target = links.get(ids[0]) if ids else None
        if target is not None:  # else it is a chart on a sheet of its own
            path = target.lstrip("/")
            if not target.startswith(("/", "xl/")):
                path = posixpath.join("xl", target)
            hidden = sheet.get("state", "visible") != "visible"
            yield sheet.get("name", ""), posixpath.normpath(path), hidden


def _lengths(book: zipfile.ZipFile, there: Mapping[str, str]) -> list[int]:
    """How long the texts are that the cells of all sheets share, by their number."""
    if "xl/sharedstrings.xml" not in there:
        return []
    told = _tree(book.read(there["xl/sharedstrings.xml"]))
    return [sum(map(len, one.itertext())) for one in told.iterfind("{*}si")]


def _shown_as_per_cent(book: zipfile.ZipFile, there: Mapping[str, str]) -> frozenset[str]:
    """The numbers of the formats in which 0.5 is shown as 50 %."""
    if "xl/styles.xml" not in there:
        return frozenset()
    told = _tree(book.read(there["xl/styles.xml"]))
    shown = PER_CENT | {
        int(one.get("numFmtId", "0"))
        for one in told.iterfind("{*}numFmts/{*}numFmt")
        if "%" in QUOTED.sub("", one.get("formatCode", ""))
    }
    formats = told.iterfind("{*}cellXfs/{*}xf")
    return frozenset(
        str(at) for at, one in enumerate(formats) if int(one.get("numFmtId", "0")) in shown
    )


def _tree(content: bytes) -> ElementTree.Element:
    _refuse_entities(content)
    return ElementTree.fromstring(content)


def _refuse_entities(content: bytes) -> None:
    """A workbook declares no document type; who does wants to be read for something else."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:8]:
        raise RefusedError("damaged")


def _sheet(
    content: bytes, name: str, hidden: bool, texts: Sequence[int], formats: Collection[str],
    room: Room,
) -> Looked:  # fmt: skip
    _refuse_entities(content)
    merged: dict[Place, str] = {}
    decimals: dict[Place, str] = {}
    unvalued, per_cent, errors = set(), set(), {}
    last = (-1, -1)
    for _event, element in ElementTree.iterparse(io.BytesIO(content)):
        tag = element.tag.rpartition("}")[2]
        if tag == "c":
            parts = {one.tag.rpartition("}")[2]: one for one in element}
            value, formula = parts.get("v"), "f" in parts
            if value is None and not formula and "is" not in parts:
                continue
            at = _at(element.get("r", ""), name)
            last = max(last[0], at[0]), max(last[1], at[1])
            text, kind = (value.text if value is not None else None) or "", element.get("t")
            if kind == "s" and text:
                room.take(letters=texts[int(text)])
            elif kind == "e":
                errors[at] = text
            elif formula and not text:
                unvalued.add(at)
            elif kind in {None, "n"}:
                if "." in text or "E" in text:
                    decimals[at] = text
                if text and element.get("s") in formats:
                    per_cent.add(at)
        elif tag == "mergeCell":
            span = element.get("ref", "")
            first, _colon, end = span.partition(":")
            (top, left), (bottom, right) = _at(first, name), _at(end or first, name)
            room.take(cells=MERGED * max(0, bottom - top + 1) * max(0, right - left + 1))
            merged |= {
                (row, column): span
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
        elif tag == "row":
            element.clear()
    room.take(cells=(last[0] + 1) * (last[1] + 1))
    return Looked(merged, unvalued, errors, decimals, per_cent, hidden)


def _at(reference: str, sheet: str) -> Place:
    """The row and column of a cell. Raises RefusedError for none, and for one that is far away."""
    found = REFERENCE.fullmatch(reference)
    if found is None or int(found[2]) == 0:
        raise RefusedError("damaged")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if int(found[2]) > FARTHEST_ROW or column > FARTHEST_COLUMN:
        raise RefusedError("far away", f"{sheet}, {reference}")
    return int(found[2]) - 1, column - 1
