"""What cannot be answered, told to a program as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from samsyn.measure.errors import InputError

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {400: "Bad request", 404: "Not found"}

View = Callable[..., HttpResponse]


@dataclass
class ProblemError(Exception):
    """What is wrong with a question, and what could be asked instead."""

    status: int
    detail: str


def explained(view: View) -> View:
    """Answer with problem details where a question cannot be answered; readable from any origin."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except ProblemError as error:
            response = _told(request, error.status, error.detail)
        except InputError as error:
            response = _told(request, 400, str(error))
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def _told(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    told = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE)
