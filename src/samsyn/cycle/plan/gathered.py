"""What a plan consists of: the records of a round that a viewer may see, and nothing of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Prefetch

from samsyn.cycle.chain.gathered import Records, chain_among
from samsyn.cycle.chain.model import Chain
from samsyn.cycle.followed.values import GoalValues, values_among
from samsyn.cycle.models import (
    Actor,
    CollaborationGroup,
    Evidence,
    FollowUp,
    Goal,
    Intervention,
    MappingRound,
    Meeting,
    Money,
    Need,
    Problem,
)
from samsyn.cycle.models.followed import State
from samsyn.people.access import Viewer
from samsyn.people.models import Record, Role

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Plan:
    """The records of a round that somebody may see, in the order in which they were written.

    `inside` says that it is for those who belong to the organisation, who see all of it.
    """

    round: MappingRound
    inside: bool
    problems: Sequence[Problem]
    needs: Sequence[Need]
    goals: Sequence[Goal]
    interventions: Sequence[Intervention]
    follow_ups: Sequence[FollowUp]
    groups: Sequence[CollaborationGroup]
    actors: frozenset[int] = field(default_factory=frozenset)

    def evidence(self, problem: Problem) -> list[Evidence]:
        """What a problem rests on."""
        return list(problem.evidence.all())

    def problems_of(self, need: Need) -> list[Problem]:
        """The problems that a need answers."""
        return self._seen(need.problems.all(), self.problems)

    def needs_of(self, goal: Goal) -> list[Need]:
        """The needs that a goal answers."""
        return self._seen(goal.needs.all(), self.needs)

    def goals_of(self, intervention: Intervention) -> list[Goal]:
        """The goals that an intervention is for."""
        return self._seen(intervention.goals.all(), self.goals)

    def lead_of(self, intervention: Intervention) -> Actor | None:
        """Who leads an intervention."""
        return intervention.lead if intervention.lead_id in self.actors else None

    def partners_of(self, intervention: Intervention) -> list[Actor]:
        """Who works with it."""
        return [one for one in intervention.partners.all() if one.pk in self.actors]

    def members_of(self, group: CollaborationGroup) -> list[Actor]:
        """The members of a group."""
        return [one for one in group.members.all() if one.pk in self.actors]

    def told(self, result: FollowUp) -> bool:
        """Whether the value of a follow-up is told: to others not before it is approved."""
        return self.inside or result.state == State.APPROVED

    @cached_property
    def money(self) -> list[Money]:
        """All money of the interventions."""
        return [one for intervention in self.interventions for one in intervention.money.all()]

    def chain(self, language: str) -> Chain:
        """The records as a chain, with what it lacks where the plan is the organisation's own."""
        links = [
            (f"{first}/{one.pk}", f"{second}/{record.pk}")
            for first, second, records, name in (
                ("problem", "need", self.needs, "problems"),
                ("need", "goal", self.goals, "needs"),
                ("goal", "intervention", self.interventions, "goals"),
            )
            for record in records
            for one in getattr(record, name).all()
        ]
        return chain_among(
            Records(
                self.inside, self.problems, self.needs, self.goals, self.interventions,
                self.follow_ups, [one for each in self.problems for one in self.evidence(each)],
                self.money, links,
            ),
            language,
        )  # fmt: skip

    @cached_property
    def followed(self) -> dict[int, list[FollowUp]]:
        """The follow-ups of each goal that has some, or an indicator of a release."""
        found: dict[int, list[FollowUp]] = {one.pk: [] for one in self.goals if one.indicator}
        there = {one.pk for one in self.goals}
        for one in self.follow_ups:
            if one.goal_id in there:
                found.setdefault(one.goal_id, []).append(one)
        return found

    def values(self, goal: Goal, language: str) -> GoalValues | None:
        """How far a goal has come; None of one that is followed by nothing."""
        if goal.pk not in self.followed:
            return None
        return values_among(goal, self.followed[goal.pk], language)

    def sums(self) -> dict[str, tuple[Decimal, int]]:
        """For each status of money: how much, and of how many posts."""
        found: dict[str, tuple[Decimal, int]] = {}
        for one in self.money:
            amount, count = found.get(one.status, (Decimal(0), 0))
            found[one.status] = (amount + one.amount, count + 1)
        return found

    @staticmethod
    def _seen(linked: Iterable[R], there: Sequence[R]) -> list[R]:
        keys = {one.pk for one in there}
        return sorted((one for one in linked if one.pk in keys), key=lambda one: one.pk)


def gathered(round: MappingRound, viewer: Viewer) -> Plan:
    """The plan of a round for a viewer, in so many queries whatever its size."""

    def seen(model: Any) -> Any:
        return (
            model.objects.filter(round=round, removed=None)
            .visible_to(viewer)
            .select_related("organisation")
            .order_by("pk")
        )

    inside = viewer.has(round.organisation, Role.READER)
    evidence = Evidence.objects.standing().select_related("note").order_by("pk")
    meetings = Meeting.objects.order_by("held", "pk").prefetch_related("decisions")
    return Plan(
        round,
        inside,
        list(seen(Problem).prefetch_related(Prefetch("evidence", evidence))),
        list(seen(Need).prefetch_related("problems")),
        list(seen(Goal).select_related("round").prefetch_related("needs", "joined")),
        list(
            seen(Intervention).select_related("lead").prefetch_related("goals", "partners", "money")
        ),
        list(seen(FollowUp).order_by("due", "pk")),
        list(seen(CollaborationGroup).prefetch_related("members", Prefetch("meetings", meetings))),
        frozenset(seen(Actor).values_list("pk", flat=True)),
    )
