"""An organisation's start page: what waits for whom, where the work is, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from samsyn.cycle import recent
from samsyn.cycle.declared import CHAIN, GROUP, INTERVIEW, INVENTORY, PROJECT, ROUND
from samsyn.cycle.followed.waiting import waiting_for
from samsyn.cycle.gaps.answers import open_findings
from samsyn.cycle.models import InterviewNote, MappingRound
from samsyn.cycle.places import name_of
from samsyn.cycle.rollup.asking import asked_of
from samsyn.cycle.views.asked import questions
from samsyn.cycle.ways import Way, ways
from samsyn.people import drafts
from samsyn.people.kinds import Kind
from samsyn.people.models import Invitation, Organisation, Role
from samsyn.people.viewing import known, organisation_for, viewer

ROUNDS = 12  # that stand on the page; a list has all
LISTS = (GROUP, PROJECT, INVENTORY)
DRAFTS = 8  # that stand on the page
COUNTED = 3  # open rounds whose gaps are counted


@dataclass(frozen=True)
class Card:
    """A round on the start page, with the ways on from it; `gaps` is None where not counted."""

    round: MappingRound
    place: str
    gaps: int | None
    ways: list[Way]


@known
def organisation(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What waits for whom, the rounds, the steps of the chain and the newest changes."""
    found = organisation_for(request, slug)
    who = viewer(request)
    assert who.account is not None
    language = (get_language() or "sv")[:2]
    waiting = waiting_for(who, found)
    rounds = list(
        MappingRound.objects.of(found).filter(removed=None).select_related("organisation")
        .defer("baseline").order_by("-created")
    )  # fmt: skip
    counted = counts(found, [*CHAIN, *LISTS])
    rounds.sort(key=lambda one: one.closed is not None)
    told = {
        "organisation": found,
        "home": name_of(found.home_area, language),
        "home_page": place_page(found),
        "mine": [one for one in waiting if one.mine],
        "others": [one for one in waiting if not one.mine],
        "drafts": drafts.waiting(who.account, f"/arbete/{found.slug}/")[:DRAFTS],
        "asked": asked_of(found),
        "invitations": invitations(found) if who.may_manage(found) else [],
        "rounds": cards(rounds[:ROUNDS], language),
        "more_rounds": max(0, len(rounds) - ROUNDS),
        "steps": [(kind, counted[kind.word]) for kind in CHAIN],
        "lists": [(kind, counted[kind.word]) for kind in LISTS],
        "round_kind": ROUND,
        "questions": questions(
            InterviewNote.objects.filter(interview__organisation=found, interview__removed=None)
        ),
        "interviewed": counted[INTERVIEW.word] > 0,
        "changes": recent.changes(found),
        "may_write": who.has(found, Role.CONTRIBUTOR),
        "may_manage": who.may_manage(found),
    }
    return render(request, "cycle/organisation.html", told)


def counts(found: Organisation, asked: Sequence[Kind]) -> dict[str, int]:
    """How many records of each kind an organisation has, by the kind's word: one question."""
    each = [
        kind.model._default_manager.of(found).filter(removed=None).order_by()
        .annotate(word=Value(kind.word)).values("word").annotate(number=Count("*"))
        for kind in asked
    ]  # fmt: skip
    told = each[0].union(*each[1:], all=True)
    return dict.fromkeys((kind.word for kind in asked), 0) | {
        one["word"]: one["number"] for one in told
    }


def cards(rounds: list[MappingRound], language: str) -> list[Card]:
    """The rounds, those that are open first; of the newest of them the gaps are counted."""
    counted = [one.pk for one in rounds if one.closed is None][:COUNTED]
    return [
        Card(
            one, name_of(one.place, language),
            len(open_findings(one)) if one.pk in counted else None, ways(one),
        )
        for one in rounds
    ]  # fmt: skip


def invitations(found: Organisation) -> list[Invitation]:
    """The invitations that nobody has answered yet, and that still can be."""
    return [one for one in Invitation.objects.filter(organisation=found, answered=None) if one.open]


def place_page(found: Organisation) -> str:
    """The public page of the area that an organisation is at home in; nothing where it has none."""
    kind, _slash, code = found.home_area.partition("/")
    if not code:
        return ""
    return reverse("place", args=[kind, code.rpartition("/")[2]])
