"""What a release has figures of: its indicators and groupings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Router

from samsyn.api.answers import json_answer
from samsyn.api.asking import asked
from samsyn.api.figures import schemas
from samsyn.api.figures.parameters import Language, Release
from samsyn.api.figures.responses import JSON
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release as Opened

router = Router(tags=["Figures"])
KEPT: Final = 8  # releases in one language each


@router.get(
    "/indicators", response={200: schemas.Subjects, **JSON}, summary="Indicators and groupings"
)
def indicators(
    request: HttpRequest, lang: Language = "sv", release: Release = None
) -> HttpResponse:
    """What each indicator and grouping means, and for which kinds of areas and periods it is."""
    of = asked(request)
    return json_answer(of, {"release": of.release.name, **_told(of.release, of.language)})


@lru_cache(KEPT)
def _told(release: Opened, language: str) -> dict[str, Any]:
    return {
        "indicators": [_indicator(release, name, language) for name in release.indicators],
        "groupings": [_grouping(release, name, language) for name in release.groupings],
    }


def _indicator(release: Opened, name: str, language: str) -> dict[str, Any]:
    told = release.indicator(name)
    return {
        "id": name,
        "name": name if told is None else told.name[language],
        "table": name,
        "explanation": "" if told is None else told.explanation[language],
        "unit": None if told is None else told.unit,
        "focus_area": None if told is None else told.focus_area,
        **_there(release, name),
    }


def _grouping(release: Opened, name: str, language: str) -> dict[str, Any]:
    told = groupings().get(name)
    labels = {} if told is None else told.labels
    return {
        "id": name,
        "name": name if told is None else told.name[language],
        "table": f"counts-{name}",
        "explanation": "",
        "groups": {group: label[language] for group, label in labels.items()},
        **_there(release, name),
    }


def _there(release: Opened, name: str) -> dict[str, Any]:
    there = release.coverage.filter(pl.col("subject") == name)
    periods = there.get_column("period").sort()
    levels = there.select(pl.format("{}/{}", "kind", "vintage").unique().sort()).to_series()
    return {
        "levels": levels.to_list(),
        "first": periods[0] if len(periods) else "",
        "last": periods[-1] if len(periods) else "",
    }
