"""What stands beside a record: its comments and its files."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType

from samsyn.people.models import Record
from samsyn.people.models.attached import Beside


def of(record: Record, model: type[Beside]) -> Any:
    """What stands beside a record and is not taken away."""
    place = {"kind": ContentType.objects.get_for_model(record), "object_id": record.pk}
    rows = model._default_manager.filter(removed=None, **place)
    return rows.select_related("account")
