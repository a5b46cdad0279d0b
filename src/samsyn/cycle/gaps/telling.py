"""A finding in words, in Swedish or English."""

from __future__ import annotations

from typing import Any, Final

from samsyn.cycle.gaps.finding import Finding, Told
from samsyn.cycle.gaps.registry import Step, Weight, rules, words
from samsyn.publish.numbers import number
from samsyn.statistics.classifications import classification

# What codes in a finding are codes of.
CODES: Final = {"heard": "perspective_heard", "sectors": "actor_sector"}


def sentence(finding: Finding, language: str) -> str:
    """What was found, of the record in question."""
    told = {name: _filled(name, value, language) for name, value in finding.told.items()}
    if finding.subject is not None:
        told["title"] = finding.subject.title
    return _said(rules()[finding.rule].finding, language).format_map(told)


def step_named(step: Step, language: str) -> str:
    """What a step of the chain is called."""
    return _said(_words()["step"][step.value], language)


def weight_named(weight: Weight, language: str) -> str:
    """What a weight means."""
    return _said(_words()["weight"][weight.value], language)


def _filled(name: str, value: Told, language: str) -> str:
    if isinstance(value, int):
        return number(value, "persons", language)
    if isinstance(value, str):
        return value
    if name in CODES:
        of = classification(CODES[name])
        return ", ".join(of.label(code, language).lower() for code in value)
    return ", ".join(_said(_words()[name][code], language) for code in value)


def _words() -> Any:
    return words()["words"]


def _said(texts: Any, language: str) -> str:
    return str(texts.get(language) or texts["sv"])
