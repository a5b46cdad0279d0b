"""The public pages of plans: one, its files, and the list. They ask nobody who they are.

A copy of them may be kept, but whoever has one asks each time whether it still holds: a plan that
is no longer published is gone at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from samsyn.cycle.chain.figures import area_name
from samsyn.cycle.chain.places import known_area, meets, plain
from samsyn.cycle.models import PublishedPlan
from samsyn.cycle.plan import pictures
from samsyn.cycle.plan.files import file
from samsyn.cycle.plan.gathered import gathered
from samsyn.cycle.plan.publishing import public_plans
from samsyn.cycle.plan.report import plan_report
from samsyn.cycle.plan.views import setting_of
from samsyn.people.access import NOBODY
from samsyn.people.models import Visibility
from samsyn.publish.reports import Report
from samsyn.publish.reports.web import fragment

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ASKED_EACH_TIME: Final = "public, no-cache"
DOWNLOADS: Final = ("pdf", "docx")


def open_to_all(view: View[P]) -> View[P]:
    """A view whose answer is the same for everybody, and of which a kept copy is asked for."""

    @require_safe
    @wraps(view)
    def handled(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **more)
        response.setdefault("Cache-Control", ASKED_EACH_TIME)
        return response

    return handled


def _publication(slug: str, key: int) -> PublishedPlan:
    """The publication in an address. Raises Http404 where there is none any longer."""
    found = (
        PublishedPlan.objects.filter(
            round=key, round__organisation__slug=slug, round__removed=None,
            round__visibility=Visibility.PUBLIC,
        )
        .select_related("round__organisation")
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found


def _report(request: HttpRequest, publication: PublishedPlan) -> Report:
    round = publication.round
    address = reverse("public-plan", args=[round.organisation.slug, round.pk])
    return plan_report(gathered(round, NOBODY), setting_of(request, address))


@open_to_all
def plan(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A published plan."""
    publication = _publication(slug, key)
    report = _report(request, publication)
    picture = pictures.shown(lambda goal: reverse("public-plan-chart", args=[slug, key, goal]))
    told: dict[str, Any] = {
        "report": report, "publication": publication, "round": publication.round,
        "html": mark_safe(fragment(report, picture)),
        "forms": [
            (form, reverse("public-plan-file", args=[slug, key, form])) for form in DOWNLOADS
        ],
    }  # fmt: skip
    return render(request, "cycle/plan/public.html", told)


@open_to_all
def as_file(request: HttpRequest, slug: str, key: int, form: str) -> HttpResponseBase:
    """A published plan as a file."""
    publication = _publication(slug, key)
    return file(request, _report(request, publication), form)


@open_to_all
def goal_chart(request: HttpRequest, slug: str, key: int, goal: int) -> HttpResponseBase:
    """The chart of a goal of a published plan."""
    plan = gathered(_publication(slug, key).round, NOBODY)
    return pictures.goal_chart(request, plan, goal)


@open_to_all
def listing(request: HttpRequest) -> HttpResponseBase:
    """All published plans, by the place that they are for."""
    language = request.LANGUAGE_CODE[:2]
    return render(request, "cycle/plan/list.html", {"places": _by_place(public_plans(), language)})


@open_to_all
def of_place(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The published plans that are about a place: for it, for what holds it, or for a part of it.

    The page of a place leads here and has the list from here, so that it need not know of plans.
    """
    area = known_area(f"{kind}/{code}", request.GET.get("release", ""))
    language = request.LANGUAGE_CODE[:2]
    of = meets(area)
    there = [one for one in public_plans() if of(one.round.place)]
    own = [one for one in there if plain(one.round.place) == plain(area)]
    others = _by_place([one for one in there if one not in own], language)
    name = area_name(area, language)
    told = {
        "name": name, "kind": kind, "code": code,
        "places": [*([(name, own)] if own else []), *others],
    }  # fmt: skip
    return render(request, "cycle/plan/of_place.html", told)


def _by_place(
    plans: Iterable[PublishedPlan], language: str
) -> list[tuple[str, list[PublishedPlan]]]:
    """Plans by what their places are called, the newest first."""
    found: dict[str, list[PublishedPlan]] = {}
    for one in plans:
        found.setdefault(area_name(one.round.place, language), []).append(one)
    return sorted(found.items())
