"""The way back: to an earlier version of a record, and out of the wastepaper basket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samsyn.people.history import BROUGHT_BACK, REMOVED, VERSION
from samsyn.people.kinds import Kind
from samsyn.people.lying import holder_of, lying_in
from samsyn.people.models import Account, Record
from samsyn.people.saving import (
    ConflictError,
    Merged,
    change,
    touch,
    values_of,
    values_then,
)


class UnknownVersionError(Exception):
    """The record never had that version."""


class StillRemovedError(Exception):
    """What the record lies in must be taken back first."""

    def __init__(self, holder: Record) -> None:
        super().__init__(str(holder))
        self.holder = holder


def go_back(record: Record, kind: Kind, version: int, base: int) -> None:
    """Make a record what it was in a version; links to what is gone for good are left out.

    `base` is the version that whoever asks has seen. Raises ConflictError where somebody has
    changed the record since then, UnknownVersionError where it never had the version, and
    ValidationError where it can no longer be so.
    """
    names = kind.form.columns()
    values = values_then(record, version, names)
    if values is None:
        raise UnknownVersionError
    if record.version != base:
        raise ConflictError(record, Merged(values))
    now = values_of(record, names)
    there = {name: _still(record, name, value, now[name]) for name, value in values.items()}
    change(record, there, base, f"{VERSION}{version}")
    record.clean_fields(exclude=[one.name for one in record._meta.fields if one.name not in names])


def _still(record: Record, name: str, value: Any, now: Any) -> Any:
    """The value without ids of what is no longer there, and of people who have left."""
    field: Any = record._meta.get_field(name)
    if not field.is_relation or value is None:
        return value
    known = field.remote_field.model._base_manager.all()
    if field.remote_field.model is Account:
        known = known.filter(organisations=record.organisation_id)
    if field.many_to_many:
        return sorted(known.filter(pk__in=value).values_list("pk", flat=True))
    if known.filter(pk=value).exists():
        return value
    return None if field.null else now


@transaction.atomic
def remove(record: Record) -> int:
    """Put a record into the wastepaper basket with all that lies in it; how many these are.

    They and their history are kept, and what went together comes back together.
    """
    return _moved(record, timezone.now(), REMOVED)


@transaction.atomic
def bring_back(record: Record) -> int:
    """Take a record out of the wastepaper basket with what was removed with it; how many these are.

    Raises StillRemovedError where the record that it lies in is there as well.
    """
    holder = holder_of(record)
    if holder is not None and holder.removed is not None:
        raise StillRemovedError(holder)
    return _moved(record, None, BROUGHT_BACK)


def _moved(record: Record, to: datetime | None, reason: str) -> int:
    """Say of a record, and of what lies in it and is where it is, since when it is removed."""
    there = [record, *lying_in(record, record.removed)]
    for one in there:
        # As it is now, and not as it was when it was looked up.
        kept = type(one)._default_manager.select_for_update().get(pk=one.pk)
        kept.removed = to
        touch(kept, reason)
    return len(there)
