"""Projects over the years: the inventory, what became of each, and handing them over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.followed import projects as rules
from samsyn.cycle.followed.inventories import arithmetic
from samsyn.cycle.forms.followed import FateForm
from samsyn.cycle.models import Handover, Intervention, Inventory, Project, ProjectFate
from samsyn.cycle.places import name_of
from samsyn.cycle.views.parts import back, kept, posted, seen, shown, taken_away
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.fields import choices
from samsyn.people.kinds import kind_of
from samsyn.people.models import Organisation, Record, Role
from samsyn.people.viewing import known, organisation_for, record_for, viewer

PAGE: Final = 50
UNTOLD: Final = "-"  # in the filter: nothing is told of its fate yet


class HandoverForm(forms.Form):
    """To which organisation."""

    taker = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("Till vilken organisation?")
    )

    def __init__(self, *args: Any, giver: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        taker = self.fields["taker"]
        assert isinstance(taker, forms.ModelChoiceField)
        taker.queryset = Organisation.objects.exclude(pk=giver.pk)


# --- the inventory --------------------------------------------------------------------------------


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
        "handovers": _asked_of(organisation) if who.has(organisation, Role.LEAD) else (),
    }  # fmt: skip
    return render(request, "cycle/projects.html", told)


ASKED: Final = ("q", "omrade", "finansiar", "blev", "fran", "till")


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


# --- one project ----------------------------------------------------------------------------------


def context(who: Viewer, record: Project) -> Mapping[str, Any]:
    """What the page of a project shows: what became of it, and the question that waits."""
    fates = list(record.fates.select_related("told_by"))
    return {
        "fields": described(
            record,
            ("run_by", "funder", "began", "ended", "focus_areas", "areas", "owner"), who,
        ),
        "fates": fates, "newest": fates[-1] if fates else None,
        "question": rules.question_of(record), "new_fate": FateForm(auto_id="ny_%s"),
        "intervention": seen(Intervention, record.intervention_id, who),
        "may_hand_over": who.may(Action.DECIDE, record),
        "handover": record.handovers.filter(answered=None).select_related("taker").first(),
        "handed_over": record.handovers.filter(accepted=True).select_related("giver", "taker"),
    }  # fmt: skip


def _edited(request: HttpRequest, slug: str, key: int) -> Project:
    return record_for(request, Project, key, Action.EDIT, organisation__slug=slug)


@known
def new_fate(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Tell what became of a project."""
    one = _edited(request, slug, key)
    fate = ProjectFate(project=one, told_by=viewer(request).account)
    form = FateForm(posted(request), instance=fate, auto_id="ny_%s")
    return kept(request, one, form, _("Vad blev det av projektet?"), "blev")


@known
def change_fate(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Change what was told of a project."""
    one = _edited(request, slug, key)
    fate = get_object_or_404(ProjectFate, pk=row, project=one)
    return kept(
        request, one, FateForm(posted(request), instance=fate), _("Vad blev det av projektet?"),
        "blev",
    )  # fmt: skip


@known
@require_POST
def remove_fate(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Take away what was told of a project."""
    one = _edited(request, slug, key)
    return taken_away(request, one, get_object_or_404(ProjectFate, pk=row, project=one), "blev")


# --- handing over ---------------------------------------------------------------------------------


@known
def hand_over(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A lead gives a project to another organisation; a lead there says whether it takes it.

    Who is a lead of both need not ask.
    """
    one = record_for(request, Project, key, Action.DECIDE, organisation__slug=slug)
    form = HandoverForm(posted(request), giver=one.organisation)
    if request.method != "POST" or not form.is_valid():
        return shown(
            request, one, form, _("Lämna över projektet"), button=_("Lämna över"),
            lede=_("En ansvarig i den andra organisationen säger ja eller nej. Vem som drev "
                   "projektet, vad det blev av det och hela historiken följer med."),
        )  # fmt: skip
    who, taker = viewer(request), form.cleaned_data["taker"]
    with transaction.atomic():
        Handover.objects.filter(project=one, answered=None).delete()
        made = Handover.objects.create(
            project=one, giver=one.organisation, taker=taker, asked_by=who.account
        )
        if who.has(taker, Role.LEAD):
            _accept(made, who)
            messages.success(request, _("Projektet hör nu till %(to)s.") % {"to": taker})
            return back(one)
    messages.success(request, _("%(to)s har fått frågan.") % {"to": taker})
    return back(one)


@known
@require_POST
def take_back(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A lead asks another organisation no longer."""
    one = record_for(request, Project, key, Action.DECIDE, organisation__slug=slug)
    Handover.objects.filter(project=one, answered=None).delete()
    messages.success(request, _("Frågan är tillbakatagen."))
    return back(one)


def _asked_of(organisation: Organisation) -> models.QuerySet[Handover]:
    return Handover.objects.filter(
        taker=organisation, answered=None, project__removed=None
    ).select_related("project", "giver", "asked_by")


@known
@require_POST
def answer(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A lead says whether the organisation takes over a project that it is given."""
    organisation = organisation_for(request, slug, Role.LEAD)
    asked = get_object_or_404(_asked_of(organisation), pk=key)
    if request.POST.get("svar") == "ja":
        with transaction.atomic():
            _accept(asked, viewer(request))
        messages.success(request, _("Projektet finns nu i er förteckning."))
        asked.project.refresh_from_db()
        return back(asked.project)
    asked.answered, asked.answered_by, asked.accepted = (
        timezone.now(), viewer(request).account, False,
    )  # fmt: skip
    asked.save()
    messages.success(request, _("Ni har tackat nej. Projektet är kvar hos %(giver)s.") % {
        "giver": asked.giver
    })  # fmt: skip
    return redirect("records", organisation.slug, Project.WORD)


def _accept(asked: Handover, who: Viewer) -> None:
    project = Project.objects.select_for_update().select_related("organisation").get(
        pk=asked.project_id
    )  # fmt: skip
    rules.move([project], asked.taker, _("Överlämnat från %(giver)s") % {"giver": asked.giver})
    Handover.objects.filter(pk=asked.pk).update(answered_by=who.account)


@known
def move_all(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An administrator moves all projects of an organisation: after a reorganisation.

    They see how many there are, not what they say: what organisations write is not theirs to read.
    """
    if not viewer(request).administers:
        raise Http404
    giver = get_object_or_404(Organisation, slug=slug)
    every = Project.objects.filter(organisation=giver)
    form = HandoverForm(posted(request), giver=giver)
    if request.method == "POST" and form.is_valid():
        taker = form.cleaned_data["taker"]
        with transaction.atomic():
            moved = list(every.select_related("organisation"))
            rules.move(moved, taker, _("Flyttat från %(giver)s") % {"giver": giver})
        told = {"n": len(moved), "giver": giver, "taker": taker}
        messages.success(request, _("%(n)s projekt från %(giver)s hör nu till %(taker)s.") % told)
        return redirect("work")
    told = {
        "giver": giver, "form": form, "count": every.count(),
        "address": reverse("move-projects", args=[giver.slug]),
    }  # fmt: skip
    return render(request, "cycle/move_projects.html", told, status=400 if form.is_bound else 200)
