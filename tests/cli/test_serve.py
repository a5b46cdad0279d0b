"""`samsyn serve`: a server as a process, from its first line to its last."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

PATIENCE = 60


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serving(demo_store, port):
    """A server of the demonstration data, and its address."""
    samsyn = Path(sys.executable).with_name("samsyn")
    command = [samsyn, "serve", "--port", str(port), "--workers", "1"]
    environment = {**os.environ, "SAMSYN_STORE": str(demo_store.path), "PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            assert waiting.select(PATIENCE), "the server said nothing"
        yield process, process.stdout.readline()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # its workers as well


def answered(address):
    """The answer, as soon as there is a worker to give it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return httpx.get(address, timeout=PATIENCE)
        except httpx.ConnectError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_it_says_what_it_shows_and_where_and_stops_when_asked(serving, port):
    process, first = serving
    assert first == f"Release demo at http://127.0.0.1:{port} (Ctrl+C stops)\n"
    page = answered(f"http://127.0.0.1:{port}/tillganglighet/")
    assert page.status_code == 200
    assert "demo" in page.text
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) in {0, 130}


def test_a_host_name_that_is_not_allowed_is_refused(serving, port):
    answered(f"http://127.0.0.1:{port}/")
    wrong = httpx.get(f"http://127.0.0.1:{port}/", headers={"Host": "elsewhere.example"})
    assert wrong.status_code == 400


def test_a_port_in_use_is_told_at_once(samsyn, demo_store, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        outcome = samsyn("serve", "--port", port, "--store", demo_store.path)
    assert outcome.code == 2
    assert f"Cannot listen at 127.0.0.1 port {port}" in outcome.err
    assert outcome.out == ""


def test_a_release_that_is_not_there_is_told_at_once(samsyn, demo_store, tmp_path):
    outcome = samsyn("serve", "--release", "nowhere", "--store", demo_store.path)
    assert outcome.code == 2
    assert 'There is no release "nowhere"' in outcome.err
    outcome = samsyn("serve", "--store", tmp_path)
    assert outcome.code == 2
    assert "samsyn release build" in outcome.err
