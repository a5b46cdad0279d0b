"""A round as the gap rules see it: plain values, without a database.

Everything that can be removed has been left out already; links are keys, and one that leads nowhere
is no link. Money is in whole kronor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from samsyn.cycle.gaps.finding import Ref

Keys = tuple[int, ...]
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A record of the round: its key and what it is called. `KIND` is the name of its table."""

    key: int
    title: str = ""

    KIND: ClassVar[str] = ""

    @property
    def ref(self) -> Ref:
        """The record, as findings name it."""
        return Ref(self.KIND, self.key, self.title)


@dataclass(frozen=True)
class Actor(Piece):
    """Somebody who acts; `sector` follows from its kind."""

    sector: str = ""
    roles: Codes = ()

    KIND: ClassVar[str] = "actor"


@dataclass(frozen=True)
class Evidence:
    """What a problem rests on: `kind` is indicator, interview or document."""

    kind: str
    area: str = ""


@dataclass(frozen=True)
class Problem(Piece):
    """Something that is wrong, for whom and where."""

    focus_areas: Codes = ()
    target_groups: Codes = ()
    areas: Codes = ()
    arenas: Codes = ()
    evidence: tuple[Evidence, ...] = ()

    KIND: ClassVar[str] = "problem"


@dataclass(frozen=True)
class Need(Piece):
    """What is needed, and who can act on it."""

    problems: Keys = ()
    target_groups: Codes = ()
    own_control: bool = True
    controlled_by: str = ""

    KIND: ClassVar[str] = "need"


@dataclass(frozen=True)
class Goal(Piece):
    """What is to be reached; `measured` says whether there is an indicator or a measure."""

    needs: Keys = ()
    measured: bool = False
    baseline: float | None = None
    target: float | None = None
    target_year: int | None = None
    perspectives: Codes = ()

    KIND: ClassVar[str] = "goal"


@dataclass(frozen=True)
class Money:
    """Money for an intervention: decided, applied or missing."""

    amount: int
    status: str


@dataclass(frozen=True)
class Intervention(Piece):
    """What is done; `own_house` says whether its kind is organisational."""

    goals: Keys = ()
    own_house: bool = False
    level: str = ""
    horizon: str = ""
    project: bool = True
    focus_areas: Codes = ()
    target_groups: Codes = ()
    participation: str = ""
    areas: Codes = ()
    actors: Keys = ()  # who leads it and who takes part
    ends: date | None = None
    afterwards: str = ""
    displacement: str = ""
    money: tuple[Money, ...] = ()

    KIND: ClassVar[str] = "intervention"

    def amount(self, status: str) -> int:
        """The kronor of a status."""
        return sum(one.amount for one in self.money if one.status == status)


@dataclass(frozen=True)
class FollowUp(Piece):
    """What is followed up."""

    intervention: int | None = None
    goal: int | None = None

    KIND: ClassVar[str] = "followup"


@dataclass(frozen=True)
class Picture:
    """A round with all that it holds.

    `heard` are the perspectives that the round says were heard and those of who was interviewed;
    `figures` the areas of its frozen figures; `area_types` the official types (1 to 5) of the areas
    of its place, as far as they are known; `sector` that of the organisation itself.
    """

    key: int = 0
    title: str = ""
    sector: str = "municipal"
    focus_areas: Codes = ()
    perspectives: Codes = ()
    heard: Codes = ()
    interviews: int = 0
    survey_answers: int = 0
    workshops: int = 0
    figures: Codes = ()
    area_types: Mapping[str, int] = field(default_factory=dict)
    actors: tuple[Actor, ...] = ()
    ties: tuple[tuple[int, int], ...] = ()
    groups: tuple[Keys, ...] = ()
    problems: tuple[Problem, ...] = ()
    needs: tuple[Need, ...] = ()
    goals: tuple[Goal, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @cached_property
    def goals_of_need(self) -> Mapping[int, tuple[Goal, ...]]:
        """The goals that cite each need."""
        return _by(self.goals, lambda goal: goal.needs)

    @cached_property
    def interventions_of_goal(self) -> Mapping[int, tuple[Intervention, ...]]:
        """The interventions that cite each goal."""
        return _by(self.interventions, lambda one: one.goals)

    @cached_property
    def goal(self) -> Mapping[int, Goal]:
        """The goals by key."""
        return {one.key: one for one in self.goals}

    @cached_property
    def need(self) -> Mapping[int, Need]:
        """The needs by key."""
        return {one.key: one for one in self.needs}

    @cached_property
    def actor(self) -> Mapping[int, Actor]:
        """The actors by key."""
        return {one.key: one for one in self.actors}

    @cached_property
    def together(self) -> tuple[frozenset[int], ...]:
        """Those who work together: of each tie, of each group, of each intervention."""
        sets = (*self.ties, *self.groups, *(one.actors for one in self.interventions))
        known = (frozenset(keys) & self.actor.keys() for keys in sets)
        return tuple(keys for keys in known if keys)


def _by(pieces: Iterable[Piece], links: Callable[[Any], Keys]) -> Mapping[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for piece in pieces:
        for key in dict.fromkeys(links(piece)):
            found.setdefault(key, []).append(piece)
    return {key: tuple(ones) for key, ones in found.items()}
