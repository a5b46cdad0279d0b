"""A misbehaving server, and clients that do not wait."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from samsyn.statistics.services import Client, Clock, Pace, Patience, Session, opened_shelf
from tests.statistics.services.server import serving

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Waits:
    """A clock that goes on at once by as long as anyone sleeps."""

    def __init__(self):
        self.slept = []
        self._began = time.monotonic()

    def now(self):
        return time.monotonic() - self._began + sum(self.slept)

    @property
    def clock(self):
        return Clock(
            now=self.now,
            sleep=self.slept.append,
            date=lambda: BEGAN + timedelta(seconds=self.now()),
        )


@pytest.fixture
def service():
    with serving() as service:
        yield service


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def client(waits):
    """A client that asks as fast as it can and gives up after four tries."""
    client = Client(
        Pace(10_000, 1.0, waits.clock), waits.clock, Patience(tries=4, silence=0.3, whole=0.5)
    )
    yield client
    client.close()


@pytest.fixture
def fetching(client, tmp_path):
    """Open the folder `fetched` for one fetch, and give its session."""

    def start(resume=False):
        shelf = opened_shelf(tmp_path / "fetched", resume)
        return _Fetch(shelf, client)

    return start


class _Fetch:
    def __init__(self, shelf, client):
        self._shelf = shelf
        self._client = client

    def __enter__(self):
        return Session(self._client, self._shelf.__enter__())

    def __exit__(self, *error):
        return self._shelf.__exit__(*error)
