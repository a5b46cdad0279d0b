"""Who works together with whom: the matrix, one tie, an actor's own, and lists in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.forms.ties import NewTieForm, TieForm
from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.network import pair
from samsyn.cycle.ties.keeping import Seen, may_tie, others_of, seen_of, tie_of
from samsyn.cycle.ties.listed import Ties
from samsyn.cycle.ties.wording import in_words
from samsyn.cycle.views.actors import Filter, about, filters_of
from samsyn.cycle.views.parts import posted, stir
from samsyn.people.access import Action, Viewer
from samsyn.people.excel import Words, as_csv, workbook
from samsyn.people.models import Role
from samsyn.people.viewing import known, personal, record_for, viewer
from samsyn.people.views.excel import WORKBOOK, as_file
from samsyn.people.views.importing import Offer, answer

LARGEST: Final = 60  # actors of a matrix
MATRIX: Final = "matris"


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: what stands in it, what it says aloud, and where it leads."""

    key: str
    mark: str
    css: str
    says: str
    address: str


@dataclass(frozen=True)
class Line:
    """A row of the matrix: an actor and its cells; None where it would meet itself."""

    actor: Actor
    cells: Sequence[Cell | None]
    ties: Sequence[Tie]


@personal
def matrix(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The actors of a round as rows and columns, and what is between each two."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    who = viewer(request)
    every = seen_of(round, who)
    filters = filters_of(request, every.actors)
    chosen = [one for one in every.actors if filters.passes(one)]
    degree = every.measures.degree
    shown = sorted(chosen, key=lambda one: -degree[one.pk])[:LARGEST]
    seen = every.only(sorted(shown, key=lambda one: (one.title, one.pk)))
    whole = who.may(Action.EDIT, round)
    begin = reverse("ties", args=[slug, key])
    told = {
        **about(request, round, every),
        "lines": [_line(seen, one, who, whole, begin) for one in seen.actors],
        "actors": seen.actors,
        "filters": filters,
        "left_out": len(chosen) - len(shown),
        "ties": [tie for tie in every.ties if _either(tie, filters)],
        "ways": _ways(who, round, every),
    }
    return render(request, "cycle/ties/matrix.html", told)


def _either(tie: Tie, filters: Filter) -> bool:
    return filters.passes(tie.first) or filters.passes(tie.second)


def _line(seen: Seen, actor: Actor, who: Viewer, whole: bool, begin: str) -> Line:
    mine = whole or may_tie(who, seen.round, actor)
    cells = [
        None if other == actor else _cell(seen, actor, other, mine or may_tie(who, other), begin)
        for other in seen.actors
    ]
    ties = [tie for tie in seen.ties if actor.pk in {tie.first_id, tie.second_id}]
    return Line(actor, cells, ties)


def _cell(seen: Seen, one: Actor, other: Actor, may: bool, begin: str) -> Cell:
    two = pair(one.pk, other.pk)
    tie = seen.by_pair.get(two)
    key, address = f"c-{one.pk}-{other.pk}", f"{begin}{two[0]}/{two[1]}/" if may else ""
    names = {"one": one, "other": other}
    if tie is None:
        says = _("%(one)s och %(other)s: ingen samverkan inskriven") % names
        return Cell(key, "", "none", says, address)
    told = "; ".join(in_words(tie)) or _("ingenting mer inskrivet")
    says = _("%(one)s och %(other)s samverkar: %(told)s") % {**names, "told": told}
    return Cell(key, tie.quality or "•", tie.basis or "unknown", says, address)


def _ways(who: Viewer, round: MappingRound, seen: Seen) -> dict[int, str]:
    """Where each tie is changed, by its id, of those that the viewer may change."""
    whole = who.may(Action.EDIT, round)
    return {
        tie.pk: reverse(
            "tie", args=[round.organisation.slug, round.pk, tie.first_id, tie.second_id]
        )
        for tie in seen.ties
        if whole or may_tie(who, round, tie.first, tie.second)
    }


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


# --- lists ---


@personal
def listed(request: HttpRequest, slug: str, key: int, form: str) -> HttpResponseBase:
    """The ties as CSV, or as a workbook that can be changed and read back."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    ties = Ties(round, viewer(request))
    name = f"{slug}-samverkan-{round.pk}.{form}"
    if form == "csv":
        return as_file(as_csv(ties.columns, ties.rows()), "text/csv; charset=utf-8", name)
    return as_file(workbook(_words(round), ties.columns, ties.rows()), WORKBOOK, name)


@known
def template(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """An empty list of ties, with the names of the actors to choose from."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    ties = Ties(round, viewer(request))
    return as_file(workbook(_words(round), ties.columns, ()), WORKBOOK, "samverkan-mall.xlsx")


@known
def importing(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Read ties from a file or from what was pasted."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    who = viewer(request)
    if not who.has(round.organisation_id, Role.CONTRIBUTOR):
        raise Http404
    at = [slug, key]
    offer = Offer(
        round.organisation, Ties(round, who), _("Läs in samverkan från Excel"),
        reverse("tie-template", args=at), reverse("ties", args=at), _("samverkan"),
        reverse("tie-list", args=[*at, "xlsx"]),
        _("Samverkan hamnar i %(round)s. Aktörerna ska finnas där; skriv deras namn som de står.")
        % {"round": round},
    )  # fmt: skip
    return answer(request, offer)


def _words(round: MappingRound) -> Words:
    lines = [
        _("Skriv en rad för varje två aktörer som samverkar, i nästa blad. Ordningen mellan de två "
          "spelar ingen roll, och samma två står på en rad."),
        _("Namnen ska vara de som aktörerna har i Samsyn. De står i bladet Listor och går "
          "att välja i cellerna."),
        _("Läs sedan in filen i Samsyn. Du får se vad som blir nytt och vad som ändras innan något "
          "sparas, och är något fel sparas ingenting. Samverkan som inte står i listan är kvar."),
    ]  # fmt: skip
    return Words(f"{_('Samverkan')}, {round}", _("Samverkan"), lines)
