"""The steps of long work: a bar on a terminal, else a line for each step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from samsyn.cli.progress import Report, bar


@contextmanager
def steps(what: str) -> Iterator[Report]:
    """A function that takes the share that is done and what is being done."""
    said = ""

    def line(done: float, label: str) -> None:
        nonlocal said
        if label and label != said:
            click.echo(f"{label} ...", err=True)
            said = label

    with bar(what) as report:
        yield line if report is None else report
