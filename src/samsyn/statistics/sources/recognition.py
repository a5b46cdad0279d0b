"""What a file is, by its content: the readers are asked one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.sources import (
    database_csv,
    databases,
    excel_exports,
    jsonstat,
    kolada,
    kolada_answers,
    link_tables,
    outlines,
    px,
    tidy,
)
from samsyn.statistics.sources.forms import Material, Unread
from samsyn.statistics.sources.opening import ZIPPED, Opened, Reader
from samsyn.statistics.sources.settings import FileSettings

# Those that know their files by marks of their own come first; a table that only has columns of
# codes comes last. With each, the formats that it can be in: of others, no one asks why not.
READERS: Final[Mapping[str, tuple[Reader, frozenset[str]]]] = MappingProxyType(
    {
        "a PX file": (px, frozenset({"px"})),
        "JSON-stat": (jsonstat, frozenset({"JSON"})),
        "figures from Kolada's API": (kolada_answers, frozenset({"JSON"})),
        "geometry": (outlines, frozenset({"JSON", "SQLite", "Parquet", "zip"})),
        "a database with a mapping": (databases, frozenset({"SQLite"})),
        "an Excel export of Statistikdatabasen": (excel_exports, frozenset({"Excel"})),
        "an Excel export of Kolada": (kolada, frozenset({"Excel"})),
        "a tidy table": (tidy, frozenset({"Excel", "Parquet", "text"})),
        "CSV of Statistikdatabasen": (database_csv, frozenset({"text"})),
        "a table of codes and names": (link_tables, frozenset({"Excel", "Parquet", "text"})),
    }
)


def read_file(file: Opened, settings: FileSettings) -> list[Material] | Unread:
    """What is in a file, by the first reader that recognises it.

    Where none does, or the file cannot be read as it should, what was tried and what to do.
    """
    tried = []
    kind = format_of(file)
    try:
        if not file.size:
            raise InputError(f"{file.name} is empty. Fetch or save it again")
        _refuse_changed(file, settings)
        if settings.mapping is not None:
            return databases.read(file, settings)
        for what, (reader, formats) in READERS.items():
            answer = reader.recognises(file)
            if answer is True:
                return reader.read(file, settings)
            if answer and kind in formats:
                tried.append(f"as {what}, {answer}")
    except InputError as error:
        return Unread(file.name, str(error))
    said = "; ".join(tried) if tried else "its format is none that samsyn reads"
    return Unread(
        file.name,
        f"{file.name} is not recognised: {said}. Take the file away, or write skip = true for it "
        "in samsyn.toml",
    )


def format_of(file: Opened) -> str:
    """The format of a file by its first bytes and its name."""
    if file.is_excel:
        return "Excel"
    if file.is_parquet:
        return "Parquet"
    if file.is_sqlite:
        return "SQLite"
    if file.head.startswith(ZIPPED):
        return "zip"
    if file.suffix == ".px":
        return "px"
    if file.is_json:
        return "JSON"
    return "text" if file.is_text else "unknown"


def _refuse_changed(file: Opened, settings: FileSettings) -> None:
    """Raise InputError for a file that is not what was fetched."""
    checksum = settings.fetched.get("sha256")
    if checksum and checksum != file.sha256:
        raise InputError(
            f"{file.name} is not as it was fetched: its checksum is another than the one in "
            f"{file.path.name}.provenance.json. Fetch it again, or take that file away if the "
            "change was meant"
        )
