"""What every page says: which data it shows, and the same page in the other language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from samsyn import __version__
from samsyn.statistics.query.shelf import served


def site(request: HttpRequest) -> dict[str, Any]:
    """The release that is shown, and the addresses of the page in each language.

    `shown` is the name of the release that the page shows, `current` of the one that is current.
    """
    path = request.get_full_path()
    current = served().current
    return {
        "language": (get_language() or "sv")[:2],
        "addresses": {code: translate_url(path, code) for code in ("sv", "en")},
        "current": current,
        "shown": request.GET.get("release") or current,
        "version": __version__,
    }
