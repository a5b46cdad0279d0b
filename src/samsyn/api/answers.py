"""Answers with what goes with them: a strong ETag, how long they last, where they lie for good."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from samsyn.api.asking import Asked

JSON: Final = "application/json; charset=utf-8"
# What the address says with its release never changes. Anything else is asked again each time:
# where it is the same, the answer is empty.
IMMUTABLE: Final = "public, max-age=31536000, immutable"
CURRENT: Final = "public, no-cache"


def answer(
    request: HttpRequest,
    asked: Asked | None,
    content: bytes,
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The content as an answer; 304 without it where the client has the same already.

    Without `asked` it is about no one release.
    """
    response = HttpResponse(content, content_type=media_type)
    response["ETag"] = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    lasting = asked is not None and asked.pinned
    response["Cache-Control"] = IMMUTABLE if lasting else CURRENT
    for name, value in (headers or {}).items():
        response[name] = value
    if request.method != "GET":
        return response
    found: HttpResponseBase | None = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    return found if isinstance(found, HttpResponse) else response


def json_answer(request: HttpRequest, asked: Asked | None, told: Any) -> HttpResponse:
    """What is told, as JSON."""
    return answer(request, asked, json_bytes(told))


def json_bytes(told: Any) -> bytes:
    """What is told, as the bytes of JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
