"""The pages of this room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def methods(request: HttpRequest) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")


def about_data(request: HttpRequest) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")


def changes(request: HttpRequest) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")


def about_api(request: HttpRequest) -> HttpResponse:
    """To be written."""
    return render(request, "site/base.html")
