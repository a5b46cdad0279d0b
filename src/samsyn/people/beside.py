"""What stands beside a record: its comments and its files."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType

from samsyn.people.kinds import Kind
from samsyn.people.models import Organisation, Record
from samsyn.people.models.attached import Beside


def in_kind(organisation: Organisation, kind: Kind, model: type[Beside]) -> dict[int, list[Any]]:
    """What stands beside the records of a kind of an organisation, by the ids of these."""
    place = {
        "kind": ContentType.objects.get_for_model(kind.model),
        "object_id__in": kind.model._default_manager.of(organisation).order_by().values("pk"),
    }
    found: dict[int, list[Any]] = {}
    for one in model._default_manager.filter(removed=None, **place).select_related("account"):
        found.setdefault(one.object_id, []).append(one)
    return found


def of(record: Record, model: type[Beside]) -> Any:
    """What stands beside a record and is not taken away."""
    place = {"kind": ContentType.objects.get_for_model(record), "object_id": record.pk}
    rows = model._default_manager.filter(removed=None, **place)
    return rows.select_related("account")
