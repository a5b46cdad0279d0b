"""The running server: it says when it answers, replaces a worker that dies, and ends when asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from samsyn.site.preparing import MIGRATING

PATIENCE = 90


@pytest.fixture
def serving(demo_store):
    """A server of the demonstration data, when it answers, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    samsyn = Path(sys.executable).with_name("samsyn")
    environment = {**os.environ, "SAMSYN_STORE": str(demo_store.path), "PYTHONUNBUFFERED": "1"}
    for name in ("DJANGO_SETTINGS_MODULE", "SAMSYN_RELEASE", "SAMSYN_HOSTS"):
        environment.pop(name, None)
    with subprocess.Popen(
        [samsyn, "serve", "--port", str(port), "--workers", "1"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        said = [process.stdout.readline(), process.stdout.readline()]
        if said[1] == f"{MIGRATING}\n":  # the first server of a run
            said[1] = process.stdout.readline()
        assert said[1].startswith("Ready after "), [*said, process.stderr.read()]
        yield process, f"http://127.0.0.1:{port}"
        if process.poll() is None:
            process.kill()


def children(number):
    """The processes that another one has begun."""
    threads = Path(f"/proc/{number}/task")
    if not threads.exists():
        pytest.skip("this system does not tell which processes another one has")
    return {
        int(one)
        for told in threads.glob("*/children")
        for one in told.read_text(encoding="ascii").split()
    }


def workers(process):
    return children(process.pid)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_asked_and_leaves_nothing_behind(serving, how):
    process, address = serving
    assert httpx.get(f"{address}/metoder/", timeout=PATIENCE).status_code == 200
    picture = f"{address}/omrade/municipality/9901/diagram/spread-rental_share.svg"
    assert httpx.get(picture, timeout=PATIENCE).status_code == 200
    there = workers(process)
    drawing = {one for worker in there for one in children(worker)}
    assert len(there) == len(drawing) == 1
    process.send_signal(how)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "Stopped\n", "")
    until = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{one}").exists() for one in there | drawing):
        assert time.monotonic() < until, "something goes on"
        time.sleep(0.1)


def test_a_worker_that_dies_is_replaced(serving):
    process, address = serving
    (lost,) = workers(process)
    os.kill(lost, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            found = httpx.get(f"{address}/metoder/", timeout=PATIENCE)
            break
        except httpx.TransportError:
            assert time.monotonic() < until
            time.sleep(0.2)
    assert found.status_code == 200
    assert workers(process).isdisjoint({lost})
