"""Turns: reports are made and written one at a time in each worker, since each takes seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 30.0  # seconds that a reader waits while others' reports are made
WAITING: Final = 1  # readers who wait; with more of them no thread would be left for other pages


class BusyError(Exception):
    """Others' reports are being made, and it takes too long to wait for them."""


class Turns:
    """Lets one in at a time; others wait, so many and so long as they may."""

    def __init__(self, patience: float = PATIENCE, waiting: int | None = None) -> None:
        self.patience = patience
        self._room = None if waiting is None else threading.BoundedSemaphore(1 + waiting)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn. Raises BusyError where it does not come."""
        if self._room is not None and not self._room.acquire(blocking=False):
            raise BusyError
        try:
            if not self._lock.acquire(timeout=self.patience):
                raise BusyError
            try:
                yield
            finally:
                self._lock.release()
        finally:
            if self._room is not None:
                self._room.release()


# Whatever the report is of, one file is written at a time.
writing = Turns(waiting=WAITING)
