"""What a browser may do with a page of the site: nothing but show it and ask the site itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

# A picture that stands alone has its styles in itself and asks for nothing.
PICTURE: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
OWN, ANYWHERE = "same-origin", "cross-origin"
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def pages(*servers: str, directory: str = "") -> str:
    """The policy of a page.

    `servers` are those that an operator's background map comes from, and `directory` the one where
    people log in: a form that leads on to it is one that is sent there.
    """
    beside = "".join(f" {server}" for server in servers)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data:{beside}",
            "font-src 'self'",
            f"connect-src 'self'{beside}",
            "worker-src 'self'",
            "manifest-src 'self'",
            " ".join(("form-action 'self'", directory)).strip(),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def policy(handle: Handler) -> Handler:
    """Send the Content-Security-Policy and the headers that go with it."""
    own = pages(*_background(), directory=_origin(settings.OIDC_SERVER))

    def handled(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        media_type = response.get("Content-Type", "")
        picture, page = (media_type.startswith(of) for of in ("image/svg+xml", "text/html"))
        response.setdefault("Content-Security-Policy", PICTURE if picture else own)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        # Figures and pictures are for anyone's page; pages are not to be had inside another.
        response.setdefault("Cross-Origin-Resource-Policy", OWN if page else ANYWHERE)
        response.setdefault("X-Frame-Options", "DENY")
        return response

    return handled


def _background() -> list[str]:
    """The servers of the background map, where the operator has set one."""
    own = _origin(settings.BASEMAP)
    return list(dict.fromkeys([*([own] if own else []), *settings.BASEMAP_HOSTS]))


def _origin(address: str) -> str:
    """The server of an address, empty where there is none."""
    told = urlsplit(address)
    return f"{told.scheme}://{told.netloc}" if told.netloc else ""
