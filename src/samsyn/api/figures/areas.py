"""Areas: found by name or code, by kind, and by what they lie in; and one with its neighbours."""

from __future__ import annotations

from typing import Annotated, Any, Final

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from samsyn.api.answers import json_answer
from samsyn.api.asking import Asked, asked
from samsyn.api.figures import schemas
from samsyn.api.figures.paging import paged
from samsyn.api.figures.parameters import Level, Paged, Release, Within
from samsyn.api.figures.responses import JSON, rows
from samsyn.api.problems import ProblemError, said
from samsyn.measure.errors import InputError
from samsyn.statistics.query.places import Area

router = Router(tags=["Areas"])
COLUMNS: Final = tuple(schemas.Area.model_fields)


@router.get("/areas", response=rows(schemas.Areas), summary="Areas")
def areas(
    request: HttpRequest,
    paged_: Query[Paged],
    search: Annotated[
        str | None, Query(max_length=200, description="A part of a name, or a code")
    ] = None,
    kind: Level = None,
    within: Within = None,
    release: Release = None,
) -> HttpResponse:
    """Areas by key, page by page; of a search the best match first."""
    of = asked(request)
    frame = of.release.areas(kind or None, within or None, search or None).select(COLUMNS)
    return paged(request, of, frame, "areas", paged_.paging)


@router.get("/areas/{kind}/{path:code}", response={200: schemas.OneArea, **JSON}, summary="An area")
def area(
    request: HttpRequest,
    kind: str,
    code: str,
    vintage: Annotated[
        str | None, Query(max_length=10, description="Otherwise the newest with values")
    ] = None,
    release: Release = None,
) -> HttpResponse:
    """One area: where it lies, its neighbours, how many areas lie in it, and where more is."""
    of = asked(request)
    try:
        found = of.release.area("/".join(filter(None, (kind, vintage, code))))
    except InputError as error:
        raise ProblemError(404, said(error)) from None
    return json_answer(of, _told(of, found))


def _told(of: Asked, found: Area) -> dict[str, Any]:
    release = of.release
    names = release.areas().select(neighbour="area", name="name")
    near = release.neighbours(found.area).join(names, on="neighbour", how="left")
    parts = (
        release.areas(within=found.area)
        .filter(pl.col("area") != found.area)
        .group_by("kind", "vintage")
        .len()
        .sort("kind", "vintage")
    )
    path = f"/areas/{found.kind}/{found.code}"
    return {
        **{name: getattr(found, name) for name in COLUMNS},
        "release": release.name,
        "neighbours": near.select(area="neighbour", name="name", border="border").to_dicts(),
        "parts": {f"{kind}/{vintage}": number for kind, vintage, number in parts.iter_rows()},
        "links": {
            "self": of.address(path, vintage=found.vintage),
            "parts": of.address("/areas", within=found.area),
            "borders": of.address(f"/geo/{found.kind}", within=found.area, vintage=found.vintage),
        },
    }
