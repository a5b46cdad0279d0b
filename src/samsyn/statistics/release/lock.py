"""The lock of a store: one build at a time, and who is building.

It is a lock of the operating system, which falls with the process that holds it, however that
ends.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from samsyn.measure.errors import InputError
from samsyn.statistics.release.durable import write_whole

LOCK, HOLDER = "lock", "builder.json"
PAUSE: Final = 0.2  # seconds between two tries


class StoreBusyError(InputError):
    """Another build is at work in the store; the message says whose."""


@dataclass(frozen=True)
class Builder:
    """Who builds: process, machine, user, the release's name, and since when (ISO 8601)."""

    pid: int
    host: str
    user: str
    name: str
    since: str

    def __str__(self) -> str:
        """The builder in half a sentence."""
        since = datetime.fromisoformat(self.since).astimezone().strftime("%H:%M on %Y-%m-%d")
        return (
            f'release "{self.name}", process {self.pid} of {self.user} on {self.host}, '
            f"since {since}"
        )


@contextmanager
def locked(
    store: Path,
    name: str,
    scratch: Path,
    *,
    wait: bool = True,
    say: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold the lock of a store while the release of this name is built; `scratch` is a folder.

    While another holds it: waits, after telling `say` who; or, with `wait` false, raises
    StoreBusyError. A lock whose process has died holds nobody up.
    """
    lock = FileLock(store / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        who = builder(store)
        what = "A build is at work" if who is None else f"A build is at work: {who}"
        if not wait:
            raise StoreBusyError(
                f"{what}. Wait until it is done, or take another store with --store"
            ) from None
        if say is not None:
            say(f"{what}. Waiting until it is done")
        lock.acquire(poll_interval=PAUSE)
    try:
        me = json.dumps(asdict(_me(name)), ensure_ascii=False)
        write_whole(store / HOLDER, f"{me}\n", scratch)
        yield
    finally:
        with contextlib.suppress(OSError):
            (store / HOLDER).unlink()
        lock.release()


def builder(store: Path) -> Builder | None:
    """Who held the lock of a store last without giving it back; None where it is not known."""
    try:
        return Builder(**json.loads((store / HOLDER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _me(name: str) -> Builder:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        user = str(os.getuid())
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return Builder(os.getpid(), socket.gethostname(), user, name, since)
