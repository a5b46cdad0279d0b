"""What holds of any round at all, and the chain against a slow search that knows no indices."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.gaps import Picture, findings, rules
from samsyn.cycle.gaps.answers import beside
from samsyn.cycle.gaps.telling import sentence
from samsyn.cycle.models import GapAnswer
from tests.cycle.gaps.pictures import PICTURES


@given(PICTURES)
def test_rules_never_fail_and_name_only_what_there_is(round):
    found = list(findings(round))
    assert len({(one.rule, one.about) for one in found}) == len(found)
    there = {
        one.ref.name
        for pieces in (
            round.actors, round.problems, round.needs, round.goals, round.interventions,
            round.follow_ups,
        )
        for one in pieces
    }  # fmt: skip
    for one in found:
        named = {ref.name for ref in (*one.records, *([one.subject] if one.subject else ()))}
        assert named <= there
        assert one.todo.key is None or one.todo.key == round.key or one.todo.key in range(1, 6)
        assert sentence(one, "sv")
        assert sentence(one, "en")


@given(PICTURES)
def test_the_same_round_gives_the_same_findings(round):
    first = [(one.rule, one.about, one.state) for one in findings(round)]
    assert first == [(one.rule, one.about, one.state) for one in findings(round)]


@given(PICTURES, st.data())
def test_an_answer_hides_that_finding_and_no_other(round, data):
    found = list(findings(round))
    answered = data.draw(st.lists(st.sampled_from(found), unique_by=id)) if found else []
    given = [GapAnswer(rule=one.rule, subject=one.about, state=one.state) for one in answered]
    waiting = [one.finding for one in beside(found, given) if one.open]
    assert waiting == [one for one in found if one not in answered]
    # What is no longer the same waits again, with its answer; the others stay as they are.
    changed = [replace(one, seen=(*one.seen, "mer")) for one in found]
    again = beside(changed, given)
    assert all(one.open for one in again)
    assert sum(one.answer is not None for one in again) == len(answered)


def oracle(round: Picture) -> set[tuple[str, str]]:
    """The broken links of a round, found by trying every combination of records."""
    broken = set()
    for need in round.needs:
        reached = any(
            need.key in goal.needs and goal.key in one.goals
            for goal in round.goals
            for one in round.interventions
        )
        handed_over = not need.own_control and need.controlled_by.strip() != ""
        if not reached and not handed_over:
            broken.add(("need_without_intervention", f"need/{need.key}"))
    for one in round.interventions:
        answers = any(
            goal.key in one.goals and need.key in goal.needs
            for goal in round.goals
            for need in round.needs
        )
        if not answers:
            broken.add(("intervention_without_need", f"intervention/{one.key}"))
        if not any(after.intervention == one.key for after in round.follow_ups):
            broken.add(("intervention_without_follow_up", f"intervention/{one.key}"))
    for problem in round.problems:
        if len(problem.evidence) == 0:
            broken.add(("problem_without_evidence", f"problem/{problem.key}"))
    for goal in round.goals:
        if not (
            goal.measured
            and isinstance(goal.baseline, float)
            and isinstance(goal.target, float)
            and isinstance(goal.target_year, int)
        ):
            broken.add(("goal_not_measurable", f"goal/{goal.key}"))
    return broken


@given(PICTURES)
def test_broken_links_are_those_that_a_search_of_all_combinations_finds(round):
    broken = {name for name, rule in rules().items() if rule.weight.value == "broken"}
    found = {(one.rule, one.about) for one in findings(round) if one.rule in broken}
    assert found == oracle(round)
