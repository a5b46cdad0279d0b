"""What all addresses for programs share: anyone may read, in measure, and errors are told."""

from __future__ import annotations

import shutil

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from samsyn.api.limits import CLIENTS, Buckets, Rate, client_of, rate_of
from samsyn.statistics.release.store import Store
from tests.api.asking import got

TABLE = "/api/v2/tables/population"


class Clock:
    def __init__(self):
        self.time = 0.0

    def __call__(self):
        return self.time


def test_a_bucket_gives_what_it_holds_and_fills_at_its_pace():
    clock = Clock()
    buckets = Buckets(Rate(3, 60), clock)
    assert [buckets.take("a").left for _ in range(3)] == [2, 1, 0]
    refused = buckets.take("a")
    assert (refused.granted, refused.left, refused.wait) == (False, 0, 20)
    assert buckets.take("b").granted
    clock.time = 19.9
    assert not buckets.take("a").granted
    clock.time = 20.1
    assert buckets.take("a").granted
    clock.time = 10_000
    assert [buckets.take("a").granted for _ in range(4)] == [True, True, True, False]


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 9), st.integers(1, 60))
def test_never_more_than_the_rate_allows(pauses, calls, seconds):
    clock = Clock()
    buckets = Buckets(Rate(calls, seconds), clock)
    granted = 0
    for pause in pauses:
        clock.time += pause
        granted += buckets.take("a").granted
        assert granted <= calls + clock.time * calls / seconds + 1e-6


def test_so_many_clients_are_remembered_and_no_more():
    buckets = Buckets(Rate(1, 1000), Clock())
    for number in range(CLIENTS + 10):
        buckets.take(str(number))
    assert not buckets.take(str(CLIENTS + 9)).granted
    assert buckets.take("0").granted  # forgotten


@pytest.mark.parametrize("told", ["600", "0/60", "60/0", "many", "-1/60", "1/2/3"])
def test_a_rate_that_is_none_is_refused(told):
    with pytest.raises(ValueError, match="write calls/seconds"):
        rate_of(told)


def test_rates():
    assert rate_of(None) == Rate(600, 60)
    assert rate_of("0") is None
    assert rate_of(" 30/10 ") == Rate(30, 10)


@pytest.mark.parametrize(
    ("meta", "proxies", "client"),
    [
        ({"REMOTE_ADDR": "10.0.0.1"}, 0, "10.0.0.1"),
        # Nobody may say for themselves who they are.
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, 0, "10.0.0.1"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "9.9.9.9, 1.1.1.1"}, 1, "1.1.1.1"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8, 1.1.1.1, 10.0.0.2"}, 2,
         "1.1.1.1"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, 2, "10.0.0.1"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, 0, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "?" * 100}, 0, "?" * 64),
        ({}, 0, ""),
    ],
)  # fmt: skip
def test_whose_request_it_is(meta, proxies, client):
    assert client_of(meta, proxies) == client


def test_who_asks_too_often_is_told_when_to_ask_again(demo_site, monkeypatch):
    monkeypatch.setenv("SAMSYN_RATE", "2/3600")
    client = Client()
    first = client.get(TABLE)
    assert first["RateLimit-Policy"] == '"client";q=2;w=3600'
    assert first["RateLimit"] == '"client";r=1;t=1'
    assert client.get(TABLE).status_code == 200
    refused = client.get(TABLE)
    assert refused.status_code == 429
    assert 1795 <= int(refused["Retry-After"]) <= 1800
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["status"] == 429
    # Another client has a bucket of its own, and pages for people have none.
    assert client.get(TABLE, REMOTE_ADDR="10.1.1.1").status_code == 200
    assert "RateLimit" not in client.get("/tillganglighet/")


def test_tiles_are_not_counted(demo_site, monkeypatch):
    monkeypatch.setenv("SAMSYN_RATE", "1/60")
    client = type(demo_site)()
    for _ in range(3):
        tile = client.get("/api/geo/municipality/tiles/0/0/0.mvt")
        assert tile.status_code == 200
        assert "RateLimit" not in tile.headers


def test_any_page_may_read(demo_site):
    answer = demo_site.get(TABLE, headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    asked = demo_site.options(
        f"{TABLE}/data",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.status_code == 204
    assert "POST" in asked["Access-Control-Allow-Methods"]
    assert "Content-Type" in asked["Access-Control-Allow-Headers"]
    assert "Set-Cookie" not in answer


def test_head_is_get_without_its_content(demo_site):
    for address in (TABLE, "/api/areas", "/api/openapi.json"):
        whole, head = demo_site.get(address), demo_site.head(address)
        assert head.status_code == 200
        assert head.content == b""
        assert head["ETag"] == whole["ETag"]
        assert int(head["Content-Length"]) == len(whole.content)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/nothing", 404),
        ("get", "/api/v2/nothing", 404),
        ("get", "/api/areas/", 404),
        ("get", f"{TABLE}x", 404),
        ("get", f"{TABLE}?release=none", 404),
        ("get", "/release/none/api/v2/tables", 404),
        ("get", f"{TABLE}?lang=de", 400),
        ("get", "/api/values", 400),
        ("get", "/api/areas?kind=street", 400),
        ("put", TABLE, 405),
        ("post", TABLE, 405),
        ("delete", "/api/areas", 405),
        ("post", "/api/v2/savedqueries", 501),
        ("get", "/api/v2/savedqueries/1/data", 404),
    ],
)
def test_what_is_wrong_is_told_as_problem_details(demo_site, method, address, status):
    answer = getattr(demo_site, method)(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["instance"] == address.partition("?")[0]
    assert answer["Access-Control-Allow-Origin"] == "*"
    if status == 405:
        assert "GET" in answer["Allow"]


def test_more_parameters_than_are_read_are_refused(demo_site):
    assert "too many parameters" in got(demo_site, "/api/areas?" + "area=&" * 1001, 400)["detail"]


def test_a_fault_of_ours_is_told_so_too(demo_store, shelved, tmp_path):
    shutil.copytree(demo_store.path, tmp_path / "store")
    store = Store(tmp_path / "store")
    (store.folder() / "coverage.parquet").write_bytes(b"damaged")
    shelved(store)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/indicators")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "damaged" not in answer.json()["detail"]


def test_the_same_is_not_sent_twice(demo_site):
    first = demo_site.get(TABLE)
    assert first["Cache-Control"] == "public, no-cache"
    assert first["ETag"].startswith('"')
    again = demo_site.get(TABLE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert demo_site.get(TABLE, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"{TABLE}/data?release=demo", "/release/demo/api/v2/tables/population/data",
        "/api/areas?release=demo", "/api/values?indicator=population&release=demo",
    ],
)  # fmt: skip
def test_what_names_its_release_may_be_kept_for_good(demo_site, address):
    answer = demo_site.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_links_stay_in_the_release_that_is_asked_for(demo_site):
    def links(address):
        return [link["href"] for link in got(demo_site, address)["links"]]

    assert all("release=" not in href for href in links(TABLE))
    assert all(href.endswith("release=demo") for href in links(f"{TABLE}?release=demo"))
    own = links("/release/demo/api/v2/tables/population")
    assert all(href.startswith("http://testserver/release/demo/api/v2/") for href in own)
