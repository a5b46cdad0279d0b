"""Puts a backup back: all of it, or nothing where anything is wrong."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connections

from samsyn.measure import InputError
from samsyn.people.keeping import rows, tables
from samsyn.people.keeping.archive import Archive, reading
from samsyn.people.keeping.backing_up import at_one_moment, back_up
from samsyn.people.keeping.filling import filled
from samsyn.people.keeping.folders import put, put_keys
from samsyn.people.keeping.manifest import Manifest
from samsyn.people.keeping.places import Places, readable
from samsyn.people.keeping.releases import put_back
from samsyn.people.second_step import KEY
from samsyn.statistics.release.durable import why_full
from samsyn.statistics.release.store import Store


def restore(
    path: Path,
    places: Places,
    *,
    store: Store | None = None,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """Put a backup in the place of what is here.

    All of the file is verified first. Where people have written something here it is refused, and
    with `force` a backup of that is kept in the folder of the work. A backup of an older version
    is brought up to this one. Raises InputError for a file that is damaged, newer or no backup, and
    OSError where there is no room; then everything is as it was. `tell` is called with what was
    kept, and with what is still to be done.
    """
    with reading(path) as archive:
        archive.verify()
        tables.models_at(archive.manifest.migrations, str(path))
        places.work.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _written(places):
            if not force:
                raise InputError(
                    "There is work here already, and it is left as it is. With --force the backup "
                    "takes its place, and a backup of what is here now is kept"
                )
            tell(f"What was here is kept in {_keep(places, store)}")
        _all(archive, places)
        put_keys(archive, places)
        kept = archive.manifest.tables.get(Authenticator._meta.label_lower)
        if kept is not None and kept.rows and not (places.keys / KEY).is_file():
            tell(
                f"The key {KEY} is not in {places.keys}: until it is put there, whoever logs in in "
                "two steps is let in with `samsyn account one-step`"
            )
        said = None if store is None else put_back(archive, store)
        if said:
            tell(said)
        return archive.manifest


def _all(archive: Archive, places: Places) -> None:
    """Database and files; the database comes last, since it alone can be refused."""
    try:
        with put(archive, places), filled(archive, places):
            pass
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise InputError(f"The database refuses it ({said}); nothing was changed") from error
    except OSError as error:
        number = why_full(error)
        if number is None:
            raise
        said = "there is no room for it, and nothing was changed"
        raise OSError(number, said, str(places.work)) from error


def _written(places: Places) -> bool:
    """Whether somebody has written something here, or there is a database that cannot be read."""
    file = places.file
    if places.attachments.is_dir() and any(one.is_file() for one in places.attachments.rglob("*")):
        return True
    if file is not None and not readable(file):
        return file.exists() and file.stat().st_size > 0
    with at_one_moment(places.database) as database:
        migrations = tables.migrations_of(database)
        if not migrations:
            return False
        there = connections[database].introspection.table_names()
        known: Any = rows.kept(tables.models_at(migrations, "The database here"))
        return any(
            model._base_manager.using(database).exists()
            for model in known.values() if model._meta.db_table in there
        )  # fmt: skip


def _free_name(folder: Path) -> str:
    """A name that tells when, and that nothing in the folder has: two may be asked for at once."""
    told = f"replaced-{time.strftime('%Y%m%d-%H%M%S')}"
    taken = {one.name.partition(".")[0] for one in folder.glob("replaced-*")}
    names = (told if at == 1 else f"{told}-{at}" for at in count(1))
    return next(name for name in names if name not in taken)


def _keep(places: Places, store: Store | None) -> Path:
    """A backup of what is here; of a database that cannot be read, its files."""
    name = _free_name(places.work)
    file = places.file
    if file is None or readable(file):
        kept = places.work / f"{name}.zip"
        back_up(kept, places, store=store, with_keys=False)
        return kept
    connections[places.database].close()
    folder = places.work / name
    folder.mkdir(mode=0o700)
    for ending in ("", "-wal", "-shm"):
        old = Path(f"{file}{ending}")
        if old.exists():
            (folder / old.name).write_bytes(old.read_bytes())
    if places.attachments.is_dir():
        shutil.copytree(places.attachments, folder / places.attachments.name)
    return folder
