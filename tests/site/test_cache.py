"""Pages are kept, compressed, and given again, and nothing else is."""

from __future__ import annotations

import gzip
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from samsyn.site.cache import Page, Pages, kept, room
from samsyn.site.compression import accepted, compressed, compressible
from samsyn.statistics.query.shelf import served
from samsyn.statistics.release.store import Store
from tests.statistics.query import small

LONG = "<p>Områden vars invånare bor åtskilda.</p>" * 100


class Site:
    """A site of one view, behind what keeps pages; it counts what was made."""

    def __init__(self, answer):
        self.made = []
        self._lock = threading.Lock()

        def handle(request):
            with self._lock:
                self.made.append((request.method, request.get_full_path()))
            return answer(request)

        self._kept = kept(handle)

    def __call__(self, path="/", method="GET", **headers):
        request = RequestFactory().generic(method, path, headers=headers)
        return self._kept(request)


@pytest.fixture
def store(tmp_path, monkeypatch):
    store = Store(tmp_path / "store")
    small.build(store, "first")
    monkeypatch.setenv("SAMSYN_STORE", str(store.path))
    served.cache_clear()
    yield store
    served.cache_clear()


@pytest.fixture
def site(store):
    return Site(lambda request: HttpResponse(f"{LONG}{request.get_full_path()}"))


def test_a_page_is_made_once(site):
    first, again = site("/a"), site("/a")
    assert first.content == again.content == f"{LONG}/a".encode()
    assert dict(first.items()) == dict(again.items())
    assert site.made == [("GET", "/a")]
    assert site("/a?x=1").content != first.content
    assert site("/en/a").content != first.content
    assert site("/a", host="localhost").content == first.content
    assert len(site.made) == 4


def test_it_is_compressed_as_the_reader_can_read_it(site):
    plain, brotlied, gzipped = (
        site("/a", **{"accept-encoding": told}) for told in ("identity", "gzip, br", "gzip")
    )
    assert brotli.decompress(brotlied.content) == plain.content
    assert gzip.decompress(gzipped.content) == plain.content
    assert [r.get("Content-Encoding") for r in (plain, brotlied, gzipped)] == [None, "br", "gzip"]
    assert len(brotlied.content) < len(plain.content) / 5
    assert len({r["ETag"] for r in (plain, brotlied, gzipped)}) == 3
    for response in (plain, brotlied, gzipped):
        assert response["Vary"] == "Accept-Encoding"
        assert response["Content-Length"] == str(len(response.content))


def test_who_has_it_already_gets_nothing_more(site):
    first = site("/a", **{"accept-encoding": "br"})
    assert re.fullmatch(r'"[0-9a-f]{30}"', first["ETag"])
    for told in (first["ETag"], f'"other", {first["ETag"]}', "*", f"W/{first['ETag']}"):
        same = site("/a", **{"accept-encoding": "br", "if-none-match": told})
        assert (same.status_code, same.content) == (304, b"")
        assert (same["ETag"], same["Vary"]) == (first["ETag"], first["Vary"])
        assert same["Cache-Control"] == first["Cache-Control"]
        assert "Content-Type" not in same
    other = site("/a", **{"accept-encoding": "br", "if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    # Of a page that is not kept yet as well.
    new = Site(lambda _: HttpResponse(f"{LONG}/a"))
    found = new("/a", **{"accept-encoding": "br", "if-none-match": first["ETag"]})
    assert found.status_code == 304


def test_head_is_get_without_content(site):
    head = site("/a", "HEAD", **{"accept-encoding": "br"})
    get = site("/a", **{"accept-encoding": "br"})
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.items()) == dict(get.items())
    assert len(get.content) == int(head["Content-Length"])
    assert site.made == [("GET", "/a")]


def test_a_part_is_answered_with_the_whole(site):
    # A server may; and what is kept must never be a part.
    found = site("/a", range="bytes=0-9")
    assert (found.status_code, found.content) == (200, f"{LONG}/a".encode())
    assert site("/a").content == found.content


def test_a_release_that_becomes_current_is_shown_at_once(store):
    site = Site(lambda _: HttpResponse(f"{LONG}{served().current}"))
    assert site("/").content.endswith(b"first")
    small.build(store, "second")
    assert site("/").content.endswith(b"second")
    store.use("first")
    assert site("/").content.endswith(b"first")


def test_what_is_made_while_another_becomes_current_is_not_kept(store):
    def slow(_):
        before = served().current
        store.use("second" if before == "first" else "first")
        return HttpResponse(f"{LONG}{before}")

    small.build(store, "second")
    site = Site(slow)
    for _ in range(3):
        site("/")
    assert len(site.made) == 3


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: HttpResponse(LONG, status=404),
        lambda _: HttpResponse(LONG, status=500),
        lambda _: HttpResponse(LONG, headers={"Cache-Control": "no-store"}),
        lambda _: HttpResponse(LONG, headers={"Cache-Control": "private"}),
        lambda _: HttpResponse(LONG, headers={"Vary": "Cookie"}),
        lambda _: StreamingHttpResponse(iter([LONG])),
    ],
)
def test_what_is_not_for_all_or_not_for_long_is_not_kept(store, answer):
    site = Site(answer)
    responses = [site("/a") for _ in range(2)]
    assert len(site.made) == 2
    assert "immutable" not in responses[0].get("Cache-Control", "")


