"""What the plan as a whole leans on. None of these fires before there is a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Intervention, Picture
from samsyn.cycle.gaps.registry import rule

# A single intervention is always of one kind only, which says nothing of a plan.
A_PLAN: Final = 2


def _only(
    round: Picture, name: str, fits: Callable[[Intervention], bool], fill: tuple[str, str]
) -> Iterator[Finding]:
    plan = round.interventions
    if len(plan) < A_PLAN or not all(fits(one) for one in plan):
        return
    seen = tuple(sorted((one.key, one.level, one.horizon, one.own_house) for one in plan))
    todo = Todo("intervention", fill=(fill,), field="title")
    yield Finding(name, todo, None, seen, {"count": len(plan)}, tuple(one.ref for one in plan))


@rule("short_term_only")
def short_term_only(round: Picture) -> Iterator[Finding]:
    """A plan in which everything is here and now."""
    return _only(
        round, "short_term_only", lambda one: one.horizon == "here_and_now",
        ("horizon", "long_term"),
    )  # fmt: skip


@rule("organisational_only")
def organisational_only(round: Picture) -> Iterator[Finding]:
    """A plan that only changes those who have made it."""
    return _only(round, "organisational_only", lambda one: one.own_house, ("kind", "operative"))


def in_an_area(one: Intervention) -> bool:
    """Whether an intervention is for chosen areas: on their level, or for individuals in them."""
    return one.level == "area" or (one.level == "individual" and bool(one.areas))


@rule("area_based_only")
def area_based_only(round: Picture) -> Iterator[Finding]:
    """A plan of which nothing reaches the structures that made the areas what they are."""
    return _only(round, "area_based_only", in_an_area, ("level", "structural"))
