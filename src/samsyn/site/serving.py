"""The site as a running server: Granian with its workers, one port, production settings."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable
from typing import Final

WORKERS: Final = 2
# Pages are computed by one thread at a time whatever their number; others wait in the meantime for
# a picture to be drawn, or for a page that takes long.
THREADS: Final = 4
WAITING: Final = 1_024  # connections that wait for a worker's thread; more are refused
# A worker that has grown beyond this many megabytes is replaced, with no reader waiting; its usual
# size is less than half.
LARGEST: Final = 1_000
STOPPING: Final = 10  # seconds in which a worker answers what it has begun
EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def serve(host: str, port: int, workers: int = WORKERS, *, tell: Callable[[str], None]) -> None:
    """Serve until stopped. What is shown is told by the environment: see the settings.

    `tell` is called when the first worker answers, and when all have ended.
    """
    # Django and Polars must first be touched in the workers: neither survives a fork.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
    os.environ.setdefault("SAMSYN_SERVED", "1")
    largest = int(os.environ.get("SAMSYN_WORKER_MB") or LARGEST)
    server = Granian(
        "samsyn.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=int(os.environ.get("SAMSYN_THREADS") or THREADS),
        backpressure=WAITING // workers,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_max_rss=largest or None,
        workers_kill_timeout=STOPPING,
    )
    threading.Thread(target=_tell, args=(host, port, tell), daemon=True).start()
    server.serve()
    tell("Stopped")


def _tell(host: str, port: int, tell: Callable[[str], None]) -> None:
    """Say when the first worker answers."""
    begun = time.monotonic()
    while True:
        time.sleep(0.1)
        asked = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=60)
        try:
            asked.request("HEAD", "/robots.txt", headers={"Host": "localhost"})
            asked.getresponse().read()
        except OSError:
            continue
        finally:
            asked.close()
        tell(f"Ready after {time.monotonic() - begun:.1f} s")
        return
