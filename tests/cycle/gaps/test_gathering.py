"""The picture of a round is what the database holds, in as many queries however large it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samsyn.cycle.gaps import findings
from samsyn.cycle.gaps.answers import open_findings
from samsyn.cycle.gaps.gathering import area_types, picture_of, pictures_of
from samsyn.cycle.models import (
    Actor,
    CollaborationGroup,
    Evidence,
    FollowUp,
    Goal,
    Intervention,
    Interview,
    MappingRound,
    Money,
    Need,
    Problem,
    Respondent,
    Tie,
)
from tests.cycle.making import PLACE, mapping_round, record
from tests.people.making import organisation

pytestmark = pytest.mark.django_db


def a_whole_round(times: int = 1) -> MappingRound:
    """A round with a chain from problem to follow-up, so many times over."""
    round = mapping_round(
        perspectives_heard=["officials"], focus_areas=["housing"],
        baseline=[{"indicator": "rental_share", "area": PLACE, "value": 0.5}],
    )  # fmt: skip
    for at in range(times):
        school = record(Actor, round, "Skolan", kind="municipal_department", roles=["integration"])
        club = record(Actor, round, "Klubben", kind="association")
        Tie.objects.create(round=round, first=school, second=club)
        record(CollaborationGroup, round, "Gruppen", several={"members": [school, club]})
        respondent = Respondent.objects.create(
            round=round, code=f"R{at}", role="Boende", perspective="residents"
        )
        record(Interview, round, "Intervju", respondent=respondent)
        problem = record(Problem, round, "Trångt", areas=["regso/2020/9901R001"])
        Evidence.objects.create(problem=problem, kind="indicator", area=PLACE, value=0.3)
        need = record(Need, round, "Fler bostäder", several={"problems": [problem]})
        goal = record(Goal, round, "Färre trångbodda", several={"needs": [need]}, measure="Eget")
        done = record(
            Intervention, round, "Bygg", kind="operative", level="area", horizon="long_term",
            lead=school, several={"goals": [goal], "partners": [club]},
        )  # fmt: skip
        Money.objects.create(intervention=done, source="Staten", amount=5000, status="applied")
        record(FollowUp, round, "Hur gick det?", intervention=done)
    return round


def test_every_part_of_a_round_is_in_its_picture():
    seen = picture_of(a_whole_round())
    (problem,), (need,), (goal,) = seen.problems, seen.needs, seen.goals
    (done,), (followed,), (school, club) = seen.interventions, seen.follow_ups, seen.actors
    assert seen.heard == ("officials", "residents")
    assert (seen.interviews, seen.figures, seen.sector) == (1, (PLACE,), "municipal")
    assert (school.sector, school.roles, club.sector) == ("municipal", ("integration",), "civil")
    assert seen.ties == seen.groups == ((school.key, club.key),)
    assert (problem.areas, problem.evidence[0].area) == (("regso/2020/9901R001",), PLACE)
    assert (need.problems, goal.needs, done.goals) == ((problem.key,), (need.key,), (goal.key,))
    assert done.actors == (school.key, club.key)
    assert (done.amount("applied"), done.amount("decided"), done.own_house) == (5000, 0, False)
    assert (goal.measured, goal.baseline) == (True, None)
    assert followed.intervention == done.key
    assert {one.rule for one in findings(seen)} == {
        "coarse_areas", "few_interviews", "advantaged_areas_missing", "no_gender_perspective",
        "no_child_perspective", "collaboration_missing", "goal_not_measurable",
        "intervention_without_funding", "project_without_afterlife", "target_group_not_involved",
    }  # fmt: skip


def test_what_is_removed_is_neither_seen_nor_linked_to():
    round = a_whole_round()
    Goal.objects.update(removed=timezone.now())
    Actor.objects.filter(title="Klubben").update(removed=timezone.now())
    seen = picture_of(round)
    assert seen.goals == seen.ties == ()
    assert seen.interventions[0].goals == ()
    assert seen.groups == ((seen.actors[0].key,),)
    assert {"need_without_intervention", "intervention_without_need"} <= {
        one.rule for one in findings(seen)
    }


def test_nothing_of_another_round_is_seen():
    a_whole_round()
    other = picture_of(mapping_round(organisation("Lundby förening", "association")))
    assert other.sector == "civil"
    assert other.actors == other.problems == other.interventions == other.follow_ups == ()


def queries(work) -> int:
    with CaptureQueriesContext(connection) as made:
        work()
    return len(made)


def fresh(*rounds: MappingRound) -> list[MappingRound]:
    keys = [one.pk for one in rounds]
    return list(MappingRound.objects.select_related("organisation").filter(pk__in=keys))


def test_the_number_of_queries_is_the_same_however_large_a_round_is():
    small, large = fresh(a_whole_round()), fresh(a_whole_round(7))
    assert (
        queries(lambda: open_findings(small[0])) == queries(lambda: open_findings(large[0])) <= 20
    )


def test_many_rounds_are_gathered_as_one_is():
    rounds = [a_whole_round(), a_whole_round(2), mapping_round()]
    one, all_of_them = fresh(rounds[0]), fresh(*rounds)
    assert queries(lambda: pictures_of(one)) == queries(lambda: pictures_of(all_of_them))
    together = pictures_of(all_of_them)
    assert together == {round.pk: picture_of(round) for round in rounds}
    assert pictures_of([]) == {}


def test_area_types_are_those_of_the_release(demo_site):
    types = area_types(PLACE)
    assert types
    assert all(area.startswith("regso/") for area in types)
    assert set(types.values()) <= {1, 2, 3, 4, 5}
    assert area_types("municipality/0000") == area_types("") == {}
