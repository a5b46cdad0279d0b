"""The actors of a round as rows and columns, and what is between each two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.network import pair
from samsyn.cycle.ties.keeping import Seen, may_tie, seen_of
from samsyn.cycle.ties.wording import in_words
from samsyn.cycle.views.actors import Filter, about, filters_of
from samsyn.people.access import Action, Viewer
from samsyn.people.viewing import personal, record_for, viewer

LARGEST: Final = 60  # actors of a matrix


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
