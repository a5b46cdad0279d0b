"""Writes a backup: one moment of the database, and the files that its rows name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connections, models, transaction

from samsyn import __version__
from samsyn.measure import InputError
from samsyn.people.keeping import rows, tables
from samsyn.people.keeping.archive import Writer, writing
from samsyn.people.keeping.manifest import Manifest, Table
from samsyn.people.keeping.places import Places, beside, readable
from samsyn.people.keeping.releases import Pointer
from samsyn.statistics.release.store import Store

TABLES: Final = "tables"
ATTACHMENTS: Final = "attachments"
KEYS: Final = "keys"
ABOUT: Final = (
    "This is a backup of Samsyn. `samsyn restore FILE` puts it back.\n"
    "manifest.json says what is in it; tables/ has a line of JSON for each row.\n"
)


def back_up(
    path: Path,
    places: Places,
    *,
    store: Store | None = None,
    with_release: bool = False,
    with_keys: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """Write everything that people have written into a new file.

    It is of one moment, also while people go on writing, and needs memory for some rows at a time
    only. Of the release that is current it has name and checksum, and with `with_release` its
    files. The keys of sealed names stay where they are unless `with_keys` is asked for. `tell` is
    called with what whoever keeps the backup should know. Raises InputError where the file is there
    already or there is nothing to back up.
    """
    if places.file is not None and not readable(places.file):
        raise InputError(f"There is no database in {places.file}, or it is damaged")
    pointer = Pointer.of(store)
    with writing(path) as writer, at_one_moment(places.database) as database:
        migrations = tables.migrations_of(database)
        if not migrations:
            raise InputError("There is no database yet, and nothing to make a backup of")
        known = rows.kept(tables.models_at(migrations, "The database"))
        with writer.part("about.txt") as sink:
            sink.write(ABOUT.encode())
        counts = {label: _table(writer, label, known[label], database) for label in known}
        missing = _files(writer, known, database, places)
        if with_keys:
            _keys(writer, places)
        if with_release:
            pointer.put_into(writer)
        manifest = Manifest(
            made=datetime.now(UTC).isoformat(timespec="seconds"), version=__version__,
            engine=connections[database].vendor, migrations=migrations, tables=counts,
            parts=writer.parts, release=pointer.told(along=with_release), missing=missing,
            keys=with_keys,
        )  # fmt: skip
        writer.end(manifest)
    for name in missing:
        tell(f"The file {name} is named in the database and is not there")
    return manifest


@contextmanager
def at_one_moment(database: str) -> Iterator[str]:
    """The alias of a connection that sees the database as it is now, whatever others write."""
    vendor = connections[database].vendor
    options = connections[database].settings_dict["OPTIONS"]
    # In SQLite whoever reads in a transaction of their own sees its beginning, and stops nobody.
    other = {"OPTIONS": {**options, "transaction_mode": "DEFERRED"}} if vendor == "sqlite" else {}
    try:
        with beside(database, **other) as alias, transaction.atomic(using=alias):
            with connections[alias].cursor() as cursor:
                if vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                else:
                    cursor.execute("SELECT count(*) FROM sqlite_master")
            yield alias
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise InputError(f"The database cannot be read ({said})") from error


def _table(writer: Writer, label: str, model: type[models.Model], database: str) -> Table:
    count = 0
    with writer.part(f"{TABLES}/{label}.jsonl") as sink:
        for line in rows.dump(model, database):
            sink.write(line)
            count += 1
    return Table(rows.columns(model), count)


def _files(writer: Writer, known: dict[str, Any], database: str, places: Places) -> list[str]:
    """Copy the files that rows name; those that are not there, though nobody took them away."""
    absent: list[tuple[Any, str, Any, str]] = []
    for model in known.values():
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.FileField):
                continue
            there = model._base_manager.using(database).exclude(**{field.name: ""})
            for key, name in there.values_list("pk", field.name).order_by("pk").iterator():
                try:
                    with (places.attachments / name).open("rb") as source:
                        writer.copy(f"{ATTACHMENTS}/{name}", source)
                except FileNotFoundError:
                    absent.append((model, field.name, key, name))
    return [one[-1] for one in absent if _still_named(*one, places.database)]


def _still_named(model: Any, field: str, key: Any, name: str, database: str) -> bool:
    """Whether a row still names a file, or it was taken away while the backup was made."""
    return bool(model._base_manager.using(database).filter(**{"pk": key, field: name}).exists())


def _keys(writer: Writer, places: Places) -> None:
    if places.keys.is_dir():
        for path in sorted(places.keys.iterdir()):
            if path.is_file():
                with path.open("rb") as source:
                    writer.copy(f"{KEYS}/{path.name}", source)
