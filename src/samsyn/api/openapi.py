"""/api/openapi.json: the description of every address for programs (OpenAPI 3.1)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from samsyn.api.answers import answer, json_bytes
from samsyn.api.geometry_described import PATHS as BORDERS
from samsyn.api.problems import MEDIA_TYPE, problem
from samsyn.api.pxweb.described import PATHS as PXWEB
from samsyn.api.pxweb.described import SCHEMAS


def openapi(request: HttpRequest) -> HttpResponse:
    """The description."""
    if request.method != "GET":
        told = problem(405, request.path_info)
        told["Allow"] = "GET, HEAD, OPTIONS"
        return told
    return answer(None, _bytes())


@cache
def _bytes() -> bytes:
    return json_bytes(description())


def description() -> dict[str, Any]:
    """The whole description: areas, figures and releases; tables; borders."""
    from samsyn.api.figures.api import api

    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    told["info"] = {**told["info"], "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}
    told["externalDocs"] = {"description": "The API in words", "url": "/api/"}
    told["servers"] = [{"url": "/"}]
    told["paths"] = {**told["paths"], **PXWEB, **BORDERS}
    told["components"]["schemas"] |= SCHEMAS
    for path in told["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if str(status)[0] in "45":
                    _as_problem(response)
    return told


def _as_problem(response: dict[str, Any]) -> None:
    """Errors are problem details, and have the media type of these."""
    schema = {"$ref": "#/components/schemas/Problem"}
    response["content"] = {MEDIA_TYPE: {"schema": schema}}
