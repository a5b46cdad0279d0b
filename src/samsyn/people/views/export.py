"""All content of an organisation as a file, for those who lead it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from samsyn.people import exporting
from samsyn.people.models import Role
from samsyn.people.viewing import known, organisation_for

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@known
def as_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The content as JSON."""
    organisation = organisation_for(request, slug, Role.LEAD)
    response = JsonResponse(
        exporting.as_data(organisation), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    return _named(response, slug, "json")


@known
def as_workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The content as an Excel workbook."""
    organisation = organisation_for(request, slug, Role.LEAD)
    response = HttpResponse(exporting.as_workbook(organisation), content_type=XLSX)
    return _named(response, slug, "xlsx")


def _named(response: HttpResponse, slug: str, ending: str) -> HttpResponse:
    name = f"samsyn-{slug}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
