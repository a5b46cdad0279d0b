"""The plan for those who work with it: as a page, as files, and its publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samsyn.cycle.models import MappingRound
from samsyn.cycle.plan import pictures
from samsyn.cycle.plan.asked import findings_of
from samsyn.cycle.plan.files import FORMS, file
from samsyn.cycle.plan.gathered import gathered
from samsyn.cycle.plan.publishing import Part, parts_of, publish, published, unpublish
from samsyn.cycle.plan.report import Setting, plan_report
from samsyn.people.access import Action
from samsyn.people.models import Record, Role
from samsyn.people.viewing import known, personal, record_for, viewer
from samsyn.publish.reports import Report
from samsyn.publish.reports.web import fragment


def setting_of(request: HttpRequest, address: str = "") -> Setting:
    """The language, the site and the day of a page."""
    site = f"{request.scheme}://{request.get_host()}"
    whole = f"{site}{address}" if address else ""
    return Setting(request.LANGUAGE_CODE[:2], site, timezone.localdate(), whole)


def _report(request: HttpRequest, round: MappingRound) -> Report:
    setting = setting_of(request)
    plan = gathered(round, viewer(request))
    return plan_report(plan, setting, findings_of(plan, setting.language))


@require_safe
@personal
def page(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The plan as a page, with its files."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    who = viewer(request)
    report = _report(request, round)
    picture = pictures.shown(lambda goal: reverse("plan-chart", args=[slug, key, goal]))
    told = {
        "organisation": round.organisation, "round": round, "report": report,
        "inside": who.has(round.organisation, Role.READER),
        "html": mark_safe(fragment(report, picture)),
        "forms": [(form, reverse("plan-file", args=[slug, key, form])) for form in FORMS],
        "publication": published(round), "may_publish": who.may(Action.SHARE, round),
    }  # fmt: skip
    return render(request, "cycle/plan/plan.html", told)


@require_safe
@personal
def as_file(request: HttpRequest, slug: str, key: int, form: str) -> HttpResponseBase:
    """The plan as PDF, Word or HTML: what the viewer may see of it."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    return file(request, _report(request, round), form)


@require_safe
@personal
def goal_chart(request: HttpRequest, slug: str, key: int, goal: int) -> HttpResponseBase:
    """The chart of a goal of the plan, as the viewer may see it."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    return pictures.goal_chart(request, gathered(round, viewer(request)), goal)


@require_http_methods(["GET", "HEAD", "POST"])
@known
def publishing(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """What of the plan is public, and the buttons to publish it or to take it back; for a lead."""
    round = record_for(request, MappingRound, key, Action.SHARE, organisation__slug=slug)
    parts = parts_of(round)
    if request.method == "POST":
        if "unpublish" in request.POST:
            unpublish(round, viewer(request))
            messages.success(request, _("Planen är inte längre publicerad."))
        else:
            publish(round, viewer(request), _opened(request, parts))
            messages.success(request, _("Planen är publicerad."))
        return redirect("plan-publishing", slug, key)
    told: dict[str, Any] = {
        "organisation": round.organisation, "round": round, "parts": parts,
        "publication": published(round), "inside": True,
        "hidden": sum(len(one.others) for one in parts),
        "shown": sum(len(one.public) for one in parts),
        "address": reverse("public-plan", args=[slug, key]),
        "site": f"{request.scheme}://{request.get_host()}",
    }  # fmt: skip
    return render(request, "cycle/plan/publishing.html", told)


def _opened(request: HttpRequest, parts: list[Part]) -> list[Record]:
    """The records that are ticked to become public. Raises Http404 for one of another round."""
    found: list[Record] = []
    for part in parts:
        there = {str(one.pk): one for one in (*part.public, *part.others)}
        if part.field in request.POST.getlist("all"):
            found += part.others
        for key in request.POST.getlist(part.field):
            if key not in there:
                raise Http404
            found.append(there[key])
    return found
