"""What a list comes to beside what there is: shown first, then kept as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from samsyn.people.excel.cells import CellError, Data, parse
from samsyn.people.excel.columns import Column

if TYPE_CHECKING:
    from samsyn.people.excel.heading import Table


class State(Enum):
    """What a row does."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """A cell that is another than what is kept, both in words."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """A row, what it does, and what is kept when it does (`keep` is the target's own)."""

    number: int
    name: str
    state: State
    changes: Sequence[Change] = ()
    keep: Any = None


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell, where it is, and what to do."""

    sheet: str
    number: int
    title: str
    cell: str
    text: str


@dataclass(frozen=True)
class Plan:
    """All rows, or what is wrong with them: where there are faults, nothing is kept."""

    rows: Sequence[Row] = ()
    faults: Sequence[Fault] = ()

    def of(self, state: State) -> list[Row]:
        """The rows that do that."""
        return [row for row in self.rows if row.state is state]

    @property
    def new(self) -> list[Row]:
        """The rows that are new."""
        return self.of(State.NEW)

    @property
    def changed(self) -> list[Row]:
        """The rows that change something."""
        return self.of(State.CHANGED)

    @property
    def same(self) -> list[Row]:
        """The rows that change nothing."""
        return self.of(State.SAME)

    @property
    def digest(self) -> str:
        """What would be done, in short: the same where nothing has happened meanwhile."""
        told = [
            [row.number, row.state.value, [[c.title, c.before, c.after] for c in row.changes]]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Target(Protocol):
    """Where a list goes: its columns, and how rows are laid beside what there is."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are read, in the order of the template."""

    @property
    def needed(self) -> Sequence[str]:
        """The names of the columns without which nothing can be read."""

    def plan(self, table: Table) -> Plan:
        """What the rows of a table come to; nothing is kept."""

    def keep(self, plan: Plan) -> None:
        """Keep what a plan without faults says. The caller sees to it that it is all or nothing."""


@dataclass
class Reader:
    """Reads the rows of a table cell by cell, and gathers what is wrong with them."""

    table: Table
    faults: list[Fault] = field(default_factory=list)

    def cells(
        self, number: int, row: Mapping[str, str], columns: Sequence[Column]
    ) -> dict[str, Data]:
        """What the cells of a row say, of the columns that the table has."""
        told: dict[str, Data] = {}
        for one in columns:
            if one.name not in self.table.at:
                continue
            odd = self.table.odd.get((number, one.name))
            if odd is not None:
                self.wrong(number, one, odd)
                continue
            try:
                told[one.name] = parse(one, row[one.name])
            except CellError as error:
                self.wrong(number, one, str(error))
        return told

    def wrong(self, number: int, column: Column, text: str) -> None:
        """Say what is wrong in a cell."""
        cell = self.table.cell(number, column.name)
        self.faults.append(Fault(self.table.sheet, number, column.title, cell, text))

    def clean(self, number: int) -> bool:
        """Whether nothing is wrong with a row so far."""
        return not any(fault.number == number for fault in self.faults[-50:])


def twice(values: Sequence[Any]) -> set[Any]:
    """The values that stand more than once."""
    return {value for value, times in Counter(values).items() if times > 1}
