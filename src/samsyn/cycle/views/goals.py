"""The page of a goal: whether it can be measured, who shares it, and joining it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle import figures
from samsyn.cycle.figures import Figure
from samsyn.cycle.measurable import LACKS, lacking
from samsyn.cycle.models import Goal
from samsyn.cycle.places import name_of
from samsyn.cycle.views.follow_ups import goal_context
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.kinds import kind_of
from samsyn.people.models import Organisation, Role, Visibility
from samsyn.people.saving import touch
from samsyn.people.viewing import known, record_for, viewer

# Told in words and in the table of the goal.
TOLD = frozenset({
    "indicator", "measure", "area", "unit", "baseline", "baseline_period", "target", "target_year",
})  # fmt: skip


def context(who: Viewer, goal: Goal) -> Mapping[str, Any]:
    """What the page of a goal shows beside its fields."""
    language = (get_language() or "sv")[:2]
    names = [one for one in kind_of(goal).form.columns() if one not in TOLD]
    return {
        **goal_context(who, goal),
        "fields": described(goal, names, who),
        "measured_by": figures.called(goal.indicator, language) if goal.indicator else goal.measure,
        "where": name_of(goal.area or goal.round.place, language),
        "baseline_address": figures.address_of(baseline_of(goal)) if goal.baseline_release else "",
        "newer": _newer(goal, language),
        "lacks": [str(LACKS[one]) for one in lacking(goal)],
        "joined": list(goal.joined.all()),
        "can_join": joinable(who, goal),
        "can_leave": [one for one in goal.joined.all() if who.has(one, Role.LEAD)],
        "interventions": [
            one for one in goal.interventions.filter(removed=None) if who.may(Action.SEE, one)
        ],
    }


def baseline_of(goal: Goal) -> Figure:
    """The baseline as a figure of its release."""
    return Figure(
        goal.indicator, goal.area or goal.round.place, goal.baseline_period, goal.baseline, "ok",
        goal.unit, goal.baseline_release,
    )  # fmt: skip


def _newer(goal: Goal, language: str) -> tuple[str, str, str] | None:
    """The newest figure since the baseline: value, period and where it stands."""
    if not goal.baseline_release:
        return None
    found = figures.newer(baseline_of(goal))
    if found is None:
        return None
    return figures.written(found, language), found.period, figures.address_of(found)


def joinable(who: Viewer, goal: Goal) -> list[Organisation]:
    """The organisations that the viewer may let join: those they lead and that see the goal."""
    if goal.visibility == Visibility.PRIVATE:
        return []
    joined = {one.pk for one in goal.joined.all()} | {goal.organisation_id}
    there = Organisation.objects.filter(
        pk__in=[key for key in who.roles if who.has(key, Role.LEAD) and key not in joined]
    )
    if goal.visibility == Visibility.SHARED:
        there = there.filter(pk__in=goal.shared_with.all())
    return list(there)


@known
@require_POST
def join(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Let an organisation that one leads join a goal of another, or leave it."""
    goal = record_for(request, Goal, key, organisation__slug=slug)
    who, asked = viewer(request), request.POST.get("organisation", "")
    if request.POST.get("gor") == "lamna":
        there = [one for one in goal.joined.all() if who.has(one, Role.LEAD)]
    else:
        there = joinable(who, goal)
    chosen = next((one for one in there if str(one.pk) == asked), None)
    if chosen is None:
        raise Http404
    if request.POST.get("gor") == "lamna":
        goal.joined.remove(chosen)
        said = _("%s är inte längre med i målet.")
    else:
        goal.joined.add(chosen)
        said = _("%s är nu med i målet.")
    touch(goal)
    messages.success(request, said % chosen)
    return redirect(goal.get_absolute_url())
