"""Money by its status: what is decided, applied for and missing are never one sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from samsyn.statistics.classifications import classification


class Row(Protocol):
    """Money of a status."""

    amount: Decimal
    status: str


@dataclass(frozen=True)
class Sum:
    """All money of one status, and of how many rows."""

    status: str
    amount: Decimal
    rows: int


def sums(money: Iterable[Row]) -> list[Sum]:
    """The sum of each status that there is money of, in the order of the classification."""
    by: dict[str, list[Decimal]] = {}
    for row in money:
        by.setdefault(row.status, []).append(row.amount)
    order = [*classification("funding_status").entries, *by]
    return [
        Sum(status, sum(by[status], Decimal(0)), len(by[status]))
        for status in dict.fromkeys(order)
        if status in by
    ]
