"""The chain of a round, or of all that an organisation has written, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import (
    area_name,
    evidence_told,
    goal_unit,
    money_told,
    result_unit,
    value,
)
from samsyn.cycle.chain.model import Chain, Node, Step
from samsyn.cycle.figures import called
from samsyn.cycle.models import (
    Evidence,
    FollowUp,
    Goal,
    Intervention,
    MappingRound,
    Money,
    Need,
    Problem,
)
from samsyn.cycle.models.followed import State
from samsyn.cycle.models.problems import EvidenceKind
from samsyn.people.access import Viewer
from samsyn.people.fields import label
from samsyn.people.models import Organisation, Role

LONGEST = 120  # letters of a note that stands for its evidence


def chain_of(of: MappingRound | Organisation, viewer: Viewer, language: str) -> Chain:
    """The chain of a round or of an organisation, in so many queries whatever its size.

    Who does not belong to the organisation sees the records that they may, and nothing of what is
    lacking: that may be among those that they do not see.
    """
    organisation = of.organisation if isinstance(of, MappingRound) else of
    inside = viewer.has(organisation, Role.READER)
    scope: dict[str, Any] = {"round": of} if isinstance(of, MappingRound) else {}
    there = _Records(organisation, scope, viewer, inside)
    nodes = [*_evidence(there, language), *_problems(there), *_needs(there),
             *_goals(there, language), *_interventions(there), *_money(there, language),
             *_results(there, language)]  # fmt: skip
    chain = Chain.of(nodes, _links(there))
    return chain if inside else chain.unjudged()


class _Records:
    """The records that the chain is made of, read once."""

    def __init__(
        self, organisation: Organisation, scope: dict[str, Any], viewer: Viewer, inside: bool
    ) -> None:
        self.inside = inside
        self.slug = organisation.slug

        def seen(model: Any) -> Any:
            there = model.objects.filter(organisation=organisation, removed=None, **scope)
            for one in (there if inside else there.visible_to(viewer)).order_by("pk"):
                one.organisation = organisation
                yield one

        self.problems: Sequence[Problem] = list(seen(Problem))
        self.needs: Sequence[Need] = list(seen(Need))
        self.goals: Sequence[Goal] = list(seen(Goal))
        self.interventions: Sequence[Intervention] = list(seen(Intervention))
        self.results: Sequence[FollowUp] = list(seen(FollowUp))
        self.evidence: Sequence[Evidence] = list(
            Evidence.objects.filter(problem__in=[one.pk for one in self.problems])
            .select_related("note")
            .order_by("pk")
        )
        self.money: Sequence[Money] = list(
            Money.objects.filter(intervention__in=[one.pk for one in self.interventions]).order_by(
                "pk"
            )
        )


def _through(model: Any, name: str, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The links of a field to several others: the other's id and the record's own."""
    field = model._meta.get_field(name)
    link = getattr(model, name).through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    yield from link.objects.filter(**{f"{own}__in": keys}).values_list(other, own)


def _links(there: _Records) -> Iterator[tuple[str, str]]:
    for evidence in there.evidence:
        yield f"evidence/{evidence.pk}", f"problem/{evidence.problem_id}"
    for model, name, first, second, records in (
        (Need, "problems", "problem", "need", there.needs),
        (Goal, "needs", "need", "goal", there.goals),
        (Intervention, "goals", "goal", "intervention", there.interventions),
    ):
        for other, own in _through(model, name, [one.pk for one in records]):
            yield f"{first}/{other}", f"{second}/{own}"
    for money in there.money:
        yield f"intervention/{money.intervention_id}", f"money/{money.pk}"
    for result in there.results:
        if result.intervention_id is not None:
            yield f"intervention/{result.intervention_id}", f"result/{result.pk}"
        if result.goal_id is not None:
            yield f"goal/{result.goal_id}", f"result/{result.pk}"


def _evidence(there: _Records, language: str) -> Iterator[Node]:
    addresses = {one.pk: one.get_absolute_url() for one in there.problems}
    for one in there.evidence:
        title, note = str(EvidenceKind(one.kind).label), one.text
        if one.kind == EvidenceKind.INDICATOR:
            title, note = called(one.indicator, language), evidence_told(one, language)
        elif one.kind == EvidenceKind.DOCUMENT:
            title = one.source or title
        elif not note and one.note is not None and there.inside:
            # What was said in an interview is for the organisation only.
            note = one.note.text
        yield Node(
            f"evidence/{one.pk}", Step.EVIDENCE, title, addresses[one.problem_id],
            Truncator(note).chars(LONGEST),
        )  # fmt: skip


def _problems(there: _Records) -> Iterator[Node]:
    for one in there.problems:
        yield _node(Step.PROBLEM, one, _labelled("problem_level", one.level), one.areas)


def _needs(there: _Records) -> Iterator[Node]:
    for one in there.needs:
        note = one.get_kind_display() if one.own_control else _("Någon annan råder över det")
        yield _node(Step.NEED, one, note, one.areas)


def _goals(there: _Records, language: str) -> Iterator[Node]:
    for one in there.goals:
        told = []
        if one.baseline is not None or one.target is not None:
            ends = [
                value(end, goal_unit(one), "missing", language)
                for end in (one.baseline, one.target)
            ]
            told.append(" → ".join(ends))
        if one.target_year:
            told.append(str(one.target_year))
        yield _node(Step.GOAL, one, ", ".join(told), [one.area] if one.area else [])


def _interventions(there: _Records) -> Iterator[Node]:
    for one in there.interventions:
        yield _node(Step.INTERVENTION, one, _labelled("intervention_horizon", one.horizon),
                    one.areas)  # fmt: skip


def _money(there: _Records, language: str) -> Iterator[Node]:
    addresses = {one.pk: one.get_absolute_url() for one in there.interventions}
    for one in there.money:
        yield Node(
            f"money/{one.pk}", Step.MONEY, one.source, addresses[one.intervention_id],
            money_told(one, language), hollow=one.status == "missing",
        )  # fmt: skip


def _results(there: _Records, language: str) -> Iterator[Node]:
    today = timezone.localdate()
    goals = {one.pk: one for one in there.goals}
    for one in there.results:
        shown = there.inside or one.state == State.APPROVED
        hollow = one.value is None or not shown
        if not hollow:
            note = value(one.value, result_unit(one, goals), one.value_status, language)
            if one.state != State.APPROVED:
                note = f"{note} ({one.get_state_display().lower()})"
        else:
            day = date_format(one.due, "Y-m-d") if one.due else ""
            note = _("ska vara klar %(day)s") % {"day": day} if day else _("inget värde än")
        late = one.due is not None and one.due < today
        yield Node(
            f"result/{one.pk}", Step.RESULT, one.title, one.get_absolute_url(), note,
            hollow=hollow, late=late,
        )  # fmt: skip


def _node(step: Step, record: Any, note: str, areas: Sequence[str]) -> Node:
    return Node(
        f"{step.value}/{record.pk}", step, record.title, record.get_absolute_url(), note,
        frozenset(areas),
    )  # fmt: skip


def _labelled(name: str, code: str) -> str:
    return label(name, code) if code else ""


def places_of(chain: Chain, language: str) -> list[tuple[str, str]]:
    """The areas that records of the chain name, each with what it is called, by name."""
    keys = {area for node in chain.nodes.values() for area in node.areas}
    return sorted(((key, area_name(key, language)) for key in keys), key=lambda one: one[1])
