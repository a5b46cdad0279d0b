"""The steps of long work: a bar on a terminal, else a line for each step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from samsyn.cli.progress import Report, bar


@contextmanager
def steps(what: str) -> Iterator[Report]:
    """A function that takes the share that is done and what is being done.

    What is being done is a step, or a step and a detail after ": ", of which only a bar tells.
    """
    said = ""

    def line(done: float, label: str) -> None:
        nonlocal said
        step = label.partition(": ")[0]
        if step and step != said:
            click.echo(f"{step} ...", err=True)
            said = step

    with bar(what) as report:
        yield line if report is None else report
