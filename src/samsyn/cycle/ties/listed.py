"""Ties as a list for spreadsheets: two names and what is between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from samsyn.cycle.forms.ties import TieForm, TieRowForm
from samsyn.cycle.models import Actor, MappingRound, Tie
from samsyn.cycle.network import Pair, pair
from samsyn.cycle.ties.keeping import may_tie, seen_of
from samsyn.cycle.views.parts import stir
from samsyn.people.access import Viewer
from samsyn.people.excel import (
    Change,
    Column,
    Plan,
    Reader,
    Row,
    State,
    Table,
    columns_of,
    data_of,
    shown,
    written,
)
from samsyn.people.forms import refilled

BOTH = ("first", "second")


class Ties:
    """The ties of a round as a list. The two names say which tie a row is, in either order."""

    needed = BOTH

    def __init__(self, round: MappingRound, who: Viewer) -> None:
        self.round, self.who = round, who
        self.seen = seen_of(round, who)
        actors = Actor.objects.filter(pk__in=list(self.seen.by_key)).order_by("title", "pk")
        self.form = TieRowForm(actors=actors)
        self.columns: list[Column] = columns_of(self.form, TieRowForm.Meta.fields)
        self.own = [one for one in self.columns if one.name in TieForm.Meta.fields]
        for name in BOTH:  # which two it is follows from the row, and is not looked up for each
            del self.form.fields[name]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The ties as rows, each value as a cell has it."""
        for tie in self.seen.ties:
            data = {one.name: data_of(one, _value(tie, one.name)) for one in self.columns}
            yield {one.name: written(one, data[one.name]) for one in self.columns}

    def plan(self, table: Table) -> Plan:
        """What the rows come to; nothing is kept."""
        self.seen = seen_of(self.round, self.who)
        reader = Reader(table)
        seen: dict[Pair, int] = {}
        rows = [self._row(reader, number, cells, seen) for number, cells in table.rows]
        return Plan([row for row in rows if row is not None], reader.faults)

    def keep(self, plan: Plan) -> None:
        """Keep what is new and what is changed."""
        bulk_create_with_history([row.keep for row in plan.new], Tie)
        names = [column.name for column in self.own]
        bulk_update_with_history([row.keep for row in plan.changed], Tie, names)
        stir(self.round)

    def _row(
        self, reader: Reader, number: int, cells: Mapping[str, str], seen: dict[Pair, int]
    ) -> Row | None:
        told = reader.cells(number, cells, self.columns)
        first, second = self.columns[0], self.columns[1]
        for column in (first, second):
            if column.name in told and not told[column.name]:
                reader.wrong(number, column, _("Skriv aktörens namn."))
        if not reader.clean(number):
            return None
        one, other = (self.seen.by_key[int(str(told[name]))] for name in BOTH)
        two = pair(one.pk, other.pk)
        if one == other:
            reader.wrong(number, second, _("En aktör kan inte samverka med sig själv."))
        elif two in seen:
            text = _("Samma två står på rad %(row)s. Låt samverkan stå på en rad.")
            reader.wrong(number, second, text % {"row": seen[two]})
        elif not may_tie(self.who, self.round, one, other):
            reader.wrong(number, first, _("Du får inte skriva om de här två. Ta bort raden."))
        if not reader.clean(number):
            return None
        seen[two] = number
        tie = self.seen.by_pair.get(two) or Tie(round=self.round, first_id=two[0], second_id=two[1])
        was = {column.name: data_of(column, _value(tie, column.name)) for column in self.own}
        mine = was | {name: value for name, value in told.items() if name in was}
        changes = [
            Change(column.title, shown(column, was[column.name]), shown(column, mine[column.name]))
            for column in self.own
            if mine[column.name] != was[column.name]
        ]
        name, is_new = f"{one} – {other}", tie._state.adding
        if not (is_new or changes):
            return Row(number, name, State.SAME)
        form = refilled(self.form, mine, tie)
        if not form.is_valid():
            by_name = {column.name: column for column in self.columns}
            for field, errors in form.errors.items():
                for error in errors:
                    reader.wrong(number, by_name.get(field, first), str(error))
            return None
        return Row(number, name, State.NEW if is_new else State.CHANGED, changes, tie)


def _value(tie: Tie, name: str) -> Any:
    return getattr(tie, f"{name}_id" if name in BOTH else name)
