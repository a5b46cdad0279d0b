"""The chain of a round, or of all that an organisation has written, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

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
from samsyn.people.models import Organisation, Record, Role

R = TypeVar("R", bound=Record)
LONGEST: Final = 120  # letters of a note that stands for its evidence


Links = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Records:
    """What a chain is made of: the records that a viewer may see, and the links between them.

    `inside` says that the viewer belongs to the organisation and so sees all of it. Links to what
    is not among the records are left out.
    """

    inside: bool
    problems: Sequence[Problem]
    needs: Sequence[Need]
    goals: Sequence[Goal]
    interventions: Sequence[Intervention]
    results: Sequence[FollowUp]
    evidence: Sequence[Evidence]
    money: Sequence[Money]
    links: Links


def chain_of(of: MappingRound | Organisation, viewer: Viewer, language: str) -> Chain:
    """The chain of a round or of an organisation, in so many queries whatever its size."""
    return chain_among(_read(of, viewer), language)


def chain_among(there: Records, language: str) -> Chain:
    """The chain that records make.

    Who does not belong to the organisation sees the records that they may, and nothing of what is
    lacking: that may be among those that they do not see.
    """
    nodes = [*_evidence(there, language), *_problems(there), *_needs(there),
             *_goals(there, language), *_interventions(there), *_money(there, language),
             *_results(there, language)]  # fmt: skip
    chain = Chain.of(nodes, [*there.links, *_owned(there)])
    return chain if there.inside else chain.unjudged()


def _read(of: MappingRound | Organisation, viewer: Viewer) -> Records:
    """The records of a round or of an organisation, each table read once."""
    organisation = of.organisation if isinstance(of, MappingRound) else of
    inside = viewer.has(organisation, Role.READER)
    scope: dict[str, Any] = {"round": of} if isinstance(of, MappingRound) else {}

    def seen(model: type[R]) -> list[R]:
        there: Any = model._default_manager.filter(organisation=organisation, removed=None, **scope)
        rows: list[R] = list((there if inside else there.visible_to(viewer)).order_by("pk"))
        for one in rows:
            one.organisation = organisation
        return rows

    problems, needs, goals = seen(Problem), seen(Need), seen(Goal)
    interventions = seen(Intervention)
    evidence = Evidence.objects.standing().filter(problem__in=[one.pk for one in problems])
    money = Money.objects.filter(intervention__in=[one.pk for one in interventions])
    return Records(
        inside, problems, needs, goals, interventions, seen(FollowUp),
        list(evidence.select_related("note").order_by("pk")), list(money.order_by("pk")),
        [
            (f"{first}/{other}", f"{second}/{own}")
            for records, name, first, second in (
                (needs, "problems", "problem", "need"),
                (goals, "needs", "need", "goal"),
                (interventions, "goals", "goal", "intervention"),
            )
            for other, own in _through(records, name)
        ],
    )  # fmt: skip


def _through(records: Sequence[Record], name: str) -> Iterator[tuple[int, int]]:
    """The links of a field to several others: the other's id and the record's own."""
    if not records:
        return
    model: Any = type(records[0])
    field = model._meta.get_field(name)
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    keys = [one.pk for one in records]
    yield from (
        getattr(model, name).through.objects.filter(**{f"{own}__in": keys}).values_list(other, own)
    )


def _owned(there: Records) -> Links:
    """The links of what names the one record that it belongs to."""
    for evidence in there.evidence:
        yield f"evidence/{evidence.pk}", f"problem/{evidence.problem_id}"
    for money in there.money:
        yield f"intervention/{money.intervention_id}", f"money/{money.pk}"
    for result in there.results:
        if result.intervention_id is not None:
            yield f"intervention/{result.intervention_id}", f"result/{result.pk}"
        if result.goal_id is not None:
            yield f"goal/{result.goal_id}", f"result/{result.pk}"


def _evidence(there: Records, language: str) -> Iterator[Node]:
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


def _problems(there: Records) -> Iterator[Node]:
    for one in there.problems:
        yield _node(Step.PROBLEM, one, _labelled("problem_level", one.level), one.areas)


def _needs(there: Records) -> Iterator[Node]:
    for one in there.needs:
        note = one.get_kind_display() if one.own_control else _("Någon annan råder över det")
        yield _node(Step.NEED, one, note, one.areas)


def _goals(there: Records, language: str) -> Iterator[Node]:
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


def _interventions(there: Records) -> Iterator[Node]:
    for one in there.interventions:
        yield _node(Step.INTERVENTION, one, _labelled("intervention_horizon", one.horizon),
                    one.areas)  # fmt: skip


def _money(there: Records, language: str) -> Iterator[Node]:
    addresses = {one.pk: one.get_absolute_url() for one in there.interventions}
    for one in there.money:
        yield Node(
            f"money/{one.pk}", Step.MONEY, one.source, addresses[one.intervention_id],
            money_told(one, language), hollow=one.status == "missing",
        )  # fmt: skip


def _results(there: Records, language: str) -> Iterator[Node]:
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
