"""Releases: which there are, what one holds, and what differs between two."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from samsyn.api.answers import json_answer
from samsyn.api.asking import Asked, asked
from samsyn.api.figures import schemas
from samsyn.api.figures.paging import paged
from samsyn.api.figures.parameters import Paged
from samsyn.api.figures.responses import JSON, rows
from samsyn.api.problems import ProblemError
from samsyn.statistics.query.shelf import served
from samsyn.statistics.release.ledgers import ledger

router = Router(tags=["Releases"])
SOURCE: Final = tuple(schemas.Source.model_fields)
CHANGE: Final = tuple(schemas.Change.model_fields)
PATIENCE: Final = 5  # seconds after which to ask again


@router.get("/releases", response={200: schemas.Releases, **JSON}, summary="Releases")
def releases(request: HttpRequest) -> HttpResponse:
    """The releases that can be asked for, the newest last."""
    shelf = served()
    current = shelf.current
    told = [
        _release(asked(request, one.name), one.created, one.name == current)
        for one in shelf.store.releases()
        if one.problem is None
    ]
    return json_answer(None, {"current": current, "releases": told})


@router.get("/releases/{name}", response={200: schemas.OneRelease, **JSON}, summary="A release")
def release(request: HttpRequest, name: str) -> HttpResponse:
    """What a release was built from, and what it holds: every source and every file."""
    of = asked(request, name)
    manifest = of.release.manifest
    told = {
        **_release(of, manifest.created, name == served().current),
        "version": manifest.version,
        "parent": manifest.parent,
        "rows": manifest.rows,
        "files": {path: asdict(entry) for path, entry in manifest.files.items()},
        "sources": [
            {field: getattr(source, field) for field in SOURCE} for source in manifest.sources
        ],
    }
    # Which release is current can change: the answer is asked for again each time.
    return json_answer(None, told)


@router.get(
    "/releases/{name}/changes",
    response={**rows(schemas.Changes), 503: schemas.Problem},
    summary="What differs between two releases",
)
def changes(
    request: HttpRequest,
    name: str,
    paged_: Query[Paged],
    since: Annotated[str, Query(max_length=200, description="The earlier release")],
    subject: Annotated[
        str | None, Query(max_length=200, description="Of this indicator or grouping only")
    ] = None,
    table: Annotated[
        str | None, Query(max_length=40, description="Of this table only, such as observations")
    ] = None,
) -> HttpResponse:
    """Each value that was revised, added or removed since an earlier release, and why."""
    new, old = asked(request, name), asked(request, since)
    try:
        found = ledger(served().store.path, old.release.folder, new.release.folder)
    except ChildProcessError as error:
        raise ProblemError(503, str(error), {"retry": PATIENCE}) from None
    if found is None:
        told = f"The releases are being compared: ask again in {PATIENCE} s"
        raise ProblemError(503, told, {"retry": PATIENCE})
    rows_, summary = found.changes, found.summary
    for column, wanted in (("subject", subject), ("table", table)):
        if wanted:
            rows_ = rows_.filter(pl.col(column) == wanted)
            summary = summary.filter(pl.col(column) == wanted)
    more = {
        "since": old.release.name,
        "summary": _plain(summary),
        "sources": _plain(found.sources),
    }
    return paged(request, new, rows_.select(CHANGE), "changes", paged_.paging, more)


def _release(of: Asked, created: str | None, current: bool) -> dict[str, Any]:
    name = of.release.name
    return {
        "name": name, "created": created, "current": current, "address": of.address("/v2/"),
    }  # fmt: skip


def _plain(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of texts and finite numbers."""
    return (
        frame.fill_nan(None)
        .with_columns(
            pl.when(pl.col(name).is_finite()).then(pl.col(name))
            for name, kind in frame.schema.items()
            if kind.is_float()
        )
        .to_dicts()
    )
