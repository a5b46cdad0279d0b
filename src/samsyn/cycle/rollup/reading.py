"""What the records of rounds count as, and what the gap rules find in them; in so many queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.apps import apps

from samsyn.cycle.chain.places import lineage, municipality_of, plain
from samsyn.cycle.gaps import Finding, findings
from samsyn.cycle.gaps.answers import Standing, beside
from samsyn.cycle.gaps.gathering import pictures_of
from samsyn.cycle.models import (
    GapAnswer,
    Goal,
    Intervention,
    MappingRound,
    Money,
    Need,
    Problem,
)
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.places import release
from samsyn.cycle.rollup.facts import By, Counted, Fact
from samsyn.measure.errors import InputError
from samsyn.people.access import Viewer

Codes = Mapping[By, frozenset[str]]
Key = tuple[str, int]  # a kind of record and its id
NONE: Final[frozenset[str]] = frozenset()
# Along the chain: what is counted, and the link to what it answers.
CHAIN: Final[tuple[tuple[type[OfRound], Counted | None, str], ...]] = (
    (Problem, None, ""),
    (Need, Counted.NEED, "problems"),
    (Goal, Counted.GOAL, "needs"),
    (Intervention, Counted.INTERVENTION, "goals"),
)


def facts(rounds: Sequence[MappingRound], who: Viewer) -> Iterator[Fact]:
    """What counts in rounds, of what the viewer sees of them."""
    of = {one.pk: one for one in rounds}
    told: dict[Key, Codes] = {}
    money = _money(list(of))
    for model, what, link in CHAIN:
        answered = _links(model, link, list(of)) if link else {}
        for key, round, areas, focus, groups in _rows(model, list(of), who):
            own = (model._meta.model_name or "", key)
            above = [told[one] for one in answered.get(key, ()) if one in told]
            told[own] = _codes(of[round], areas, focus, groups, above)
            if what is not None:
                paid = money.get(key, {}) if model is Intervention else {}
                yield Fact(what, of[round].organisation_id, told[own], paid)
    for round_found, standing in found_in(rounds, who):
        if standing.open:
            subject = standing.finding.subject
            codes = told.get((subject.kind, subject.key)) if subject is not None else None
            yield Fact(
                Counted.GAP, round_found.organisation_id, codes or _places([round_found.place])
            )


def _rows(model: type[OfRound], rounds: Sequence[int], who: Viewer) -> Iterator[Any]:
    """Id, round, areas, focus areas and target groups of the records that the viewer sees."""
    names = {one.name for one in model._meta.get_fields()}
    there: Any = model._default_manager
    columns = ["area" if model is Goal else "areas"]
    columns += [name for name in ("focus_areas", "target_groups") if name in names]
    rows = there.visible_to(who).filter(round__in=rounds, removed=None).order_by("pk")
    for key, round, areas, *codes in rows.values_list("pk", "round_id", *columns):
        focus, groups = codes or ((), ())
        places = ([areas] if areas else []) if model is Goal else areas
        yield key, round, places or (), focus or (), groups or ()


def _links(model: type[OfRound], name: str, rounds: Sequence[int]) -> Mapping[int, list[Key]]:
    """What each record of a kind answers."""
    field = model._meta.get_field(name)
    through: Any = getattr(model, name).through
    other = field.related_model._meta.model_name  # type: ignore[union-attr]
    own = model._meta.model_name
    found: dict[int, list[Key]] = defaultdict(list)
    rows = through.objects.filter(**{f"{own}__round__in": rounds}).order_by("pk")
    for mine, theirs in rows.values_list(f"{own}_id", f"{other}_id"):
        found[mine].append((str(other), theirs))
    return found


def _money(rounds: Sequence[int]) -> Mapping[int, Mapping[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Money.objects.filter(intervention__round__in=rounds).order_by("pk")
    for key, status, amount in rows.values_list("intervention_id", "status", "amount"):
        found[key][status] = found[key].get(status, Decimal(0)) + amount
    return found


def _codes(
    round: MappingRound, areas: Iterable[str], focus: Iterable[str], groups: Iterable[str],
    answered: Sequence[Codes],
) -> Codes:  # fmt: skip
    """The rows that a record is counted in: where it says nothing, those of what it answers."""

    def inherited(by: By) -> frozenset[str]:
        return NONE.union(*(codes[by] for codes in answered))

    places = _places(areas) if areas else {by: inherited(by) for by in (By.AREA, By.TYPE)}
    if not places[By.AREA]:
        places = _places([round.place])
    return {
        **places,
        By.FOCUS: frozenset(focus) or inherited(By.FOCUS),
        By.GROUP: frozenset(groups) or inherited(By.GROUP),
    }


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


# --- what the rules find --------------------------------------------------------------------------


def found_in(
    rounds: Sequence[MappingRound], who: Viewer
) -> Iterator[tuple[MappingRound, Standing]]:
    """The findings of which the viewer may see every record, each with its round.

    The rules read all of a round: a need whose goal is not shared does not lack one.
    """
    keys = [one.pk for one in rounds]
    pictures = pictures_of(rounds)
    answers: dict[int, list[GapAnswer]] = defaultdict(list)
    for answer in GapAnswer.objects.filter(round__in=keys):
        answers[answer.round_id].append(answer)
    seen = _Seen(keys, who)
    for round in rounds:
        some = (one for one in findings(pictures[round.pk]) if seen.all_of(one))
        for standing in beside(some, answers[round.pk]):
            yield round, standing


class _Seen:
    """Which records of rounds a viewer sees: asked for once for each kind that is named."""

    def __init__(self, rounds: Sequence[int], who: Viewer) -> None:
        self.rounds, self.who = rounds, who
        self.known: dict[str, frozenset[int]] = {}

    def all_of(self, finding: Finding) -> bool:
        """Whether every record that a finding names is seen."""
        own = () if finding.subject is None else (finding.subject,)
        return all(one.key in self._of(one.kind) for one in (*own, *finding.records))

    def _of(self, kind: str) -> frozenset[int]:
        if kind not in self.known:
            model: Any = apps.get_model("cycle", kind)
            within = {"pk__in" if model is MappingRound else "round__in": self.rounds}
            there = model.objects.visible_to(self.who).filter(**within, removed=None)
            self.known[kind] = frozenset(there.order_by().values_list("pk", flat=True))
        return self.known[kind]
