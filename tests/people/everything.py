"""One record of every kind, with its parts, for tests that go through all pages."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from samsyn.cycle.models import MappingRound
from samsyn.people.fields import CodeField
from samsyn.people.kinds import Kind, kinds
from samsyn.people.models import Account, Organisation, Record
from samsyn.people.parts import parts_of
from samsyn.people.saving import create
from samsyn.statistics.classifications import classification
from tests.cycle.making import PLACE

# What is looked up in a release is no free text.
LOOKED_UP: Final = frozenset({
    "place", "area", "indicator", "release", "period", "baseline_period", "baseline_release",
    "unit", "code", "rule", "subject", "state", "status",
})  # fmt: skip


def every_kind(
    of: Organisation, by: Account | None = None, text: str = "Text", first: int | None = None
) -> dict[str, Record]:
    """A record of each kind by its word, with `text` in every field of text.

    They lie in one round; `first` is the number that each has in its table.
    """
    made: dict[str, Record] = {}
    rows: list[models.Model] = []  # of all tables, so that each finds what it must have
    for kind in kinds().values():
        record: Any = kind.model(**_values(kind.model, text, first))
        record.organisation, record.owner = of, by
        if hasattr(kind.model, "round"):
            record.round = made[MappingRound.WORD]
        for field in kind.model._meta.fields:
            if isinstance(field, models.ForeignKey) and not field.null:
                _link(record, field, rows)
        several = {
            one.name: [row.pk for row in rows if isinstance(row, one.remote_field.model)]
            for one in kind.model._meta.many_to_many
            if issubclass(one.remote_field.model, Record)  # type: ignore[union-attr]
        }  # fmt: skip
        made[kind.word] = create(record, by, several)
        rows.append(record)
        _parts(kind, record, rows, text, first)
    return made


def _values(model: type[models.Model], text: str, pk: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {} if pk is None else {"pk": pk}
    for field in model._meta.fields:
        if field.primary_key or field.name == "place":
            continue
        if isinstance(field, CodeField):
            told[field.name] = next(iter(classification(field.of).entries))
        elif isinstance(field, models.TextField):
            told[field.name] = text
        elif type(field) is models.CharField and not field.choices:
            if field.name not in LOOKED_UP:
                told[field.name] = text[: field.max_length]
        elif not field.null and not field.has_default():
            value = _required(field)
            if value is not None:
                told[field.name] = value
    if any(field.name == "place" for field in model._meta.fields):
        told["place"] = PLACE
    return told


def _required(field: Any) -> Any:
    if isinstance(field, models.DateField):
        return "2026-03-01"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 2026
    if field.choices:
        return field.choices[-1][0]
    return None


def _link(row: Any, field: Any, rows: list[models.Model]) -> None:
    if getattr(row, field.attname) is None:
        there = (one for one in rows if isinstance(one, field.remote_field.model))
        setattr(row, field.name, next(there, None))


def _parts(
    kind: Kind, record: Record, rows: list[models.Model], text: str, first: int | None
) -> None:
    above: dict[str, Any] = {}
    for part in parts_of(record, kind):
        name, _separator, last = part.name.rpartition("__")
        upper: Any = above[name] if name else record
        relation: Any = upper._meta.get_field(last)
        row: Any = part.model(**_values(part.model, text, first))
        setattr(row, relation.remote_field.name, upper)
        needed = [
            field for field in part.model._meta.fields
            if isinstance(field, models.ForeignKey) and not field.null
        ]  # fmt: skip
        for field in needed:
            _link(row, field, rows)
        if all(getattr(row, field.attname) is not None for field in needed):  # not so of a tie
            row.save()
            rows.append(row)
            above[part.name] = row
