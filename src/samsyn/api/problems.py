"""What cannot be answered, told to a program as problem details (RFC 9457), in English."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

MEDIA_TYPE: Final = "application/problem+json"
USUAL: Final = {
    400: "The request cannot be understood as it is",
    404: "There is nothing at this address",
    405: "Only reading is possible here",
    429: "Too many requests in a short time",
    500: "Something failed here. It is written in the server's log",
}


# What the floors below say, they say to who sits at a terminal.
ELSEWHERE: Final = {"`samsyn areas --search TEXT`": "/api/areas?search=TEXT"}


def said(error: Exception) -> str:
    """What an error of the floors below says, to a program."""
    text = str(error)
    for command, address in ELSEWHERE.items():
        text = text.replace(command, address)
    return text


@dataclass
class ProblemError(Exception):
    """Raised where a question cannot be answered; `detail` says why, and what there is instead."""

    status: int
    detail: str
    more: dict[str, Any] = field(default_factory=dict)


def problem(
    status: int, path: str, detail: str | None = None, more: dict[str, Any] | None = None
) -> HttpResponse:
    """The answer that tells of a problem with the request for `path`."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or USUAL.get(status, HTTPStatus(status).description),
        "instance": path,
        **(more or {}),
    }
    response = HttpResponse(json.dumps(told, ensure_ascii=False), MEDIA_TYPE, status)
    response["Cache-Control"] = "no-store"
    return response
