"""The form of a record: few fields first, the rest when wanted, and the version begun with."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar, Self, TypeVar

from django import forms
from django.db import models, transaction
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from samsyn.people import saving, saving_many
from samsyn.people.access import Viewer
from samsyn.people.models import Organisation, Record

F = TypeVar("F", bound=forms.ModelForm)


class RecordForm(forms.ModelForm):
    """A form of a record of an organisation, for a viewer.

    Links to other records can only be to those of the same organisation. Saving keeps a new record,
    or lays the change together with what others have changed meanwhile (`samsyn.people.saving`).
    """

    # The fields that everybody fills in; the others are folded.
    first: ClassVar[Sequence[str]] = ("title", "description")
    # Whether what can be chosen in one field follows what is typed in another.
    follows_typed: ClassVar[bool] = False
    # Whether the forms of two records, that link to the same, differ in what they hold alone.
    alike: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, viewer: Viewer, **more: Any) -> None:
        super().__init__(*args, **more)
        self.organisation = organisation
        self.viewer = viewer
        self.merged: saving.Merged | None = None
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        for name, field in self.fields.items():
            self._narrow(field)
            # What has a value where nothing is typed need not be typed.
            if self._default(name) is not None:
                field.required = False

    @classmethod
    def typed(cls, record: Any, name: str, value: Any) -> Any:
        """A value of a field of a record, as one types it in the form: a share in per cent."""
        return value

    def _default(self, name: str) -> Any:
        """The value of a column that must have one, where nothing is typed; None where none."""
        if name not in self.columns():
            return None
        column: Any = self._meta.model._meta.get_field(name)
        return column.get_default() if column.has_default() and not column.null else None

    def clean(self) -> dict[str, Any]:
        """Take the usual value where nothing is typed."""
        told = super().clean() or {}
        for name, value in told.items():
            if value is None or value == "":
                default = self._default(name)
                told[name] = value if default is None else default
        return told

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out links: their fields have looked them up, and need not do so twice."""
        known = {
            name for name, one in self.fields.items() if isinstance(one, forms.ModelChoiceField)
        }
        return super()._get_validation_exclusions() | known  # type: ignore[misc]

    def _narrow(self, field: forms.Field) -> None:
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            return
        if field.empty_label is not None:
            field.empty_label = _("Inget valt")
        model = field.queryset.model
        if issubclass(model, Record):
            field.queryset = field.queryset.filter(organisation=self.organisation, removed=None)
        elif model._meta.label == "people.Account":
            here = models.Q(is_active=True) | models.Q(pk=self.instance.owner_id)
            field.queryset = field.queryset.filter(here, organisations=self.organisation)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns of the record that the form is of, in its order."""
        return tuple(cls._meta.fields or ())

    @property
    def shown_first(self) -> list[BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in self.fields if name in self.first]

    @property
    def folded(self) -> list[BoundField]:
        """The fields that are shown when wanted."""
        return [self[name] for name in self.fields if name not in self.first and name != "version"]

    @property
    def unfolded(self) -> bool:
        """Whether the folded fields must be seen, since one of them is wrong."""
        return any(field.errors for field in self.folded)

    def save(self, commit: bool = True) -> Any:
        """Keep what was typed. Raises ConflictError where another has changed the same fields."""
        told = self._told()
        if not told.record.pk:
            return saving.create(told.record, self.viewer.account, told.several)
        values = {**told.single, **told.several}
        self.merged = saving.change(told.record, values, told.base)
        return told.record

    @classmethod
    def save_all(cls, told: Sequence[Self]) -> None:
        """Keep what was typed in many forms, as `save` keeps each: all, or nothing.

        A form that keeps more than its record is saved by itself. Raises ConflictError.
        """
        with transaction.atomic():
            if cls.save is not RecordForm.save:
                for one in told:
                    one.save()
            elif told:
                account = told[0].viewer.account
                saving_many.save_all([one._told() for one in told], account)

    def _told(self) -> saving_many.Told:
        """The record with what was typed of it."""
        several, single = self._typed()
        if not self.instance.pk:
            self.instance.organisation = self.organisation
        base = self.cleaned_data.get("version") or 0
        return saving_many.Told(self.instance, single, several, base)

    def _typed(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed, as `saving` takes it: links to several, and all else."""
        several: dict[str, Any] = {}
        single: dict[str, Any] = {}
        for name in self.columns():
            if name not in self.cleaned_data:
                continue
            value = self.cleaned_data[name]
            field = self._meta.model._meta.get_field(name)
            if field.many_to_many:
                several[name] = sorted(one.pk for one in value)
            elif isinstance(field, models.ForeignKey):
                single[name] = None if value is None else value.pk
            else:
                single[name] = value
        return several, single


def refilled(form: F, data: Any, instance: Any = None) -> F:
    """The same form sent with other data: its fields, which are costly to make, are those of it.

    It is of another row where one is named; a form of a new one gets a new one.
    """
    one = copy(form)
    one.data, one.is_bound = data, True
    one._errors = None  # type: ignore[attr-defined]
    one._bound_fields_cache = {}  # type: ignore[attr-defined]
    one.instance = instance or (form.instance if form.instance.pk else copy(form.instance))
    return one
