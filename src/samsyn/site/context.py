"""What every page says: which data it shows, and where the same page is in other words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import get_language

from samsyn import __version__
from samsyn.measure.errors import InputError
from samsyn.publish.fiction import fictional
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served

# A page is the same whatever these say; its one right address is without them.
LOOKS = ("look", "bare")


def site(request: HttpRequest) -> dict[str, Any]:
    """The release that is shown, and the addresses of the page.

    `shown` is the release that the page shows, None where there is none, and `current` the name of
    the one that is current. `superseded` says that the shown one is older than that. `pin` is what
    a link adds to stay in a release that the address names, else empty. `permanent` is the address
    that shows the same figures when there are newer ones, for what is printed.
    """
    current = served().current
    asked = request.GET.get("release") or None
    shown = _release(asked or current)
    pinned = asked is not None and shown is not None
    base = _base(request)
    unpinned = _with(request, release=None)
    plain = dict.fromkeys(LOOKS)
    # As it is typed by hand.
    permanent = _with(request, **plain, release=shown.name if shown else asked)
    return {
        "language": (get_language() or "sv")[:2],
        "addresses": {code: translated(request.get_full_path(), code) for code in ("sv", "en")},
        "origin": base,
        "canonical": f"{base}{_with(request, **plain)}",
        "permanent": f"{base}{permanent.replace('%2F', '/')}",
        "current": current,
        "shown": shown.name if shown else None,
        "created": shown.manifest.created[:10] if shown else None,
        "made_up": _made_up(shown) if shown else False,
        "superseded": pinned and shown is not None and _superseded(shown, current),
        "unpinned": unpinned,
        "pin": f"?{urlencode({'release': asked})}" if pinned else "",
        "pinned": asked if pinned else None,
        "page": request.resolver_match.url_name if request.resolver_match else None,
        "version": __version__,
    }


def translated(path: str, language: str) -> str:
    """The address of the same page in a language; of one that does not exist too."""
    plain = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    return f"/en{plain or '/'}" if language == "en" else plain or "/"


def _release(name: str | None) -> Release | None:
    """The release of that name; None where there is none, which the page itself tells."""
    try:
        return served().release(name)
    except InputError:
        return None


def _superseded(shown: Release, current: str | None) -> bool:
    """Whether what is current was made later than what is shown."""
    newer = _release(current)
    return newer is not None and newer.manifest.created > shown.manifest.created


@lru_cache(maxsize=64)
def _made_up(release: Release) -> bool:
    return fictional(release)


def _base(request: HttpRequest) -> str:
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:  # the page that says so has no address of its own
        return ""


def _with(request: HttpRequest, **changed: str | None) -> str:
    """The address of the page with parameters changed, or left out where None."""
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in changed
    ]
    kept += [(name, value) for name, value in changed.items() if value is not None]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
