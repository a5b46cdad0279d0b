"""Reports as they are made: one at a time in each worker, the last kept for their pictures.

A page of a report asks for ten pictures, each of which is a part of the same report.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from samsyn.publish.reports import Report
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release

PATIENCE: Final = 30.0  # seconds that a reader waits while others' reports are made
WAITING: Final = 1  # readers who wait; with more of them no thread would be left for other pages
KEPT: Final = 8  # reports

Writer = Callable[[Report], bytes]


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


composing, writing = Turns(), Turns(waiting=WAITING)
_kept: OrderedDict[tuple[object, ...], Report] = OrderedDict()


def report(release: Release, choice: Choice) -> Report:
    """The report of a choice. One without own texts is kept for who asks next."""
    if choice.own or choice.author:
        with composing.turn():
            return situation_report(release, choice)
    key = (
        release.folder, choice.place, choice.period, choice.compare, choice.sections,
        choice.language, choice.site, choice.day,
    )  # fmt: skip
    there = _kept.get(key)
    if there is not None:
        return there
    with composing.turn():
        if key not in _kept:
            _kept[key] = situation_report(release, choice)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return _kept[key]


def written(release: Release, choice: Choice, write: Writer) -> bytes:
    """The report as a file. That takes seconds, so only one is written at a time."""
    with writing.turn():
        return write(report(release, choice))
