"""What the gap rules say of a round, for the plan of those who belong to its organisation."""

from __future__ import annotations

from samsyn.cycle.gaps.answers import Standing, standings
from samsyn.cycle.gaps.shown import in_words
from samsyn.cycle.gaps.telling import sentence
from samsyn.cycle.plan.findings import Finding, Findings
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line


def findings_of(plan: Plan, language: str) -> Findings | None:
    """The findings; None for who does not belong to the organisation."""
    if not plan.inside:
        return None
    there = standings(plan.round)
    return Findings(
        tuple(_told(one, language) for one in there if one.open),
        tuple(_told(one, language) for one in there if not one.open),
    )


def _told(one: Standing, language: str) -> Finding:
    said = one_line(sentence(one.finding, language))
    answer = one_line(one.answer.text) if one.answer is not None and not one.open else ""
    return Finding(said, in_words(one.rule, language).basis, answer)
