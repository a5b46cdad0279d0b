"""What an intervention rests on: money, what comes after, those it is for, and where it pushes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Intervention, Picture
from samsyn.cycle.gaps.registry import rule

# From here on they have had a say in how it is shaped; to have been told of it is none.
HAD_A_SAY: Final = frozenset({"consulted", "shaped", "decided"})
OWN_HOUSE: Final = "internal"


@rule("intervention_without_funding")
def intervention_without_funding(round: Picture) -> Iterator[Finding]:
    """Projects without decided money; regular operations only where money for them is sought."""
    for one in round.interventions:
        decided = one.amount("decided")
        if decided > 0 or not (one.project or one.money):
            continue
        applied, missing = one.amount("applied"), one.amount("missing")
        yield Finding(
            "intervention_without_funding",
            Todo("intervention", one.key, part="pengar"),
            one.ref,
            (one.title, one.project, applied, missing),
            {"applied": applied, "lacking": missing},
        )


@rule("project_without_afterlife")
def project_without_afterlife(round: Picture) -> Iterator[Finding]:
    """Projects of which nobody has said what happens when they end."""
    for one in round.interventions:
        if one.project and not one.afterwards.strip():
            todo = Todo("intervention", one.key, field="afterwards")
            seen = (one.title, one.ends and one.ends.isoformat())
            yield Finding("project_without_afterlife", todo, one.ref, seen)


def for_others(one: Intervention) -> bool:
    """Whether it is for somebody outside the organisation itself."""
    if one.target_groups:
        return set(one.target_groups) != {OWN_HOUSE}
    return not one.own_house


@rule("target_group_not_involved")
def target_group_not_involved(round: Picture) -> Iterator[Finding]:
    """Interventions for others, in whose shaping these have had no say."""
    for one in round.interventions:
        if for_others(one) and one.participation not in HAD_A_SAY:
            todo = Todo("intervention", one.key, field="participation")
            seen = (one.title, one.participation, sorted(one.target_groups))
            yield Finding("target_group_not_involved", todo, one.ref, seen)


@rule("displacement_not_considered")
def displacement_not_considered(round: Picture) -> Iterator[Finding]:
    """Interventions against crime of which nobody has asked where the problem would move."""
    for one in round.interventions:
        if "crime" in one.focus_areas and not one.displacement.strip():
            todo = Todo("intervention", one.key, field="displacement")
            seen = (one.title, sorted(one.areas), one.level)
            yield Finding("displacement_not_considered", todo, one.ref, seen)
