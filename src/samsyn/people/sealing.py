"""What the database holds only under seal: encrypted with keys that lie outside it.

Each purpose has a key file of its own in the folder of the keys, which only the operator's account
reads (Fernet: AES-128-CBC with HMAC-SHA256). The first line of the file seals, each of its lines
reads. A copy of the database without the file says nothing of what is sealed.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from samsyn.measure.errors import InputError


class SealedError(InputError):
    """What is sealed cannot be read: the key is another, or is gone."""


def seal(content: bytes, key: str) -> bytes:
    """The content under seal; the key of that name is drawn where there is none."""
    return _box(_made(Path(settings.KEYS) / key)).encrypt(content)


def unseal(sealed: bytes, key: str) -> bytes:
    """What was sealed. Raises SealedError where no key of that name that is here can read it."""
    try:
        return _box(Path(settings.KEYS) / key).decrypt(sealed)
    except (InvalidToken, OSError, ValueError) as error:
        raise SealedError("the key that it was sealed with is not here") from error


def _box(path: Path) -> MultiFernet:
    return MultiFernet([Fernet(line) for line in path.read_text(encoding="ascii").split()])


def _made(path: Path) -> Path:
    """The file of a key, drawn where there is none."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written whole beside it first: two that begin at once must not seal with different keys.
    drawn = path.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
    there = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(there, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
    try:
        os.link(drawn, path)
    except FileExistsError:
        pass
    finally:
        drawn.unlink()
    return path
