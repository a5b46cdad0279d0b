"""What a page of the work asks first: who is looking, at what, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from samsyn.people import drafts
from samsyn.people.access import Action, Viewer, viewer_of
from samsyn.people.models import Organisation, Record, Role

P = ParamSpec("P")
R = TypeVar("R", bound=Record)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def viewer(request: HttpRequest) -> Viewer:
    """Who is looking, with their roles; found once for a request."""
    known: Viewer | None = getattr(request, "_samsyn_viewer", None)
    if known is None:
        account = request.user if request.user.is_authenticated else None
        known = viewer_of(account)
        request._samsyn_viewer = known  # type: ignore[attr-defined]
    return known


def personal(view: View[P]) -> View[P]:
    """A view whose answer depends on who looks: no copy of it is kept anywhere."""

    @wraps(view)
    def handled(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **more)
        add_never_cache_headers(response)
        return response

    return handled


def known(view: View[P]) -> View[P]:
    """A view for those who are logged in; others are asked to, and come back."""

    @personal
    @wraps(view)
    def handled(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponseBase:
        if viewer(request).account is None:
            return redirect_to_login(_back_to(request))
        return view(request, *args, **more)

    return handled


def _back_to(request: HttpRequest) -> str:
    """Where somebody comes back to who logs in again; what they have sent is held until then."""
    if request.method != "POST":
        return request.get_full_path()
    drafts.hold(request)
    from_page = urlsplit(request.META.get("HTTP_REFERER", ""))
    own = from_page.netloc == request.get_host() and from_page.path.startswith("/")
    return from_page._replace(scheme="", netloc="").geturl() if own else request.get_full_path()


def organisation_for(request: HttpRequest, slug: str, least: Role = Role.READER) -> Organisation:
    """The organisation in an address, for those who have that role in it.

    Raises Http404 where there is none, or none for them.
    """
    found = get_object_or_404(Organisation, slug=slug)
    if not viewer(request).has(found, least):
        raise Http404
    return found


def record_for(
    request: HttpRequest, model: type[R], key: int, action: Action = Action.SEE, **of: Any
) -> R:
    """The record in an address, for those who may do that with it. Raises Http404 for others."""
    found = get_object_or_404(
        model._default_manager.select_related("organisation"), pk=key, removed=None, **of
    )
    if not viewer(request).may(action, found):
        raise Http404
    return cast("R", found)
