"""Readers of a site, each asking for the next page as soon as it has the one before.

    echo '{"ports": [8000], "paths": ["/"], "readers": 20, "seconds": 10}' |
        python -m benchmarks.readers

prints one line of JSON. One thread with plain sockets: a page costs the readers about 0.05 ms of
processor, which they tell, since they have it from the same cores as the server. The standard
library alone is needed.
"""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

HEADERS = "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\n"
CHUNK = 2**18


@dataclass
class Reader:
    """One connection; `begun` is when its question was sent."""

    port: int
    connection: socket.socket = field(default_factory=socket.socket)
    received: bytearray = field(default_factory=bytearray)
    whole: int = 0
    chunked: bool = False
    begun: float = 0.0

    def connect(self) -> None:
        """Open the connection."""
        self.connection = socket.create_connection(("127.0.0.1", self.port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.setblocking(False)

    def ask(self, path: str) -> None:
        """Send a question."""
        self.received.clear()
        self.whole, self.chunked = 0, False
        question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{HEADERS}\r\n"
        self.begun = time.perf_counter()
        self.connection.sendall(question.encode("ascii"))

    def hear(self) -> int:
        """Take what has come; the status when the answer is whole, else 0."""
        part = self.connection.recv(CHUNK)
        if not part:
            raise ConnectionError("the server hung up")
        self.received += part
        if not self.whole and not self.chunked:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return 0
            head = bytes(self.received[:end]).lower()
            self.chunked = b"transfer-encoding: chunked" in head
            if not self.chunked:
                begin = head.index(b"content-length:") + len(b"content-length:")
                self.whole = end + 4 + int(head[begin:].split(b"\r\n", 1)[0])
        if self.received.endswith(b"\r\n0\r\n\r\n") if self.chunked else self._done():
            return int(self.received[9:12])
        return 0

    def _done(self) -> bool:
        return len(self.received) >= self.whole


def read(asked: dict[str, Any]) -> dict[str, Any]:
    """Ask for the paths in turn for some seconds; how long answers took, and how many came.

    `ports` are the servers', `readers` in all of them, `total` ends it after so many answers.
    """
    paths, seconds, ports = asked["paths"], asked["seconds"], asked["ports"]
    total = asked.get("total") or sys.maxsize
    readers = [Reader(ports[at % len(ports)]) for at in range(asked["readers"])]
    took: list[float] = []
    statuses: Counter[int] = Counter()
    size, at = 0, 0
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            reader.connect()
            selector.register(reader.connection, selectors.EVENT_READ, reader)
        begun, used = time.perf_counter(), time.process_time()
        for reader in readers:
            reader.ask(paths[at % len(paths)])
            at += 1
        now = begun
        while now - begun < seconds and len(took) < total:
            for key, _ in selector.select(timeout=1):
                reader = key.data
                status = reader.hear()
                if status:
                    now = time.perf_counter()
                    took.append(now - reader.begun)
                    statuses[status] += 1
                    size += len(reader.received)
                    reader.ask(paths[at % len(paths)])
                    at += 1
            now = time.perf_counter()
        passed, used = now - begun, time.process_time() - used
        for reader in readers:
            reader.connection.close()
    cuts = statistics.quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    return {
        "answers": len(took),
        "per_second": len(took) / passed,
        "p50": cuts[49],
        "p95": cuts[94],
        "p99": cuts[98],
        "statuses": dict(statuses),
        "bytes": size / max(1, len(took)),
        "cost": used / max(1, len(took)),
    }


if __name__ == "__main__":
    print(json.dumps(read(json.load(sys.stdin))))
