"""How much one client may ask in a short time: enough for any person and any patient program.

SAMSYN_RATE     calls and seconds, such as 600/60; 0 for no limit
SAMSYN_PROXIES  how many proxies of one's own stand before the server: that many addresses at the
                end of X-Forwarded-For are theirs to tell, and the first of them is the client's
SAMSYN_CELLS    how many cells an answer of a table may have; 150000 unless told

Each client has a bucket of calls that fills at an even pace. A call takes one; where there is none,
the client is told after how many seconds there will be. Each worker process keeps its own buckets,
in memory and of a bounded number.
"""

from __future__ import annotations

import ipaddress
import math
import os
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

USUAL: Final = "600/60"
CLIENTS: Final = 10_000  # of which is remembered how much they asked
CELLS: Final = 150_000  # as Statistics Sweden allows
FORM: Final = re.compile(r"(\d{1,9})/(\d{1,6})")


@dataclass(frozen=True)
class Rate:
    """At most `calls` at once, and `calls` more in `seconds`."""

    calls: int
    seconds: int


@dataclass(frozen=True)
class Taken:
    """Whether a call may be answered, the calls that are left, and seconds until there is one."""

    granted: bool
    left: int
    wait: int


class Buckets:
    """The buckets of the clients that asked last."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._now = now
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> Taken:
        """Take a call out of a client's bucket."""
        pace = self.rate.calls / self.rate.seconds
        with self._lock:
            now = self._now()
            calls, then = self._clients.pop(client, (float(self.rate.calls), now))
            calls = min(self.rate.calls, calls + (now - then) * pace)
            granted = calls >= 1
            calls -= granted
            self._clients[client] = (calls, now)
            while len(self._clients) > CLIENTS:
                self._clients.popitem(last=False)
        wait = 0 if calls >= 1 else math.ceil((1 - calls) / pace)
        return Taken(granted, int(calls), wait)


def rate_of(text: str | None) -> Rate | None:
    """The rate that a setting tells; None for no limit. Raises ValueError where it is none."""
    told = (text or USUAL).strip()
    if told == "0":
        return None
    found = FORM.fullmatch(told)
    if found is None or not int(found[1]) or not int(found[2]):
        raise ValueError(f'SAMSYN_RATE is "{told}": write calls/seconds, such as {USUAL}, or 0')
    return Rate(int(found[1]), int(found[2]))


def most_cells() -> int:
    """How many cells an answer of this server may have."""
    return max(1, int(os.environ.get("SAMSYN_CELLS") or CELLS))


def configured() -> Rate | None:
    """The rate of this server."""
    return rate_of(os.environ.get("SAMSYN_RATE"))


def client_of(meta: Mapping[str, object], proxies: int) -> str:
    """Whose request it is: an address, of IPv6 the network that one subscriber has."""
    address = str(meta.get("REMOTE_ADDR") or "")
    if proxies:
        forwarded = str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")
        told = [one.strip() for one in forwarded if one.strip()]
        if len(told) >= proxies:
            address = told[-proxies]
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if number.version == 6:
        return str(ipaddress.ip_network((number, 64), strict=False))
    return str(number)
