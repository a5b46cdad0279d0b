"""The picture of rounds, gathered from the database in as many queries however large they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import models as db

from samsyn.cycle import models
from samsyn.cycle.gaps.picture import (
    Actor,
    Codes,
    Evidence,
    FollowUp,
    Goal,
    Intervention,
    Keys,
    Money,
    Need,
    Picture,
    Problem,
)
from samsyn.cycle.places import release
from samsyn.measure.errors import InputError
from samsyn.statistics.classifications import classification
from samsyn.statistics.query import Release
from samsyn.statistics.query.remembering import remembered

# Pieces by the id of their round.
ByRound = defaultdict[int, list[Any]]


def picture_of(round: models.MappingRound) -> Picture:
    """The round as the rules see it. What has been removed is not in it."""
    return pictures_of([round])[round.pk]


def pictures_of(rounds: Sequence[models.MappingRound]) -> Mapping[int, Picture]:
    """The pictures of rounds by their ids; get the rounds with their organisations."""
    keys = [one.pk for one in rounds]
    interviewed = _interviewed(keys)
    parts = {
        "actors": _actors(keys), "ties": _ties(keys), "groups": _groups(keys),
        "problems": _problems(keys), "needs": _needs(keys), "goals": _goals(keys),
        "interventions": _interventions(models.Intervention.objects.filter(round__in=keys)),
        "follow_ups": _follow_ups(keys),
    }  # fmt: skip
    return {
        one.pk: Picture(
            key=one.pk,
            title=one.title,
            sector=one.organisation.sector,
            focus_areas=tuple(one.focus_areas),
            perspectives=tuple(one.perspectives),
            heard=tuple(sorted({*one.perspectives_heard, *filter(None, interviewed[one.pk])})),
            interviews=len(interviewed[one.pk]),
            survey_answers=one.survey_answers,
            workshops=one.workshops,
            figures=tuple(sorted({row.get("area") or "" for row in one.baseline} - {""})),
            area_types=area_types(one.place, one.release),
            **{name: tuple(found[one.pk]) for name, found in parts.items()},
        )
        for one in rounds
    }


def area_types(place: str, name: str = "") -> Mapping[str, int]:
    """The newest official type of each area of a place; nothing where no release knows them."""
    there = release(name) or release()
    return {} if there is None or not place else _types(there, place)


@remembered(64)
def _types(there: Release, place: str) -> Mapping[str, int]:
    try:
        rows = there.area_types(within=there.area(place).area)
    except InputError:
        return {}
    known = rows.with_columns(kind=pl.coalesce("published", "computed")).drop_nulls("kind")
    newest = known.sort("period").unique("area", keep="last")
    return {area: int(kind) for area, kind in newest.select("area", "kind").rows()}


def _live(model: type[db.Model], rounds: Sequence[int], *columns: str) -> list[Any]:
    there = model._default_manager.filter(round__in=rounds, removed=None).order_by("pk")
    return list(there.values_list("round_id", *columns))


def _linked(descriptor: Any, some: db.QuerySet[Any]) -> dict[int, Keys]:
    """Of a link to several others: the keys by the record that links, without removed ones."""
    link = descriptor.field
    own, other = link.m2m_field_name(), link.m2m_reverse_field_name()
    through = descriptor.through._default_manager.filter(
        **{f"{own}__in": some.order_by().values("pk"), f"{other}__removed": None}
    )
    found: dict[int, list[int]] = defaultdict(list)
    for mine, theirs in through.order_by("pk").values_list(f"{own}_id", f"{other}_id"):
        found[mine].append(theirs)
    return {key: tuple(keys) for key, keys in found.items()}


def _of(rounds: Sequence[int], model: type[db.Model]) -> db.QuerySet[Any]:
    return model._default_manager.filter(round__in=rounds, removed=None)


def _by_round(pairs: Iterable[tuple[int, Any]]) -> ByRound:
    found: ByRound = defaultdict(list)
    for round, piece in pairs:
        found[round].append(piece)
    return found


def _codes(value: Any) -> Codes:
    return tuple(value or ())


def _interviewed(rounds: Sequence[int]) -> ByRound:
    return _by_round(_live(models.Interview, rounds, "respondent__perspective"))


def _actors(rounds: Sequence[int]) -> ByRound:
    kinds = classification("actor_kind").entries
    rows = _live(models.Actor, rounds, "pk", "title", "kind", "roles")
    return _by_round(
        (round, Actor(key, title, kinds[kind].more["sector"] if kind in kinds else "", _codes(own)))
        for round, key, title, kind, own in rows
    )


def _ties(rounds: Sequence[int]) -> ByRound:
    there = models.Tie.objects.filter(
        round__in=rounds, first__removed=None, second__removed=None
    ).order_by("pk")
    rows = there.values_list("round_id", "first_id", "second_id")
    return _by_round((round, (first, second)) for round, first, second in rows)


def _groups(rounds: Sequence[int]) -> ByRound:
    there = models.CollaborationGroup
    members = _linked(there.members, _of(rounds, there))
    rows = _live(there, rounds, "pk")
    return _by_round((round, members[key]) for round, key in rows if key in members)


def _problems(rounds: Sequence[int]) -> ByRound:
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    resting = models.Evidence.objects.standing().filter(
        problem__round__in=rounds, problem__removed=None
    )
    for problem, kind, area in resting.order_by("pk").values_list("problem_id", "kind", "area"):
        evidence[problem].append(Evidence(kind, area))
    columns = ("pk", "title", "focus_areas", "target_groups", "areas", "arenas")
    return _by_round(
        (round, Problem(
            key, title, _codes(focus), _codes(groups), _codes(areas), _codes(arenas),
            tuple(evidence[key]),
        ))
        for round, key, title, focus, groups, areas, arenas
        in _live(models.Problem, rounds, *columns)
    )  # fmt: skip


def _needs(rounds: Sequence[int]) -> ByRound:
    problems = _linked(models.Need.problems, _of(rounds, models.Need))
    columns = ("pk", "title", "target_groups", "own_control", "controlled_by")
    return _by_round(
        (round, Need(key, title, problems.get(key, ()), _codes(groups), own, whose))
        for round, key, title, groups, own, whose in _live(models.Need, rounds, *columns)
    )


def _goals(rounds: Sequence[int]) -> ByRound:
    needs = _linked(models.Goal.needs, _of(rounds, models.Goal))
    columns = (
        "pk", "title", "indicator", "measure", "baseline", "target", "target_year", "perspectives",
    )  # fmt: skip
    return _by_round(
        (round, Goal(
            key, title, needs.get(key, ()), bool(indicator or measure.strip()), baseline, target,
            year, _codes(taken),
        ))
        for round, key, title, indicator, measure, baseline, target, year, taken
        in _live(models.Goal, rounds, *columns)
    )  # fmt: skip


def _follow_ups(rounds: Sequence[int]) -> ByRound:
    columns = ("pk", "title", "intervention_id", "goal_id")
    return _by_round(
        (round, FollowUp(*row)) for round, *row in _live(models.FollowUp, rounds, *columns)
    )


def interventions_of(some: db.QuerySet[Any]) -> tuple[Intervention, ...]:
    """Interventions with their goals, actors and money, without those that are removed."""
    return tuple(one for found in _interventions(some).values() for one in found)


def _interventions(some: db.QuerySet[Any]) -> ByRound:
    there = some.filter(removed=None)
    goals = _linked(models.Intervention.goals, there)
    partners = _linked(models.Intervention.partners, there)
    money: dict[int, list[Money]] = defaultdict(list)
    rows = models.Money.objects.filter(intervention__in=there.order_by().values("pk"))
    for key, amount, status in rows.order_by("pk").values_list(
        "intervention_id", "amount", "status"
    ):
        money[key].append(Money(int(amount), status))
    entries = classification("intervention_kind").entries.items()
    own = {code for code, entry in entries if entry.more["class"] == "organisational"}
    columns = (
        "round_id", "pk", "title", "kind", "level", "horizon", "form", "focus_areas",
        "target_groups", "participation", "areas", "lead_id", "ends", "afterwards", "displacement",
    )  # fmt: skip
    return _by_round(
        (round, Intervention(
            key, title, goals.get(key, ()), kind in own, level,
            horizon, form == "project", _codes(focus), _codes(groups), taken, _codes(areas),
            (*([lead] if lead else []), *partners.get(key, ())), ends, afterwards, displacement,
            tuple(money[key]),
        ))
        for round, key, title, kind, level, horizon, form, focus, groups, taken, areas, lead, ends,
            afterwards, displacement
        in there.order_by("pk").values_list(*columns)
    )  # fmt: skip
