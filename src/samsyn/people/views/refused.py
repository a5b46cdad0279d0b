"""A form that was refused: what was typed is given back."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

OWN: Final = {"csrfmiddlewaretoken"}
SECRET: Final = ("password", "code")  # what is never shown again
MOST: Final = 200  # fields
LONG: Final = 60  # characters of a text that stands in a box


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token does not hold, mostly because of a log-in meanwhile.

    It has all that was typed, and a button to send it again. Both are only there if the browser
    says that the form is on a page of ours: else another site would have people send what it has
    written.
    """
    ours = _ours(request)
    fields, left_out = [], False
    for name, values in _typed(request) if ours else []:
        if any(word in name.lower() for word in SECRET):
            left_out = True
        elif name not in OWN:
            fields += [
                {"name": name, "value": value, "long": len(value) > LONG} for value in values
            ]
    whole = not left_out and not request.FILES and len(fields) <= MOST
    told = {
        "fields": fields[:MOST],
        "again": ours and whole,
        "files": bool(ours and request.FILES),
        "address": request.get_full_path(),
    }
    response = render(request, "people/refused.html", told, status=403)
    add_never_cache_headers(response)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, list[str]]]:
    try:
        return list(request.POST.lists())
    except (SuspiciousOperation, OSError):
        return []


def _ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form is on a page of this site."""
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(told)
    try:
        host = request.get_host()
    except SuspiciousOperation:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, host)
