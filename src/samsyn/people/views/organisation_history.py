"""What has happened to an organisation, for those who decide who belongs to it."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from samsyn.people.models import Role
from samsyn.people.organisation_history import events_of
from samsyn.people.viewing import known, viewer
from samsyn.people.views.members import managed

PAGE: Final = 50  # events of a page


@known
def history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Members who came and went, and settings that were changed."""
    organisation = managed(request, slug)
    told = {
        "organisation": organisation,
        "inside": viewer(request).has(organisation, Role.READER),
        "events": Paginator(events_of(organisation), PAGE).get_page(request.GET.get("sida")),
    }
    return render(request, "people/organisation_history.html", told)
