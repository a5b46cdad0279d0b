"""Records of a kind as a list, out to a spreadsheet and back in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db import models
from django.http import HttpRequest

from samsyn.people.excel.cells import written
from samsyn.people.excel.columns import KEY, VERSION, Column, keys, plain
from samsyn.people.excel.heading import Table
from samsyn.people.excel.laying import TITLE, Laying, claimed
from samsyn.people.excel.planning import Plan, State
from samsyn.people.excel.row_forms import RowForms
from samsyn.people.kinds import Kind
from samsyn.people.models import Organisation, Record
from samsyn.people.viewing import viewer


class Records:
    """The records of a kind that an organisation has, as a list that can be read back.

    A row with an id is that record, as it was at its version: what others have changed since stays,
    and where the same cell was changed it is a fault. A row without an id is the record of the same
    name, if there is one (then empty cells change nothing), else a new one. Raises AskFirst where
    something must be written before there can be any.
    """

    needed = (TITLE,)

    def __init__(self, request: HttpRequest, kind: Kind, organisation: Organisation) -> None:
        self.kind, self.organisation, self.who = kind, organisation, viewer(request)
        self.forms = RowForms(request, kind, organisation, self.who)
        self.own: list[Column] = self.forms.columns()
        self.columns = [*self.own, *keys()]

    @property
    def lies_in(self) -> Record | None:
        """The record that new ones will lie in: a round. None where they stand by themselves."""
        found = self.forms.asked.get(self.kind.model.LIES_IN)
        return found if isinstance(found, Record) else None

    def rows(self, records: Iterable[Record]) -> Iterator[dict[str, Any]]:
        """The records as rows, each value as a cell has it."""
        for record in records:
            columns = self.forms.columns(record)
            data = self.forms.data(record, columns)
            told = {one.name: written(one, data[one.name]) for one in columns}
            yield told | {KEY: record.pk, VERSION: record.version}

    def there(self, **of: Any) -> models.QuerySet[Any]:
        """The records that the viewer sees, with what their cells need."""
        fields = [self.kind.model._meta.get_field(one.name) for one in self.own]
        several = [one.name for one in fields if one.many_to_many]
        above = [
            one.name
            for one in self.kind.model._meta.fields
            if isinstance(one, models.ForeignKey) and issubclass(_other(one), Record)
        ]
        return (
            self._seen(**of)
            .select_related("organisation", *above)
            .prefetch_related(*several, "shared_with")
            .order_by("pk")
        )

    def plan(self, table: Table) -> Plan:
        """What the rows come to; nothing is kept."""
        names = self._names(table)
        asked = {*claimed(table), *(key for keys_ in names.values() for key in keys_)}
        there = self.there().in_bulk(list(asked)) if asked else {}
        return Laying(self.forms, table, there, names).plan()

    def keep(self, plan: Plan) -> None:
        """Keep what is new and what is changed."""
        self.kind.form.save_all([row.keep for row in plan.rows if row.state is not State.SAME])

    def _names(self, table: Table) -> dict[str, list[int]]:
        """The ids of records in the same round by name, of the names that rows have."""
        asked = {plain(row.get(TITLE, "")) for _number, row in table.rows}
        inside = {} if self.lies_in is None else {self.kind.model.LIES_IN: self.lies_in.pk}
        found: dict[str, list[int]] = {}
        rows = self._seen(**inside).order_by("pk").values_list("pk", TITLE)
        for key, title in rows.iterator():
            if plain(title) in asked:
                found.setdefault(plain(title), []).append(key)
        return found

    def _seen(self, **of: Any) -> models.QuerySet[Any]:
        found = self.kind.model._default_manager.visible_to(self.who)
        return cast(
            "models.QuerySet[Any]", found.filter(organisation=self.organisation, removed=None, **of)
        )


def _other(field: models.ForeignKey) -> type:
    model = field.remote_field.model
    return cast("type", model)
