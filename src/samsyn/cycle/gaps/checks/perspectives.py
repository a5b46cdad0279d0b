"""Who and what a mapping has left out of sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Picture, Problem
from samsyn.cycle.gaps.registry import rule

# The official types of areas with good and very good socioeconomic conditions.
ADVANTAGED_TYPES: Final = frozenset({4, 5})
ADVANTAGED: Final = "advantaged_areas"


@rule("advantaged_areas_missing")
def advantaged_areas_missing(round: Picture) -> Iterator[Finding]:
    """A mapping none of whose problems concerns areas with good conditions or those there."""
    well_off = {area for area, kind in round.area_types.items() if kind in ADVANTAGED_TYPES}
    if not round.problems or any(_advantaged(one, well_off) for one in round.problems):
        return
    areas = sorted({area for one in round.problems for area in one.areas})
    todo = Todo("problem", fill=(("target_groups", ADVANTAGED),), field="title")
    yield Finding("advantaged_areas_missing", todo, None, tuple(areas))


def _advantaged(problem: Problem, well_off: set[str]) -> bool:
    shown = {*problem.areas, *(one.area for one in problem.evidence)}
    return ADVANTAGED in problem.target_groups or bool(shown & well_off)


@rule("labour_segregation_missing")
def labour_segregation_missing(round: Picture) -> Iterator[Finding]:
    """A mapping of the labour market that does not say who works with what."""
    if not round.problems or (round.focus_areas and "labour" not in round.focus_areas):
        return
    if any("occupation" in one.arenas for one in round.problems):
        return
    labour = [one for one in round.problems if "labour" in one.focus_areas]
    fill = (("focus_areas", "labour"), ("arenas", "occupation"))
    seen = tuple(sorted(one.key for one in labour))
    yield Finding(
        "labour_segregation_missing", Todo("problem", fill=fill, field="title"), None, seen,
        {"problems": len(labour)}, tuple(one.ref for one in labour),
    )  # fmt: skip


def _left_out(
    round: Picture, name: str, perspective: str, groups: Iterable[str]
) -> Iterator[Finding]:
    if not (round.problems or round.needs or round.interventions):
        return
    named: set[str] = set()
    for pieces in (round.problems, round.needs, round.interventions):
        named.update(group for piece in pieces for group in piece.target_groups)
    taken = {*round.perspectives, *(code for goal in round.goals for code in goal.perspectives)}
    if perspective in taken or named & set(groups):
        return
    todo = Todo("mappinground", round.key, field="perspectives")
    yield Finding(name, todo, None, (sorted(named), sorted(taken)))


@rule("no_gender_perspective")
def no_gender_perspective(round: Picture) -> Iterator[Finding]:
    """A round that neither takes the perspective nor says anything of women or of men."""
    return _left_out(round, "no_gender_perspective", "gender_equality", ("women", "men"))


@rule("no_child_perspective")
def no_child_perspective(round: Picture) -> Iterator[Finding]:
    """A round that neither takes the perspective nor says anything of children and youth."""
    return _left_out(round, "no_child_perspective", "child_and_youth", ("children_youth",))
