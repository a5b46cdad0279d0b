"""Compiled loops on every processor core.

Numba's own parallel loops wait by spinning, which costs tens of milliseconds a call where other
programs want the cores too, and their pool can abort when several Python threads call it at once,
as those of a web server do. Loops that release Python's lock share ordinary threads instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

# Fewer units than this are done before another thread has started.
FEW = 256


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_turn(loop: Callable[..., None], units: int, *arguments: Any) -> None:
    """Call `loop(first, step, *arguments)` in each thread: the units first, first + step, ...

    Units are dealt out in turn, so that dense and thinly peopled parts are shared evenly. What a
    loop finds for one unit must not depend on the others.
    """
    threads = processors() if units > FEW else 1
    if threads == 1:
        loop(0, 1, *arguments)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        calls = [pool.submit(loop, first, threads, *arguments) for first in range(threads)]
        for call in calls:
            call.result()
