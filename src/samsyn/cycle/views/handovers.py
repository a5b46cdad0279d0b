"""Projects that go to another organisation: one of them, or all after a reorganisation."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.cycle.followed import projects as rules
from samsyn.cycle.forms.handovers import HandoverForm
from samsyn.cycle.models import Handover, Project
from samsyn.cycle.views.parts import back, posted, shown
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Organisation, Role
from samsyn.people.viewing import known, organisation_for, record_for, viewer


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
    given = _moved if who.has(taker, Role.LEAD) else _offered
    messages.success(request, given([one], one.organisation, taker, who))
    return back(one)


@known
@require_POST
def take_back(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A lead asks another organisation no longer."""
    one = record_for(request, Project, key, Action.DECIDE, organisation__slug=slug)
    Handover.objects.filter(project=one, answered=None).delete()
    messages.success(request, _("Frågan är tillbakatagen."))
    return back(one)


@known
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A lead says whether the organisation takes over what it is given: one project, or several."""
    organisation = organisation_for(request, slug, Role.LEAD)
    chosen = set(request.POST.getlist("fraga"))
    if not chosen:
        messages.error(request, _("Kryssa för minst ett projekt."))
        return redirect("projects", organisation.slug)
    asked = [one for one in rules.offered_to(organisation) if str(one.pk) in chosen]
    if not asked:
        raise Http404
    giver, who, count = asked[0].giver, viewer(request), len(asked)
    if request.POST.get("svar") == "ja":
        why = _("Överlämnat från %(giver)s") % {"giver": giver}
        rules.move([one.project for one in asked], organisation, why, who.account)
        said = ngettext(
            "%(n)s projekt från %(giver)s finns nu i er förteckning.",
            "%(n)s projekt från %(giver)s finns nu i er förteckning.",
            count,
        )
    else:
        Handover.objects.filter(pk__in=[one.pk for one in asked], answered=None).update(
            answered=timezone.now(), answered_by=who.account, accepted=False
        )
        said = ngettext(
            "Ni har tackat nej. %(n)s projekt är kvar hos %(giver)s.",
            "Ni har tackat nej. %(n)s projekt är kvar hos %(giver)s.",
            count,
        )
    messages.success(request, said % {"n": count, "giver": giver})
    return redirect("projects", organisation.slug)


@known
def move_all(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Move all projects of an organisation to another: after a reorganisation.

    A lead of both moves them at once, and so does an administrator; another lead asks those who
    lead the other one. An administrator sees how many there are, not what they say: what
    organisations write is not theirs to read.
    """
    giver = get_object_or_404(Organisation, slug=slug)
    who = viewer(request)
    leads = who.leads(giver)  # also of one that is closed: its projects are to go on
    if not (leads or who.administers):
        raise Http404
    every = Project.objects.filter(organisation=giver).select_related("organisation")
    form = HandoverForm(posted(request), giver=giver)
    if request.method == "POST" and form.is_valid():
        taker = form.cleaned_data["taker"]
        at_once = who.administers or who.has(taker, Role.LEAD)
        # What lies in the basket goes along; nobody is asked about it.
        given = list(every if at_once else every.filter(removed=None))
        said = (_moved if at_once else _offered)(given, giver, taker, who)
        messages.success(request, said)
        return redirect("projects", giver.slug) if leads else redirect("work")
    told = {
        "giver": giver, "form": form, "count": every.filter(removed=None).count(),
        "organisation": giver if leads else None, "asks": not who.administers,
    }  # fmt: skip
    return render(request, "cycle/move_projects.html", told, status=400 if form.errors else 200)


def _moved(
    projects: Sequence[Project], giver: Organisation, taker: Organisation, who: Viewer
) -> str:
    """Move projects at once, and say so."""
    rules.move(projects, taker, _("Flyttat från %(giver)s") % {"giver": giver}, who.account)
    count = sum(one.removed is None for one in projects)
    said = ngettext(
        "%(n)s projekt från %(giver)s hör nu till %(taker)s.",
        "%(n)s projekt från %(giver)s hör nu till %(taker)s.",
        count,
    )
    return said % {"n": count, "giver": giver, "taker": taker}


def _offered(
    projects: Sequence[Project], giver: Organisation, taker: Organisation, who: Viewer
) -> str:
    """Ask another organisation to take projects over, and say so."""
    rules.offer(projects, taker, who.account)
    said = ngettext(
        "%(taker)s har fått frågan om %(n)s projekt från %(giver)s.",
        "%(taker)s har fått frågan om %(n)s projekt från %(giver)s.",
        len(projects),
    )
    return said % {"n": len(projects), "giver": giver, "taker": taker}
