"""How far a round has come along the chain, and what there is to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.models import Evidence, Goal, Intervention, MappingRound, Need, Problem
from samsyn.people.kinds import Kind, kinds

# The chain by the words of its kinds: the question that each step answers, and what to do where
# there is nothing yet.
STEPS: Final[dict[str, tuple[Promise, Promise]]] = {
    "aktor": (
        _("Vilka gör vad, var och för vem?"),
        _("Skriv in de aktörer som ni känner till, eller hämta dem från en Excelfil."),
    ),
    "intervju": (
        _("Vad säger de som bor och arbetar där?"),
        _("Gör den första intervjun: en sida, fyra teman."),
    ),
    "problem": (
        _("Vad är problemet, och hur vet vi det?"),
        _("Beskriv ett problem. Börja gärna i en siffra eller i något som en intervju sa."),
    ),
    "behov": (_("Vad behövs?"), _("Skriv vad som behövs för att möta problemen.")),
    "mal": (
        _("Vad ska ha hänt, och hur ser vi det?"),
        _("Sätt ett mål med utgångsvärde, målvärde och år."),
    ),
    "insats": (_("Vad görs, av vem?"), _("Planera en insats som ska nå ett mål.")),
    "uppfoljning": (
        _("Vad blev det?"),
        _("Bestäm när och hur insatserna ska följas upp, innan de börjar."),
    ),
}


@dataclass(frozen=True)
class Step:
    """A step of the chain in a round: its kind, how many there are, and what lacks its reason."""

    kind: Kind
    question: str
    todo: str
    count: int
    loose: int = 0


def steps(round: MappingRound) -> list[Step]:
    """The steps of a round in the order of the chain."""
    loose = loose_ends(round)
    found = []
    for word, (question, todo) in STEPS.items():
        kind = kinds()[word]
        model: Any = kind.model
        count = model._default_manager.filter(round=round, removed=None).count()
        found.append(Step(kind, str(question), str(todo), count, loose.get(word, 0)))
    return found


def loose_ends(round: MappingRound) -> dict[str, int]:
    """How many records of a kind rest on nothing: problems without evidence, and so on."""
    there = {"round": round, "removed": None}
    return {
        "problem": Problem.objects.filter(
            ~Exists(Evidence.objects.standing().filter(problem=OuterRef("pk"))), **there
        ).count(),
        "behov": _without(Need, Problem, "needs", there),
        "mal": _without(Goal, Need, "goals", there),
        "insats": _without(Intervention, Goal, "interventions", there),
    }


def _without(model: Any, reason: Any, back: str, there: dict[str, Any]) -> int:
    """How many records name no reason that is still there."""
    named = reason.objects.filter(removed=None, **{back: OuterRef("pk")})
    return int(model.objects.filter(~Exists(named), **there).count())


def next_step(found: list[Step]) -> Step | None:
    """The first step that nothing is written of yet; None where each has something."""
    return next((one for one in found if not one.count), None)