def test_what_sets_a_cookie_or_is_for_one_person_is_not_kept(store):
    def greeting(_):
        response = HttpResponse(LONG)
        response.set_cookie("seen", "1")
        return response

    site = Site(greeting)
    assert [site("/a").cookies["seen"].value for _ in range(2)] == ["1", "1"]
    assert "Cache-Control" not in site("/a")
    personal = Site(lambda _: HttpResponse(LONG))
    signed = {"authorization": "Basic x"}
    for path, headers in (("/a", signed), ("/arbete/vattstad/", {}), ("/en/konto/login/", {})):
        for _ in range(2):
            assert "ETag" not in personal(path, **headers)
    assert len(personal.made) == 6
    personal("/arbete/", "POST")
    assert personal.made[-1] == ("POST", "/arbete/")
    for method in ("GET", "POST"):
        answer = personal("/arbete/", method, **{"accept-encoding": "br"})
        assert "Content-Encoding" not in answer
    assert "Content-Encoding" not in site("/a", "POST", **{"accept-encoding": "br"})


def test_pages_of_figures_are_the_same_for_who_is_logged_in(site):
    first = site("/a")
    assert site("/a", cookie="samsyn_session=1")["ETag"] == first["ETag"]
    assert len(site.made) == 1


def test_what_is_sent_a_selection_answers_compressed_and_is_not_kept(site):
    first, again = (site("/a", "POST", **{"accept-encoding": "br"}) for _ in range(2))
    assert site.made == [("POST", "/a")] * 2
    assert brotli.decompress(first.content) == f"{LONG}/a".encode()
    assert first["Content-Encoding"] == "br"
    assert first["Vary"] == "Accept-Encoding"
    assert int(first["Content-Length"]) == len(first.content) == len(again.content)
    assert "ETag" not in first
    plain = site("/a", "POST")
    assert plain.content == f"{LONG}/a".encode()
    assert "Content-Encoding" not in plain


def test_what_streams_or_failed_is_sent_as_it_is(store):
    for answer in (
        lambda _: StreamingHttpResponse(iter([LONG])),
        lambda _: HttpResponse(LONG, status=400),
        lambda _: HttpResponse(LONG, headers={"Content-Encoding": "gzip"}),
    ):
        response = Site(answer)("/a", "POST", **{"accept-encoding": "br"})
        assert response.get("Content-Encoding") != "br"


def test_a_part_of_a_page_is_another_answer(store):
    def answer(request):
        part = request.headers.get("HX-Request") == "true"
        return HttpResponse(f"{LONG}{part}", headers={"Vary": "HX-Request"})

    site = Site(answer)
    assert site("/").content.endswith(b"False")
    assert site("/", **{"hx-request": "true"}).content.endswith(b"True")
    assert site("/").content.endswith(b"False")
    assert site("/")["Vary"] == "hx-request, Accept-Encoding"
    assert len(site.made) == 2


@pytest.mark.parametrize(
    ("path", "media_type", "status", "lasts"),
    [
        ("/a.csv?release=first", "text/csv", 200, "public, max-age=31536000, immutable"),
        ("/release/first/api/v2/x", "application/json", 200, "public, max-age=31536000, immutable"),
        ("/a.csv", "text/csv", 200, "public, max-age=60, stale-while-revalidate=600"),
        ("/a.csv?release=", "text/csv", 200, "public, max-age=60, stale-while-revalidate=600"),
        ("/a?release=first", "text/html", 200, "public, max-age=60, stale-while-revalidate=600"),
        ("/a?release=other", "text/html", 404, "no-cache"),
        ("/a", "text/html", 301, "public, max-age=3600"),
    ],
)
def test_how_long_it_lasts(store, path, media_type, status, lasts):
    site = Site(lambda _: HttpResponse(LONG, content_type=media_type, status=status))
    assert [site(path)["Cache-Control"] for _ in range(2)] == [lasts, lasts]


