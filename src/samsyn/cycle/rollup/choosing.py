"""Choosing whom to ask among many organisations: by search, by kind and place, or from a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.cycle.network.comparing import plain
from samsyn.cycle.places import name_of
from samsyn.cycle.rollup.candidates import COUNTY, KIND, TYPE, Candidate
from samsyn.cycle.rollup.pasting import Pasted, pasted
from samsyn.people.fields import label
from samsyn.people.numbers import organisation_number
from samsyn.statistics.query.municipality_types import TYPES

MOST: Final = 100  # organisations that are listed at once
LONGEST: Final = 200  # characters that are searched for


def passing(there: Iterable[Candidate], words: str, chosen: Mapping[str, str]) -> list[Candidate]:
    """Those whose name or number has the words, and that are of the kind and place chosen."""
    asked = plain(words)
    number = organisation_number(words)
    return [
        one
        for one in there
        if (asked in plain(f"{one.name} {one.area}") or (number and one.number == number))
        and all(one.by(name) == value for name, value in chosen.items() if value)
    ]


@dataclass(frozen=True)
class Offered:
    """A list to choose by: its name in the form, what it is called, and its choices with counts."""

    name: str
    title: str
    choices: Sequence[tuple[str, str, int]]
    chosen: str = ""


def offered(there: Sequence[Candidate], chosen: Mapping[str, str]) -> list[Offered]:
    """The lists that organisations can be chosen by: of what they have, and where it differs."""
    language = (get_language() or "sv")[:2]
    names: dict[str, tuple[str, Callable[[str], str]]] = {
        KIND: (_("Slag"), lambda code: label("actor_kind", code)),
        COUNTY: (_("Län"), lambda code: name_of(code, language)),
        TYPE: (_("Kommuntyp"), lambda code: TYPES[code][language] if code in TYPES else code),
    }
    lists = []
    for name, (title, called) in names.items():
        counts = Counter(value for one in there if (value := one.by(name)))
        named = sorted((called(code), code, count) for code, count in counts.items())
        if named:
            choices = [(code, text, count) for text, code, count in named]
            lists.append(Offered(name, title, choices, chosen.get(name, "")))
    return lists


@dataclass(frozen=True)
class Choice:
    """Whom somebody has chosen so far, and whom they can choose among: the form between two sends.

    `words` and `offered` are what was searched for; `shown` the first of those that it found and
    that are not chosen, and `more` how many others it found.
    """

    chosen: Sequence[Candidate]
    shown: Sequence[Candidate]
    more: int
    words: str
    offered: Sequence[Offered]
    pasted: Pasted

    @classmethod
    def of(cls, there: Sequence[Candidate], sent: QueryDict) -> Choice:
        """What was sent: boxes that are ticked, a search, a pasted list, or "all of them"."""
        words = sent.get("q", "").strip()[:LONGEST]
        by = {name: sent.get(name, "") for name in (KIND, COUNTY, TYPE)}
        found = passing(there, words, by)
        listed = pasted(sent.get("lista", ""), there)
        keys = set(sent.getlist("asked")) | {str(one.key) for one in listed.found}
        if "alla" in sent:
            keys |= {str(one.key) for one in found}
        rest = [one for one in found if str(one.key) not in keys]
        return cls(
            [one for one in there if str(one.key) in keys], rest[:MOST], len(rest[MOST:]), words,
            offered(there, by), listed,
        )  # fmt: skip

    @property
    def found(self) -> int:
        """How many were found that are not chosen."""
        return len(self.shown) + self.more

    @property
    def complete(self) -> bool:
        """Whether somebody is chosen, and every line of a pasted list was understood."""
        return bool(self.chosen) and not self.pasted.left
