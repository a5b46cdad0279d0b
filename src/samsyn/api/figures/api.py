"""The addresses of areas, figures and releases, described as they are by django-ninja."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from samsyn import __version__
from samsyn.api.figures import areas, releases, subjects, values
from samsyn.api.problems import ProblemError, problem, said
from samsyn.measure.errors import InputError

DESCRIPTION: Final = """\
Figures of segregation in Sweden, for programs. Anyone may read; no key is needed. The page /api/
tells of it in words.

- `/api/v2` speaks PxWebApi 2: programs that read Statistics Sweden's database read it unchanged.
- `release=NAME` asks for figures that never change; without it they are the current release's.
- Errors are problem details (RFC 9457). A client that asks too often is told when to ask again.
"""

api = NinjaAPI(
    title="Samsyn",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="figures",
)
for part in (areas, values, subjects, releases):
    api.add_router("", part.router)


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    told = dict(error.more)
    wait = told.pop("retry", None)
    response = problem(error.status, request.path_info, error.detail, told)
    if wait is not None:
        response["Retry-After"] = str(wait)
    return response


@api.exception_handler(InputError)
def _input(request: HttpRequest, error: InputError) -> HttpResponse:
    return problem(400, request.path_info, said(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is wrong with each parameter, in a sentence."""

    def said(one: dict[str, Any]) -> str:
        return f"{one['loc'][-1]}: {one['msg']}"

    return problem(400, request.path_info, "; ".join(said(one) for one in error.errors))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, request.path_info)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, request.path_info, str(error))
