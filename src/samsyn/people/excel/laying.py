"""The rows of a list laid beside the records that there are: what each does, or what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from samsyn.people.access import Action
from samsyn.people.excel.cells import Data, changed, shown
from samsyn.people.excel.columns import KEY, VERSION, Column, Sort, keys, plain
from samsyn.people.excel.heading import Table
from samsyn.people.excel.planning import Change, Plan, Reader, Row, State, twice
from samsyn.people.excel.row_forms import RowForms
from samsyn.people.forms import RecordForm
from samsyn.people.models import Record
from samsyn.people.saving import merge, values_at

TITLE: Final = "title"
EXACT: Final = frozenset({Sort.TEXT, Sort.NUMBER})
DIGITS: Final = 18  # of an id that a database can have


class Laying:
    """The rows of a table, and the records that they may be: by id, or by name in a round.

    `names` are the ids of the records whose name a row without id may have.
    """

    def __init__(
        self, forms: RowForms, table: Table, there: Mapping[int, Record],
        names: Mapping[str, list[int]],
    ) -> None:  # fmt: skip
        self.forms, self.table, self.there, self.names = forms, table, there, names
        self.reader = Reader(table)
        self.own = forms.columns()
        self.key, self.version = keys()
        self.claimed = set(claimed(table))

    def plan(self) -> Plan:
        """What the rows come to; nothing is kept."""
        again = twice([key for _number, row in self.table.rows if (key := _key(row))])
        rows = []
        for number, cells in self.table.rows:
            key = _key(cells)
            if key in again:
                self.reader.wrong(number, self.key, _("Samma id står på flera rader."))
            else:
                rows.append(
                    self._existing(number, cells) if key else self._without_key(number, cells)
                )
        return Plan([row for row in rows if row is not None], self.reader.faults)

    def _existing(self, number: int, cells: Mapping[str, str]) -> Row | None:
        told = self.reader.cells(number, cells, (self.key, self.version))
        if not self.reader.clean(number):
            return None
        record = self.there.get(int(str(told[KEY])))
        if record is None:
            text = _("Det finns ingen post med id %(key)s i listan. Töm cellen om raden är ny.")
            self._wrong(number, self.key, text % {"key": told[KEY]})
            return None
        if not told.get(VERSION):
            text = _("Versionen saknas. Hämta listan på nytt och ändra i den.")
            self._wrong(number, self.version, text)
            return None
        columns = self.forms.columns(record)
        now = self.forms.data(record, columns)
        # What a record has already may stand, though it can no longer be chosen.
        columns = [_with_own(one, now[one.name]) for one in columns]
        said = _said(columns, self.reader.cells(number, cells, columns))
        if not self.reader.clean(number):
            return None
        was: dict[str, Data] | None = now
        if str(told[VERSION]) != str(record.version):
            then = self._earlier.get(record.pk)
            was = None if then is None else self.forms.as_cells(record, columns, then)
        if was is None:
            text = _("Posten har aldrig haft den versionen. Hämta listan på nytt och ändra i den.")
            self._wrong(number, self.version, text)
            return None
        return self._changing(number, record, columns, was, now, said, self.key)

    @cached_property
    def _earlier(self) -> dict[int, dict[str, Any]]:
        """What the records were at the versions that the rows name, where these are not of now."""
        asked = {}
        for _number, row in self.table.rows:
            key, version = _key(row), row.get(VERSION, "").strip()
            record = self.there.get(int(key)) if _is_key(key) else None
            if record is not None and _is_key(version) and int(version) != record.version:
                asked[record.pk] = int(version)
        return values_at(self.forms.kind.model, asked, self.forms.kind.form.columns())

    def _without_key(self, number: int, cells: Mapping[str, str]) -> Row | None:
        told = self.reader.cells(number, cells, self.own)
        if not self.reader.clean(number):
            return None
        filled = {name: value for name, value in told.items() if value}
        title = str(told.get(TITLE, ""))
        same_name = [
            self.there[key] for key in self.names.get(plain(title), ()) if key not in self.claimed
        ]
        for record in same_name:
            if not changed(self.own, self.forms.data(record, self.own), filled):
                self.claimed.add(record.pk)
                return Row(number, title, State.SAME)
        if len(same_name) > 1:
            text = _("Flera poster heter så. Hämta listan med de poster som finns och ändra i den.")
            self._wrong(number, self.own[0], text)
            return None
        if same_name:
            record = same_name[0]
            self.claimed.add(record.pk)
            now = self.forms.data(record, self.own)
            return self._changing(number, record, self.own, now, now, filled, self.own[0])
        return self._new(number, told, title)

    def _changing(
        self, number: int, record: Record, columns: list[Column], was: dict[str, Data],
        now: dict[str, Data], told: dict[str, Data], about: Column,
    ) -> Row | None:  # fmt: skip
        others = changed(columns, was, told)
        merged = merge(was, now, {one.name: told[one.name] for one in others})
        for clash in merged.clashes:
            column = next(one for one in columns if one.name == clash.name)
            text = _(
                "Någon har ändrat detta till ”%(now)s” sedan listan hämtades. Hämta den på nytt."
            )
            self._wrong(number, column, text % {"now": shown(column, clash.theirs)})
        if merged.clashes:
            return None
        changes = [
            Change(one.title, shown(one, now[one.name]), shown(one, told[one.name]))
            for one in others
            if told[one.name] != now[one.name]
        ]
        if not changes:
            return Row(number, str(record), State.SAME)
        if not self.forms.who.may(Action.EDIT, record):
            text = (
                _("Posten är låst och kan inte ändras. Ta bort raden.")
                if record.locked
                else _("Du får inte ändra den här posten. Ta bort raden.")
            )
            self._wrong(number, about, text)
            return None
        # What the row leaves alone stays as it is, to the letter that a cell cannot hold.
        typed = self.forms.kind.form.typed
        data = {
            one.name: typed(record, one.name, getattr(record, one.name))
            for one in columns if one.sort in EXACT
        }  # fmt: skip
        rounded = {one.name: now[one.name] for one in columns if one.sort not in EXACT}
        data |= rounded | dict(merged.values) | {VERSION: str(record.version)}
        name, form = str(record), self.forms.of(record, data)
        if self._refused(number, form, columns):
            return None
        return Row(number, name, State.CHANGED, changes, form)

    def _new(self, number: int, told: dict[str, Data], title: str) -> Row | None:
        form = self.forms.new(_said(self.own, told))
        if self._refused(number, form, self.own):
            return None
        changes = [
            Change(c.title, "", shown(c, told[c.name])) for c in self.own if told.get(c.name)
        ]
        return Row(number, title, State.NEW, changes, form)

    def _refused(self, number: int, form: RecordForm, columns: list[Column]) -> bool:
        if form.is_valid():
            return False
        by_name = {one.name: one for one in columns}
        for name, errors in form.errors.items():
            for text in errors:
                self._wrong(number, by_name.get(name, columns[0]), str(text))
        return True

    def _wrong(self, number: int, column: Column, text: str) -> None:
        self.reader.wrong(number, column, text)


def claimed(table: Table) -> list[int]:
    """The ids that rows of a table name."""
    return [int(key) for _number, row in table.rows if _is_key(key := _key(row))]


def _key(row: Mapping[str, str]) -> str:
    return row.get(KEY, "").strip()


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) <= DIGITS


def _said(columns: list[Column], told: Mapping[str, Data]) -> dict[str, Data]:
    """What cells say; an empty one where Yes or No is asked says neither."""
    flags = {one.name for one in columns if one.sort is Sort.FLAG}
    return {name: value for name, value in told.items() if value or name not in flags}


def _with_own(column: Column, data: Data) -> Column:
    """The column, in which a value that is kept is known, also where it cannot be chosen now."""
    if column.sort not in {Sort.ONE, Sort.SEVERAL}:
        return column
    values = data if isinstance(data, list) else [data]
    own = {plain(one): one for one in values if one and one not in column.choices}
    if not own:
        return column
    labels = {one: one for one in own.values()}
    return replace(column, known={**own, **column.known}, choices={**column.choices, **labels})
