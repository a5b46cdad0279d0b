"""The list of contents of a backup: what is in it, from when, and the checksum of every part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from samsyn.measure import InputError

FORMAT: Final = 1


@dataclass(frozen=True)
class Part:
    """A file in the backup: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table: the columns in the order in which each row has them, and how many rows."""

    columns: Sequence[str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    `made` is a time in UTC (ISO 8601), `engine` the database that it was made from, `migrations`
    the state of its tables, by app. `release` points to the release that was current: its name and
    the SHA-256 of its manifest, and whether it came along. `missing` are files that rows name and
    that were not there; `sealed` says whether the keys of sealed names came along.
    """

    made: str
    version: str
    engine: str
    migrations: Mapping[str, Sequence[str]]
    tables: Mapping[str, Table]
    parts: Mapping[str, Part]
    release: Mapping[str, Any] | None = None
    missing: Sequence[str] = field(default_factory=list)
    keys: bool = False
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def text(self) -> str:
        """The manifest as it stands in the file."""
        told = {"samsyn": "backup", **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read(text: bytes, name: str) -> Manifest:
    """The manifest of the backup `name`. Raises InputError where it is none, or of a later form."""
    try:
        told = json.loads(text)
        if told["samsyn"] != "backup":
            raise InputError(f"{name} is of Samsyn but no backup")
        if told["format"] > FORMAT:
            raise InputError(
                f"{name} was made by Samsyn {told['version']}, which is newer than this one and "
                "writes backups in another form: restore it with that version"
            )
        known = {one.name for one in fields(Manifest)}
        parts: dict[str, Any] = {key: value for key, value in told.items() if key in known}
        parts["tables"] = {key: Table(**one) for key, one in told["tables"].items()}
        parts["parts"] = {key: Part(**one) for key, one in told["parts"].items()}
        return Manifest(**parts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name} is no backup of Samsyn: its manifest cannot be read") from error
