"""Collaboration groups: members, meetings and decisions, quick to write on a phone in a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.forms.groups import DecisionForm, MeetingForm, NewDecisionForm
from samsyn.cycle.models import Actor, CollaborationGroup, Decision, Intervention, Meeting
from samsyn.cycle.models.groups import DecisionState
from samsyn.cycle.views.parts import back, posted, stir
from samsyn.people import drafts
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.kinds import kind_of
from samsyn.people.models import Role, Visibility
from samsyn.people.viewing import known, personal, record_for, viewer
from samsyn.people.writing import filled

MEETINGS: Final = 20  # shown on the group's page


def context(who: Viewer, record: CollaborationGroup) -> Mapping[str, Any]:
    """What the page of a group shows: what is to be done first, the late ones at the top."""
    decisions = _decisions(record, who)
    today = timezone.localdate()
    open_ones = [one for one in decisions if one.state == DecisionState.OPEN]
    meetings = record.meetings.annotate(
        decided=models.Count("decisions"),
        open=models.Count("decisions", filter=models.Q(decisions__state=DecisionState.OPEN)),
    )
    return {
        "fields": described(record, ("owner",), who),
        "members": Actor.objects.filter(groups=record, removed=None).visible_to(who)
        .select_related("organisation")
        .order_by("title"),
        "late": [one for one in open_ones if one.late(today)],
        "open": [one for one in open_ones if not one.late(today)],
        "closed": [one for one in decisions if one.state != DecisionState.OPEN],
        "meetings": meetings[:MEETINGS], "more_meetings": meetings.count() > MEETINGS,
        "today": today,
    }  # fmt: skip


def reads_notes(who: Viewer, group: CollaborationGroup) -> bool:
    """Whether the viewer reads what was said: not who only sees the group since it is public."""
    return who.has(group.organisation, Role.READER) or group.visibility == Visibility.SHARED


def _decisions(group: CollaborationGroup, who: Viewer) -> list[Decision]:
    """The decisions of a group, those that are due first; links only to what the viewer sees."""
    found = list(
        Decision.objects.filter(meeting__group=group)
        .select_related("meeting", "responsible", "intervention__organisation")
        .order_by(models.F("due").asc(nulls_last=True), "pk")
    )
    seen = set(
        Intervention.objects.filter(decisions__in=found, removed=None).visible_to(who)
        .values_list("pk", flat=True)
    )  # fmt: skip
    for one in found:
        if one.intervention_id not in seen:
            one.intervention = None
    return found


def _group(request: HttpRequest, slug: str, key: int) -> CollaborationGroup:
    return record_for(request, CollaborationGroup, key, Action.EDIT, organisation__slug=slug)


@known
@require_POST
def new_meeting(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Begin a meeting today: one tap, and there is a page to write on."""
    group = _group(request, slug, key)
    meeting = Meeting.objects.create(group=group, held=timezone.localdate())
    stir(group)
    return redirect("meeting", slug, group.pk, meeting.pk)


@personal
def meeting(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """A meeting: notes, what is decided, and what is left from before."""
    group = record_for(request, CollaborationGroup, key, organisation__slug=slug)
    one = get_object_or_404(Meeting, pk=number, group=group)
    who = viewer(request)
    may = who.may(Action.EDIT, group)
    form = MeetingForm(posted(request) if may else None, instance=one)
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid():
            form.save()
            stir(group)
            address = drafts.key_of(request.get_full_path())
            drafts.forget(who.account, address)
            messages.success(request, _("Anteckningarna är sparade."), extra_tags=address)
            return redirect("meeting", slug, group.pk, one.pk)
    return _meeting_page(request, who, one, form, NewDecisionForm(instance=Decision(meeting=one)))


def _meeting_page(
    request: HttpRequest, who: Viewer, one: Meeting, form: MeetingForm, decision: NewDecisionForm
) -> HttpResponseBase:
    group, today = one.group, timezone.localdate()
    decisions = _decisions(group, who)
    draft, used = filled(request, form) if who.may(Action.EDIT, group) else (None, False)
    told = {
        "draft": draft, "draft_used": used,
        "organisation": group.organisation, "record": group, "kind": kind_of(group),
        "meeting": one, "form": form, "new_decision": decision, "today": today,
        "may_edit": who.may(Action.EDIT, group), "reads_notes": reads_notes(who, group),
        "decisions": sorted(
            (each for each in decisions if each.meeting_id == one.pk), key=lambda each: each.pk
        ),
        "before": [
            (each, each.late(today)) for each in decisions
            if each.meeting_id != one.pk and each.state == DecisionState.OPEN
        ],
    }  # fmt: skip
    wrong = bool(form.errors or decision.errors)
    return render(request, "cycle/meeting.html", told, status=400 if wrong else 200)


@known
@require_POST
def remove_meeting(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """Take away a meeting on which nothing was decided: a tap too many."""
    group = _group(request, slug, key)
    one = get_object_or_404(Meeting, pk=number, group=group)
    if one.decisions.exists():
        messages.error(request, _("Mötet har beslut. Ta bort dem först, om mötet aldrig hölls."))
        return redirect("meeting", slug, group.pk, one.pk)
    one.delete()
    stir(group)
    messages.success(request, _("Mötet är borttaget."))
    return back(group, "moten")


@known
@require_POST
def new_decision(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """Write down what a meeting decides."""
    group = _group(request, slug, key)
    one = get_object_or_404(Meeting, pk=number, group=group)
    form = NewDecisionForm(request.POST, instance=Decision(meeting=one))
    if not form.is_valid():
        return _meeting_page(request, viewer(request), one, MeetingForm(instance=one), form)
    form.save()
    stir(group)
    return redirect(f"{request.path.removesuffix('beslut/')}#beslut")


@known
def change_decision(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """Change a decision, or say what it became."""
    group = _group(request, slug, key)
    one = get_object_or_404(Decision, pk=number, meeting__group=group)
    form = DecisionForm(posted(request), instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        stir(group)
        messages.success(request, _("Sparat."))
        return back(group, "beslut")
    told = {
        "organisation": group.organisation, "record": group, "kind": kind_of(group), "form": form,
        "title": _("Beslutet"), "back": f"{group.get_absolute_url()}#beslut",
    }  # fmt: skip
    return render(request, "cycle/part.html", told, status=400 if form.is_bound else 200)


@known
@require_POST
def decision_state(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """Say in one tap that a decided item is done, was dropped, or is open again."""
    group = _group(request, slug, key)
    one = get_object_or_404(Decision, pk=number, meeting__group=group)
    state = request.POST.get("state", "")
    if state not in DecisionState.values:
        raise Http404
    one.state = state
    one.save()
    stir(group)
    at = request.POST.get("mote", "")
    if at.isdecimal() and Meeting.objects.filter(pk=int(at), group=group).exists():
        return redirect("meeting", slug, group.pk, int(at))
    return back(group, "beslut")


@known
@require_POST
def remove_decision(request: HttpRequest, slug: str, key: int, number: int) -> HttpResponseBase:
    """Take away what was written by mistake."""
    group = _group(request, slug, key)
    get_object_or_404(Decision, pk=number, meeting__group=group).delete()
    stir(group)
    messages.success(request, _("Beslutet är borttaget."))
    return back(group, "beslut")
