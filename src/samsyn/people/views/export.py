"""All content of an organisation as a file, for those who lead it."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from samsyn.people import exporting
from samsyn.people.models import Organisation
from samsyn.people.viewing import known, organisation_for, viewer

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@known
def as_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The content as JSON."""
    organisation = _led(request, slug)
    response = JsonResponse(
        exporting.as_data(organisation), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    return _named(response, slug, "json")


@known
def as_workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The content as an Excel workbook."""
    organisation = _led(request, slug)
    response = HttpResponse(exporting.as_workbook(organisation), content_type=XLSX)
    return _named(response, slug, "xlsx")


def _led(request: HttpRequest, slug: str) -> Organisation:
    """The organisation in an address, closed or not, for those who lead it."""
    organisation = organisation_for(request, slug)
    if not viewer(request).leads(organisation):
        raise Http404
    return organisation


def _named(response: HttpResponse, slug: str, ending: str) -> HttpResponse:
    name = f"samsyn-{slug}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
