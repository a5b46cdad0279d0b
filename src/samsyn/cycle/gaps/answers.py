"""Which findings of a round are open, which have been answered, and whether the answers hold.

An answer holds for as long as the rule sees the same. When it sees something else, the finding is
open again, with the old answer beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from samsyn.cycle.gaps.finding import Finding
from samsyn.cycle.gaps.gathering import picture_of
from samsyn.cycle.gaps.picture import Picture
from samsyn.cycle.gaps.registry import Rule, findings, rules
from samsyn.cycle.models import GapAnswer, MappingRound
from samsyn.people.models import Account


@dataclass(frozen=True)
class Standing:
    """A finding with its rule and the latest answer to it, if there is one."""

    finding: Finding
    rule: Rule
    answer: GapAnswer | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for somebody: not answered, or what the answer was of has changed."""
        return self.answer is None or self.answer.state != self.finding.state


class AnsweredMeanwhileError(Exception):
    """Somebody else has answered the same finding since the form was shown."""

    def __init__(self, answer: GapAnswer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class GoneError(Exception):
    """What was to be answered is no longer found, or no longer the same."""


def standings(round: MappingRound, picture: Picture | None = None) -> list[Standing]:
    """All findings of a round along the chain, open and answered."""
    return beside(findings(picture or picture_of(round)), _answers(round))


def beside(some: Iterable[Finding], answers: Iterable[GapAnswer]) -> list[Standing]:
    """Findings, each with the answer to it."""
    given = {(one.rule, one.subject): one for one in answers}
    return [Standing(one, rules()[one.rule], given.get((one.rule, one.about))) for one in some]


def open_findings(round: MappingRound) -> list[Standing]:
    """The findings of a round that wait for somebody, along the chain."""
    return [one for one in standings(round) if one.open]


def counted(some: Iterable[Standing]) -> Mapping[str, int]:
    """How many findings are open and how many are answered."""
    states = [one.open for one in some]
    return {"open": sum(states), "answered": len(states) - sum(states)}


def answer(
    round: MappingRound, finding: Finding, text: str, account: Account | None, before: str = ""
) -> GapAnswer:
    """Keep an answer to a finding. `before` is the mark of the answer that the form had shown.

    Raises AnsweredMeanwhileError where another has answered since; then nothing is kept.
    """
    of = {"round": round, "rule": finding.rule, "subject": finding.about}
    with transaction.atomic():
        kept = GapAnswer.objects.select_for_update().filter(**of).first()
        if kept is not None and mark(kept) != before:
            raise AnsweredMeanwhileError(kept)
        made = kept or GapAnswer(**of)
        made.state, made.text, made.account = finding.state, text, account
        made.answered = timezone.now()
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # somebody was first, by a hair
            raise AnsweredMeanwhileError(GapAnswer.objects.get(**of)) from None
    return made


def mark(of: GapAnswer | None) -> str:
    """What tells one answer from another: when it was given; empty where there is none."""
    return "" if of is None else of.answered.isoformat()


def found(round: MappingRound, rule: str, subject: str, state: str) -> Finding:
    """The finding that a form was about. Raises GoneError where it is no longer there or other."""
    for one in findings(picture_of(round)):
        if (one.rule, one.about, one.state) == (rule, subject, state):
            return one
    raise GoneError


def _answers(round: MappingRound) -> Iterable[GapAnswer]:
    return GapAnswer.objects.filter(round=round).select_related("account")
