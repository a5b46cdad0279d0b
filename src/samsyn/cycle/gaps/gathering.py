"""The picture of rounds, gathered from the database in as many queries however large they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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


def picture_of(round: models.MappingRound) -> Picture:
    """The round as the rules see it. What has been removed is not in it."""
    return pictures_of([round])[round.pk]


def pictures_of(rounds: Sequence[models.MappingRound]) -> dict[int, Picture]:
    """Rounds by their keys as the rules see them, in as many queries however many they are."""
    keys = [round.pk for round in rounds]
    asked: dict[int, list[str]] = defaultdict(list)
    interviews = models.Interview.objects.filter(round__in=keys, removed=None).order_by("pk")
    for key, perspective in interviews.values_list("round_id", "respondent__perspective"):
        asked[key].append(perspective)
    actors, ties, groups = _actors(keys), _ties(keys), _groups(keys)
    problems, needs, goals = _problems(keys), _needs(keys), _goals(keys)
    interventions, follow_ups = _interventions(keys), _follow_ups(keys)
    return {
        round.pk: Picture(
            key=round.pk,
            title=round.title,
            sector=round.organisation.sector,
            focus_areas=tuple(round.focus_areas),
            perspectives=tuple(round.perspectives),
            heard=tuple(sorted({*round.perspectives_heard, *filter(None, asked[round.pk])})),
            interviews=len(asked[round.pk]),
            survey_answers=round.survey_answers,
            workshops=round.workshops,
            figures=tuple(sorted({row.get("area") or "" for row in round.baseline} - {""})),
            area_types=area_types(round.place, round.release),
            actors=tuple(actors[round.pk]),
            ties=tuple(ties[round.pk]),
            groups=tuple(groups[round.pk]),
            problems=tuple(problems[round.pk]),
            needs=tuple(needs[round.pk]),
            goals=tuple(goals[round.pk]),
            interventions=tuple(interventions[round.pk]),
            follow_ups=tuple(follow_ups[round.pk]),
        )
        for round in rounds
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


def _live(model: type[db.Model], rounds: Keys | list[int], *columns: str) -> list[Any]:
    """The rows of a table that belong to rounds, each with the key of its round first."""
    there: Any = model._default_manager
    live = there.filter(round__in=rounds, removed=None).order_by("pk")
    return list(live.values_list("round_id", *columns))


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


def _actors(rounds: list[int]) -> dict[int, list[Actor]]:
    kinds = classification("actor_kind").entries
    found: dict[int, list[Actor]] = defaultdict(list)
    rows = _live(models.Actor, rounds, "pk", "title", "kind", "roles")
    for round, key, title, kind, roles in rows:
        sector = kinds[kind].more["sector"] if kind in kinds else ""
        found[round].append(Actor(key, title, sector, _codes(roles)))
    return found


def _ties(rounds: list[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    there = models.Tie.objects.filter(
        round__in=rounds, first__removed=None, second__removed=None
    ).order_by("pk")
    for round, first, second in there.values_list("round_id", "first_id", "second_id"):
        found[round].append((first, second))
    return found


def _groups(rounds: list[int]) -> dict[int, list[Keys]]:
    rows = _live(models.CollaborationGroup, rounds, "pk")
    members = _linked(models.CollaborationGroup.members, (key for _round, key in rows))
    found: dict[int, list[Keys]] = defaultdict(list)
    for round, key in rows:
        if key in members:
            found[round].append(members[key])
    return found


def _problems(rounds: list[int]) -> dict[int, list[Problem]]:
    columns = ("pk", "title", "focus_areas", "target_groups", "areas", "arenas")
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    resting = models.Evidence.objects.filter(problem__round__in=rounds, problem__removed=None)
    for problem, kind, area in resting.order_by("pk").values_list("problem_id", "kind", "area"):
        evidence[problem].append(Evidence(kind, area))
    found: dict[int, list[Problem]] = defaultdict(list)
    for round, key, title, focus, groups, areas, arenas in _live(models.Problem, rounds, *columns):
        found[round].append(
            Problem(
                key, title, _codes(focus), _codes(groups), _codes(areas), _codes(arenas),
                tuple(evidence[key]),
            )
        )  # fmt: skip
    return found


def _needs(rounds: list[int]) -> dict[int, list[Need]]:
    columns = ("pk", "title", "target_groups", "own_control", "controlled_by")
    rows = _live(models.Need, rounds, *columns)
    problems = _linked(models.Need.problems, (row[1] for row in rows))
    found: dict[int, list[Need]] = defaultdict(list)
    for round, key, title, groups, own, whose in rows:
        found[round].append(Need(key, title, problems.get(key, ()), _codes(groups), own, whose))
    return found


def _goals(rounds: list[int]) -> dict[int, list[Goal]]:
    columns = (
        "pk", "title", "indicator", "measure", "baseline", "target", "target_year", "perspectives",
    )  # fmt: skip
    rows = _live(models.Goal, rounds, *columns)
    needs = _linked(models.Goal.needs, (row[1] for row in rows))
    found: dict[int, list[Goal]] = defaultdict(list)
    for round, key, title, indicator, measure, baseline, target, year, perspectives in rows:
        found[round].append(
            Goal(
                key, title, needs.get(key, ()), bool(indicator or measure.strip()), baseline,
                target, year, _codes(perspectives),
            )
        )  # fmt: skip
    return found


def _interventions(rounds: list[int]) -> dict[int, list[Intervention]]:
    there = models.Intervention.objects.filter(round__in=rounds)
    of = dict(there.values_list("pk", "round_id"))
    found: dict[int, list[Intervention]] = defaultdict(list)
    for one in interventions_of(there):
        found[of[one.key]].append(one)
    return found


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


def _follow_ups(rounds: list[int]) -> dict[int, list[FollowUp]]:
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for round, *row in _live(models.FollowUp, rounds, "pk", "title", "intervention_id", "goal_id"):
        found[round].append(FollowUp(*row))
    return found
