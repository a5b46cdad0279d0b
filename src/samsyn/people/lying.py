"""Records that lie in another one, as all that a mapping has found: they come and go with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samsyn.people.kinds import kinds
from samsyn.people.models import Organisation, Record


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


def open_to(model: type[Record], organisation: Organisation) -> list[Record]:
    """What new records of an organisation can lie in, the newest first; nothing where they do not.

    The first is what they lie in where nobody chooses.
    """
    if not model.LIES_IN:
        return []
    holder: Any = model._meta.get_field(model.LIES_IN).related_model
    there = holder._default_manager.of(organisation).filter(removed=None).order_by("-created")
    return [one for one in there if one.takes_more]
