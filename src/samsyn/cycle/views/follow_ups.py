"""A follow-up's page and its steps, and the picture of a goal's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle import figures
from samsyn.cycle.followed import chart
from samsyn.cycle.followed.offered import offered
from samsyn.cycle.followed.steps import Step, StepError, found, steps_for, take
from samsyn.cycle.followed.values import typed, values_of
from samsyn.cycle.models import FollowUp, Goal, Intervention
from samsyn.cycle.models.followed import LOCKED
from samsyn.cycle.views.parts import back, seen, shown
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.viewing import known, personal, record_for, viewer
from samsyn.publish.numbers import number


class ReasonForm(forms.Form):
    """Why a follow-up is handed back or opened again."""

    reason = forms.CharField(
        label=gettext_lazy("Varför?"), max_length=2_000, widget=forms.Textarea({"rows": 3})
    )


def context(who: Viewer, record: FollowUp) -> Mapping[str, Any]:
    """What the page shows: the value, where it stands and what can be done with it."""
    language = (get_language() or "sv")[:2]
    (value,) = typed([record], record.unit, language)
    steps = steps_for(who, record)
    return {
        "fields": described(record, ("owner",), who),
        "goal": seen(Goal, record.goal_id, who),
        "intervention": seen(Intervention, record.intervention_id, who), "value": value,
        "counts": [
            number(one, "persons", language) for one in (record.numerator, record.denominator)
        ] if record.denominator is not None else None,
        "found": found(record), "locked": record.state in LOCKED,
        "steps": [(step, rule, ReasonForm(auto_id=f"{step.value}_%s")) for step, rule in steps],
        "late": record.due is not None and record.due < timezone.localdate()
        and record.state not in LOCKED,
        "decided_by": record.decided_by, **_source(record, language),
    }  # fmt: skip


def _source(record: FollowUp, language: str) -> Mapping[str, Any]:
    """Where a value of a release stands, and what has come in its place since."""
    goal = record.goal
    if not record.release or goal is None or not goal.indicator:
        return {}
    figure = figures.Figure(
        goal.indicator, goal.area or goal.round.place, record.period, record.value,
        record.value_status, record.unit, record.release,
    )  # fmt: skip
    now = figures.revised(figure)
    return {
        "source": figures.address_of(figure),
        "newer": (figures.written(now, language), now.period) if now else None,
    }


@known
@require_POST
def step(request: HttpRequest, slug: str, key: int, word: str) -> HttpResponseBase:
    """Take a step with a follow-up: hand in, take back, approve, hand back, open again."""
    asked = next((one for one in Step if one.value == word), None)
    if asked is None:
        raise Http404
    who = viewer(request)
    one = record_for(request, FollowUp, key, organisation__slug=slug)
    # What nobody may do in any state does not exist; what another has done meanwhile is told.
    needs = Action.DECIDE if asked in {Step.APPROVE, Step.RETURN, Step.REOPEN} else Action.EDIT
    if not who.may_unlocked(needs, one):
        raise Http404
    told = request.POST.get("version", "")
    reason = request.POST.get("reason", "")
    try:
        rule = take(who, one, asked, int(told) if told.isdecimal() else None, reason)
    except StepError as error:
        if asked in {Step.RETURN, Step.REOPEN} and not reason.strip():
            form = ReasonForm(request.POST)
            return shown(
                request, one, form, _("Skriv varför"), version=one.version, button=_("Skicka")
            )
        messages.error(request, str(error))
        return back(one)
    messages.success(request, str(rule.done))
    return back(one)


@personal
def goal_chart(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The values of a goal as a line, as SVG; `look=dark` and `narrow=1` give its other forms."""
    goal = record_for(request, Goal, key, organisation__slug=slug)
    language = (get_language() or "sv")[:2]
    values = values_of(goal, viewer(request), language)
    if not values.drawn:
        raise Http404
    return chart.picture(values, language, request.GET)


def goal_context(who: Viewer, record: Goal) -> Mapping[str, Any]:
    """What `cycle/goal_values.html` needs on the page of a goal: `values`, and periods to take."""
    language = (get_language() or "sv")[:2]
    take = offered(record, record.round.place, language) if who.may(Action.EDIT, record) else ()
    return {
        "values": values_of(record, who, language), "taking": {one.figure.period for one in take},
    }  # fmt: skip
