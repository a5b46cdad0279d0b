"""Reports as they are made: one at a time in each worker, the last kept for their pictures.

A page of a report asks for ten pictures, each of which is a part of the same report.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from samsyn.publish.reports import Report
from samsyn.publish.reports.turns import BusyError, Turns, writing
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release

KEPT: Final = 8  # reports

__all__ = ["BusyError", "Turns", "composing", "report", "writing", "written"]

Writer = Callable[[Report], bytes]


composing = Turns()
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
