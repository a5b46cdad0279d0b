"""The form of the rules: of each topic, the first rule that holds speaks.

A rule has one template in each language. Both are filled with the same facts, so that they say the
same numbers; how a number or a name is written is all that differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from samsyn.publish.texts import capital, require_language

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Rule(Generic[Facts]):
    """A sentence that may be said, and when; without a template nothing is said."""

    name: str
    when: Callable[[Facts], bool]
    sv: str = ""
    en: str = ""


@dataclass(frozen=True)
class Topic(Generic[Facts]):
    """What is told of one subject: `blanks` are what the templates are filled with."""

    name: str
    blanks: Callable[[Facts, str], Mapping[str, object]]
    rules: tuple[Rule[Facts], ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence in both languages, with the rule that wrote it: "change.higher"."""

    rule: str
    sv: str
    en: str

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return self.sv if require_language(language) == "sv" else self.en


def say(topic: Topic[Facts], facts: Facts) -> Sentence | None:
    """What the first rule that holds says of the topic; None where it says nothing.

    Raises AssertionError where no rule holds: the last of a topic must be for all else.
    """
    for rule in topic.rules:
        if rule.when(facts):
            if not rule.sv:
                return None
            swedish, english = (
                capital(template.format(**topic.blanks(facts, language)))
                for template, language in ((rule.sv, "sv"), (rule.en, "en"))
            )
            return Sentence(f"{topic.name}.{rule.name}", swedish, english)
    raise AssertionError(f"no rule of {topic.name} holds for {facts}")


@dataclass(frozen=True)
class Summary:
    """What sums a place up, in order, and what to keep in mind about it."""

    sentences: tuple[Sentence, ...]
    notes: tuple[Sentence, ...] = ()

    def text(self, language: str) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text(language) for sentence in self.sentences)

    @property
    def first(self) -> Sentence:
        """The one sentence, where there is room for no more."""
        return self.sentences[0]
