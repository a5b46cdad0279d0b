"""The kinds of records of the cycle, along the chain."""

from __future__ import annotations

from samsyn.cycle import forms, models
from samsyn.cycle.forms.base import round_of
from samsyn.cycle.forms.problems import problem_asks
from samsyn.cycle.forms.rounds import language_of
from samsyn.cycle.in_words import in_words
from samsyn.cycle.views import (
    actors,
    evidence,
    follow_ups,
    goals,
    groups,
    interventions,
    interviews,
    inventories,
    projects,
    rounds,
)
from samsyn.people.kinds import Kind, declare

ROUND = Kind(
    models.MappingRound, forms.MappingRoundForm, "kartlaggning", asks=language_of, words=in_words,
    template="cycle/round.html", context=rounds.context,
    parts=("respondents", "ties", "gap_answers"), on_removal=rounds.on_removal,
)  # fmt: skip
ACTOR = Kind(
    models.Actor, forms.ActorForm, "aktor", asks=round_of, words=in_words,
    template="cycle/actor.html", context=actors.context,
)  # fmt: skip
INTERVIEW = Kind(
    models.Interview, forms.InterviewForm, "intervju", asks=round_of, words=in_words,
    template="cycle/interview.html", writing="cycle/interview_writing.html",
    context=interviews.context, open_to_public=False, parts=("notes",),
    on_removal=interviews.on_removal,
)  # fmt: skip
PROBLEM = Kind(
    models.Problem, forms.ProblemForm, "problem", neuter=True, asks=problem_asks, words=in_words,
    template="cycle/problem.html", writing="cycle/problem_writing.html", context=evidence.context,
    parts=("evidence",),
)  # fmt: skip
NEED = Kind(models.Need, forms.NeedForm, "behov", neuter=True, asks=round_of, words=in_words)
GOAL = Kind(
    models.Goal, forms.GoalForm, "mal", neuter=True, asks=round_of, words=in_words,
    template="cycle/goal.html", writing="cycle/goal_writing.html", context=goals.context,
)  # fmt: skip
INTERVENTION = Kind(
    models.Intervention, forms.InterventionForm, "insats", asks=round_of, words=in_words,
    template="cycle/intervention.html", context=interventions.context, parts=("money",),
)  # fmt: skip
FOLLOW_UP = Kind(
    models.FollowUp, forms.FollowUpForm, "uppfoljning", asks=round_of, words=in_words,
    template="cycle/follow_up.html", writing="cycle/follow_up_writing.html",
    context=follow_ups.context, listing="cycle/follow_ups.html",
)  # fmt: skip
GROUP = Kind(
    models.CollaborationGroup, forms.CollaborationGroupForm, "grupp", asks=round_of, words=in_words,
    template="cycle/group.html", context=groups.context,
    parts=("meetings", "meetings__decisions"),
)  # fmt: skip
PROJECT = Kind(
    models.Project, forms.ProjectForm, "projekt", neuter=True, asks=language_of, words=in_words,
    template="cycle/project.html", context=projects.context, parts=("fates",),
)  # fmt: skip
INVENTORY = Kind(
    models.Inventory, forms.InventoryForm, "inventering", asks=language_of, words=in_words,
    template="cycle/inventory.html", context=inventories.context, parts=("rows",),
)  # fmt: skip

# From what is known to what came of it.
CHAIN = (ACTOR, INTERVIEW, PROBLEM, NEED, GOAL, INTERVENTION, FOLLOW_UP)


def declare_all() -> None:
    """Give every kind its pages."""
    for kind in (
        ROUND, ACTOR, INTERVIEW, PROBLEM, NEED, GOAL, INTERVENTION, FOLLOW_UP, GROUP, PROJECT,
        INVENTORY,
    ):  # fmt: skip
        declare(kind)
