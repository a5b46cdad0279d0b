"""Asking a server that misbehaves."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from samsyn import __version__
from samsyn.measure import InputError
from samsyn.statistics.services import (
    Client,
    Clock,
    Pace,
    Patience,
    PxWeb,
    Refused,
    Request,
    ServiceError,
    Session,
)
from samsyn.statistics.services.client import base_address
from tests.statistics.services.conftest import BEGAN


@pytest.fixture
def config(service):
    return Request("GET", f"{service.pxweb_url}/config")


def test_an_answer_is_kept_as_it_came(client, config, service):
    answer = client.ask(config)
    assert answer.document == service.config()
    assert b"maxDataCells" in answer.content
    assert answer.retrieved.startswith("2026-03-01T12:00:")
    assert service.agents == {f"samsyn/{__version__}"}


PASSING = {
    "too many requests": ("status", 429, {}),
    "unavailable": ("status", 503, {}),
    "bad gateway": ("status", 502, {}),
    "gateway timeout": ("status", 504, {}),
    "cut in mid-body": ("cut",),
    "truncated JSON": ("truncated",),
    "no answer in time": ("slow", 0.45),
    "an answer that dribbles": ("dribble", 0.8),
    "connection dropped": ("drop",),
    "a page instead of JSON": ("page",),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_may_pass_is_asked_for_again(client, config, service, waits, fault):
    service.fail(fault)
    assert client.ask(config).document == service.config()
    assert len(service.asked) == 2
    assert len(waits.slept) == 1


def test_pauses_grow_with_full_jitter_and_end(client, config, service, waits):
    service.fail(("status", 503, {}), times=10)
    with pytest.raises(ServiceError) as caught:
        client.ask(config)
    assert len(service.asked) == 4
    assert all(0 <= pause <= 2**n for n, pause in enumerate(waits.slept))
    said = str(caught.value)
    assert "4 times: 503 Service Unavailable: busy" in said
    assert f"GET {service.pxweb_url}/config" in said


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (("cut",), "the connection failed"),
        (("truncated",), "the answer is cut off or damaged"),
        (("page",), "answered with text/html and not JSON: Underhåll Vi uppdaterar"),
        (("slow", 0.4), "no answer in 0.3 seconds"),
    ],
)
def test_the_last_error_says_what_was_wrong(config, service, waits, fault, said):
    client = Client(Pace(99, 1, waits.clock), waits.clock, Patience(tries=2, silence=0.3))
    service.fail(fault, times=2)
    with pytest.raises(ServiceError, match=said):
        client.ask(config)
    client.close()


@pytest.mark.parametrize("asked", ["7", format_datetime(BEGAN + timedelta(seconds=7), usegmt=True)])
def test_retry_after_is_respected_as_seconds_and_as_date(client, config, service, waits, asked):
    service.fail(("status", 429, {"Retry-After": asked}))
    client.ask(config)
    assert 6.0 <= waits.slept[0] <= 8.01


def test_a_server_that_wants_to_be_left_alone_for_long_is(client, config, service, waits):
    service.fail(("status", 503, {"Retry-After": "7200"}))
    with pytest.raises(ServiceError, match="left alone for 120 minutes"):
        client.ask(config)
    assert not waits.slept


def test_retry_after_that_says_nothing_is_passed_over(client, config, service, waits):
    service.fail(("status", 429, {"Retry-After": "soon"}))
    client.ask(config)
    assert 0 <= waits.slept[0] <= 1


def test_what_is_refused_is_not_asked_for_again(client, service):
    request = Request("GET", f"{service.pxweb_url}/tables/TAB9/metadata")
    with pytest.raises(Refused, match="404 Not Found: Not Found: Node with id") as caught:
        client.ask(request)
    assert len(service.asked) == 1
    assert str(request) in str(caught.value)


def test_json_under_another_content_type_is_json(client, config, service):
    service.fail(("typed", "text/plain"))
    assert client.ask(config).document == service.config()


def test_pauses_are_told(config, service, waits):
    told = []
    client = Client(Pace(99, 1, waits.clock), waits.clock, tell=told.append)
    service.fail(("status", 429, {"Retry-After": "3"}))
    client.ask(config)
    client.close()
    assert "429 Too Many Requests: busy; asking again in 3" in told[0]
    assert service.address.removeprefix("http://") in told[0]


def test_no_server_at_all(waits):
    client = Client(Pace(99, 1, waits.clock), waits.clock, Patience(tries=2))
    with pytest.raises(ServiceError, match="2 times: the connection failed"):
        client.ask(Request("GET", "http://127.0.0.1:9/config"))
    client.close()


def test_a_pace_is_kept_in_every_window(waits):
    pace, started = Pace(3, 1.0, waits.clock), []
    for _ in range(20):
        pace.wait()
        started.append(waits.now())
    for first, fourth in zip(started, started[3:], strict=False):
        assert fourth - first >= 1.0
    assert sum(waits.slept) < 7


def test_the_server_sets_the_pace(service):
    service.calls, service.window = 2, 0.2
    client = Client(Pace(99, 1, Clock()))
    px = PxWeb(Session(client), service.pxweb_url)
    assert px.config.calls == 2
    service.arrived.clear()
    for _ in range(5):
        px.search("nothing")
    client.close()
    arrived = service.arrived
    assert all(b - a >= 0.19 for a, b in zip(arrived, arrived[2:], strict=False))


def test_addresses_are_settings(monkeypatch):
    usual = "https://example.org/v2"
    assert base_address(None, "SAMSYN_TEST_URL", usual) == usual
    monkeypatch.setenv("SAMSYN_TEST_URL", "http://mirror.example.org/v2/")
    assert base_address(None, "SAMSYN_TEST_URL", usual) == "http://mirror.example.org/v2"
    assert base_address("http://other", "SAMSYN_TEST_URL", usual) == "http://other"
    with pytest.raises(InputError, match='"ftp://x" is not the address of a service'):
        base_address("ftp://x", "SAMSYN_TEST_URL", usual)
