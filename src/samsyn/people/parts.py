"""What belongs to a record in other tables, as its kind names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from samsyn.people.kinds import Kind
from samsyn.people.models import Organisation, Record


@dataclass(frozen=True)
class Part:
    """A table of parts: the rows of a record, and what was ever there, where that is kept."""

    name: str
    model: type[models.Model]
    rows: models.QuerySet[Any]
    history: models.QuerySet[Any] | None


@dataclass(frozen=True)
class Belonging:
    """A table of parts, with the rows of each of an organisation's records by its id."""

    name: str
    model: type[models.Model]
    rows: Mapping[int, Sequence[Any]]


def parts_in(organisation: Organisation, kind: Kind) -> list[Belonging]:
    """The parts of all records of a kind of an organisation, in one query for each table."""
    found = []
    paths: dict[str, tuple[Any, str]] = {}
    for name in kind.parts:
        above, _separator, last = name.rpartition("__")
        model: Any
        model, path = paths[above] if above else (kind.model, "")
        relation: Any = model._meta.get_field(last)
        table, back = relation.related_model, relation.remote_field.name
        path = f"{back}__{path}" if path else back
        paths[name] = table, path
        links = [one.name for one in table._meta.fields if one.is_relation]
        rows = table._default_manager.filter(**{f"{path}__organisation": organisation})
        of: dict[int, list[Any]] = {}
        for row in rows.select_related(*links).annotate(record_of=models.F(f"{path}__pk")):
            of.setdefault(row.record_of, []).append(row)
        found.append(Belonging(name, table, of))
    return found


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
