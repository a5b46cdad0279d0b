"""The actors of a round by sector, kind, area and what they work with; and the page of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.cycle.forms.ties import NewTieForm
from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.places import name_of
from samsyn.cycle.ties.keeping import Seen, may_tie, others_of, seen_of
from samsyn.cycle.ties.wording import in_words
from samsyn.people.access import Action, Viewer
from samsyn.people.fields import label
from samsyn.people.models import Role
from samsyn.people.viewing import personal, record_for, viewer
from samsyn.people.views.records import PAGE
from samsyn.statistics.classifications import classification


@dataclass(frozen=True)
class Choice:
    """A value that actors can be chosen by, what it is called, and how many have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Filter:
    """What actors are chosen by, and what there is to choose, by the name in the address."""

    chosen: Mapping[str, str]
    there: Mapping[str, tuple[str, Sequence[Choice]]]

    def passes(self, actor: Actor) -> bool:
        """Whether an actor is as it is asked for."""
        return all(value in _values(actor)[name] for name, value in self.chosen.items())


def _values(actor: Actor) -> dict[str, Sequence[str]]:
    return {
        "sektor": [actor.sector], "slag": [actor.kind], "omrade": actor.areas,
        "fokus": actor.focus_areas,
    }  # fmt: skip


def filters_of(request: HttpRequest, actors: Sequence[Actor]) -> Filter:
    """What the address asks for, of what the actors have."""
    language = (get_language() or "sv")[:2]
    names: dict[str, tuple[str, Callable[[str], str]]] = {
        "sektor": (_("Sektor"), lambda one: label("actor_sector", one)),
        "slag": (_("Slag"), lambda one: label("actor_kind", one)),
        "omrade": (_("Område"), lambda one: name_of(one, language)),
        "fokus": (_("Fokusområde"), lambda one: label("focus_area", one)),
    }
    values = [_values(one) for one in actors]
    there: dict[str, tuple[str, Sequence[Choice]]] = {}
    chosen: dict[str, str] = {}
    for name, (title, called) in names.items():
        counts: dict[str, int] = {}
        for one in values:
            for value in one[name]:
                counts[value] = counts.get(value, 0) + 1
        order = list(classification("actor_sector").entries) if name == "sektor" else []
        choices = [Choice(value, called(value), count) for value, count in counts.items() if value]
        choices.sort(key=lambda c: (order.index(c.value) if c.value in order else 0, c.name))
        there[name] = (title, choices)
        asked = request.GET.get(name, "")
        if asked in counts and asked:
            chosen[name] = asked
    return Filter(chosen, there)


def about(request: HttpRequest, round: MappingRound, seen: Seen) -> dict[str, Any]:
    """What every page of the actors of a round tells of it."""
    who = viewer(request)
    return {
        "organisation": round.organisation, "round": round, "seen": seen,
        "inside": who.has(round.organisation_id, Role.READER),
        "may_write": who.has(round.organisation_id, Role.CONTRIBUTOR),
    }  # fmt: skip


@personal
def listing(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The actors of a round, with what each does and how many it works with."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    seen = seen_of(round, viewer(request))
    filters = filters_of(request, seen.actors)
    asked = request.GET.get("q", "").strip()[:200]
    found = [
        one
        for one in seen.actors
        if filters.passes(one) and asked.casefold() in f"{one.title} {one.description}".casefold()
    ]
    page = Paginator(found, PAGE).get_page(request.GET.get("sida"))
    told = {
        **about(request, round, seen), "filters": filters, "asked": asked, "page": page,
        "rows": [
            (one, label("actor_sector", one.sector), label("actor_kind", one.kind),
             seen.measures.degree[one.pk])
            for one in page.object_list
        ],
    }  # fmt: skip
    return render(request, "cycle/ties/actors.html", told)


@dataclass(frozen=True)
class Shown:
    """A tie as the page of one of the two tells it."""

    other: Actor
    tie: Tie
    words: Sequence[str]
    address: str


def context(who: Viewer, actor: Actor) -> Mapping[str, Any]:
    """What the page of an actor shows: whom it works with, and a form to say so."""
    round = actor.round
    seen = seen_of(round, who)
    rows = []
    for tie in seen.ties:
        if actor.pk not in {tie.first_id, tie.second_id}:
            continue
        other = tie.second if tie.first_id == actor.pk else tie.first
        may = may_tie(who, round, actor, other)
        at = [actor.organisation.slug, round.pk, tie.first_id, tie.second_id]
        address = f"{reverse('tie', args=at)}?fran={actor.pk}" if may else ""
        rows.append(Shown(other, tie, in_words(tie), address))
    others = others_of(actor, who)
    tied = [row.other.pk for row in rows]
    form = NewTieForm(others=others.exclude(pk__in=tied), prefix="tie")
    return {
        "round": round,
        "tied": sorted(rows, key=lambda row: row.other.title.casefold()),
        "sector": label("actor_sector", actor.sector),
        "tie_form": form if may_tie(who, round, actor) and len(seen.actors) > 1 else None,
        "alone": len(seen.actors) < 2,
        "leads": actor.leads.filter(removed=None).visible_to(who).select_related("organisation"),
        "round_seen": who.may(Action.SEE, round),
    }
