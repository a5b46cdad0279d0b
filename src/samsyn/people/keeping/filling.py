"""Fills a database with the rows of a backup: made new as a file, or in one transaction."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, OperationalError, connections, transaction

from samsyn.measure import InputError
from samsyn.people.keeping import rows, tables
from samsyn.people.keeping.archive import Archive
from samsyn.people.keeping.backing_up import TABLES
from samsyn.people.keeping.places import Places, beside, readable
from samsyn.statistics.release.durable import sync_folder

PATIENCE: Final = "20s"  # that a restore waits for whoever holds a table of PostgreSQL
# A file that is thrown away where anything goes wrong need not wait for the disk.
QUICK: Final = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"


@contextmanager
def filled(archive: Archive, places: Places) -> Iterator[None]:
    """The database is that of the backup when the block ends; else it stays as it was."""
    file = places.file
    try:
        if file is None:
            with transaction.atomic(using=places.database):
                _fill_in_place(archive, places.database)
                yield
        else:
            fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
            try:
                options = {**connections[places.database].settings_dict["OPTIONS"],
                           "init_command": QUICK}  # fmt: skip
                with beside(places.database, NAME=fresh, OPTIONS=options) as database:
                    _fill(archive, database)
                yield
                connections[places.database].close()
                _take_place(fresh, file)
            finally:
                for left in fresh.parent.glob(f"{fresh.name}*"):
                    left.unlink(missing_ok=True)
    except IntegrityError as error:
        raise InputError(
            f"{archive.path} does not hold together ({' '.join(str(error).split())}); "
            "nothing was changed"
        ) from error


def _fill_in_place(archive: Archive, database: str) -> None:
    """In PostgreSQL tables are made and dropped in the transaction that rows are written in."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    try:
        tables.take_away(database)
    except OperationalError as error:
        raise InputError(
            "The database is in use: stop the site, and try again. Nothing was changed"
        ) from error
    _fill(archive, database)


def _fill(archive: Archive, database: str) -> None:
    """Make the tables as the backup had them, write its rows, and bring the tables up to now."""
    manifest = archive.manifest
    known = rows.kept(tables.models_at(manifest.migrations, str(archive.path)))
    tables.make(manifest.migrations, database)
    _refuse_unlike(archive, known)
    with transaction.atomic(using=database):
        _empty(known, database)
        tables.name_kinds(known, database)
        for label, table in manifest.tables.items():
            with archive.part(f"{TABLES}/{label}.jsonl") as lines:
                count = rows.load(known[label], list(table.columns), lines, database)
            if count != table.rows:
                raise InputError(f"{archive.path} is damaged: {label} has {count} rows")
        rows.count_on(known.values(), database)
        connections[database].check_constraints()
    tables.bring_up(database)


def _refuse_unlike(archive: Archive, known: dict[str, Any]) -> None:
    """Raise InputError where tables or columns are others than the migrations say."""
    told = {label: sorted(table.columns) for label, table in archive.manifest.tables.items()}
    here = {label: sorted(rows.columns(model)) for label, model in known.items()}
    unlike = sorted(label for label in told.keys() | here if told.get(label) != here.get(label))
    if unlike:
        raise InputError(
            f"{archive.path} was made by another version of Samsyn ({archive.manifest.version}), "
            f"whose tables are others ({unlike[0]}): restore it with that version"
        )


def _empty(known: dict[str, Any], database: str) -> None:
    """Take away what making the tables may have written."""
    connection = connections[database]
    with connection.cursor() as cursor:
        for model in known.values():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _take_place(fresh: Path, file: Path) -> None:
    """Let a new file have the content of a database, in one step.

    A database that can be read is overwritten through SQLite, so that whoever has it open sees the
    new content and never a half of it. Where there is none, the file is moved.
    """
    if readable(file):
        with closing(sqlite3.connect(fresh)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
        return
    for ending in ("-wal", "-shm"):  # of a database that is gone
        Path(f"{file}{ending}").unlink(missing_ok=True)
    with fresh.open("rb") as whole:
        os.fsync(whole.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
