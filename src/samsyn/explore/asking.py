"""What an address asks for: which release, in which language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.explore.problems import UnknownPageError
from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served

LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Asked:
    """The release and the language of a page.

    `pinned` says that the address itself names the release, so that the page never changes.
    """

    release: Release
    language: str
    pinned: bool


def asked(request: HttpRequest) -> Asked:
    """What the page is to show: the release of `?release=`, else the current one."""
    name = request.GET.get("release") or None
    language = (get_language() or "sv")[:2]
    try:
        release = served().release(name)
    except InputError as error:
        if name is None:
            raise
        raise UnknownPageError(_("Det finns ingen utgåva som heter ”%s”.") % name) from error
    return Asked(release, language if language in LANGUAGES else "sv", pinned=name is not None)
