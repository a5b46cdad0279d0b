"""What each rule about a mapping, and about who works together, finds in a round."""

from __future__ import annotations

from dataclasses import replace

from samsyn.cycle.gaps.picture import Evidence, Picture
from tests.cycle.gaps.rounds import (
    APART,
    FIGURE,
    FINE,
    TOWN,
    WELL_OFF,
    WHOLE,
    actor,
    cases,
    done,
    goal,
    need,
    problem,
    whole,
)

OF_TOWN = Evidence("indicator", TOWN)
OF_WELL_OFF = Evidence("indicator", WELL_OFF)
NO_BUSINESS = ((1, 2), (1, 4), (1, 5))  # ties of the whole round but that with actor 3
TOGETHER = WHOLE.ties
UNNAMED = whole(
    problems=(problem(areas=(WELL_OFF,), target_groups=()),),
    interventions=(done(target_groups=("foreign_born",)),),
)
WELL_OFF_ONES = ("advantaged_areas", "women", "children_youth")

CASES = cases({
    "officials_only": [
        ("officials", whole(heard=("officials",)), ""),
        ("and professionals", whole(heard=("officials", "professionals")), ""),
        ("and residents elsewhere", whole(heard=("officials", "residents_elsewhere"))),
        ("nobody yet", whole(heard=())),
    ],
    "target_group_only": [
        ("the target group", whole(heard=("target_group",)), ""),
        ("and residents", whole(heard=("target_group", "residents")), ""),
        ("and residents elsewhere", whole(heard=("target_group", "residents_elsewhere"))),
        ("nobody yet", whole(heard=())),
    ],
    "few_interviews": [
        ("five", whole(interviews=5), ""),
        ("six", whole(interviews=6)),
        ("a survey of 29", whole(interviews=0, survey_answers=29), ""),
        ("a survey of 30", whole(interviews=0, survey_answers=30)),
        ("two workshops", whole(interviews=0, workshops=2), ""),
        ("three workshops", whole(interviews=0, workshops=3)),
        ("nothing described yet", whole(interviews=0, problems=())),
    ],
    "coarse_areas": [
        ("evidence of the municipality", whole(problems=(problem(evidence=(OF_TOWN,)),)), ""),
        ("a baseline of the county",
         whole(problems=(problem(evidence=()),), figures=("county/99",)), ""),
        ("one figure of a small area",
         whole(problems=(problem(evidence=(OF_TOWN, FIGURE)),))),
        ("a baseline of small areas",
         whole(problems=(problem(evidence=(OF_TOWN,)),), figures=(FINE,))),
        ("a baseline of DeSO",
         whole(problems=(problem(evidence=()),), figures=("deso/2018/9901A0010",))),
        ("no figures", whole(problems=(problem(evidence=()),))),
    ],
    "advantaged_areas_missing": [
        ("only challenged areas", whole(problems=(problem(areas=(FINE,)),)), ""),
        ("no areas", whole(problems=(problem(),)), ""),
        ("an area of type 5", whole(problems=(problem(areas=(WELL_OFF,)),))),
        ("a figure of one", whole(problems=(problem(evidence=(OF_WELL_OFF,)),))),
        ("those who live there", whole(problems=(problem(target_groups=WELL_OFF_ONES),))),
        ("nothing described yet", whole(problems=())),
    ],
    "labour_segregation_missing": [
        ("labour in scope", whole(focus_areas=("labour",)), ""),
        ("everything in scope", whole(focus_areas=()), ""),
        ("not in scope", whole(focus_areas=("housing",))),
        ("described", whole(
            focus_areas=("labour",), problems=(problem(arenas=("occupation",)),))),
        ("nothing described yet", whole(focus_areas=(), problems=())),
    ],
    "no_gender_perspective": [
        ("nothing of them", UNNAMED, ""),
        ("men", replace(UNNAMED, interventions=(done(target_groups=("men",)),))),
        ("taken by the round", replace(UNNAMED, perspectives=("gender_equality",))),
        ("taken by a goal", replace(UNNAMED, goals=(goal(perspectives=("gender_equality",)),))),
        ("nothing described yet", Picture()),
    ],
    "no_child_perspective": [
        ("nothing of them", UNNAMED, ""),
        ("women are no children",
         replace(UNNAMED, interventions=(done(target_groups=("women",)),)), ""),
        ("a need of theirs", replace(UNNAMED, needs=(need(target_groups=("children_youth",)),))),
        ("taken by the round", replace(UNNAMED, perspectives=("child_and_youth",))),
        ("nothing described yet", Picture()),
    ],
    "collaboration_missing": [
        ("nobody of business", whole(ties=NO_BUSINESS), ""),
        ("within a sector", whole(
            actors=(*WHOLE.actors, actor(6, "business")), ties=(*NO_BUSINESS, (3, 6))), ""),
        ("a group", whole(ties=NO_BUSINESS, groups=((1, 3),))),
        ("a group of one", whole(ties=NO_BUSINESS, groups=((3,),)), ""),
        ("an intervention", whole(ties=NO_BUSINESS, interventions=(done(actors=(3,)),))),
        ("a tie to who is gone", whole(ties=(*NO_BUSINESS, (1, 99))), ""),
        ("an association without the municipality",
         whole(sector="civil", ties=((2, 3), (2, 4), (2, 5))), ""),
        ("an association need not meet itself",
         whole(sector="civil", ties=((1, 3), (3, 4), (3, 5)))),
        ("nothing described yet", whole(actors=(), ties=(), interventions=())),
    ],
    "reception_and_integration_apart": [
        ("nothing between", APART, ""),
        ("a tie", replace(APART, ties=(*TOGETHER, (6, 7)))),
        ("ties to a third", replace(APART, ties=(*TOGETHER, (1, 6), (1, 7))), ""),
        ("a group", replace(APART, groups=((1, 6, 7),))),
        ("an intervention", replace(APART, interventions=(done(actors=(7, 6)),))),
        ("the same actor", whole(
            actors=(*WHOLE.actors, actor(6, "municipal", "reception", "integration")))),
        ("only reception is known",
         whole(actors=(*WHOLE.actors, actor(6, "municipal", "reception")))),
    ],
})  # fmt: skip
