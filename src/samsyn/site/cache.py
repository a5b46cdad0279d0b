"""Pages that were made are kept, compressed, and given again as long as nothing has changed.

What a page says follows from its address, from the release that is current and from this version of
the program, and from nothing else: it may be given to anyone until another release becomes current.
Whoever keeps a copy asks with its ETag whether it still holds, and is answered in a few bytes.

SAMSYN_CACHE is how many megabytes of pages a worker keeps; with 0 each is made anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from samsyn.site.compression import accepted, compressed, compressible
from samsyn.site.own import own
from samsyn.statistics.query.shelf import served

Handler: TypeAlias = Callable[[HttpRequest], HttpResponseBase]
Key: TypeAlias = tuple[object, ...]

MEGABYTES: Final = 32
LARGEST: Final = 1 / 8  # of all room, that one page may take
OVERHEAD: Final = 1_000  # bytes that a page takes beside its content
FIGURES: Final = "public, max-age=31536000, immutable"
PAGE: Final = "public, max-age=60, stale-while-revalidate=600"
MOVED: Final = "public, max-age=3600"
REFUSED: Final = "no-cache"  # nobody shall keep that something is missing
# A release has its own addresses in the API; all others name it as a parameter.
NAMED: Final = re.compile(r"/release/[^/]+/")
ASKED: Final = re.compile(r"(?:^|&)release=[^&]")
# What a page may depend on beside its address. The language is a part of that.
KNOWN: Final = frozenset({"accept-encoding", "accept-language", "hx-request"})
# What people have written for all to read, and may take back at any time.
WRITTEN: Final = re.compile(r"(?:/en)?/plan(?:er)?(?:/|$)")
NOT_THEIRS: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


@dataclass(frozen=True)
class Page:
    """An answer as it is sent."""

    content: bytes
    headers: Mapping[str, str]


class Pages:
    """The pages that were asked for last, in bounded memory, for any number of threads."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()

    def get(self, key: Key) -> Page | None:
        """The page, if it is kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page; those that nobody asked for longest make room."""
        taken = _taken(key, page)
        if taken > self.room * LARGEST:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self.size += taken - (_taken(key, old) if old else 0)
            self._pages[key] = page
            while self.size > self.room:
                gone, page = self._pages.popitem(last=False)
                self.size -= _taken(gone, page)

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)


def _taken(key: Key, page: Page) -> int:
    return len(page.content) + sum(len(str(part)) for part in key) + OVERHEAD


def room() -> int:
    """The bytes of pages that a worker may keep."""
    told = os.environ.get("SAMSYN_CACHE", "").strip()
    if not told:
        return MEGABYTES * 2**20
    if not told.isdecimal():
        raise ValueError(f'SAMSYN_CACHE is "{told}": write megabytes, such as {MEGABYTES}, or 0')
    return int(told) * 2**20


def kept(handle: Handler) -> Handler:
    """The middleware: answers GET and HEAD from what is kept, and keeps what can be kept.

    Answers to other methods and what people have written are compressed and not kept; those for
    who is logged in pass.
    """
    pages = Pages(room())

    def handled(request: HttpRequest) -> HttpResponseBase:
        if _personal(request):
            return handle(request)
        encoding = accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if request.method not in {"GET", "HEAD"}:
            return _shorter(handle(request), encoding)
        now = _now()
        keeps = pages.room and not WRITTEN.match(request.path_info)
        key = _key(request, encoding, now) if keeps else None
        page = pages.get(key) if key is not None else None
        if page is None:
            response = _made(handle, request)
            if not isinstance(response, HttpResponse) or response.streaming:
                return response
            page = _page(request, response, encoding)
            if page is None:
                return response
            # A release may have become current while the page was made.
            if key is not None and now == _now() and _lasting(response):
                pages.keep(key, page)
            if request.method == "GET" and "HTTP_IF_NONE_MATCH" not in request.META:
                response.content = page.content
                return response
        return _answer(request, page)

    return handled


def _now() -> Key:
    """What a page depends on beside what is asked; some tell the day on which they were read."""
    return (served().current, date.today().toordinal())


