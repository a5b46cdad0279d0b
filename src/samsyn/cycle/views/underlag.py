"""From a figure of the public pages to a problem: "use as evidence" leads here."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.cycle import citing, figures
from samsyn.cycle.figures import Figure, UnknownFigureError, look_up
from samsyn.cycle.forms.goals import indicator_choices
from samsyn.cycle.models import MappingRound, Problem
from samsyn.cycle.places import name_of, release
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Organisation, Role
from samsyn.people.viewing import known, record_for, viewer

NAMES = ("indicator", "area", "period", "release")
MOST = 200  # problems to choose among; others are found by words


@known
def figure(request: HttpRequest) -> HttpResponseBase:
    """The figure of the address, and the problems that it can be evidence of.

    Only the name of a figure is taken from the address and from the form: what it is, is looked up
    in its release. What the address leaves out is asked for.
    """
    asked = {name: request.GET.get(name, "").strip()[:200] for name in NAMES}
    language = (get_language() or "sv")[:2]
    told: dict[str, Any] = {"asked": asked, "indicators": indicator_choices(language)}
    if not (asked["indicator"] and asked["area"]):
        told["indicator_name"] = figures.called(asked["indicator"], language)
        return render(request, "cycle/underlag_choose.html", told)
    try:
        found = look_up(asked["indicator"], asked["area"], asked["period"], asked["release"])
    except UnknownFigureError as error:
        told["problem"] = str(error)
        there = release(asked["release"] or None) or release()
        if there is not None:
            rows = figures.course(there, asked["indicator"], asked["area"])
            told["periods"] = rows["period"].to_list()[::-1]
        return render(request, "cycle/underlag_choose.html", told, status=404)
    if len(found.indicator) > figures.LONGEST:
        raise Http404
    who = viewer(request)
    if request.method == "POST":
        return _kept(request, found)
    organisations = [one for one in _mine(who) if who.has(one, Role.CONTRIBUTOR)]
    chosen = next((one for one in organisations if one.slug == request.GET.get("hos")), None)
    if chosen is None and len(organisations) == 1:
        chosen = organisations[0]
    told |= {
        "figure": found, "name": figures.called(found.indicator, language),
        "place": name_of(found.area, language), "value": figures.written(found, language),
        "address": figures.address_of(found), "organisations": organisations, "chosen": chosen,
        "query": urlencode({name: one for name, one in asked.items() if one}),
    }  # fmt: skip
    if chosen is not None:
        told |= _within(who, chosen, found, request.GET.get("q", "").strip()[:100])
    return render(request, "cycle/underlag.html", told)


def _mine(who: Viewer) -> list[Organisation]:
    """The organisations that somebody works in, by name."""
    return list(Organisation.objects.filter(pk__in=who.roles))


def _within(who: Viewer, chosen: Organisation, found: Figure, words: str) -> dict[str, Any]:
    """The problems of an organisation that the viewer may change, and where a new one begins."""
    there = Problem.objects.of(chosen).filter(removed=None).select_related("round")
    if words:
        there = there.filter(title__icontains=words)
    rounds = MappingRound.objects.of(chosen).filter(removed=None, closed=None)
    named = urlencode({name: getattr(found, name) for name in NAMES})
    new = reverse("new-record", args=[chosen.slug, Problem.WORD])
    problems = list(islice((one for one in there if who.may(Action.EDIT, one)), MOST + 1))
    return {
        "problems": problems[:MOST],
        "more": len(problems) > MOST,
        "words": words,
        "new": [(one, f"{new}?kartlaggning={one.pk}&{named}") for one in rounds],
    }


def _kept(request: HttpRequest, found: Figure) -> HttpResponseBase:
    """Keep the figure as evidence of the problem that was chosen."""
    key = request.POST.get("problem", "")
    if not key.isdecimal():
        messages.error(request, _("Välj ett problem."))
        return redirect(request.get_full_path())
    problem = record_for(request, Problem, int(key), Action.EDIT)
    citing.cite_figure(problem, found, request.POST.get("text", "").strip()[:5_000])
    messages.success(request, _("Siffran är underlag för ”%s”.") % problem)
    return redirect(f"{problem.get_absolute_url()}#underlag")
