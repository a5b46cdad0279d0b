"""No more calls in a time window than a server allows."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

# What a call needs on its way differs: without a margin, calls could arrive closer than they left.
MARGIN = 1.05


@dataclass(frozen=True)
class Clock:
    """Time as the services' clients see it; a test can give one that does not wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    date: Callable[[], datetime] = lambda: datetime.now(UTC)


class Pace:
    """Lets at most `calls` start in any `seconds`: `wait` returns when the next may."""

    def __init__(self, calls: int, seconds: float, clock: Clock) -> None:
        self._started: deque[float] = deque(maxlen=max(1, calls))
        self._seconds = seconds * MARGIN
        self._clock = clock

    def wait(self) -> None:
        """Wait for the next call's turn and take it."""
        if len(self._started) == self._started.maxlen:
            left = self._started[0] + self._seconds - self._clock.now()
            if left > 0:
                self._clock.sleep(left)
        self._started.append(self._clock.now())
