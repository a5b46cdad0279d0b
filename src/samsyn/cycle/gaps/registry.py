"""The rules by name: each a small function over the picture of a round, and its words.

The words are data (`rules.toml`): title, finding, why it matters with its source, and what to do,
in Swedish and English. A rule without words, and words without a rule, stop the program at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from samsyn.cycle.gaps.finding import Finding
from samsyn.cycle.gaps.picture import Picture

Check = Callable[[Picture], Iterable[Finding]]
Words = Mapping[str, str]


class Step(Enum):
    """A step of the chain, in its order."""

    MAPPING = "mapping"
    COLLABORATION = "collaboration"
    PROBLEM = "problem"
    NEED = "need"
    GOAL = "goal"
    INTERVENTION = "intervention"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"


class Weight(Enum):
    """How much a finding weighs: the heaviest first."""

    BROKEN = "broken"  # a link of the chain is missing
    WEAK = "weak"  # it holds together, but on weak ground
    ONE_SIDED = "one_sided"  # somebody or something is left out of sight


@dataclass(frozen=True)
class Rule:
    """A rule: what it is called, when it fires and why it matters, by language."""

    name: str
    step: Step
    weight: Weight
    title: Words
    finding: Words
    fires: Words
    why: Words
    todo: Words
    basis: Words
    order: int
    check: Check


_checks: dict[str, Check] = {}
_WEIGHTS = list(Weight)
_STEPS = list(Step)


def rule(name: str) -> Callable[[Check], Check]:
    """Register a check under the name by which `rules.toml` has its words."""

    def registered(check: Check) -> Check:
        if name in _checks:
            raise ValueError(f"There are two rules named {name}")
        _checks[name] = check
        return check

    return registered


@cache
def words() -> Mapping[str, Mapping[str, Words]]:
    """What `rules.toml` says, by table: the rules, and the words that fill in their sentences."""
    text = files("samsyn.cycle.gaps").joinpath("rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by name, along the chain and the heaviest of a step first."""
    import samsyn.cycle.gaps.checks  # noqa: F401  # which registers them

    told: Mapping[str, Mapping[str, object]] = words()["rules"]
    if told.keys() != _checks.keys():
        odd = ", ".join(sorted(told.keys() ^ _checks.keys()))
        raise ValueError(f"A rule without words or words without a rule: {odd}")
    made = [_made(name, order, told[name]) for order, name in enumerate(told)]
    made.sort(key=lambda one: (_STEPS.index(one.step), _WEIGHTS.index(one.weight), one.order))
    return {one.name: one for one in made}


def _made(name: str, order: int, told: Mapping[str, object]) -> Rule:
    step, weight = Step(told["step"]), Weight(told["weight"])
    texts: Mapping[str, Words] = {
        part: told[part]  # type: ignore[misc]
        for part in ("title", "finding", "fires", "why", "todo", "basis")
    }
    return Rule(name, step, weight, order=order, check=_checks[name], **texts)


def findings(picture: Picture) -> Iterator[Finding]:
    """All that the rules find in a round, along the chain."""
    for one in rules().values():
        yield from one.check(picture)
