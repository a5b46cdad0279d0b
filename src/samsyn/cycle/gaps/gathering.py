"""The picture of a round, gathered from the database in as many queries however large it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def picture_of(round: models.MappingRound) -> Picture:
    """The round as the rules see it. What has been removed is not in it."""
    interviewed = list(
        models.Interview.objects.filter(round=round, removed=None).values_list(
            "respondent__perspective", flat=True
        )
    )
    return Picture(
        key=round.pk,
        title=round.title,
        sector=round.organisation.sector,
        focus_areas=tuple(round.focus_areas),
        perspectives=tuple(round.perspectives),
        heard=tuple(sorted({*round.perspectives_heard, *filter(None, interviewed)})),
        interviews=len(interviewed),
        survey_answers=round.survey_answers,
        workshops=round.workshops,
        figures=tuple(sorted({row.get("area") or "" for row in round.baseline} - {""})),
        area_types=area_types(round.place, round.release),
        actors=_actors(round),
        ties=_ties(round),
        groups=_groups(round),
        problems=_problems(round),
        needs=_needs(round),
        goals=_goals(round),
        interventions=interventions_of(models.Intervention.objects.filter(round=round)),
        follow_ups=_follow_ups(round),
    )


def area_types(place: str, name: str = "") -> dict[str, int]:
    """The newest official type of each area of a place; nothing where no release knows them."""
    there = release(name) or release()
    if there is None or not place:
        return {}
    try:
        rows = there.area_types(within=there.area(place).area)
    except InputError:
        return {}
    known = rows.with_columns(kind=pl.coalesce("published", "computed")).drop_nulls("kind")
    newest = known.sort("period").unique("area", keep="last")
    return {area: int(kind) for area, kind in newest.select("area", "kind").rows()}


def _live(model: type[db.Model], round: models.MappingRound, *columns: str) -> list[Any]:
    there: Any = model._default_manager
    return list(there.filter(round=round, removed=None).order_by("pk").values_list(*columns))


def _linked(field: Any, ids: Iterable[int]) -> dict[int, Keys]:
    """Of a link to several others: the keys by the record that links, without removed ones."""
    link = field.field
    own, other = link.m2m_field_name(), link.m2m_reverse_field_name()
    through = field.through._default_manager.filter(
        **{f"{own}__in": list(ids), f"{other}__removed": None}
    )
    found: dict[int, list[int]] = defaultdict(list)
    for mine, theirs in through.order_by("pk").values_list(f"{own}_id", f"{other}_id"):
        found[mine].append(theirs)
    return {key: tuple(keys) for key, keys in found.items()}


def _codes(value: Any) -> Codes:
    return tuple(value or ())


def _actors(round: models.MappingRound) -> tuple[Actor, ...]:
    kinds = classification("actor_kind").entries
    return tuple(
        Actor(key, title, kinds[kind].more["sector"] if kind in kinds else "", _codes(roles))
        for key, title, kind, roles in _live(models.Actor, round, "pk", "title", "kind", "roles")
    )


def _ties(round: models.MappingRound) -> tuple[tuple[int, int], ...]:
    there = round.ties.filter(first__removed=None, second__removed=None).order_by("pk")
    return tuple(there.values_list("first_id", "second_id"))


def _groups(round: models.MappingRound) -> tuple[Keys, ...]:
    ids = [key for (key,) in _live(models.CollaborationGroup, round, "pk")]
    members = _linked(models.CollaborationGroup.members, ids)
    return tuple(members[key] for key in ids if key in members)


def _problems(round: models.MappingRound) -> tuple[Problem, ...]:
    columns = ("pk", "title", "focus_areas", "target_groups", "areas", "arenas")
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    resting = models.Evidence.objects.filter(problem__round=round, problem__removed=None)
    for problem, kind, area in resting.order_by("pk").values_list("problem_id", "kind", "area"):
        evidence[problem].append(Evidence(kind, area))
    return tuple(
        Problem(
            key, title, _codes(focus), _codes(groups), _codes(areas), _codes(arenas),
            tuple(evidence[key]),
        )
        for key, title, focus, groups, areas, arenas in _live(models.Problem, round, *columns)
    )  # fmt: skip


def _needs(round: models.MappingRound) -> tuple[Need, ...]:
    columns = ("pk", "title", "target_groups", "own_control", "controlled_by")
    rows = _live(models.Need, round, *columns)
    problems = _linked(models.Need.problems, (row[0] for row in rows))
    return tuple(
        Need(key, title, problems.get(key, ()), _codes(groups), own, whose)
        for key, title, groups, own, whose in rows
    )


def _goals(round: models.MappingRound) -> tuple[Goal, ...]:
    columns = (
        "pk", "title", "indicator", "measure", "baseline", "target", "target_year", "perspectives",
    )  # fmt: skip
    rows = _live(models.Goal, round, *columns)
    needs = _linked(models.Goal.needs, (row[0] for row in rows))
    return tuple(
        Goal(
            key, title, needs.get(key, ()), bool(indicator or measure.strip()), baseline, target,
            year, _codes(perspectives),
        )
        for key, title, indicator, measure, baseline, target, year, perspectives in rows
    )  # fmt: skip


def interventions_of(some: db.QuerySet[Any]) -> tuple[Intervention, ...]:
    """Interventions with their goals, actors and money, without those that are removed."""
    records = list(some.filter(removed=None).order_by("pk"))
    ids = [one.pk for one in records]
    goals = _linked(models.Intervention.goals, ids)
    partners = _linked(models.Intervention.partners, ids)
    money: dict[int, list[Money]] = defaultdict(list)
    rows = models.Money.objects.filter(intervention__in=ids).order_by("pk")
    for key, amount, status in rows.values_list("intervention_id", "amount", "status"):
        money[key].append(Money(int(amount), status))
    return tuple(
        Intervention(
            one.pk,
            one.title,
            goals=goals.get(one.pk, ()),
            own_house=one.organisational,
            level=one.level,
            horizon=one.horizon,
            project=one.form == "project",
            focus_areas=_codes(one.focus_areas),
            target_groups=_codes(one.target_groups),
            participation=one.participation,
            areas=_codes(one.areas),
            actors=(*([one.lead_id] if one.lead_id else []), *partners.get(one.pk, ())),
            ends=one.ends,
            afterwards=one.afterwards,
            displacement=one.displacement,
            money=tuple(money[one.pk]),
        )
        for one in records
    )


def _follow_ups(round: models.MappingRound) -> tuple[FollowUp, ...]:
    columns = ("pk", "title", "intervention_id", "goal_id")
    return tuple(FollowUp(*row) for row in _live(models.FollowUp, round, *columns))
