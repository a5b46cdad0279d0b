"""Work on reports, in a process of its own: each one of another municipality than the one before.

They are of the current release of the store that BENCH_STORE tells.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from benchmarks.national import on_two_cores
from benchmarks.timing import Work

SAMPLE = 15


def pdf() -> Work:
    """Reports as PDF."""
    return _reports("pdf")


def docx() -> Work:
    """Reports as Word."""
    return _reports("docx")


def html() -> Work:
    """Reports as a page of the web."""
    return _reports("html")


def _reports(form: str) -> Work:
    from samsyn.cli.report_files import made
    from samsyn.publish.maps import Map
    from samsyn.publish.situation import Choice, situation_report
    from samsyn.statistics.query import Release

    on_two_cores()
    release = Release.open(Path(os.environ["BENCH_STORE"]), mapped=True)
    every = release.areas("municipality").get_column("area").to_list()
    # From the whole list, evenly; the first is the one that all is warmed up with.
    places = [every[at * len(every) // (SAMPLE + 1)] for at in range(SAMPLE + 1)]
    waiting = iter(places)
    found: list[tuple[float, int, int]] = []

    def call() -> None:
        began = time.perf_counter()
        one = made(release, Choice(next(waiting)), form)
        found.append((time.perf_counter() - began, one.pages or 0, len(one.content)))

    def more() -> dict[str, Any]:
        each, pages, sizes = zip(*found[1:], strict=True)
        maps, charts = [], []
        for place in places[1:]:
            figures = situation_report(release, Choice(place)).figures()
            maps.append(sum(isinstance(figure.picture, Map) for figure in figures))
            charts.append(len(figures) - maps[-1])
        return {"each": each, "pages": pages, "sizes": sizes, "maps": maps, "charts": charts}

    return Work(call, repeat=SAMPLE, more=more)
