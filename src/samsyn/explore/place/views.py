"""The pages of this room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def place(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")
