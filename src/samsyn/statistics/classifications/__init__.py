"""The classifications that the rooms share: what is counted together, by stable codes.

They are data (`classifications.toml`): a new code needs no programmer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from samsyn.measure.errors import InputError

LANGUAGES: Final = ("sv", "en")

__all__ = ["Classification", "Entry", "classification", "classifications"]


@dataclass(frozen=True)
class Entry:
    """One code with its labels; `more` is what else belongs to it (the sector of a kind)."""

    code: str
    labels: Mapping[str, str]
    more: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """What it is called in a language; in Swedish where that has no word for it."""
        return self.labels.get(language) or self.labels["sv"]


@dataclass(frozen=True)
class Classification:
    """Entries by code, in their order, and where they are from."""

    name: str
    origin: str
    entries: Mapping[str, Entry]

    def label(self, code: str, language: str) -> str:
        """What a code is called; the code itself where it is not known, so that nothing is lost."""
        entry = self.entries.get(code)
        return code if entry is None else entry.label(language)

    def require(self, code: str) -> str:
        """The code, if there is such a one. Raises InputError with those that there are."""
        if code not in self.entries:
            known = ", ".join(self.entries)
            raise InputError(f'"{code}" is no {self.name}: the codes are {known}')
        return code


@cache
def classifications() -> Mapping[str, Classification]:
    """All classifications by name."""
    text = files(__name__).joinpath("classifications.toml").read_text(encoding="utf-8")
    found = {}
    for name, told in tomllib.loads(text).items():
        entries = {}
        for row in told["entries"]:
            code, labels = row.pop("code"), {language: row.pop(language) for language in LANGUAGES}
            entries[code] = Entry(code, MappingProxyType(labels), MappingProxyType(row))
        found[name] = Classification(name, told["origin"], MappingProxyType(entries))
    return MappingProxyType(found)


def classification(name: str) -> Classification:
    """The classification of that name. Raises KeyError where there is none."""
    return classifications()[name]
