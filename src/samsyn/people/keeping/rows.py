"""Rows of tables as lines of JSON, the same whichever database they come from."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connections, models
from django.db.models import sql

# Kept by the programs themselves, or of no use elsewhere: who is logged in logs in again.
LEFT_OUT: Final = frozenset({
    "auth.group", "auth.group_permissions", "auth.permission", "contenttypes.contenttype",
    "sessions.session",
})  # fmt: skip
TOGETHER: Final = 500  # rows that are written at once


def kept(apps: Any) -> dict[str, type[models.Model]]:
    """The tables that a backup has, by the label of their model."""
    found = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    return {
        label: found[label] for label in sorted(found)
        if label not in LEFT_OUT and found[label]._meta.managed and not found[label]._meta.proxy
    }  # fmt: skip


def columns(model: type[models.Model]) -> list[str]:
    """The names of a table's columns, as its model has them."""
    return [field.attname for field in model._meta.concrete_fields]


def dump(model: type[models.Model], database: str) -> Iterator[bytes]:
    """The rows of a table, a line for each, in the order of their keys."""
    kinds = {
        at: _labels(database) for at, field in enumerate(model._meta.concrete_fields)
        if _of_kind(field)
    }  # fmt: skip
    asked = model._base_manager.using(database).order_by("pk").values_list(*columns(model))
    for row in asked.iterator(chunk_size=TOGETHER):
        told = list(row)
        for at, labels in kinds.items():
            told[at] = labels.get(told[at])
        yield json.dumps(told, ensure_ascii=False, default=_plain).encode() + b"\n"


def load(model: type[models.Model], names: list[str], lines: Iterable[bytes], database: str) -> int:
    """Write rows into an empty table as they are; how many. `names` are their columns in order."""
    fields: list[Any] = [
        next(field for field in model._meta.concrete_fields if field.attname == name)
        for name in names
    ]
    keys = {label: key for key, label in _labels(database).items()}
    connection: Any = connections[database]
    several = max(1, min(TOGETHER, connection.ops.bulk_batch_size(fields, [None] * TOGETHER)))
    rest, count = iter(lines), 0
    while batch := list(islice(rest, several)):
        objects = [model(**_row(fields, json.loads(line), keys)) for line in batch]
        query: Any = sql.InsertQuery(model)
        # As they are: nothing is computed on saving, no history is written.
        query.insert_values(fields, objects, raw=True)
        query.get_compiler(using=database).execute_sql()
        count += len(batch)
    return count


def count_on(tables: Iterable[type[models.Model]], database: str) -> None:
    """Let new rows have keys after those that are there."""
    connection = connections[database]
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _row(fields: list[Any], values: list[Any], keys: Mapping[str, int]) -> dict[str, Any]:
    row = {}
    for field, told in zip(fields, values, strict=True):
        if _of_kind(field):
            value: Any = None if told is None else keys[told]
        elif isinstance(field, models.JSONField):
            # What is empty there is empty in the text of JSON.
            empty = told is None and not field.null
            value = models.Value(None, models.JSONField()) if empty else told
        else:
            value = field.to_python(told)
        row[field.attname] = value
    return row


def _of_kind(field: Any) -> bool:
    """Whether a column says of which table something is; those have other numbers elsewhere."""
    other = field.remote_field.model if field.is_relation else None
    return other is not None and other._meta.label == ContentType._meta.label


def _labels(database: str) -> dict[int, str]:
    rows = ContentType.objects.using(database).values_list("pk", "app_label", "model")
    return {key: f"{app}.{name}" for key, app, name in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"a {type(value).__name__} cannot be written")
