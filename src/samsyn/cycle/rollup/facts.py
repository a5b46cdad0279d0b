"""What a roll-up counts: needs, goals, interventions and gaps of several organisations.

A record that is about several areas, focus areas or groups counts once in each of them, so that the
rows of a table do not sum to the whole. How many organisations stand behind a row is always told.
"""

from __future__ import annotations

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


@dataclass(frozen=True)
class Fact:
    """A record or a finding that counts as one, with the codes that it is counted under."""

    what: Counted
    organisation: int
    codes: Mapping[By, frozenset[str]]
    money: Mapping[str, Decimal] = field(default_factory=dict)

    def under(self, by: By) -> frozenset[str]:
        """The rows that it belongs to: that of what is not told where there is no code."""
        if by is By.ORGANISATION:
            return frozenset({str(self.organisation)})
        return self.codes.get(by) or frozenset({""})


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
    facts: Iterable[Fact], by: By, order: Sequence[str], every: bool = False
) -> list[Row]:
    """The rows of a table, in the given order, what has no code last.

    Codes that nothing is counted under are left out, unless `every` is wanted: then they are zero.
    """
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for code in fact.under(by):
            found.setdefault(code, []).append(fact)
    known = [code for code in order if code]
    codes = [code for code in known if every or code in found]
    codes += sorted(code for code in found if code and code not in set(known))
    codes += [""] if "" in found else []
    return [_row(code, found.get(code, [])) for code in codes]


def whole(facts: Iterable[Fact]) -> Row:
    """All of it as one row, in which each counts once."""
    return _row("", list(facts))


def _row(code: str, facts: Sequence[Fact]) -> Row:
    counts = {what: sum(one.what is what for one in facts) for what in Counted}
    money: dict[str, Decimal] = {}
    for one in facts:
        for status, amount in one.money.items():
            money[status] = money.get(status, Decimal(0)) + amount
    return Row(code, len({one.organisation for one in facts}), counts, money)
