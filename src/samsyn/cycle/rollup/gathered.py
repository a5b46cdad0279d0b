"""What others have shared with an organisation, read in so many queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samsyn.cycle.chain.places import lineage, municipality_of, plain
from samsyn.cycle.gaps.answers import Standing
from samsyn.cycle.models import Goal, Intervention, MappingRound, Need, Problem
from samsyn.cycle.places import release
from samsyn.cycle.rollup.facts import By, Counted, Fact
from samsyn.cycle.rollup.found import found_in
from samsyn.measure.errors import InputError
from samsyn.people.access import Viewer
from samsyn.people.models import Account, Organisation, Role

Codes = Mapping[By, frozenset[str]]


@dataclass(frozen=True)
class RollUp:
    """The rounds that others share with an organisation, and what is counted in them."""

    organisation: Organisation
    rounds: Sequence[MappingRound]
    facts: Sequence[Fact]
    findings: Sequence[tuple[MappingRound, Standing]]

    @property
    def organisations(self) -> list[Organisation]:
        """Those who share, by name."""
        there = {one.organisation_id: one.organisation for one in self.rounds}
        return sorted(there.values(), key=lambda one: one.name)


def as_organisation(organisation: Organisation, account: Account | None) -> Viewer:
    """What everybody in an organisation sees: not what one of them sees by also being elsewhere."""
    return Viewer(account, {organisation.pk: Role.READER})


def rolled_up(organisation: Organisation, account: Account | None) -> RollUp:
    """What others have shared with the organisation, or made public, with what is counted in it."""
    who = as_organisation(organisation, account)
    rounds = list(
        MappingRound.objects.visible_to(who)
        .filter(removed=None)
        .exclude(organisation=organisation)
        .select_related("organisation")
        .order_by("organisation__name", "-year_from", "pk")
    )
    keys = [one.pk for one in rounds]

    def seen(model: Any) -> Any:
        return model.objects.visible_to(who).filter(removed=None, round__in=keys).order_by("pk")

    of = {one.pk: one for one in rounds}
    problems = list(seen(Problem))
    needs = list(seen(Need).prefetch_related("problems"))
    goals = list(seen(Goal).prefetch_related("needs"))
    interventions = list(seen(Intervention).prefetch_related("goals", "money"))
    told: dict[str, Codes] = {}
    for records, field in ((problems, ""), (needs, "problems"), (goals, "needs"),
                           (interventions, "goals")):  # fmt: skip
        for one in records:
            answered = [
                told[key] for other in (getattr(one, field).all() if field else ())
                if (key := _key(other)) in told
            ]  # fmt: skip
            told[_key(one)] = _codes(one, of[one.round_id], answered)
    facts = [
        *(_fact(Counted.NEED, one, told) for one in needs),
        *(_fact(Counted.GOAL, one, told) for one in goals),
        *(_fact(Counted.INTERVENTION, one, told, _money(one)) for one in interventions),
    ]
    findings = list(found_in(rounds, who))
    for round, standing in findings:
        if standing.open:
            codes = told.get(standing.finding.about) or _of_round(round)
            facts.append(Fact(Counted.GAP, round.organisation_id, codes))
    return RollUp(organisation, rounds, facts, findings)


def _key(one: Any) -> str:
    return f"{one._meta.model_name}/{one.pk}"


def _fact(
    what: Counted, one: Any, told: Mapping[str, Codes], money: dict[str, Decimal] | None = None
) -> Fact:
    return Fact(what, one.organisation_id, told[_key(one)], money or {})


def _money(intervention: Intervention) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for one in intervention.money.all():
        found[one.status] = found.get(one.status, Decimal(0)) + one.amount
    return found


def _codes(one: Any, round: MappingRound, answered: Sequence[Codes]) -> Codes:
    """The rows that a record is counted in: where it says nothing, those of what it answers."""

    def inherited(by: By) -> frozenset[str]:
        return frozenset().union(*(codes.get(by, frozenset()) for codes in answered))

    own = [one.area] if isinstance(one, Goal) and one.area else getattr(one, "areas", [])
    places = _places(own)
    if not own:
        places = {by: inherited(by) for by in (By.AREA, By.TYPE)}
    if not places[By.AREA]:
        places = _of_round(round)
    return {
        **places,
        By.FOCUS: frozenset(getattr(one, "focus_areas", [])) or inherited(By.FOCUS),
        By.GROUP: frozenset(getattr(one, "target_groups", [])) or inherited(By.GROUP),
    }


def _of_round(round: MappingRound) -> Codes:
    return _places([round.place])


def _places(areas: Iterable[str]) -> Codes:
    """The municipalities that areas lie in, or the larger areas that they are; and their types."""
    keys = frozenset(municipality_of(one) or plain(one) for one in areas if one)
    types = frozenset(filter(None, (type_of(key) for key in keys)))
    return {By.AREA: keys, By.TYPE: types}


def type_of(key: str) -> str:
    """The type of a municipality, where the release knows it."""
    there = release()
    if there is None or not key.startswith("municipality/") or key not in lineage(key):
        return ""
    try:
        return there.area(key).type_group or ""
    except InputError:
        return ""
