"""Where an installation keeps what people write: what a backup takes, and a restore fills."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections


@dataclass(frozen=True)
class Places:
    """A database by its alias, the folders of files and of keys, and the folder of the work."""

    work: Path
    attachments: Path
    keys: Path
    database: str = "default"

    @classmethod
    def of_settings(cls) -> Places:
        """Those of this installation."""
        storages: Any = settings.STORAGES
        kept = storages["default"]["OPTIONS"]["location"]
        return cls(Path(settings.WORK), Path(kept), Path(settings.KEYS))

    @property
    def file(self) -> Path | None:
        """The file of the database; None where it is no file."""
        connection = connections[self.database]
        return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


@contextmanager
def beside(database: str, **other: Any) -> Iterator[str]:
    """A second connection to a database, with other settings; gives its alias."""
    alias = f"{database}-beside"
    connections.settings[alias] = {**connections[database].settings_dict, **other}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def readable(file: Path) -> bool:
    """Whether there is a database in a file."""
    if not file.is_file() or file.stat().st_size == 0:
        return False
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as tried:
        return tried.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    return False
