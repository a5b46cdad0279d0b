"""The tie of two actors: written from a cell of the matrix or from the page of one, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.forms.ties import NewTieForm, TieForm
from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.ties.keeping import may_tie, others_of, tie_of
from samsyn.cycle.views.parts import posted, stir
from samsyn.people.viewing import known, record_for, viewer


@known
def tie(request: HttpRequest, slug: str, key: int, one: int, other: int) -> HttpResponseBase:
    """The form of the tie of two actors, small enough for a cell."""
    round, first, second = _two(request, slug, key, one, other)
    kept = tie_of(first, second)
    form = TieForm(posted(request), instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        stir(round)
        messages.success(request, _("Sparat: %(tie)s") % {"tie": f"{first} – {second}"})
        return redirect(_back(request, round, first, second))
    told = {
        "organisation": round.organisation, "round": round, "form": form, "tie": kept,
        "first": first, "second": second, "back": _back(request, round, first, second),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "cycle/ties/tie.html", told, status=400 if form.is_bound else 200)


@known
@require_POST
def untie(request: HttpRequest, slug: str, key: int, one: int, other: int) -> HttpResponseBase:
    """Take the tie of two actors away; its history stays."""
    round, first, second = _two(request, slug, key, one, other)
    kept = tie_of(first, second)
    if kept.pk is not None:
        kept.delete()
        stir(round)
        messages.success(request, _("Borttaget: %(name)s") % {"name": f"{first} – {second}"})
    return redirect(_back(request, round, first, second))


@known
@require_POST
def add(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A tie of an actor with another one, from its page."""
    actor = record_for(request, Actor, key, organisation__slug=slug)
    others = others_of(actor, viewer(request))
    if not may_tie(viewer(request), actor.round, actor):
        raise Http404
    form = NewTieForm(request.POST, others=others, prefix="tie", instance=Tie(round=actor.round))
    chosen = request.POST.get("tie-other", "")
    other = others.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if other is not None:
        known_tie = tie_of(actor, other)
        form = NewTieForm(request.POST, others=others, prefix="tie", instance=known_tie)
    if form.is_valid():
        form.save()
        stir(actor.round)
        messages.success(request, _("Sparat: %(tie)s") % {"tie": f"{actor} – {other}"})
        return redirect(f"{actor.get_absolute_url()}#samverkan")
    told = {
        "organisation": actor.organisation, "round": actor.round, "form": form, "first": actor,
        "back": f"{actor.get_absolute_url()}#samverkan",
    }  # fmt: skip
    return render(request, "cycle/ties/tie.html", told, status=400)


def _two(
    request: HttpRequest, slug: str, key: int, one: int, other: int
) -> tuple[MappingRound, Actor, Actor]:
    """The round and the two actors of an address, for who may write of their tie."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    if one == other:
        raise Http404
    of: Mapping[str, Any] = {"round": round, "organisation__slug": slug}
    first, second = (record_for(request, Actor, which, **of) for which in (one, other))
    if not may_tie(viewer(request), round, first, second):
        raise Http404
    return round, first, second


def _back(request: HttpRequest, round: MappingRound, first: Actor, second: Actor) -> str:
    """To the actor's page that somebody came from, else to the cell of the matrix."""
    asked = request.GET.get("fran", "")
    for one in (first, second):
        if asked == str(one.pk):
            return f"{one.get_absolute_url()}#samverkan"
    address = reverse("ties", args=[round.organisation.slug, round.pk])
    return f"{address}#c-{first.pk}-{second.pk}"
