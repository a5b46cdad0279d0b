"""The catalogue, the sitemap and what is told to robots, as they are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from samsyn.api.catalogue import robots
from samsyn.api.catalogue.describing import catalogue
from samsyn.api.catalogue.writing import FORMS
from samsyn.measure.errors import InputError
from samsyn.publish.contact import Contact, contact
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served

DAY: Final = "public, max-age=86400"
HOUR: Final = "public, max-age=3600"


@require_safe
def dcat(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """The catalogue of the release, in the form of the ending or the one that is preferred."""
    accepted = {media: name for name, (media, _) in FORMS.items()}
    media = request.get_preferred_type(list(accepted))
    content = _catalogue(_release(request), _base(request), _contact(), form or
                         accepted.get(media or "", "rdf"))  # fmt: skip
    response = _told(content, FORMS[form or accepted.get(media or "", "rdf")][0], HOUR)
    if form is None:
        patch_vary_headers(response, ["Accept"])
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What robots are asked for."""
    return _told(robots.robots(_base(request)), "text/plain", DAY)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell of holes in security; nothing where no contact is told."""
    reached = _contact()
    if not reached.address.startswith(("mailto:", "https:")):
        raise Http404
    return _told(robots.security(reached, _base(request)), "text/plain", DAY)


@require_safe
def sitemap(request: HttpRequest, part: str | None = None) -> HttpResponse:
    """The sitemap's list of files, or one of them."""
    release = _release(request)
    if part is None:
        content = robots.index(release, _base(request))
    elif part in robots.parts(release):
        content = robots.urls(release, _base(request), part)
    else:
        raise Http404
    return _told(content, "application/xml", HOUR)


def _release(request: HttpRequest) -> Release:
    try:
        return served().release(request.GET.get("release") or None)
    except InputError as error:
        raise Http404 from error


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _contact() -> Contact:
    return contact(settings.SAMSYN_OPERATOR, settings.SAMSYN_CONTACT)


@lru_cache(maxsize=12)
def _catalogue(release: Release, base: str, reached: Contact, form: str) -> str:
    return FORMS[form][1](catalogue(release, base, reached))


def _told(content: str, media: str, kept: str) -> HttpResponse:
    """A text as an answer, with how long it may be kept."""
    response = HttpResponse(content, content_type=f"{media}; charset=utf-8")
    response["Cache-Control"] = kept
    return response
