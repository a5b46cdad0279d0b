"""A workbook that somebody sent, looked through before anything else opens it.

A workbook is a zip file of XML. One that would swell when it is unpacked, or that says that it has
cells far away so that a reader makes room for all between, is refused here; and what a reader of
values does not tell is found: cells that were merged, formulas without a value, and error values.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

MAX_UNPACKED: Final = 60_000_000  # bytes
MAX_PARTS: Final = 2_000
FARTHEST_ROW: Final = 20_000
FARTHEST_COLUMN: Final = 400
REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class RefusedError(ValueError):
    """It is no workbook, or one that cannot be opened with safety; `why` names which."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.where = where


@dataclass(frozen=True)
class Looked:
    """What stands in a sheet beside values, by cell as (row, column), both from 0."""

    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unvalued: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


def repacked(raw: bytes) -> bytes:
    """The same workbook with nothing packed, so that its size is what it seems.

    What a zip file says of its own sizes need not be so: every part is unpacked here, no further
    than there is room for. Raises RefusedError.
    """
    out = io.BytesIO()
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w") as made:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > left:
                raise RefusedError("too large")
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise RefusedError("not a workbook")
            for part in parts:
                with packed.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise RefusedError("too large")
                made.writestr(zipfile.ZipInfo(part.filename), content)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as e:
        if isinstance(e, RefusedError):
            raise
        raise RefusedError("damaged") from None
    return out.getvalue()


def looked_through(raw: bytes) -> dict[str, Looked]:
    """What stands beside values in each sheet, by its name. Raises RefusedError."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return {name: _sheet(book.read(path), name) for name, path in _paths(book)}
    except (ElementTree.ParseError, KeyError, UnicodeDecodeError) as error:
        raise RefusedError("damaged") from error


def _paths(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets by name, with the part of the zip file that each stands in."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _tree(book.read("xl/_rels/workbook.xml.rels"))
        if link.get("Type", "").endswith("/worksheet")
    }
    told = []
    for sheet in _tree(book.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        ids = [value for key, value in sheet.items() if key.endswith("}id")]
        target = links.get(ids[0]) if ids else None
        if target is not None:  # else it is a chart on a sheet of its own
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            told.append((sheet.get("name", ""), posixpath.normpath(path)))
    return told


def _tree(content: bytes) -> ElementTree.Element:
    _refuse_entities(content)
    return ElementTree.fromstring(content)


def _refuse_entities(content: bytes) -> None:
    """A workbook declares no document type; who does wants to be read for something else."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise RefusedError("damaged")


def _sheet(content: bytes, name: str) -> Looked:
    _refuse_entities(content)
    merged: dict[tuple[int, int], str] = {}
    unvalued, errors = set(), {}
    for _event, element in ElementTree.iterparse(io.BytesIO(content)):
        tag = element.tag.rpartition("}")[2]
        if tag == "c":
            value = element.find("{*}v")
            formula = element.find("{*}f") is not None
            if value is not None or formula or element.find("{*}is") is not None:
                at = _at(element.get("r", ""), name)
                if at is None:
                    continue
                text = (value.text if value is not None else None) or ""
                if element.get("t") == "e":
                    errors[at] = text
                elif formula and not text:
                    unvalued.add(at)
        elif tag == "mergeCell":
            span = element.get("ref", "")
            first, _colon, last = span.partition(":")
            begin, end = _at(first, name), _at(last or first, name)
            if begin and end:
                merged |= {
                    (row, column): span
                    for row in range(begin[0], end[0] + 1)
                    for column in range(begin[1], end[1] + 1)
                }
        elif tag == "row":
            element.clear()
    return Looked(merged, frozenset(unvalued), errors)


def _at(reference: str, sheet: str) -> tuple[int, int] | None:
    """The row and column of a cell, both from 0. Raises RefusedError for one that is far away."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if int(found[2]) > FARTHEST_ROW or column > FARTHEST_COLUMN:
        raise RefusedError("far away", f"{sheet}, {reference}")
    return int(found[2]) - 1, column - 1
