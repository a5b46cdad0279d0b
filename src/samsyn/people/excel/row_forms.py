"""The forms that rows are told to, and the columns that these have: made once for a whole list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.choices import BaseChoiceIterator
from django.utils.datastructures import MultiValueDict

from samsyn.people.access import Viewer
from samsyn.people.excel.cells import Data, data_of
from samsyn.people.excel.columns import Column, columns_of
from samsyn.people.forms import RecordForm, refilled
from samsyn.people.kinds import Kind
from samsyn.people.models import Organisation, Record


class RowForms:
    """The forms of the records of a kind that an organisation has, for a viewer.

    Raises AskFirst where something must be written before there can be any.
    """

    def __init__(
        self, request: HttpRequest, kind: Kind, organisation: Organisation, who: Viewer
    ) -> None:
        self.request, self.kind, self.organisation, self.who = request, kind, organisation, who
        self.asked = self._asks(None)
        self._blank = self._form(None)
        self._usual: dict[str, Any] | None = None
        self._columns: dict[Any, list[Column]] = {}
        self._known: dict[Any, dict[str, Any]] = {}
        self._shared: dict[Any, RecordForm] = {}

    def new(self, data: Mapping[str, Any]) -> RecordForm:
        """The form of a new record, told those data, and of the rest what it has from the start."""
        if self._usual is None:
            look_up_once(self._blank, {})
            self._usual = {name: self._blank[name].value() for name in self._blank.fields}
        return self._sent(self._blank, self._usual, data)

    def of(self, record: Record, data: Mapping[str, Any]) -> RecordForm:
        """The form of a record, told those data, and of the rest what it has."""
        key = self._alike(record)
        shared = self._shared.get(key)
        if shared is not None and _fits(shared, data):
            return self._sent(shared, {}, data, record)
        form = self._form(record)
        usual = {name: form[name].value() for name in form.fields}
        look_up_once(form, self._known.setdefault(key, {}))
        if self.kind.form.alike:
            self._shared.setdefault(key, form)
        return self._sent(form, usual, data, record)

    def columns(self, record: Record | None = None) -> list[Column]:
        """The columns of a record, or of a new one: lists hold what its round has."""
        key = self._alike(record)
        if key not in self._columns:
            form = self._blank if record is None else self._form(record)
            self._columns[key] = columns_of(form, self.kind.form.columns())
        return self._columns[key]

    def data(self, record: Record, columns: Iterable[Column]) -> dict[str, Data]:
        """What a record has, as `parse` tells the cells that it is written in."""
        told: dict[str, Any] = {}
        for one in columns:
            field = record._meta.get_field(one.name)
            if field.many_to_many:
                told[one.name] = [other.pk for other in getattr(record, one.name).all()]
            else:
                told[one.name] = getattr(record, cast("Any", field).attname)
        return self.as_cells(record, columns, told)

    def as_cells(
        self, record: Record, columns: Iterable[Column], values: Mapping[str, Any]
    ) -> dict[str, Data]:
        """Values of a record, as `parse` tells the cells that they are written in."""
        typed = self.kind.form.typed
        return {
            one.name: data_of(one, typed(record, one.name, values[one.name])) for one in columns
        }

    def _alike(self, record: Record | None) -> Any:
        """What records have in common that can link to the same."""
        asked = self.asked if record is None else self._asks(record)
        return tuple((name, getattr(value, "pk", value)) for name, value in sorted(asked.items()))

    def _asks(self, record: Record | None) -> dict[str, Any]:
        asks = self.kind.asks
        return dict(asks(self.request, self.organisation, record)) if asks else {}

    def _form(self, record: Record | None, data: Any = None) -> RecordForm:
        asked = self.asked if record is None else self._asks(record)
        return self.kind.form(
            data, instance=record, organisation=self.organisation, viewer=self.who, **asked
        )

    def _sent(
        self, form: RecordForm, usual: Mapping[str, Any], data: Mapping[str, Any],
        record: Record | None = None,
    ) -> RecordForm:  # fmt: skip
        sent: MultiValueDict[str, Any] = MultiValueDict()
        for name in form.fields:
            value = data[name] if name in data else usual.get(name)
            if isinstance(value, list | tuple | set):
                sent.setlist(name, [str(one) for one in value])
            elif value is not None:
                sent[name] = value
        return self._form(record, sent) if form.follows_typed else refilled(form, sent, record)


def _fits(form: RecordForm, data: Mapping[str, Any]) -> bool:
    """Whether the form of another record can be told all those data."""
    for name, field in form.fields.items():
        if name not in data:
            return False
        if isinstance(field, forms.MultipleChoiceField):
            choices: Any = field.choices
            offered = {str(value) for value, _label in choices}
            if not offered.issuperset(data[name]):
                return False
    return True


def look_up_once(form: forms.ModelForm, known: dict[str, Any]) -> None:
    """Let a form find what is chosen in what is `known`, by field: read once, and not for each row.

    What is not known yet is read here.
    """
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            if name not in known:
                known[name] = {str(one.pk): one for one in field.queryset or ()}
            several = isinstance(field, forms.ModelMultipleChoiceField)
            form.fields[name] = (_Several if several else _One)(field, known[name])
        elif isinstance(field, forms.ChoiceField) and isinstance(field.choices, BaseChoiceIterator):
            field.choices = known[name] = known.get(name) or list(field.choices)


class _Known:
    """A field of links, that knows what it offers by key."""

    def __init__(self, of: forms.ModelChoiceField, there: Mapping[str, Any]) -> None:
        vars(self).update(vars(of))
        self.there = there

    def _of(self, value: Any) -> Any:
        found = self.there.get(str(value))
        if found is None:
            messages: Mapping[str, Any] = cast("Any", self).error_messages
            raise ValidationError(messages["invalid_choice"], "invalid_choice", {"value": value})
        return found


class _One(_Known, forms.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        return None if value in self.empty_values else self._of(value)


class _Several(_Known, forms.ModelMultipleChoiceField):
    def _check_values(self, value: Sequence[Any]) -> list[Any]:
        return [self._of(one) for one in dict.fromkeys(value)]
