"""Saving what two people may be writing at once: nothing is overwritten unseen.

A form holds the version of the record that it began with. Where nobody has saved since, the change
is kept. Else the changes of both are laid together field by field (a three-way merge): what only
one has changed is taken from them, and where both have changed the same, the one who comes second
sees both and chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import timezone

from samsyn.people.fields import CodesField
from samsyn.people.models import Account, Record

R = TypeVar("R", bound=Record)
ASKED: Final = 500  # ids that are asked for at a time


@dataclass(frozen=True)
class Clash:
    """A field that two have changed: what it was, what it is now, and what the second one wrote."""

    name: str
    was: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """What two changes of one record come to; `clashes` are for somebody to choose between."""

    values: Mapping[str, Any]
    taken: tuple[str, ...] = ()  # fields that only the other has changed
    clashes: tuple[Clash, ...] = field(default=())


class ConflictError(Exception):
    """The record was changed meanwhile, in the same fields."""

    def __init__(self, record: Record, merged: Merged) -> None:
        super().__init__(f"{record} was changed meanwhile")
        self.record = record
        self.merged = merged


def merge(was: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Lay two changes of the same values together.

    What one has changed and the other has not is theirs; what both have changed alike is that; what
    both have changed otherwise is a clash, with my value kept until somebody chooses. Of a list it
    is each of its members that is there or not, so that lists never clash.
    """
    values, taken, clashes = {}, [], []
    for name, value in mine.items():
        before, now = was.get(name), theirs.get(name)
        if value in (before, now):
            values[name] = now
            if now not in (before, value):
                taken.append(name)
        elif isinstance(before, list) and isinstance(now, list) and isinstance(value, list):
            values[name] = merged_list(before, now, value)
            if now != before:
                taken.append(name)
        else:
            values[name] = value
            if now != before:
                clashes.append(Clash(name, before, now, value))
    return Merged(values, tuple(taken), tuple(clashes))


def merged_list(was: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any]:
    """What both have left of a list, with what either has put into it."""
    left = [one for one in theirs if one in mine or one not in was]
    return [*left, *(one for one in mine if one not in was and one not in left)]


def values_of(record: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of fields by name, as forms have them: of several others, their ids in order."""
    told: dict[str, Any] = {}
    for name in names:
        one = record._meta.get_field(name)
        if one.many_to_many:
            told[name] = sorted(getattr(record, name).values_list("pk", flat=True))
        else:
            told[name] = getattr(record, one.attname)  # type: ignore[union-attr]
    return told


def values_then(record: Record, version: int, names: Iterable[str]) -> dict[str, Any] | None:
    """The values of fields when the record had that version; None where it never had."""
    return values_at(type(record), {record.pk: version}, names).get(record.pk)


def values_at(
    model: type[Record], versions: Mapping[int, int], names: Iterable[str]
) -> dict[int, dict[str, Any]]:
    """The values of fields of records, by id, when they had those versions.

    A record that never had the version is not among them.
    """
    fields = [model._meta.get_field(name) for name in names]
    rows: dict[int, Any] = {}
    for begin in range(0, len(versions), ASKED):
        some = dict(islice(versions.items(), begin, begin + ASKED))
        past = model.history.filter(id__in=some, version__in=set(some.values()))
        # Keeping its links writes more rows of the same version: the last of them is what it was.
        rows |= {row.id: row for row in past.order_by("history_id") if row.version == some[row.id]}
    told = {
        key: {one.name: getattr(row, one.attname) for one in fields if not one.many_to_many}  # type: ignore[union-attr]
        for key, row in rows.items()
    }
    of = {row.history_id: key for key, row in rows.items()}
    for one in fields:
        if one.many_to_many:
            theirs = f"{one.remote_field.model._meta.model_name}_id"  # type: ignore[union-attr]
            found: dict[int, list[int]] = {key: [] for key in rows}
            for begin in range(0, len(of), ASKED):
                versions_asked = list(islice(of, begin, begin + ASKED))
                past = getattr(model.history.model, one.name)
                links = past.filter(history__in=versions_asked)
                for history, key in links.values_list("history_id", theirs):
                    found[of[history]].append(key)
            for key, values in found.items():
                told[key][one.name] = sorted(values)
    return told


@transaction.atomic
def create(record: R, account: Account | None, several: Mapping[str, Any] | None = None) -> R:
    """Keep a new record, written by that person."""
    record.created_by = account
    if record.owner_id is None:
        record.owner = account
    record.save()
    _set(record, several or {})
    return record


@transaction.atomic
def change(record: R, values: Mapping[str, Any], base: int, reason: str = "") -> Merged:
    """Keep a change of a record that was begun at version `base`; `reason` goes to its history.

    `values` are by field: ids of a foreign key, a list of ids where there may be several. Raises
    ConflictError where somebody has changed the same fields otherwise; then nothing is kept.
    """
    kept = type(record)._default_manager.select_for_update().get(pk=record.pk)
    merged = Merged(dict(values))
    if kept.version != base:
        was = values_then(kept, base, values)
        now = values_of(kept, values)
        merged = merge(was if was is not None else now, now, values)
        if was is None:
            merged = Merged(values, (), tuple(
                Clash(name, None, now[name], mine) for name, mine in values.items()
                if mine != now[name]
            ))  # fmt: skip
        if merged.clashes:
            raise ConflictError(kept, merged)
    several = {}
    for name, value in merged.values.items():
        one = kept._meta.get_field(name)
        if one.many_to_many:
            several[name] = sorted(value)
        else:
            set_value(kept, name, value)
    _count(kept, reason)
    _set(kept, several)
    record.refresh_from_db()
    return merged


def set_value(record: Record, name: str, value: Any) -> None:
    """Give a field a value; of a link to one other, its id. Codes stand in their order."""
    one: Any = record._meta.get_field(name)
    setattr(record, one.attname, one.ordered(value) if isinstance(one, CodesField) else value)


@transaction.atomic
def touch(record: Record, reason: str = "") -> None:
    """Keep a change of the record itself that no form has made: its sharing, its state.

    What others have saved since the record was looked up stays as they left it.
    """
    kept = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if kept.version != record.version:
        then = record.history.filter(version=record.version).order_by("history_id").last()
        for one in record._meta.concrete_fields:
            mine = getattr(record, one.attname)
            if then is None or mine == getattr(then, one.attname, mine):
                setattr(record, one.attname, getattr(kept, one.attname))
        record.version = kept.version
    _count(record, reason)


def _count(record: Record, reason: str = "") -> None:
    record._change_reason = reason or None  # type: ignore[attr-defined]
    record.version += 1
    record.changed = timezone.now()
    record.save()


def _set(record: Record, several: Mapping[str, Any]) -> None:
    for name, keys in several.items():
        getattr(record, name).set(keys)
