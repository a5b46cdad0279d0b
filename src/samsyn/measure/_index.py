"""An index as the catalogue knows it: what it answers, what it needs, and its range."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Literal

from samsyn.measure._numbers import Floats

Answers = Literal["group", "region", "unit", "unit and group"]


@dataclass(frozen=True)
class Index:
    """An index as the catalogue knows it.

    `answers` says what there is a value for: each "group" of a region (R, G), each "region" (R,),
    each "unit" (U,) or each "unit and group" (U, G). `needs` are alternatives, each a set of
    inputs that suffices: xy, area, contiguity and scale are parameters of the function, and
    "ordered" means that the groups are classes in order. `lowest` and `highest` bound the value
    without an environment. `falls` where segregation makes the value smaller. Intervals and
    comparison with chance can be drawn where it is `resampled`: not where the value is the
    outcome of drawing itself, or takes too long.
    """

    name: str
    function: Callable[..., Floats]
    family: str
    answers: Answers
    meaning: str
    lowest: float = 0.0
    highest: float = 1.0
    needs: tuple[frozenset[str], ...] = (frozenset(),)
    falls: bool = False
    resampled: bool = True

    @cached_property
    def takes(self) -> frozenset[str]:
        """The names of the function's keywords."""
        return frozenset(inspect.signature(self.function).parameters) - {"counts", "region"}

    @property
    def maximum(self) -> float | None:
        """The largest value, None where there is no fixed one."""
        return None if self.highest == inf else self.highest

    @property
    def local(self) -> bool:
        """Whether it answers for units and not for regions."""
        return self.answers.startswith("unit")

    def fed_by(self, have: Iterable[str]) -> frozenset[str] | None:
        """Which of the needed inputs to hand over, None where what there is does not suffice."""
        there = set(have)
        return next((need for need in self.needs if need <= there), None)


AREA = (frozenset({"area"}),)
XY = (frozenset({"xy"}),)
LAND = (frozenset({"xy", "area"}),)
BORDERS = (frozenset({"contiguity"}),)
NEARNESS = (frozenset({"xy", "scale"}), frozenset({"contiguity"}))
ORDERED = (frozenset({"ordered"}),)
