"""Findings as a page shows them: by step and rule, with words, addresses and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from samsyn.cycle.gaps.answers import Standing, mark
from samsyn.cycle.gaps.finding import Ref, Todo
from samsyn.cycle.gaps.registry import Rule, rules
from samsyn.cycle.gaps.telling import sentence, step_named, weight_named
from samsyn.cycle.models import MappingRound
from samsyn.people.models import Role

if TYPE_CHECKING:
    from samsyn.people.access import Viewer


@dataclass(frozen=True)
class Linked:
    """A record by what it is called, with its page."""

    title: str
    address: str


@dataclass(frozen=True)
class Item:
    """A finding in words. `typed` is its answer, or what was typed; `error` why it is not kept."""

    standing: Standing
    sentence: str
    key: str
    subject: Linked | None = None
    records: tuple[Linked, ...] = ()
    todo: str = ""
    mark: str = ""
    typed: str = ""
    error: str = ""

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not its answer yet."""
        answer = self.standing.answer
        return bool(self.error) or self.typed != ("" if answer is None else answer.text)


@dataclass(frozen=True)
class RuleWords:
    """A rule in one language."""

    name: str
    weight: str
    weight_said: str
    title: str
    fires: str
    why: str
    todo: str
    basis: str


@dataclass
class Group:
    """The findings of a rule."""

    rule: RuleWords
    open: list[Item] = field(default_factory=list)
    answered: list[Item] = field(default_factory=list)


@dataclass
class StepShown:
    """A step of the chain with what was found there."""

    name: str
    title: str
    groups: list[Group] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many findings wait."""
        return sum(len(one.open) for one in self.groups)

    @property
    def waiting(self) -> list[Group]:
        """The rules with findings that wait."""
        return [one for one in self.groups if one.open]

    @property
    def answered(self) -> list[tuple[Group, Item]]:
        """The findings that have been answered."""
        return [(group, item) for group in self.groups for item in group.answered]

    @property
    def wrong(self) -> bool:
        """Whether an answer was changed and the change is not kept, so that it must be seen."""
        return any(item.unsaved for _group, item in self.answered)


def shown(
    round: MappingRound, some: Iterable[Standing], viewer: Viewer, language: str,
    failed: Mapping[str, tuple[str, str]] | None = None,
) -> list[StepShown]:  # fmt: skip
    """The findings by step. `failed` holds what was typed and what is wrong, by a finding's key."""
    steps: dict[str, StepShown] = {}
    groups: dict[str, Group] = {}
    for one in some:
        name = one.rule.step.value
        step = steps.setdefault(name, StepShown(name, step_named(one.rule.step, language)))
        if one.rule.name not in groups:
            groups[one.rule.name] = Group(in_words(one.rule, language))
            step.groups.append(groups[one.rule.name])
        item = _item(round, one, viewer, language, failed or {})
        (groups[one.rule.name].open if one.open else groups[one.rule.name].answered).append(item)
    return list(steps.values())


def key_of(rule: str, about: str) -> str:
    """A finding in one word that an address can hold: `need_without_intervention-need-12`."""
    return f"{rule}-{about.replace('/', '-')}" if about else rule


def _item(
    round: MappingRound, one: Standing, viewer: Viewer, language: str,
    failed: Mapping[str, tuple[str, str]],
) -> Item:  # fmt: skip
    found = one.finding
    key = key_of(found.rule, found.about)
    typed, error = failed.get(key, ("", ""))
    held = "" if one.answer is None else one.answer.text
    return Item(
        one, sentence(found, language), key,
        None if found.subject is None else linked(round, found.subject),
        tuple(linked(round, ref) for ref in found.records),
        todo_address(round, found.todo, viewer), mark(one.answer), typed or held, error,
    )  # fmt: skip


def linked(round: MappingRound, ref: Ref) -> Linked:
    """A record with its page."""
    slug = round.organisation.slug
    return Linked(ref.title, reverse("record", args=[slug, _word(ref.kind), ref.key]))


def todo_address(round: MappingRound, todo: Todo, viewer: Viewer) -> str:
    """Where the gap is closed, for those who may; empty for others."""
    own, word = round.organisation, _word(todo.kind)
    if not viewer.has(own, Role.CONTRIBUTOR):
        return ""
    at = f"#id_{todo.field}" if todo.field else f"#{todo.part}" if todo.part else ""
    if todo.key is None:
        asked = urlencode([("kartlaggning", str(round.pk)), *todo.fill])
        return f"{reverse('new-record', args=[own.slug, word])}?{asked}{at}"
    if todo.part or not viewer.has(own, Role.EDITOR):
        # Who may not change everything can change what is their own: its page knows.
        page = reverse("record", args=[own.slug, word, todo.key])
        return page + (at if todo.part else "")
    return reverse("edit-record", args=[own.slug, word, todo.key]) + at


def _word(kind: str) -> str:
    model: Any = apps.get_model("cycle", kind)
    return str(model.WORD)


def in_words(rule: Rule, language: str) -> RuleWords:
    """A rule in the language of the page."""
    texts = {
        part: str(getattr(rule, part).get(language) or getattr(rule, part)["sv"])
        for part in ("title", "fires", "why", "todo", "basis")
    }
    return RuleWords(rule.name, rule.weight.value, weight_named(rule.weight, language), **texts)


def all_in_words(language: str) -> list[tuple[str, list[RuleWords]]]:
    """Every rule by the name of its step, for the page that explains them."""
    steps: dict[str, list[RuleWords]] = {}
    for one in rules().values():
        steps.setdefault(step_named(one.step, language), []).append(in_words(one, language))
    return list(steps.items())
