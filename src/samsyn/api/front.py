"""What is common to all addresses for programs: anyone may read, in measure, and errors are told.

Everything below /api/ can be read from any web page (CORS), HEAD is answered like GET, a client
that asks too often is asked to wait, and what fails is told as problem details and not as a page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Final

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from samsyn.api.limits import Buckets, Taken, client_of, configured
from samsyn.api.problems import MEDIA_TYPE, problem

Handler = Callable[[HttpRequest], HttpResponseBase]

# /api/ itself is a page for people. A release has the same addresses of its own.
OURS: Final = re.compile(r"/(?:release/[^/]+/)?api/.")
METHODS: Final = "GET, HEAD, OPTIONS"
CHOOSING: Final = re.compile(r"/tables/[^/]+/data/?$")  # a selection may be sent to these
# A map asks for many at once, and each is made once: a whole office behind one address may look.
FREE: Final = re.compile(r"/api/geo/[^/]+/tiles/")
EXPOSED: Final = "ETag, Link, Retry-After, RateLimit, RateLimit-Policy, Content-Disposition"
POLICY: Final = "client"


def front(handle: Handler) -> Handler:
    """The middleware. The rate is that of SAMSYN_RATE when the process starts."""
    rate = configured()
    buckets = Buckets(rate) if rate else None
    proxies = int(os.environ.get("SAMSYN_PROXIES") or 0)

    def handled(request: HttpRequest) -> HttpResponseBase:
        if not OURS.match(request.path_info):
            return handle(request)
        if request.method == "OPTIONS":
            return readable(_preflight(request.path_info))
        try:
            request.GET  # noqa: B018 (more parameters than Django reads are refused here)
        except SuspiciousOperation:
            told = "There are too many parameters: send a selection instead, or ask in parts"
            return readable(problem(400, request.path_info, told))
        counted = None if FREE.search(request.path_info) else buckets
        taken = counted.take(client_of(request.META, proxies)) if counted else None
        if taken is not None and not taken.granted:
            told = f"Too many requests in a short time: ask again in {taken.wait} s"
            response: HttpResponseBase = problem(429, request.path_info, told)
            response["Retry-After"] = str(taken.wait)
        else:
            response = _answered(handle, request)
        if taken is not None and buckets is not None:
            _tell(response, buckets, taken)
        return readable(response)

    return handled


def readable(response: HttpResponseBase) -> HttpResponseBase:
    """Let any web page read the answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    return response


def _answered(handle: Handler, request: HttpRequest) -> HttpResponseBase:
    """The answer; to HEAD that of GET without its content, and of an error its problem details."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    response = handle(request)
    request.method = asked
    kind = response.get("Content-Type", "")
    if response.status_code >= 400 and not kind.startswith(MEDIA_TYPE):
        allowed = response.get("Allow")
        response = problem(response.status_code, request.path_info)
        if allowed:
            response["Allow"] = allowed
    if asked == "HEAD" and isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _preflight(path: str) -> HttpResponse:
    """What a browser wants to know before it asks with more than plain GET."""
    response = HttpResponse(status=204)
    del response["Content-Type"]  # of nothing
    methods = f"{METHODS}, POST" if CHOOSING.search(path) else METHODS
    response["Allow"] = response["Access-Control-Allow-Methods"] = methods
    response["Access-Control-Allow-Headers"] = "Content-Type, Accept, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _tell(response: HttpResponseBase, buckets: Buckets, taken: Taken) -> None:
    """Say how much may be asked, as draft-ietf-httpapi-ratelimit-headers-10 writes it."""
    rate = buckets.rate
    response["RateLimit-Policy"] = f'"{POLICY}";q={rate.calls};w={rate.seconds}'
    response["RateLimit"] = f'"{POLICY}";r={taken.left};t={max(1, taken.wait)}'