def _key(request: HttpRequest, encoding: str, now: Key) -> Key | None:
    """All that a page depends on; None where it is for no host of ours."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    part = request.META.get("HTTP_HX_REQUEST", "")
    return (
        request.scheme, host, request.get_full_path(), part, encoding, *now, settings.DEBUG,
    )  # fmt: skip


def _personal(request: HttpRequest) -> bool:
    """Whether the answer may depend on who asks: pages of figures do not, those of work do."""
    return "HTTP_AUTHORIZATION" in request.META or own(request)


def _made(handle: Handler, request: HttpRequest) -> HttpResponseBase:
    """The whole answer, whatever part or condition is asked for."""
    asked = request.method
    held: dict[str, str] = {
        name: request.META.pop(name) for name in NOT_THEIRS if name in request.META
    }
    request.method = "GET"
    try:
        return handle(request)
    finally:
        request.method = asked
        request.META.update(held)


def _page(request: HttpRequest, response: HttpResponse, encoding: str) -> Page | None:
    """The answer with what tells how long it lasts; None where it stays as it is."""
    if response.cookies or "no-store" in response.get("Cache-Control", ""):
        return None
    response.setdefault("Cache-Control", _lasts(request, response))
    if response.status_code != 200 or "Content-Encoding" in response:
        return None
    _vary(response)
    content = _compressed(response, encoding)
    # Strong: another encoding is another sequence of bytes, and has another tag.
    response["ETag"] = f'"{hashlib.blake2b(content, digest_size=15).hexdigest()}"'
    response["Content-Length"] = str(len(content))
    return Page(content, dict(response.items()))


def _shorter(response: HttpResponseBase, encoding: str) -> HttpResponseBase:
    """An answer that is not kept, in an encoding that the asker can read."""
    if not isinstance(response, HttpResponse) or response.streaming or response.cookies:
        return response
    if response.status_code == 200 and "Content-Encoding" not in response:
        response.content = _compressed(response, encoding)
        response["Content-Length"] = str(len(response.content))
    return response


def _compressed(response: HttpResponse, encoding: str) -> bytes:
    """The content of an answer as it is sent, and told so in its headers."""
    content = response.content
    if compressible(response.get("Content-Type", ""), len(content)):
        patch_vary_headers(response, ["Accept-Encoding"])
        content = compressed(content, encoding)
        if encoding:
            response["Content-Encoding"] = encoding
    return content


def _lasts(request: HttpRequest, response: HttpResponse) -> str:
    """How long an answer may be kept by others.

    Figures and pictures of a release that is named never change. A page of one tells as well that
    there is a newer release, so it is asked for again.
    """
    if response.status_code >= 400:
        return REFUSED
    if response.status_code != 200:
        return MOVED
    page = response.get("Content-Type", "").startswith("text/html")
    named = ASKED.search(request.META.get("QUERY_STRING", "")) or NAMED.match(request.path_info)
    return FIGURES if named and not page else PAGE


def _vary(response: HttpResponse) -> None:
    """The language stands in the address, whatever the middleware for it says."""
    told = [name for name in _varies(response) if name != "accept-language"]
    if told:
        response["Vary"] = ", ".join(told)
    elif "Vary" in response:
        del response["Vary"]


def _varies(response: HttpResponseBase) -> list[str]:
    return [part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()]


def _lasting(response: HttpResponse) -> bool:
    return set(_varies(response)) <= KNOWN and "private" not in response.get("Cache-Control", "")


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page; without content to HEAD, and to who has the same already."""
    asked = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    tag = page.headers["ETag"]
    if tag in asked or "*" in asked or f"W/{tag}" in asked:
        response = HttpResponse(status=304)
        del response["Content-Type"]
        told = ("ETag", "Cache-Control", "Vary", "Content-Location", "Expires")
        headers = {name: page.headers[name] for name in told if name in page.headers}
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else page.content)
        headers = dict(page.headers)
    for name, value in headers.items():
        response[name] = value
    return response
