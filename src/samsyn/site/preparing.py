"""Before the site is served: the folder of what people write, its secret, and a database's tables.

Django must not be touched in the process that begins the workers: it does not survive a fork. So
the tables are seen to by a process of their own, which this module also is.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from samsyn.measure import InputError
from samsyn.site import keeping

WRONG: Final = 2
LOCK: Final = "preparing"  # a file in the folder
NUMBER: Final = 20_180_701  # of the lock in PostgreSQL: when the first law on the agency applied
MIGRATING: Final = "Preparing the database ..."


def prepare(tell: Callable[[str], None]) -> None:
    """Make what the site needs and lacks; `tell` is called when tables are made or changed.

    Raises InputError where it cannot be done.
    """
    place = keeping.folder()
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        keeping.keep_secret(place)
    except OSError as error:
        raise InputError(
            f"Cannot write in {place} ({error.strerror}), where what people write is kept: "
            "name another folder with SAMSYN_WORK"
        ) from error
    with subprocess.Popen(
        [sys.executable, "-m", "samsyn.site.preparing"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            tell(line.rstrip())
        wrong = process.stderr.read().strip()
    if process.returncode == WRONG:
        raise InputError(wrong)
    if process.returncode != 0:
        raise RuntimeError(f"the database could not be prepared: {wrong}")


def main() -> int:
    """Bring the tables up to this version of the program."""
    import os

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
    try:
        django.setup()
        migrate()
    except DatabaseError as error:
        told = " ".join(str(error).split())
        return _wrong(f"The database cannot be used ({told}). Is SAMSYN_DATABASE right?")
    except (ImproperlyConfigured, ValueError) as error:
        return _wrong(" ".join(str(error).split()))
    return 0


def migrate() -> None:
    """Make or change the tables, if there is anything to do, while nobody else does.

    Raises InputError where a newer version of the program has changed them: what this one would
    write could lack what that one counts on.
    """
    from django.core.management import call_command
    from django.db import DEFAULT_DB_ALIAS, connection
    from django.db.migrations.executor import MigrationExecutor

    from samsyn.people.keeping import tables

    with _alone():
        tables.refuse_unknown(tables.migrations_of(DEFAULT_DB_ALIAS), "The database")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            print(MIGRATING, flush=True)  # noqa: T201 (the process that waits for this one tells it)
            tables.bring_up(DEFAULT_DB_ALIAS)
        call_command("clearsessions")  # what log-ins that have run out had typed goes with them


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for any other server that prepares the same database."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])
    else:
        with (keeping.folder() / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
