"""An intervention's page: goals, who takes part, money, follow-ups, and what comes after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.cycle.followed.projects import enter
from samsyn.cycle.followed.sums import sums
from samsyn.cycle.forms.money import MoneyForm, PlanForm
from samsyn.cycle.models import Actor, Decision, FollowUp, Goal, Intervention, Money, Project
from samsyn.cycle.models.planned import InterventionForm
from samsyn.cycle.views.parts import back, kept, posted, seen, shown, taken_away
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.models import Record, Role
from samsyn.people.saving import create
from samsyn.people.viewing import known, record_for, viewer

ASIDE = ("kind", "level", "horizon", "form", "focus_areas", "displacement", "owner")


def context(who: Viewer, record: Intervention) -> Mapping[str, Any]:
    """What the page shows beside the fields; of other records those that the viewer may see."""
    today = timezone.localdate()
    follow_ups = list(
        FollowUp.objects.filter(intervention=record, removed=None).visible_to(who)
        .select_related("organisation").order_by("due", "period", "pk")
    )  # fmt: skip
    money = list(record.money.all())
    partners = _linked(Actor, who, partners_in=record)
    lead = seen(Actor, record.lead_id, who)
    decisions = (
        Decision.objects.filter(intervention=record).select_related("meeting__group__organisation")
        if who.has(record.organisation, Role.READER) else ()
    )  # fmt: skip
    is_project = record.form == InterventionForm.PROJECT
    return {
        "fields": described(record, ASIDE, who),
        "goals": _linked(Goal, who, interventions=record).order_by("pk"),
        "lead": lead, "partners": partners.order_by("title"),
        "target_groups": described(record, ("target_groups", "participation"), who),
        "areas": described(record, ("areas",), who),
        "money": money, "sums": sums(money), "new_money": MoneyForm(auto_id="ny_%s"),
        "follow_ups": follow_ups,
        "next_one": next((one for one in follow_ups if not one.locked), None),
        "plan": PlanForm(intervention=record, today=today), "today": today,
        "is_project": is_project, "has_ended": bool(record.ends and record.ends < today),
        "project": Project.objects.filter(intervention=record, removed=None)
        .visible_to(who).first(),
        "decisions": decisions,
    }  # fmt: skip


def _linked(model: type[Record], who: Viewer, **by: Intervention) -> Any:
    """The records of a kind that the intervention is linked to, as far as the viewer sees them."""
    there = model._default_manager.filter(removed=None, **by)
    return there.visible_to(who).select_related("organisation")


def _edited(request: HttpRequest, slug: str, key: int) -> Intervention:
    return record_for(request, Intervention, key, Action.EDIT, organisation__slug=slug)


@known
def new_money(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Add money to an intervention."""
    one = _edited(request, slug, key)
    form = MoneyForm(posted(request), instance=Money(intervention=one), auto_id="ny_%s")
    return kept(request, one, form, _("Ny post i finansieringen"), "pengar")


@known
def change_money(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Change money of an intervention."""
    one = _edited(request, slug, key)
    money = get_object_or_404(Money, pk=row, intervention=one)
    form = MoneyForm(posted(request), instance=money)
    return kept(request, one, form, _("Ändra post i finansieringen"), "pengar")


@known
@require_POST
def remove_money(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Take money of an intervention away."""
    one = _edited(request, slug, key)
    money = get_object_or_404(Money, pk=row, intervention=one)
    return taken_away(request, one, money, "pengar")


@known
@require_POST
def plan(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Plan the follow-ups of an intervention in one step."""
    one = _edited(request, slug, key)
    form = PlanForm(request.POST, intervention=one, today=timezone.localdate())
    if not form.is_valid():
        return shown(request, one, form, _("Planera uppföljning"), "uppfoljning", planning=True)
    made = [create(each, viewer(request).account) for each in form.planned()]
    said = ngettext(
        "%(n)s uppföljning är planerad.", "%(n)s uppföljningar är planerade.", len(made)
    )
    messages.success(request, said % {"n": len(made)})
    return back(one, "uppfoljning")


@known
@require_POST
def enter_project(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Put an intervention into the inventory of projects."""
    one = _edited(request, slug, key)
    project = enter(one, viewer(request).account)
    messages.success(request, _("Projektet står i projektförteckningen."))
    return back(project)
