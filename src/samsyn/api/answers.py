"""Answers, and how long they last. Their ETags are made where they are compressed and kept."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpResponse

from samsyn.api.asking import Asked

JSON: Final = "application/json; charset=utf-8"
# What the address says with its release never changes. Anything else is asked again each time:
# where it is the same, the answer is empty.
IMMUTABLE: Final = "public, max-age=31536000, immutable"
CURRENT: Final = "public, no-cache"


def answer(
    asked: Asked | None,
    content: bytes,
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The content as an answer; without `asked` it is about no one release."""
    response = HttpResponse(content, content_type=media_type)
    lasting = asked is not None and asked.pinned
    response["Cache-Control"] = IMMUTABLE if lasting else CURRENT
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def json_answer(asked: Asked | None, told: Any) -> HttpResponse:
    """What is told, as JSON."""
    return answer(asked, json_bytes(told))


def json_bytes(told: Any) -> bytes:
    """What is told, as the bytes of JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
