"""What a mapping rests on: whose voices, how many, and figures of how small areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Picture
from samsyn.cycle.gaps.registry import rule

THEIR_WORK: Final = frozenset({"officials", "professionals"})
THEIR_LIFE: Final = frozenset({"target_group", "residents"})

# Six interviews with people alike are what it takes for the main themes to have been heard (Guest,
# Bunce & Johnson 2006); a survey or workshops can carry a mapping in their place.
FEW_INTERVIEWS: Final = 6
ENOUGH_ANSWERS: Final = 30
ENOUGH_WORKSHOPS: Final = 3

COARSE: Final = frozenset({"municipality", "county", "country", "municipality_type", "type_group"})


def _heard_only(round: Picture, name: str, some: frozenset[str]) -> Iterator[Finding]:
    heard = tuple(sorted(set(round.heard)))
    if heard and some.issuperset(heard):
        todo = Todo("mappinground", round.key, field="perspectives_heard")
        yield Finding(name, todo, None, heard, {"heard": heard})


@rule("officials_only")
def officials_only(round: Picture) -> Iterator[Finding]:
    """A mapping that has heard only those whose work it is."""
    return _heard_only(round, "officials_only", THEIR_WORK)


@rule("target_group_only")
def target_group_only(round: Picture) -> Iterator[Finding]:
    """A mapping that has heard only those whose life it is."""
    return _heard_only(round, "target_group_only", THEIR_LIFE)


@rule("few_interviews")
def few_interviews(round: Picture) -> Iterator[Finding]:
    """A mapping that describes problems, and rests on few voices however they were gathered."""
    if not round.problems or round.interviews >= FEW_INTERVIEWS:
        return
    if round.survey_answers >= ENOUGH_ANSWERS or round.workshops >= ENOUGH_WORKSHOPS:
        return
    told = {
        "interviews": round.interviews, "answers": round.survey_answers,
        "workshops": round.workshops,
    }  # fmt: skip
    todo = Todo("interview", field="title")
    yield Finding("few_interviews", todo, None, tuple(told.values()), told)


def is_coarse(area: str) -> bool:
    """Whether an area is a whole municipality, or larger."""
    return area.split("/", 1)[0] in COARSE


@rule("coarse_areas")
def coarse_areas(round: Picture) -> Iterator[Finding]:
    """A mapping whose figures, in evidence and baseline, are all of municipalities or larger."""
    resting = [
        (problem, one.area)
        for problem in round.problems
        for one in problem.evidence
        if one.kind == "indicator" and one.area
    ]
    areas = sorted({*(area for _problem, area in resting), *filter(None, round.figures)})
    if areas and all(is_coarse(area) for area in areas):
        problems = tuple(dict.fromkeys(problem.ref for problem, _area in resting))
        todo = Todo("problem", problems[0].key, part="underlag") if problems else Todo("problem")
        yield Finding("coarse_areas", todo, None, tuple(areas), {"areas": len(areas)}, problems)
