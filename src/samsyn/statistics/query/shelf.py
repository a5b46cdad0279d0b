"""The releases of a store, each opened once and shared by all who ask."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from samsyn.statistics.query.release import Release
from samsyn.statistics.release.manifest import MANIFEST
from samsyn.statistics.release.pointer import POINTER
from samsyn.statistics.release.store import Store

KEPT: Final = 4  # releases that stay open; one that is asked for seldom is opened again

# What a file that is replaced and never edited is known by.
Stamp: TypeAlias = tuple[int, int, int] | None


class Shelf:
    """Opens the releases of a store, for any number of threads.

    Which release is current is looked up each time, so that a new one is shown from the moment it
    is put in place. A release that is no longer kept goes on answering those who hold it.
    """

    def __init__(self, store: Store, name: str | None = None) -> None:
        self.store = store
        self._fixed = name
        self._lock = threading.Lock()
        # A page asks several times: the paths are put together once. With each release stands that
        # of the file which tells whether it still is what was opened.
        self._open: OrderedDict[str, tuple[Path, Stamp, Release]] = OrderedDict()
        self._pointer = store.path / POINTER
        self._pointed: tuple[Stamp, str | None] = (None, None)

    @property
    def current(self) -> str | None:
        """The name of the release that is shown where none is asked for; None where none is."""
        if self._fixed is not None:
            return self._fixed
        # The pointer is read again when another file has its name.
        stamp = _stamp(self._pointer)
        told, name = self._pointed
        if stamp is None or stamp != told:
            name = self.store.current()
            self._pointed = (stamp, name)
        return name

    def release(self, name: str | None = None) -> Release:
        """The release of that name, else the current one. Raises InputError where there is none."""
        asked = name or self.current
        with self._lock:
            kept = self._open.get(asked or "")
            if kept is not None and kept[1] == _stamp(kept[0]) is not None:
                self._open.move_to_end(asked or "")
                return kept[2]
            folder = self.store.folder(asked)
            manifest = folder / MANIFEST
            stamp, release = _stamp(manifest), Release(folder, mapped=True)
            self._open[folder.name] = (manifest, stamp, release)
            self._open.move_to_end(folder.name)
            while len(self._open) > KEPT:
                self._open.popitem(last=False)
        return release


def _stamp(path: Path) -> Stamp:
    """What tells a file from one that takes its name; None where there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


@cache
def served() -> Shelf:
    """The releases that this process serves: of SAMSYN_STORE, SAMSYN_RELEASE where one is fixed.

    Without SAMSYN_STORE it is the user's own store.
    """
    return Shelf(Store.at(), os.environ.get("SAMSYN_RELEASE"))
