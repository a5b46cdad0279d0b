"""What a browser may do with a page of the site: nothing but show it and ask the site itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A picture that stands alone has its styles in itself and asks for nothing.
PICTURE: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def policy(handle: Handler) -> Handler:
    """Send the Content-Security-Policy and the headers that go with it."""

    def handled(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        picture = response.get("Content-Type", "").startswith("image/svg+xml")
        response.setdefault("Content-Security-Policy", PICTURE if picture else POLICY)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        response.setdefault("X-Frame-Options", "DENY")
        return response

    return handled
