"""Pictures that have been drawn, kept in memory as long as there is room for them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from samsyn.publish.downloads import Download

ROOM: Final = 16 * 1024 * 1024  # bytes of all that is kept, in each process


class Kept:
    """Files by a key, those that nobody has asked for the longest dropped first."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self.taken = 0
        self._lock = threading.Lock()
        self._there: OrderedDict[str, Download] = OrderedDict()

    def get(self, key: str, make: Callable[[], Download]) -> Download:
        """What is kept under a key, else what `make` gives, which is kept from then on."""
        with self._lock:
            if key in self._there:
                self._there.move_to_end(key)
                return self._there[key]
        made = make()
        with self._lock:
            before = self._there.pop(key, None)
            self.taken += len(made.content) - (len(before.content) if before else 0)
            self._there[key] = made
            while self.taken > self.room:
                self.taken -= len(self._there.popitem(last=False)[1].content)
        return made
