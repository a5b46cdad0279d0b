"""Where the installation keeps what people write: a database, files, letters and its secret.

SAMSYN_WORK is their folder, else one in the user's data folder. SAMSYN_DATABASE is the address of a
PostgreSQL (`postgresql://user:password@host:5432/name`); without it the database is a file (SQLite)
in the folder.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE: Final = "samsyn.sqlite3"
SECRET: Final = "secret"
ATTACHMENTS: Final = "attachments"
LETTERS: Final = "letters"
COUNTS: Final = "counts"
KEYS: Final = "keys"
WAIT: Final = 20  # seconds that a writer waits for another in SQLite


def folder() -> Path:
    """The folder of what people write; nothing is made here."""
    told = os.environ.get("SAMSYN_WORK")
    if told:
        return Path(told).expanduser()
    from platformdirs import user_data_path

    return user_data_path("samsyn", appauthor=False) / "work"


def keys(place: Path) -> Path:
    """The folder of the keys to sealed names: that of SAMSYN_KEYS, else one in the folder."""
    told = os.environ.get("SAMSYN_KEYS")
    return Path(told).expanduser() if told else place / KEYS


def database(address: str, place: Path) -> dict[str, Any]:
    """Django's settings of the database with an address, or of the file in the folder.

    Raises ValueError for an address that is of no PostgreSQL.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": place / DATABASE,
            "OPTIONS": {
                # Who reads does not wait for who writes. Who writes says so from the start: two
                # that first read and then both write would else refuse each other.
                "transaction_mode": "IMMEDIATE",
                "timeout": WAIT,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    told = urlsplit(address)
    if told.scheme not in {"postgresql", "postgres"} or not told.path.strip("/"):
        raise ValueError(
            "SAMSYN_DATABASE is no address of a PostgreSQL: write "
            "postgresql://user:password@host:5432/name"
        )
    options = dict(parse_qsl(told.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(told.path.strip("/")),
        "USER": unquote(told.username or ""),
        "PASSWORD": unquote(told.password or ""),
        "HOST": options.pop("host", None) or told.hostname or "",
        "PORT": str(told.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def secret(place: Path) -> str:
    """The key of signatures: that of SAMSYN_SECRET, else the one kept in the folder.

    Where there is none either, it is a new one that is not kept: see `keep_secret`.
    """
    told = os.environ.get("SAMSYN_SECRET")
    if told:
        return told
    try:
        return (place / SECRET).read_text(encoding="ascii").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)


def keep_secret(place: Path) -> None:
    """Draw a key and keep it, where there is none: who is logged in stays so after a restart."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        there = os.open(place / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(there, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))


def letters(address: str, place: Path) -> dict[str, Any]:
    """Django's settings of outgoing mail: by the server at `smtp://user:password@host:port`.

    Without an address letters become files in the folder. `smtps` and `smtp+tls` encrypt.
    """
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": place / LETTERS,
        }
    told = urlsplit(address)
    if told.scheme not in {"smtp", "smtps", "smtp+tls"} or not told.hostname:
        raise ValueError("SAMSYN_SMTP is no address: write smtp+tls://user:password@host:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": told.hostname,
        "EMAIL_PORT": told.port or {"smtp": 25, "smtps": 465}.get(told.scheme, 587),
        "EMAIL_HOST_USER": unquote(told.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
        "EMAIL_USE_SSL": told.scheme == "smtps",
        "EMAIL_USE_TLS": told.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }
