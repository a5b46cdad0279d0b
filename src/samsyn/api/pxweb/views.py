"""The addresses of PxWebApi 2: each asks, and answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final

from django.http import HttpRequest, HttpResponse

from samsyn.api.answers import answer, json_answer, json_bytes
from samsyn.api.asking import Asked, asked
from samsyn.api.problems import ProblemError, problem, said
from samsyn.api.pxweb import codelists, listing
from samsyn.api.pxweb.cells import cells
from samsyn.api.pxweb.config import config as configuration
from samsyn.api.pxweb.files import FORMATS, format_of, media_type, parameters_of, written_as
from samsyn.api.pxweb.jsonstat import metadata as description
from samsyn.api.pxweb.requests import flag, listed, parameter, query_of, wish_of
from samsyn.api.pxweb.selection import Wish, choose, default
from samsyn.api.pxweb.subjects import subject
from samsyn.api.pxweb.tables import Table, table
from samsyn.measure.errors import InputError

View = Callable[..., HttpResponse]
KEPT: Final = 24  # descriptions of tables, as they are sent


def answering(*methods: str) -> Callable[[View], View]:
    """Let a view be asked by these methods, and tell what is wrong as problem details."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **path: str) -> HttpResponse:
            if request.method not in methods:
                told = problem(405, request.path_info)
                told["Allow"] = ", ".join(("HEAD", "OPTIONS", *methods))
                return told
            try:
                return view(request, **path)
            except ProblemError as error:
                return problem(error.status, request.path_info, error.detail, error.more)
            except InputError as error:
                return problem(400, request.path_info, said(error))

        return answered

    return decorated


@answering("GET")
def config(request: HttpRequest, release: str | None = None) -> HttpResponse:
    """The configuration of the API."""
    of = asked(request, release)
    return json_answer(of, configuration(of))


@answering("GET")
def tables(request: HttpRequest, release: str | None = None) -> HttpResponse:
    """The tables, or those that a search finds, page by page."""
    of = asked(request, release)
    return json_answer(of, listing.answer(of, query_of(request)))


@answering("GET")
def one_table(request: HttpRequest, name: str, release: str | None = None) -> HttpResponse:
    """A table as it is listed."""
    of, found = _table(request, name, release)
    told = listing.described(of, listing.of_table(found))
    return json_answer(of, {"language": of.language, **told})


@answering("GET")
def metadata(request: HttpRequest, name: str, release: str | None = None) -> HttpResponse:
    """A table's dimensions with all their codes, as JSON-stat 2 without figures."""
    of, found = _table(request, name, release)
    shown = flag(request, "defaultSelection")
    if parameter(request, "savedQuery"):
        raise ProblemError(404, "There are no saved queries here")
    lists = wish_of(request).codelists
    if not shown and not lists:
        return answer(of, _description(of, found))
    wish = default(found, Wish()) if shown else Wish({d.code: ["*"] for d in found.dimensions})
    chosen = choose(of.release, found, Wish(wish.codes, lists))
    return json_answer(of, description(of, found, chosen))


@answering("GET")
def selection(request: HttpRequest, name: str, release: str | None = None) -> HttpResponse:
    """What is chosen of a table where nothing else is."""
    of, found = _table(request, name, release)
    wish = default(found, Wish())
    chosen = choose(of.release, found, wish)
    path = f"/v2/tables/{found.id}/defaultselection"
    told = {
        "selection": [
            {"variableCode": code, "codelist": None, "valueCodes": list(codes)}
            for code, codes in wish.codes.items()
        ],
        "placement": {"heading": list(chosen.heading), "stub": list(chosen.stub)},
        "language": of.language,
        "links": [codelists.link(of, "self", of.language, path)],
    }
    return json_answer(of, told)


@answering("GET", "POST")
def data(request: HttpRequest, name: str, release: str | None = None) -> HttpResponse:
    """What is chosen of a table, in the format that is asked for."""
    of, found = _table(request, name, release)
    form = format_of(parameter(request, "outputFormat"))
    parameters = listed(request, "outputFormatParams")
    parameters_of(parameters)
    chosen = choose(of.release, found, wish_of(request))
    content = written_as(of, form, parameters, chosen, cells(of.release, chosen))
    headers = {}
    if form != FORMATS[0]:
        headers["Content-Disposition"] = f'attachment; filename="{found.id}.{form}"'
    return answer(of, content, media_type(form), headers)


@answering("GET")
def one_codelist(request: HttpRequest, name: str, release: str | None = None) -> HttpResponse:
    """A code list with its codes."""
    of = asked(request, release)
    return json_answer(of, codelists.told(of, name))


@answering("GET", "POST")
def saved(request: HttpRequest, **path: str) -> HttpResponse:
    """Saved queries, of which there are none: an address says all that a query does."""
    told = (
        "Nothing is saved here. The address of /data with valuecodes, codelist and release says "
        "all that a saved query would, and answers the same for good"
    )
    return problem(501 if request.method == "POST" else 404, request.path_info, told)


def _table(request: HttpRequest, name: str, release: str | None) -> tuple[Asked, Table]:
    of = asked(request, release)
    return of, table(of.release, subject(of.release, name), of.language)


@lru_cache(KEPT)
def _description(of: Asked, found: Table) -> bytes:
    return json_bytes(description(of, found))
