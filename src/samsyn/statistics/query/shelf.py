"""The releases of a store, each opened once and shared by all who ask."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from functools import cache
from typing import Final

from samsyn.statistics.query.release import Release
from samsyn.statistics.release.store import Store

KEPT: Final = 4  # releases that stay open; one that is asked for seldom is opened again


class Shelf:
    """Opens the releases of a store, for any number of threads.

    Which release is current is looked up each time, so that a new one is shown from the moment it
    is put in place. A release that is no longer kept goes on answering those who hold it.
    """

    def __init__(self, store: Store, name: str | None = None) -> None:
        self.store = store
        self._fixed = name
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Release] = OrderedDict()

    @property
    def current(self) -> str | None:
        """The name of the release that is shown where none is asked for; None where none is."""
        return self._fixed or self.store.current()

    def release(self, name: str | None = None) -> Release:
        """The release of that name, else the current one. Raises InputError where there is none."""
        folder = self.store.folder(name or self.current)
        with self._lock:
            found = self._open.pop(folder.name, None) or Release(folder, mapped=True)
            self._open[folder.name] = found
            while len(self._open) > KEPT:
                self._open.popitem(last=False)
        return found


@cache
def served() -> Shelf:
    """The releases that this process serves: of SAMSYN_STORE, SAMSYN_RELEASE where one is fixed.

    Without SAMSYN_STORE it is the user's own store.
    """
    return Shelf(Store.at(), os.environ.get("SAMSYN_RELEASE"))
