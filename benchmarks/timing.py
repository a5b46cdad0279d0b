"""Time one piece of work in a fresh interpreter: seconds, the first call's seconds, peak memory.

    python -m benchmarks.timing MODULE WORK

imports MODULE, calls its function WORK, which prepares the input and returns a `Work`, runs that
and prints one line of JSON. The same file serves Samsyn and its peers, so it needs only NumPy.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """A call to time.

    `repeat` is how often it runs after the first; `share` the part of the whole work that it
    does, by which its seconds are divided; `note` says what was done; `more` gives figures of its
    own when all is done.
    """

    call: Callable[[], object]
    repeat: int = 0
    share: float = 1.0
    note: str = ""
    more: Callable[[], dict[str, object]] | None = None


def in_new_process(code: str) -> Work:
    """Run code in a fresh interpreter, five times."""
    command = [sys.executable, "-W", "ignore", "-c", code]
    return Work(lambda: subprocess.run(command, check=True), repeat=4)


def main(module: str, name: str) -> None:
    """Run the work and print its figures."""
    work: Work = getattr(importlib.import_module(module), name)()
    start = time.perf_counter()
    try:
        work.call()
    except MemoryError as error:
        print(json.dumps({"error": f"MemoryError: {error}"}))
        return
    first = time.perf_counter() - start
    again = []
    for _ in range(work.repeat):
        start = time.perf_counter()
        work.call()
        again.append(time.perf_counter() - start)
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who) / 1024
    seconds = statistics.median(again) if again else first
    figures = {"seconds": seconds / work.share, "first": first, "peak_mb": peak, "note": work.note}
    if work.more is not None:
        figures |= work.more()
    print(json.dumps(figures))


def digest(cells: Iterable[tuple[str, int, float]]) -> str:
    """A checksum of values and where they stand, so that two processes can compare what they read.

    Values of a row have no order: they stand for their columns.
    """
    sums = hashlib.sha256()
    for file, row, value in sorted(cells):
        sums.update(f"{file} {row} {value:.12g}\n".encode())
    return sums.hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
