"""What belongs to a record in other tables, as its kind names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from samsyn.people.kinds import Kind
from samsyn.people.models import Record


@dataclass(frozen=True)
class Part:
    """A table of parts: the rows of a record, and what was ever there, where that is kept."""

    name: str
    model: type[models.Model]
    rows: models.QuerySet[Any]
    history: models.QuerySet[Any] | None


def parts_of(record: Record, kind: Kind) -> Iterator[Part]:
    """The parts of a record, those of parts after the parts that they are of."""
    known: dict[str, Part] = {}
    for name in kind.parts:
        above, _separator, last = name.rpartition("__")
        model: Any = known[above].model if above else type(record)
        relation = model._meta.get_field(last)
        table, back = relation.related_model, relation.remote_field.attname
        rows = table._default_manager.all()
        past = table.history.all() if hasattr(table, "history") else None
        if above:
            upper = known[above]
            rows = rows.filter(**{f"{back}__in": upper.rows.values("pk")})
            ids = upper.rows if upper.history is None else upper.history
            of = {f"{back}__in": ids.order_by().values(upper.model._meta.pk.name)}
        else:
            rows = rows.filter(**{back: record.pk})
            of = {back: record.pk}
        known[name] = Part(name, table, rows, None if past is None else past.filter(**of))
        yield known[name]
