"""A bar for what takes more than two seconds, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE = 2.0  # seconds before the bar appears

Report = Callable[[float, str], None]


@contextmanager
def bar(what: str) -> Iterator[Report | None]:
    """A function that takes the share that is done and what is being done; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = shown.add_task(what, total=None)
    wait = Timer(PATIENCE, shown.start)
    wait.daemon = True
    wait.start()

    def report(done: float, label: str) -> None:
        # Until a share is known, the bar only moves.
        shown.update(
            task,
            completed=done,
            total=1.0 if done > 0 else None,
            description=f"{what}: {label}" if label else None,
        )

    try:
        yield report
    finally:
        wait.cancel()
        wait.join()
        shown.stop()
