"""The steps of long work: a bar on a terminal, else now and then a line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from samsyn.cli.progress import Report, bar

PAUSE = 2.0  # seconds between two lines


@contextmanager
def steps(what: str) -> Iterator[Report]:
    """A function that takes the share that is done and what is being done."""
    last = 0.0

    def line(done: float, label: str) -> None:
        nonlocal last
        now = time.monotonic()
        if label and now - last >= PAUSE:
            click.echo(f"{label} ({done:.0%})", err=True)
            last = now

    with bar(what) as report:
        yield line if report is None else report
