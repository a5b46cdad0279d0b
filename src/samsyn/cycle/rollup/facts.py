"""What a roll-up counts: needs, goals, interventions and gaps of several organisations.

A record that is about several areas, focus areas or groups counts once in each of them, so that the
rows of a table do not sum to the whole. How many organisations stand behind a row is always told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Final

FEW: Final = 3  # organisations, fewer than which say more of themselves than of the rest


class Counted(Enum):
    """What is counted."""

    NEED = "need"
    GOAL = "goal"
    INTERVENTION = "intervention"
    GAP = "gap"


class By(Enum):
    """What it is counted by."""

    ORGANISATION = "organisation"
    AREA = "area"
    TYPE = "type"
    FOCUS = "focus"
    GROUP = "group"


INSIDE: Final = tuple(by for by in By if by is not By.ORGANISATION)
NOWHERE: Final = ("",)  # the row of what has no code


@dataclass(frozen=True)
class Fact:
    """A record or a finding that counts as one, with the codes that it is counted under."""

    what: Counted
    organisation: int
    codes: Mapping[By, Iterable[str]]
    money: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass
class Sum:
    """How many there are of each, and how much money of each status."""

    counts: Counter[Counted] = field(default_factory=Counter)
    money: dict[str, Decimal] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        """Count one more."""
        self.counts[fact.what] += 1
        self._pay(fact.money)

    def include(self, other: Sum) -> None:
        """Count all that another sum has counted."""
        self.counts.update(other.counts)
        self._pay(other.money)

    def _pay(self, money: Mapping[str, Decimal]) -> None:
        for status, amount in money.items():
            self.money[status] = self.money.get(status, Decimal(0)) + amount


@dataclass
class Tally:
    """What one organisation has, as sums by what it is counted by, and all of it."""

    organisation: int
    rows: dict[By, dict[str, Sum]] = field(default_factory=lambda: {by: {} for by in INSIDE})
    whole: Sum = field(default_factory=Sum)

    def add(self, fact: Fact) -> None:
        """Count one more, in each of the rows that it belongs to."""
        self.whole.add(fact)
        for by, rows in self.rows.items():
            for code in fact.codes.get(by) or NOWHERE:
                rows.setdefault(code, Sum()).add(fact)

    def by(self, by: By) -> Mapping[str, Sum]:
        """The sums of one table."""
        if by is By.ORGANISATION:
            return {str(self.organisation): self.whole}
        return self.rows[by]


def tallied(facts: Iterable[Fact]) -> list[Tally]:
    """Facts by their organisations."""
    found: dict[int, Tally] = {}
    for fact in facts:
        found.setdefault(fact.organisation, Tally(fact.organisation)).add(fact)
    return list(found.values())


@dataclass(frozen=True)
class Row:
    """A row: how many of each, and how many organisations they are from."""

    code: str
    organisations: int
    counts: Mapping[Counted, int]
    money: Mapping[str, Decimal]

    @property
    def few(self) -> bool:
        """Whether so few organisations stand behind it that it says more of them."""
        return self.organisations < FEW


def tabulated(
    tallies: Iterable[Tally], by: By, order: Sequence[str], every: bool = False
) -> list[Row]:
    """The rows of a table, in the given order, what has no code last.

    Codes that nothing is counted under are left out, unless `every` is wanted: then they are zero.
    """
    found: dict[str, list[Sum]] = {}
    for tally in tallies:
        for code, one in tally.by(by).items():
            found.setdefault(code, []).append(one)
    known = [code for code in order if code]
    codes = [code for code in known if every or code in found]
    codes += sorted(code for code in found if code and code not in set(known))
    codes += [""] if "" in found else []
    return [_row(code, found.get(code, [])) for code in codes]


def whole(tallies: Iterable[Tally]) -> Row:
    """All of it as one row, in which each counts once."""
    return _row("", [one.whole for one in tallies])


def _row(code: str, sums: Sequence[Sum]) -> Row:
    total = Sum()
    for one in sums:
        total.include(one)
    return Row(code, len(sums), {what: total.counts[what] for what in Counted}, total.money)
