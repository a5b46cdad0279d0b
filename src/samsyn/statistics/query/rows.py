"""Which rows of a table about areas are asked for, however the table is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from samsyn.statistics.query.places import Selection


@dataclass(frozen=True)
class Beginning:
    """Every text that begins so."""

    text: str


# What a column must have: one of these texts, a text that begins so; None for any.
Wanted: TypeAlias = Sequence[str] | Beginning | None


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of some areas that have what is wanted in each column.

    Of the texts that are `named` each should have rows. With `newest`, a column of numbers, only
    the rows of the newest period in which it is known, for each level or kind of area.
    """

    selection: Selection
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: str | None = None
