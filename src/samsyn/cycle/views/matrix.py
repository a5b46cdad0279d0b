"""The page of the intervention matrix, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from samsyn.cycle.gaps.gathering import interventions_of
from samsyn.cycle.gaps.picture import Intervention
from samsyn.cycle.matrix import Cell, Matrix, leaning, placed
from samsyn.cycle.matrix.files import as_csv, as_workbook
from samsyn.cycle.models import Intervention as Record
from samsyn.cycle.models import MappingRound
from samsyn.people.fields import label
from samsyn.people.models import Role
from samsyn.people.viewing import personal, record_for, viewer
from samsyn.publish.downloads import TABLES
from samsyn.statistics.classifications import classification


@personal
@require_GET
def matrix(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The interventions of a round by level and horizon: those that the viewer may see."""
    round, some = _asked(request, slug, key)
    focus, group = _chosen(request)
    made = placed(some, focus, group)
    language, who = request.LANGUAGE_CODE[:2], viewer(request)
    told = {
        "organisation": round.organisation, "round": round,
        "inside": who.has(round.organisation, Role.READER),
        "may_write": who.has(round.organisation, Role.CONTRIBUTOR),
        "horizons": [label("intervention_horizon", one) for one in made.horizons],
        "rows": [_row(round, made, level) for level in made.levels],
        "totals": [made.horizon(one) for one in made.horizons],
        "whole": made.all, "unplaced": _shown(round, made.unplaced),
        "leaning": leaning(made, language, chosen=bool(focus or group)),
        "focus_areas": _choices("focus_area", [one.focus_areas for one in some], focus),
        "target_groups": _choices("target_group", [one.target_groups for one in some], group),
        "chosen": bool(focus or group), "asked": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "cycle/matrix.html", told)


@personal
@require_GET
def file(request: HttpRequest, slug: str, key: int, form: str) -> HttpResponseBase:
    """The matrix as csv or xlsx, with the same choice as the page."""
    round, some = _asked(request, slug, key)
    made = placed(some, *_chosen(request))
    if form == "csv":
        content = as_csv(made)
    elif form == "xlsx":
        content = as_workbook(made, round.title, request.LANGUAGE_CODE[:2])
    else:
        raise Http404
    response = HttpResponse(content, content_type=TABLES[form])
    name = f"matris-{slugify(round.title) or round.pk}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(
    request: HttpRequest, slug: str, key: int
) -> tuple[MappingRound, tuple[Intervention, ...]]:
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    there = Record.objects.filter(round=round).visible_to(viewer(request))
    return round, interventions_of(there)


def _chosen(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("fokus", ""), request.GET.get("malgrupp", "")


def _choices(
    of: str, codes: Sequence[Sequence[str]], chosen: str
) -> list[tuple[str, str, int, bool]]:
    """The codes that occur, with how many interventions have them and whether one is chosen."""
    counts = {
        code: sum(code in some for some in codes)
        for code in dict.fromkeys([*classification(of).entries, *([chosen] if chosen else [])])
    }
    return [
        (code, label(of, code), count, code == chosen)
        for code, count in counts.items()
        if count or code == chosen
    ]


def _row(round: MappingRound, made: Matrix, level: str) -> dict[str, Any]:
    cells = [
        {
            "cell": made.cell(level, horizon), "shown": _shown(round, made.cell(level, horizon)),
            "horizon": label("intervention_horizon", horizon),
            "fill": f"kartlaggning={round.pk}&level={level}&horizon={horizon}",
        }
        for horizon in made.horizons
    ]  # fmt: skip
    return {
        "level": label("intervention_level", level), "cells": cells, "total": made.level(level),
    }  # fmt: skip


def _shown(round: MappingRound, cell: Cell) -> list[tuple[Intervention, str]]:
    slug = round.organisation.slug
    return [
        (one, reverse("record", args=[slug, Record.WORD, one.key])) for one in cell.interventions
    ]
