"""Pages for what was asked wrongly: they say what was wrong and what there is instead."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.measure.errors import InputError

Handler = Callable[[HttpRequest], HttpResponse]


class Explained:
    """Middleware that turns what a page raises into a page that tells it."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, if its parameters can be read at all."""
        try:
            request.GET  # noqa: B018 it is read when it is asked for
        except SuspiciousOperation as error:
            # Not even the page that says so could look for one.
            request.GET = QueryDict()
            return bad_request(request, error)
        return self.handle(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error that the reader can do something about; programs get no page."""
        # /api/ itself is a page for people.
        if request.path_info.startswith("/api/") and request.path_info != "/api/":
            return None
        if isinstance(error, UnknownPageError):
            told = {"message": error.message, "suggestions": error.suggestions}
            return render(request, "site/404.html", told, status=404)
        if isinstance(error, WrongParameterError):
            told = {"message": error.message, "suggestions": error.suggestions}
            return render(request, "site/400.html", told, status=400)
        if isinstance(error, InputError):
            # What the floors below say, they say in English.
            return render(request, "site/400.html", {"english": str(error)}, status=400)
        return None


explained = Explained


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that Django itself refuses."""
    return render(request, "site/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return render(request, "site/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours."""
    return render(request, "site/500.html", status=500)
