"""Records that lie in another one, as all that a mapping has found: they come and go with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samsyn.people.kinds import kinds
from samsyn.people.models import Record


def lying_in(record: Record, removed: datetime | None = None) -> list[Record]:
    """The records that lie in one: those that are there, or those that were removed at a moment."""
    found: list[Record] = []
    for kind in kinds().values():
        name = kind.model.LIES_IN
        if name and kind.model._meta.get_field(name).related_model is type(record):
            of: dict[str, Any] = {name: record.pk, "removed": removed}
            found += kind.model._default_manager.filter(**of)
    return found


def holder_of(record: Record) -> Record | None:
    """The record that one lies in; None where it stands by itself."""
    holder: Record | None = getattr(record, record.LIES_IN) if record.LIES_IN else None
    return holder
