"""Installations of a test's own: a database in a file or a PostgreSQL, and folders beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from samsyn.people.keeping import Places, rows
from samsyn.people.keeping.tables import models_at
from samsyn.site import keeping


@contextmanager
def database(told: dict[str, Any]) -> Iterator[None]:
    """Whoever asks the database asks that one, in whichever thread."""
    usual, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**settings, **told}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual
        connections.settings["default"] = settings


@contextmanager
def installation(folder: Path, address: str = "") -> Iterator[Places]:
    """A new installation in a folder, which has no tables yet."""
    folder.mkdir(parents=True, exist_ok=True)
    # What pytest leaves out to be quick: here the tables are those of the migrations.
    with override_settings(MIGRATION_MODULES={}), database(keeping.database(address, folder)):
        yield Places(folder, folder / "attachments", folder / "keys")


def postgresql_database(cluster: Any, name: str) -> str:
    """The address of a new database of a cluster."""
    with psycopg.connect(cluster.conninfo, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://{cluster.user}@/{name}?host={cluster.host}"


_made: list[bytes] = []  # the file of a database with all tables and no rows


class Without:
    """Says of every app that it has no migrations."""

    def __contains__(self, app: str) -> bool:
        """It is told of."""
        return True

    def __getitem__(self, app: str) -> None:
        """And has none."""


def make_at_once(migrations: Any, alias: str = "default") -> None:
    """Make all tables as they are now, and say that the migrations have: much quicker than they."""
    opened: Any = connections[alias]
    opened.ensure_connection()
    if opened.vendor == "sqlite" and _made:
        with closing(sqlite3.connect(":memory:")) as kept:
            kept.deserialize(_made[0])
            kept.backup(opened.connection)
        return
    with override_settings(MIGRATION_MODULES=Without()):
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0, interactive=False)
    recorder = MigrationRecorder(connections[alias])
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).graph.nodes:
        recorder.record_applied(app, name)
    if opened.vendor == "sqlite":
        content = bytearray(opened.connection.serialize())
        content[18:20] = b"\x01\x01"  # not of a database with a log beside it
        _made.append(bytes(content))


def now() -> dict[str, list[str]]:
    """The migrations that there are."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(None).graph.nodes):
        found.setdefault(app, []).append(name)
    return found


def everything(alias: str = "default") -> dict[str, list[bytes]]:
    """All rows of all tables that a backup has."""
    known = rows.kept(models_at(now(), "this"))
    return {label: list(rows.dump(model, alias)) for label, model in known.items()}
