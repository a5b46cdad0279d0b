"""Where people log in and write; all other pages are the same for everybody, and keep nothing."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

OWN: Final = re.compile(r"(?:/en)?/(?:arbete|konto)(?:/|$)")


def own(request: HttpRequest) -> bool:
    """Whether an address is where people log in or write."""
    return OWN.match(request.path_info) is not None


class OwnForms(CsrfViewMiddleware):
    """Refuses what another site has a browser send, where people are known and things are kept."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """The refusal, or None where the view is to answer."""
        if not own(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
