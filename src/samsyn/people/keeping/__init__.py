"""Backup and restore: everything that people have written, in one file.

The file is of no particular database: a backup of SQLite can be restored into PostgreSQL and the
other way round, and one of an older version of Samsyn into a newer one.
"""

from samsyn.people.keeping.backing_up import back_up
from samsyn.people.keeping.places import Places
from samsyn.people.keeping.restoring import restore

__all__ = ["Places", "back_up", "restore"]
