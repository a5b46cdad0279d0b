"""What the tests of the API share: releases behind it, without a limit of calls."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

PATIENCE = 90
CELLS = 20_000  # so few that whole tables must be asked for in parts


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    monkeypatch.setenv("SAMSYN_RATE", "0")


@pytest.fixture(scope="session")
def server(demo_store):
    """The address of a server of the demonstration data, which runs as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        Path(sys.executable).with_name("samsyn"), "serve", "--port", str(port), "--workers", "1",
    ]  # fmt: skip
    told = {"SAMSYN_STORE": str(demo_store.path), "SAMSYN_RATE": "0", "SAMSYN_CELLS": str(CELLS)}
    environment = {**os.environ, **told}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(f"{address}/api/v2/config", timeout=PATIENCE).raise_for_status()
                break
            except httpx.TransportError:
                assert time.monotonic() < until, "the server did not answer"
                time.sleep(0.1)
        yield address
        process.terminate()
        process.wait(PATIENCE)
