"""Records of a kind as a list, and what a list comes to beside the records that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, cast

from django.db import models
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from samsyn.people.access import Action
from samsyn.people.excel.cells import Data, changed, data_of, shown, written
from samsyn.people.excel.columns import KEY, VERSION, Column, Sort, columns_of, keys, plain
from samsyn.people.excel.heading import Table
from samsyn.people.excel.planning import Change, Plan, Reader, Row, State, twice
from samsyn.people.forms import RecordForm
from samsyn.people.kinds import Kind
from samsyn.people.models import Organisation, Record
from samsyn.people.saving import merge, values_then
from samsyn.people.viewing import viewer

TITLE: Final = "title"
EXACT: Final = frozenset({Sort.TEXT, Sort.NUMBER})


class Records:
    """The records of a kind that an organisation has, as a list that can be read back.

    A row with an id is that record, as it was at its version: what others have changed since stays,
    and where the same cell was changed it is a fault. A row without an id is the record of the same
    name, if there is one (then empty cells change nothing), else a new one. Raises AskFirst where
    something must be written before there can be any.
    """

    needed = (TITLE,)

    def __init__(self, request: HttpRequest, kind: Kind, organisation: Organisation) -> None:
        self.request, self.kind, self.organisation = request, kind, organisation
        self.who = viewer(request)
        self.asked = self._asks(None)
        self._columns: dict[Any, list[Column]] = {}
        self._blank = self._form(None)
        self.own = self._columns_in(self.asked)
        self.columns = [*self.own, *keys()]

    @property
    def lies_in(self) -> list[Record]:
        """The records that new ones will lie in: a round."""
        return [value for value in self.asked.values() if isinstance(value, Record)]

    # --- out ---

    def rows(self, records: Iterable[Record]) -> Iterator[dict[str, Any]]:
        """The records as rows, each value as a cell has it."""
        for record in records:
            columns = self._columns_of(record)
            data = self._data(record, columns)
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
        found = self.kind.model._default_manager.visible_to(self.who)
        return cast(
            "models.QuerySet[Any]",
            found.filter(organisation=self.organisation, removed=None, **of)
            .select_related("organisation", *above)
            .prefetch_related(*several, "shared_with")
            .order_by("pk"),
        )

    # --- in ---

    def plan(self, table: Table) -> Plan:
        """What the rows come to; nothing is kept."""
        reader = Reader(table)
        told = [row.get(KEY, "").strip() for _number, row in table.rows]
        there = {record.pk: record for record in self.there()}
        self._claimed = {int(key) for key in told if key.isdecimal()}
        self._named: dict[str, list[Record]] = {}
        inside = {name: value.pk for name, value in self.asked.items() if isinstance(value, Record)}
        for record in there.values():
            if all(getattr(record, f"{name}_id", key) == key for name, key in inside.items()):
                self._named.setdefault(plain(getattr(record, TITLE, "")), []).append(record)
        again = twice([key for key in told if key])
        key_column, version_column = self.columns[-2:]
        rows = []
        for number, cells in table.rows:
            key = cells.get(KEY, "").strip()
            if key in again:
                reader.wrong(number, key_column, _("Samma id står på flera rader."))
            elif key:
                row = self._existing(reader, number, cells, there, (key_column, version_column))
                rows.append(row)
            else:
                rows.append(self._without_key(reader, number, cells))
        return Plan([row for row in rows if row is not None], reader.faults)

    def keep(self, plan: Plan) -> None:
        """Keep what is new and what is changed."""
        for row in plan.rows:
            if row.state is not State.SAME:
                row.keep.save()

    def _existing(
        self, reader: Reader, number: int, cells: Mapping[str, str], there: Mapping[int, Record],
        about: tuple[Column, Column],
    ) -> Row | None:  # fmt: skip
        numbers = reader.cells(number, cells, about)
        if not reader.clean(number):
            return None
        record = there.get(int(str(numbers[KEY])))
        if record is None:
            text = _("Det finns ingen post med id %(key)s i listan. Töm cellen om raden är ny.")
            reader.wrong(number, about[0], text % {"key": numbers[KEY]})
            return None
        if not numbers.get(VERSION):
            text = _("Versionen saknas. Hämta listan på nytt och ändra i den.")
            reader.wrong(number, about[1], text)
            return None
        columns = self._columns_of(record)
        # What a record has already may stand, though it can no longer be chosen.
        columns = [_with_own(one, now) for one, now in zip(
            columns, self._data(record, columns).values(), strict=True
        )]  # fmt: skip
        told = reader.cells(number, cells, columns)
        if not reader.clean(number):
            return None
        was = self._was(record, int(str(numbers[VERSION])), columns)
        if was is None:
            text = _("Posten har aldrig haft den versionen. Hämta listan på nytt och ändra i den.")
            reader.wrong(number, about[1], text)
            return None
        return self._changing(reader, number, record, columns, was, _said(columns, told), about[0])

    def _without_key(self, reader: Reader, number: int, cells: Mapping[str, str]) -> Row | None:
        told = reader.cells(number, cells, self.own)
        if not reader.clean(number):
            return None
        filled = {name: value for name, value in told.items() if value}
        title = str(told.get(TITLE, ""))
        same_name = [
            one for one in self._named.get(plain(title), ()) if one.pk not in self._claimed
        ]
        for record in same_name if title else ():
            if not changed(self.own, self._data(record, self.own), filled):
                self._claimed.add(record.pk)
                return Row(number, title, State.SAME)
        if len(same_name) > 1 and title:
            text = _("Flera poster heter så. Hämta listan med de poster som finns och ändra i den.")
            reader.wrong(number, self.own[0], text)
            return None
        if same_name and title:
            record = same_name[0]
            self._claimed.add(record.pk)
            was = self._data(record, self.own)
            return self._changing(reader, number, record, self.own, was, filled, self.own[0])
        return self._new(reader, number, told, title)

    def _changing(
        self, reader: Reader, number: int, record: Record, columns: list[Column],
        was: dict[str, Data], told: dict[str, Data], about: Column,
    ) -> Row | None:  # fmt: skip
        others = changed(columns, was, told)
        now = self._data(record, columns)
        merged = merge(was, now, {one.name: told[one.name] for one in others})
        for clash in merged.clashes:
            column = next(one for one in columns if one.name == clash.name)
            text = _(
                "Någon har ändrat detta till ”%(now)s” sedan listan hämtades. Hämta den på nytt."
            )
            reader.wrong(number, column, text % {"now": shown(column, clash.theirs)})
        if merged.clashes:
            return None
        changes = [
            Change(one.title, shown(one, now[one.name]), shown(one, told[one.name]))
            for one in others
            if told[one.name] != now[one.name]
        ]
        if not changes:
            return Row(number, str(record), State.SAME)
        if not self.who.may(Action.EDIT, record):
            text = (
                _("Posten är låst och kan inte ändras. Ta bort raden.")
                if record.locked
                else _("Du får inte ändra den här posten. Ta bort raden.")
            )
            reader.wrong(number, about, text)
            return None
        # What the row leaves alone stays as it is, to the letter that a cell cannot hold.
        typed = self.kind.form.typed
        data = {
            one.name: typed(record, one.name, getattr(record, one.name))
            for one in columns if one.sort in EXACT
        }  # fmt: skip
        rounded = {one.name: now[one.name] for one in columns if one.sort not in EXACT}
        data |= rounded | dict(merged.values) | {VERSION: str(record.version)}
        form = self._form(record, data)
        if self._refused(reader, number, form, columns):
            return None
        return Row(number, str(record), State.CHANGED, changes, form)

    def _new(self, reader: Reader, number: int, told: dict[str, Data], title: str) -> Row | None:
        form = self._form(None, _said(self.own, told))
        if self._refused(reader, number, form, self.own):
            return None
        changes = [
            Change(c.title, "", shown(c, told[c.name])) for c in self.own if told.get(c.name)
        ]
        return Row(number, title, State.NEW, changes, form)

    def _refused(
        self, reader: Reader, number: int, form: RecordForm, columns: list[Column]
    ) -> bool:
        if form.is_valid():
            return False
        by_name = {one.name: one for one in columns}
        for name, errors in form.errors.items():
            for text in errors:
                reader.wrong(number, by_name.get(name, columns[0]), str(text))
        return True

    # --- records and forms ---

    def _asks(self, record: Record | None) -> dict[str, Any]:
        asks = self.kind.asks
        return dict(asks(self.request, self.organisation, record)) if asks else {}

    def _form(self, record: Record | None, data: Mapping[str, Any] | None = None) -> RecordForm:
        """The form of a record, or of a new one, told those data and what it has beside them."""
        asked = self.asked if record is None else self._asks(record)
        more = {"organisation": self.organisation, "viewer": self.who, **asked}
        if data is None:
            return self.kind.form(instance=record, **more)
        blank = self._blank if record is None else self.kind.form(instance=record, **more)
        sent: MultiValueDict[str, Any] = MultiValueDict()
        for name in blank.fields:
            value: Any = data[name] if name in data else blank[name].value()
            if isinstance(value, list | tuple | set):
                sent.setlist(name, [str(one) for one in value])
            elif value is not None:
                sent[name] = value
        return self.kind.form(sent, instance=record, **more)

    def _columns_of(self, record: Record) -> list[Column]:
        return self._columns_in(self._asks(record), record)

    def _columns_in(self, asked: Mapping[str, Any], record: Record | None = None) -> list[Column]:
        """The columns of records that are asked the same, so that lists hold what a round has."""
        key = tuple((name, getattr(value, "pk", value)) for name, value in sorted(asked.items()))
        if key not in self._columns:
            form = self._blank if record is None else self._form(record)
            self._columns[key] = columns_of(form, self.kind.form.columns())
        return self._columns[key]

    def _data(self, record: Record, columns: Iterable[Column]) -> dict[str, Data]:
        """What a record has, as `parse` tells the cells that it is written in."""
        told: dict[str, Data] = {}
        for one in columns:
            field = record._meta.get_field(one.name)
            if field.many_to_many:
                value: Any = [other.pk for other in getattr(record, one.name).all()]
            else:
                value = getattr(record, cast("Any", field).attname)
            told[one.name] = data_of(one, self.kind.form.typed(record, one.name, value))
        return told

    def _was(self, record: Record, version: int, columns: list[Column]) -> dict[str, Data] | None:
        if version == record.version:
            return self._data(record, columns)
        then = values_then(record, version, [one.name for one in columns])
        typed = self.kind.form.typed
        return then and {
            one.name: data_of(one, typed(record, one.name, then[one.name])) for one in columns
        }


def _said(columns: Iterable[Column], told: Mapping[str, Data]) -> dict[str, Data]:
    """What cells say; an empty one where Yes or No is asked says neither."""
    flags = {one.name for one in columns if one.sort is Sort.FLAG}
    return {name: value for name, value in told.items() if value or name not in flags}


def _with_own(column: Column, data: Data) -> Column:
    """The column, in which a value that is kept is known, also where it cannot be chosen now."""
    values = data if isinstance(data, list) else [data]
    own = {plain(one): one for one in values if one and one not in column.choices}
    if not own or column.sort not in {Sort.ONE, Sort.SEVERAL}:
        return column
    labels = {one: one for one in own.values()}
    return replace(
        column, known={**own, **column.known}, choices={**column.choices, **labels}
    )  # fmt: skip


def _other(field: models.ForeignKey) -> type:
    model = field.remote_field.model
    return cast("type", model)
