"""The site as a process of its own, as readers meet it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import httpx

from samsyn.statistics.release.store import Store

PATIENCE = 120


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def server(store: Store, *arguments: str) -> Iterator[str]:
    """The address of `samsyn serve` over a store, from when it answers until the block ends."""
    port = _free_port()
    samsyn = str(Path(sys.executable).with_name("samsyn"))
    command = [samsyn, "serve", "--port", str(port), "--workers", "1", *arguments]
    environment = {**os.environ, "SAMSYN_STORE": str(store.path)}
    for name in ("DJANGO_SETTINGS_MODULE", "SAMSYN_HOSTS", "SAMSYN_RELEASE", "SAMSYN_DEBUG"):
        environment.pop(name, None)
    address = f"http://127.0.0.1:{port}"
    with (
        TemporaryFile("w+") as said,
        subprocess.Popen(
            command, env=environment, stdout=said, stderr=said, start_new_session=True
        ) as process,
    ):
        try:
            _ready(address, process)
            yield address
        except AssertionError:
            said.seek(0)
            sys.stderr.write(said.read())
            raise
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # its workers as well


def _ready(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, "the server stopped before it answered"
        try:
            assert httpx.get(f"{address}/", timeout=PATIENCE).status_code < 500
        except httpx.TransportError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        else:
            return