def test_what_a_page_says_of_itself_stands(store):
    site = Site(lambda _: HttpResponse(LONG, headers={"Cache-Control": "public, no-cache"}))
    assert [site("/")["Cache-Control"] for _ in range(2)] == ["public, no-cache"] * 2
    assert len(site.made) == 1


@pytest.mark.parametrize("path", ["/planer/", "/en/planer/", "/plan/vattstad/1/"])
def test_what_people_may_take_back_is_made_anew_and_can_be_asked_for_by_its_tag(store, path):
    site = Site(lambda _: HttpResponse(LONG, headers={"Cache-Control": "public, no-cache"}))
    first = site(path)
    assert site(path, **{"if-none-match": first["ETag"]}).status_code == 304
    assert len(site.made) == 2


def test_a_host_that_is_not_ours_is_the_views_business(site):
    assert site("/a", host="evil.example").status_code == 200
    assert site("/a", host="evil.example").status_code == 200
    assert len(site.made) == 2


def test_nothing_is_kept_of_what_fails(store):
    def fails(_):
        raise Http404

    site = Site(fails)
    for _ in range(2):
        with pytest.raises(Http404):
            site("/", "HEAD", **{"if-none-match": "*"})
    assert len(site.made) == 2


def test_memory_is_bounded():
    pages = Pages(1_000_000)
    for at in range(1_000):
        pages.keep((f"/{at}",), Page(b"x" * 20_000, {}))
        assert pages.size <= 1_000_000
    assert 40 < len(pages) < 50
    assert pages.get(("/999",)) is not None
    assert pages.get(("/0",)) is None
    # One that is too large does not drive out all others.
    pages.keep(("/large",), Page(b"x" * 200_000, {}))
    assert pages.get(("/large",)) is None
    assert pages.get(("/999",)) is not None
    pages.keep(("/999",), Page(b"x", {}))
    before = pages.size
    pages.keep(("/999",), Page(b"y", {}))
    assert pages.size == before


def test_many_threads(site):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: site(f"/{at % 5}").content, range(200)))
    assert found == [f"{LONG}/{at % 5}".encode() for at in range(200)]
    assert len(site.made) < 100


def test_the_setting(monkeypatch, store):
    for told, size in (("", 32 * 2**20), ("8", 8 * 2**20), ("0", 0)):
        monkeypatch.setenv("SAMSYN_CACHE", told)
        assert room() == size
    site = Site(lambda _: HttpResponse(LONG))
    assert site("/")["ETag"] == site("/")["ETag"]
    assert len(site.made) == 2
    monkeypatch.setenv("SAMSYN_CACHE", "much")
    with pytest.raises(ValueError, match="write megabytes"):
        room()


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", ""), ("identity", ""),
        ("br;q=0, gzip;q=0.5", "gzip"), ("*", "br"), ("br;q=0, *", "gzip"), ("*;q=0", ""),
        ("GZIP", "gzip"), ("br;q=nonsense", ""), (";;,,", ""),
    ],
)  # fmt: skip
def test_what_the_reader_accepts(header, encoding):
    assert accepted(header) == encoding


def test_what_is_worth_compressing():
    for media_type in ("text/html; charset=utf-8", "application/json", "image/svg+xml",
                       "application/problem+json", "application/ld+json", "text/csv"):  # fmt: skip
        assert compressible(media_type, 10_000)
        assert not compressible(media_type, 100)
    for media_type in ("image/png", "application/vnd.apache.parquet", ""):
        assert not compressible(media_type, 10_000)
    assert compressed(LONG.encode(), "gzip") == compressed(LONG.encode(), "gzip")


def test_the_pages_of_the_site_are_kept(demo_site):
    first = demo_site.get("/metoder/", headers={"accept-encoding": "br"})
    assert (first.status_code, first["Content-Encoding"]) == (200, "br")
    same = demo_site.get(
        "/metoder/", headers={"accept-encoding": "br", "if-none-match": first["ETag"]}
    )
    assert same.status_code == 304
    assert same["Content-Security-Policy"] == first["Content-Security-Policy"]
    swedish, english = (brotli.decompress(demo_site.get(path, headers={"accept-encoding": "br"})
                        .content).decode() for path in ("/metoder/", "/en/metoder/"))  # fmt: skip
    assert '<html lang="sv"' in swedish
    assert '<html lang="en"' in english


@pytest.mark.parametrize("path", ["/", "/api/counts", "/finns-inte/"])
def test_too_many_parameters_are_refused(demo_site, path):
    told = demo_site.get(f"{path}?{'&'.join(['area='] * 1_200)}")
    assert told.status_code == 400
