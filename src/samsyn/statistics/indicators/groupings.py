"""Groupings: the compositions whose segregation is measured."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from samsyn.measure.errors import InputError


@dataclass(frozen=True)
class Grouping:
    """Groups whose counts add up to a whole.

    `groups` are part of the composition; `beside` are counted beside it (unknown). `ordered` says
    that the groups have an order, from low to high. `first_index` is the index to show first, of
    `first_group` against `first_against`, or against all others; where that index is of all groups
    together, `first_group` is the one whose shares and location quotients to show first. A
    grouping of a single group has no indices.
    """

    id: str
    name: Mapping[str, str]
    groups: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    ordered: bool
    beside: tuple[str, ...] = ()
    first_index: str | None = None
    first_group: str | None = None
    first_against: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns of counts as an indicator names them, those of `beside` last."""
        return tuple(f"{self.id}.{group}" for group in (*self.groups, *self.beside))


@cache
def groupings() -> Mapping[str, Grouping]:
    """Every grouping by its id."""
    text = (files("samsyn.statistics.indicators") / "groupings.toml").read_text(encoding="utf-8")
    return {
        name: Grouping(
            id=name,
            name=entry["name"],
            groups=tuple(entry["groups"]),
            labels=entry["labels"],
            ordered=entry["ordered"],
            beside=tuple(entry.get("beside", ())),
            first_index=entry.get("first_index"),
            first_group=entry.get("first_group"),
            first_against=entry.get("first_against"),
        )
        for name, entry in tomllib.loads(text).items()
    }


def grouping(name: str) -> Grouping:
    """The grouping of that id. Raises InputError that suggests ids that are near."""
    there = groupings()
    if name in there:
        return there[name]
    near = get_close_matches(name, there, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(there)}"
    raise InputError(f'There is no grouping "{name}". {hint}')
