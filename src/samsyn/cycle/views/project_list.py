"""The inventory of projects over the years: by area, funder, period and what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.cycle.followed import projects as rules
from samsyn.cycle.followed.inventories import arithmetic
from samsyn.cycle.models import Handover, Inventory, Project
from samsyn.cycle.places import name_of
from samsyn.people.fields import choices
from samsyn.people.kinds import kind_of
from samsyn.people.models import Organisation, Record, Role
from samsyn.people.viewing import known, organisation_for, viewer

PAGE: Final = 50
ASKED: Final = ("q", "omrade", "finansiar", "blev", "fran", "till")
UNTOLD: Final = "-"  # in the filter: nothing is told of its fate yet


@known
def listing(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The projects of an organisation over the years, by area, funder, fate and period."""
    organisation = organisation_for(request, slug)
    who = viewer(request)
    every = rules.with_fate(_of(Project, organisation))
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ASKED}
    there = _chosen(every, asked)
    counts = dict(there.order_by().values_list("fate").annotate(n=models.Count("pk")))
    page = Paginator(
        there.order_by(models.F("ended").desc(nulls_last=True), "title"), PAGE
    ).get_page(request.GET.get("sida"))
    inventories = _of(Inventory, organisation).prefetch_related("rows")
    told = {
        "organisation": organisation, "asked": asked, "records": page, "kind": kind_of(Project),
        "filtered": any(asked.values()), "every": every.count(),
        "fates": choices("project_fate"), "counts": _counted(counts),
        "offered": _offered(every, asked), "untold": UNTOLD,
        "may_write": who.has(organisation, Role.CONTRIBUTOR),
        "ended": rules.ended(organisation, timezone.localdate())
        .select_related("organisation").order_by("ends")
        if who.has(organisation, Role.CONTRIBUTOR) else (),
        "inventories": [(one, arithmetic(one, list(one.rows.all()))) for one in inventories],
        "leads": who.leads(organisation),
        "given": _given(organisation) if who.has(organisation, Role.LEAD) else (),
    }  # fmt: skip
    return render(request, "cycle/projects.html", told)


def _given(organisation: Organisation) -> list[tuple[Organisation, list[Handover]]]:
    """The projects that the organisation is asked to take over, by who gives them."""
    asked = rules.offered_to(organisation)
    return [(giver, list(rows)) for giver, rows in groupby(asked, key=lambda one: one.giver)]


def _of(model: type[Record], organisation: Organisation) -> Any:
    there = model._default_manager.filter(organisation=organisation, removed=None)
    return there.select_related("organisation")


def _chosen(every: models.QuerySet[Any], asked: Mapping[str, str]) -> models.QuerySet[Any]:
    there = every
    if asked["q"]:
        there = there.filter(
            models.Q(title__icontains=asked["q"]) | models.Q(run_by__icontains=asked["q"])
        )
    if asked["finansiar"]:
        there = there.filter(funder=asked["finansiar"])
    if asked["blev"]:
        there = there.filter(fate="" if asked["blev"] == UNTOLD else asked["blev"])
    if asked["omrade"]:
        # The list is a text in every database; a key stands in it between quotation marks.
        text = Cast("areas", models.TextField())
        there = there.annotate(area_text=text).filter(
            area_text__contains=json.dumps(asked["omrade"])
        )
    if asked["fran"].isdecimal() and 0 < int(asked["fran"]) <= date.max.year:
        # It went on at some time in the period.
        begins = date(int(asked["fran"]), 1, 1)
        there = there.filter(models.Q(ended=None) | models.Q(ended__gte=begins))
    if asked["till"].isdecimal() and 0 < int(asked["till"]) <= date.max.year:
        ends = date(int(asked["till"]), 12, 31)
        there = there.filter(models.Q(began=None) | models.Q(began__lte=ends))
    return there


def _counted(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """How many there are of each fate, in the order of the classification; untold ones last."""
    named = [(code, label, counts.get(code, 0)) for code, label in choices("project_fate")]
    untold = (UNTOLD, _("Inte berättat än"), counts.get("", 0))
    return [one for one in (*named, untold) if one[2]]


def _offered(every: models.QuerySet[Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """What can be chosen in the filters: what the projects have."""
    language = (get_language() or "sv")[:2]
    keys = {key for areas in every.order_by().values_list("areas", flat=True) for key in areas}
    funders = every.exclude(funder="").order_by("funder").values_list("funder", flat=True)
    areas = sorted(((key, name_of(key, language)) for key in keys), key=lambda one: one[1])
    return {"areas": areas, "funders": list(funders.distinct())}
