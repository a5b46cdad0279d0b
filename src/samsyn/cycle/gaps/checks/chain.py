"""Links of the chain from problem to result: where it is broken."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Goal, Need, Picture
from samsyn.cycle.gaps.registry import rule


@rule("problem_without_evidence")
def problem_without_evidence(round: Picture) -> Iterator[Finding]:
    """Problems that rest on no figure, no interview and no document."""
    for problem in round.problems:
        if not problem.evidence:
            todo = Todo("problem", problem.key, part="underlag")
            yield Finding("problem_without_evidence", todo, problem.ref, (problem.title,))


@rule("need_without_intervention")
def need_without_intervention(round: Picture) -> Iterator[Finding]:
    """Needs that nothing is done about, but those that a named other is to answer."""
    for need in round.needs:
        goals = round.goals_of_need.get(need.key, ())
        if handed_over(need) or any(round.interventions_of_goal.get(one.key) for one in goals):
            continue
        if goals:
            todo = Todo("intervention", fill=(("goals", str(goals[0].key)),), field="title")
        else:
            todo = Todo("goal", fill=(("needs", str(need.key)),), field="title")
        yield Finding(
            "need_without_intervention", todo, need.ref,
            (need.title, need.own_control, sorted(one.key for one in goals)),
            {"goals": len(goals)}, tuple(one.ref for one in goals),
        )  # fmt: skip


def handed_over(need: Need) -> bool:
    """Whether a named other is to answer a need, since the organisation itself cannot."""
    return not need.own_control and bool(need.controlled_by.strip())


@rule("need_outside_control")
def need_outside_control(round: Picture) -> Iterator[Finding]:
    """Needs that the organisation cannot answer itself, and that are put to nobody."""
    for need in round.needs:
        if not need.own_control and not handed_over(need):
            todo = Todo("need", need.key, field="controlled_by")
            yield Finding("need_outside_control", todo, need.ref, (need.title,))


def missing_of(goal: Goal) -> tuple[str, ...]:
    """What a goal lacks to be measurable."""
    there = {
        "indicator": goal.measured,
        "baseline": goal.baseline is not None,
        "target": goal.target is not None,
        "target_year": goal.target_year is not None,
    }
    return tuple(name for name, known in there.items() if not known)


@rule("goal_not_measurable")
def goal_not_measurable(round: Picture) -> Iterator[Finding]:
    """Goals of which nobody will be able to say whether they were reached."""
    for goal in round.goals:
        missing = missing_of(goal)
        if missing:
            todo = Todo("goal", goal.key, field=missing[0])
            seen = (goal.title, missing)
            yield Finding("goal_not_measurable", todo, goal.ref, seen, {"missing": missing})


@rule("intervention_without_need")
def intervention_without_need(round: Picture) -> Iterator[Finding]:
    """Interventions whose goals, if they have any, cite no need."""
    for one in round.interventions:
        goals = [round.goal[key] for key in one.goals if key in round.goal]
        if any(key in round.need for goal in goals for key in goal.needs):
            continue
        todo = (
            Todo("goal", goals[0].key, field="needs")
            if goals
            else Todo("intervention", one.key, field="goals")
        )
        yield Finding(
            "intervention_without_need", todo, one.ref,
            (one.title, sorted(goal.key for goal in goals)), {"goals": len(goals)},
            tuple(goal.ref for goal in goals),
        )  # fmt: skip


@rule("intervention_without_follow_up")
def intervention_without_follow_up(round: Picture) -> Iterator[Finding]:
    """Interventions of which nothing is to be followed up."""
    followed = {one.intervention for one in round.follow_ups}
    for one in round.interventions:
        if one.key not in followed:
            todo = Todo("followup", fill=(("intervention", str(one.key)),), field="title")
            yield Finding("intervention_without_follow_up", todo, one.ref, (one.title,))
