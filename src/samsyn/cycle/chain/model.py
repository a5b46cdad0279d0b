"""The chain: its records by step, the links between them, and where it is broken.

Links go from an earlier step to a later one, so that there is always a way forward and a way back.
Nothing here knows the database or how the chain is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final


class Step(Enum):
    """The steps of the chain, in their order."""

    EVIDENCE = "evidence"
    PROBLEM = "problem"
    NEED = "need"
    GOAL = "goal"
    INTERVENTION = "intervention"
    MONEY = "money"
    RESULT = "result"


ORDER: Final[Mapping[Step, int]] = {step: at for at, step in enumerate(Step)}


class Lack(Enum):
    """What a record of the chain may lack."""

    EVIDENCE = "evidence"  # a problem that rests on nothing
    NEED = "need"  # a problem that no need answers
    PROBLEM = "problem"  # a need that answers no problem
    GOAL = "goal"  # a need for which there is no goal
    OF_NEED = "of_need"  # a goal that answers no need
    INTERVENTION = "intervention"  # a goal for which nothing is done
    OF_GOAL = "of_goal"  # an intervention without a goal
    MONEY = "money"  # an intervention without money, decided or applied for
    FOLLOW_UP = "follow_up"  # an intervention that is not to be followed up
    SUBJECT = "subject"  # a follow-up of nothing
    VALUE = "value"  # a follow-up whose day has passed without a value


@dataclass(frozen=True)
class Node:
    """A record of the chain.

    `note` is what a reader sees beside its title. `areas` are the keys of the areas that it is
    about, none where it says nothing of that. One that is `hollow` stands for something that is
    not there: money that is missing, a value that is not known. `late` says that it should be.
    """

    key: str
    step: Step
    title: str
    address: str = ""
    note: str = ""
    areas: frozenset[str] = frozenset()
    hollow: bool = False
    late: bool = False


@dataclass(frozen=True)
class Rule:
    """That a record of a step must have a link to a step, before or after it."""

    step: Step
    lack: Lack
    other: tuple[Step, ...]
    forward: bool
    filled: bool = False  # whether one that is hollow does not count


RULES: Final = (
    Rule(Step.PROBLEM, Lack.EVIDENCE, (Step.EVIDENCE,), forward=False),
    Rule(Step.PROBLEM, Lack.NEED, (Step.NEED,), forward=True),
    Rule(Step.NEED, Lack.PROBLEM, (Step.PROBLEM,), forward=False),
    Rule(Step.NEED, Lack.GOAL, (Step.GOAL,), forward=True),
    Rule(Step.GOAL, Lack.OF_NEED, (Step.NEED,), forward=False),
    Rule(Step.GOAL, Lack.INTERVENTION, (Step.INTERVENTION,), forward=True),
    Rule(Step.INTERVENTION, Lack.OF_GOAL, (Step.GOAL,), forward=False),
    Rule(Step.INTERVENTION, Lack.MONEY, (Step.MONEY,), forward=True, filled=True),
    Rule(Step.INTERVENTION, Lack.FOLLOW_UP, (Step.RESULT,), forward=True),
    Rule(Step.RESULT, Lack.SUBJECT, (Step.GOAL, Step.INTERVENTION), forward=False),
)
FORWARD: Final = frozenset(
    {Lack.NEED, Lack.GOAL, Lack.INTERVENTION, Lack.MONEY, Lack.FOLLOW_UP, Lack.VALUE}
)


@dataclass(frozen=True)
class Chain:
    """Records by key, in the order of their steps, and links between them.

    A part of a chain keeps what the whole has found to be lacking (`found`): that a link is not
    shown does not mean that there is none. Raises ValueError for a link to what is not there, or
    backwards.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    links: frozenset[tuple[str, str]] = frozenset()
    found: Mapping[str, tuple[Lack, ...]] | None = None

    def __post_init__(self) -> None:
        """Check the links."""
        for first, second in self.links:
            if first not in self.nodes or second not in self.nodes:
                raise ValueError(f"a link between {first} and {second}, of which one is not there")
            if ORDER[self.nodes[first].step] >= ORDER[self.nodes[second].step]:
                raise ValueError(f"a link from {first} back to {second}")

    @classmethod
    def of(
        cls,
        nodes: Iterable[Node],
        links: Iterable[tuple[str, str]],
        found: Mapping[str, tuple[Lack, ...]] | None = None,
    ) -> Chain:
        """A chain in the order of its steps; links to what is not among the records are left out.

        That is so where a viewer may not see the other end.
        """
        there = {one.key: one for one in sorted(nodes, key=lambda one: ORDER[one.step])}
        kept = frozenset(pair for pair in links if pair[0] in there and pair[1] in there)
        return cls(there, kept, found)

    def at(self, step: Step) -> list[Node]:
        """The records of a step."""
        return [one for one in self.nodes.values() if one.step is step]

    def after(self, key: str) -> list[Node]:
        """What a record leads to."""
        return self._beside[1].get(key, [])

    def before(self, key: str) -> list[Node]:
        """What a record comes from."""
        return self._beside[0].get(key, [])

    @cached_property
    def _beside(self) -> tuple[dict[str, list[Node]], dict[str, list[Node]]]:
        rank = {key: at for at, key in enumerate(self.nodes)}
        before: dict[str, list[Node]] = {}
        after: dict[str, list[Node]] = {}
        for first, second in sorted(self.links, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
            after.setdefault(first, []).append(self.nodes[second])
            before.setdefault(second, []).append(self.nodes[first])
        return before, after

    @cached_property
    def lacks(self) -> Mapping[str, tuple[Lack, ...]]:
        """What each record lacks, of those that lack something."""
        if self.found is not None:
            return {key: lacks for key, lacks in self.found.items() if key in self.nodes}
        found: dict[str, tuple[Lack, ...]] = {}
        for key, node in self.nodes.items():
            lacks = [
                rule.lack for rule in RULES if rule.step is node.step and not self._held(key, rule)
            ]
            if node.step is Step.RESULT and node.hollow and node.late:
                lacks.append(Lack.VALUE)
            if lacks:
                found[key] = tuple(lacks)
        return found

    def _held(self, key: str, rule: Rule) -> bool:
        others = self.after(key) if rule.forward else self.before(key)
        return any(one.step in rule.other and not (rule.filled and one.hollow) for one in others)

    def around(self, key: str) -> Chain:
        """The part of the chain that a record is in: all that it comes from and leads to."""
        back = self._reached([key], self.before, lambda _one: True)
        on = self._reached([key], self.after, lambda _one: True)
        return self.only(back | on)

    def about(self, meets: Callable[[str], bool]) -> Chain:
        """The part that is about a place; `meets` tells whether an area is of it.

        Those are the records of which an area meets the place, and from them on, both ways, those
        that name no area of their own.
        """
        own = [key for key, node in self.nodes.items() if any(meets(area) for area in node.areas)]

        def free(node: Node) -> bool:
            return not node.areas

        return self.only(
            self._reached(own, self.before, free) | self._reached(own, self.after, free)
        )

    def _reached(
        self,
        keys: Iterable[str],
        beside: Callable[[str], list[Node]],
        through: Callable[[Node], bool],
    ) -> set[str]:
        found, waiting = set(keys), list(keys)
        while waiting:
            for one in beside(waiting.pop()):
                if one.key not in found and through(one):
                    found.add(one.key)
                    waiting.append(one.key)
        return found

    def only(self, keys: Iterable[str]) -> Chain:
        """The part with these records."""
        kept = set(keys)
        return Chain.of(
            (node for key, node in self.nodes.items() if key in kept),
            self.links,
            self.lacks,
        )

    def unjudged(self) -> Chain:
        """The same without what is lacking, for who does not see all of it."""
        return Chain(self.nodes, self.links, {})


@dataclass(frozen=True)
class Branch:
    """A record with what it leads to; one that stands above already is not opened again."""

    node: Node
    branches: tuple[Branch, ...] = ()
    again: bool = False


def branches(chain: Chain) -> list[Branch]:
    """The chain as a list in lists, from where it begins: each record is opened once."""
    opened: set[str] = set()

    def branch(node: Node) -> Branch:
        if node.key in opened:
            return Branch(node, again=bool(chain.after(node.key)))
        opened.add(node.key)
        return Branch(node, tuple(branch(one) for one in chain.after(node.key)))

    return [branch(node) for key, node in chain.nodes.items() if not chain.before(key)]
