"""What each rule about single records, and about the plan that they make, finds in a round."""

from __future__ import annotations

from samsyn.cycle.gaps.picture import Evidence, Money
from tests.cycle.gaps.rounds import (
    FINE,
    WHOLE,
    cases,
    done,
    followed,
    goal,
    need,
    plan,
    problem,
    whole,
)

HERE = {"horizon": "here_and_now"}
AREA = {"level": "area"}
HOUSE = {"own_house": True}
CRIME = {"focus_areas": ("crime",)}
REGULAR = {"project": False}
SELF, BOTH = {"target_groups": ("internal",)}, {"target_groups": ("internal", "women")}
NOBODY = {"target_groups": (), "participation": ""}
THE_NEED, THE_INTERVENTION = "need/1", "intervention/1"

CASES = cases({
    "problem_without_evidence": [
        ("it has none", whole(problems=(problem(evidence=()),)), "problem/1"),
        ("an interview", whole(problems=(problem(evidence=(Evidence("interview"),)),))),
        ("a document", whole(problems=(problem(evidence=(Evidence("document"),)),))),
        ("one of two", whole(problems=(problem(1), problem(2, evidence=()))), "problem/2"),
    ],
    "need_without_intervention": [
        ("no goal", whole(needs=(need(1), need(2))), "need/2"),
        ("a goal that nothing is done for",
         whole(needs=(need(1), need(2)), goals=(goal(1), goal(2, needs=(2,)))), "need/2"),
        ("one of its goals will do",
         whole(goals=(goal(1), goal(2)), interventions=(done(goals=(2,)),))),
        ("a named other is to answer it",
         whole(needs=(need(1), need(2, own_control=False, controlled_by="Regionen")))),
        ("an other without a name",
         whole(needs=(need(1), need(2, own_control=False, controlled_by=" "))), "need/2"),
        ("a name, but within control",
         whole(needs=(need(1), need(2, own_control=True, controlled_by="Regionen"))), "need/2"),
        ("a goal that is gone", whole(interventions=(done(goals=(99,)),)), THE_NEED),
    ],
    "need_outside_control": [
        ("nobody is named", whole(needs=(need(own_control=False),)), THE_NEED),
        ("somebody is named", whole(needs=(need(own_control=False, controlled_by="Staten"),))),
        ("within control", WHOLE),
    ],
    "goal_not_measurable": [
        ("no indicator", whole(goals=(goal(measured=False),)), "goal/1"),
        ("no baseline", whole(goals=(goal(baseline=None),)), "goal/1"),
        ("no target", whole(goals=(goal(target=None),)), "goal/1"),
        ("no year", whole(goals=(goal(target_year=None),)), "goal/1"),
        ("zero is a value", whole(goals=(goal(baseline=0.0, target=0.0),))),
    ],
    "intervention_without_need": [
        ("no goal", whole(interventions=(done(), done(2, goals=()))), "intervention/2"),
        ("a goal that answers nothing", whole(
            goals=(goal(1), goal(2, needs=())), interventions=(done(), done(2, goals=(2,)))),
         "intervention/2"),
        ("one of its goals will do",
         whole(goals=(goal(1), goal(2, needs=())), interventions=(done(goals=(1, 2)),))),
        ("a need that is gone", whole(needs=()), THE_INTERVENTION),
    ],
    "intervention_without_follow_up": [
        ("none", whole(follow_ups=()), THE_INTERVENTION),
        ("only of its goal",
         whole(follow_ups=(followed(intervention=None, goal=1),)), THE_INTERVENTION),
        ("one of its own", WHOLE),
    ],
    "intervention_without_funding": [
        ("a project without money", plan({"money": ()}), THE_INTERVENTION),
        ("applied for and missing",
         plan({"money": (Money(5, "applied"), Money(5, "missing"))}), THE_INTERVENTION),
        ("a decided nothing", plan({"money": (Money(0, "decided"),)}), THE_INTERVENTION),
        ("partly decided", plan({"money": (Money(5, "decided"), Money(95, "missing"))})),
        ("regular operations", plan(REGULAR | {"money": ()})),
        ("regular operations that seek money",
         plan(REGULAR | {"money": (Money(5, "missing"),)}), THE_INTERVENTION),
    ],
    "project_without_afterlife": [
        ("nothing said", plan({"afterwards": " \n"}), THE_INTERVENTION),
        ("said", WHOLE),
        ("regular operations", plan(REGULAR | {"afterwards": ""})),
    ],
    "target_group_not_involved": [
        ("not said", plan({"participation": ""}), THE_INTERVENTION),
        ("not at all", plan({"participation": "none"}), THE_INTERVENTION),
        ("told", plan({"participation": "informed"}), THE_INTERVENTION),
        ("asked", plan({"participation": "consulted"})),
        ("shaped", plan({"participation": "shaped"})),
        ("decided", plan({"participation": "decided"})),
        ("for the organisation itself", plan(SELF | {"participation": ""})),
        ("for itself and others", plan(BOTH | {"participation": ""}), THE_INTERVENTION),
        ("organisational, for nobody named", plan(NOBODY | HOUSE)),
        ("operative, for nobody named", plan(NOBODY), THE_INTERVENTION),
    ],
    "displacement_not_considered": [
        ("not said", plan(CRIME), THE_INTERVENTION),
        ("said", plan(CRIME | {"displacement": "Till trapphusen"})),
        ("not against crime", plan({"focus_areas": ("housing",)})),
    ],
    "short_term_only": [
        ("all", plan(HERE, HERE), ""),
        ("one is long-term", plan(HERE, {})),
        ("one is no plan", plan(HERE)),
        ("nothing planned", whole(interventions=())),
    ],
    "organisational_only": [
        ("all", plan(HOUSE, HOUSE), ""),
        ("one is operative", plan(HOUSE, {})),
        ("one is no plan", plan(HOUSE)),
    ],
    "area_based_only": [
        ("all", plan(AREA, AREA), ""),
        ("individuals in areas", plan(AREA, {"level": "individual", "areas": (FINE,)}), ""),
        ("individuals anywhere", plan(AREA, {"level": "individual"})),
        ("one is structural", plan(AREA, {})),
        ("one is of a sector", plan(AREA, {"level": "sector"})),
        ("one is no plan", plan(AREA)),
    ],
})  # fmt: skip
