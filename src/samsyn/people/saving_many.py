"""Keeping many records at once, as a list brings them: as one by one, but in few statements.

What is kept is what `samsyn.people.saving` would keep of each: the record, its version, its links
and its history. Only, the links are in the first row of history of a version, and need no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from samsyn.people.models import Account, Record
from samsyn.people.saving import ASKED, change, set_value

Links = dict[int, list[int]]  # ids of others by the id of a record


@dataclass(frozen=True)
class Told:
    """What is told of a record: single values, ids of several others, the version begun with."""

    record: Record
    single: Mapping[str, Any]
    several: Mapping[str, Sequence[int]]
    base: int = 0


@transaction.atomic
def save_all(told: Sequence[Told], account: Account | None) -> None:
    """Keep new records of a kind, written by that person, and changes of others of the kind.

    Raises ConflictError where somebody has changed the same fields of one otherwise.
    """
    if not told:
        return
    model = type(told[0].record)
    changed = [one for one in told if one.record.pk]
    _create([one for one in told if not one.record.pk], model, account)
    _change(changed, model)


def _create(told: Sequence[Told], model: type[Record], account: Account | None) -> None:
    for one in told:
        one.record.created_by = account
        if one.record.owner_id is None:
            one.record.owner = account
    records = [one.record for one in told]
    model._default_manager.bulk_create(records)
    names = dict.fromkeys(name for one in told for name in one.several)
    for name in names:
        _set(model, name, {one.record.pk: list(one.several[name]) for one in told}, {})
    _remember(model, records, new=True)


def _change(told: Sequence[Told], model: type[Record]) -> None:
    keys = [one.record.pk for one in told]
    versions = dict[int, int]()
    for begin in range(0, len(keys), ASKED):
        there = model._default_manager.select_for_update().filter(pk__in=keys[begin:][:ASKED])
        versions |= there.order_by("pk").values_list("pk", "version")
    several: dict[str, Links] = defaultdict(dict)
    records = []
    for one in told:
        record = one.record
        if versions[record.pk] != one.base or record.version != one.base:
            change(record, {**one.single, **one.several}, one.base)  # laid together with theirs
            continue
        for name, value in one.single.items():
            set_value(record, name, value)
        record.version += 1
        record.changed = timezone.now()
        record.save_without_historical_record()  # type: ignore[attr-defined]
        for name, others in one.several.items():
            several[name][record.pk] = list(others)
        records.append(record)
    for name, links in several.items():
        _set(model, name, links, _linked(model, name, links))
    _remember(model, records, new=False)


def _set(model: type[Record], name: str, links: Links, now: Links) -> None:
    """Make the links of records what they shall be, from what they are."""
    through, mine, theirs = _table(model, name)
    for key, others in now.items():
        if gone := set(others) - set(links[key]):
            through.filter(**{mine: key, f"{theirs}__in": gone}).delete()
    through.bulk_create(
        through.model(**{mine: key, theirs: other})
        for key, others in links.items()
        for other in others
        if other not in now.get(key, ())
    )


def _linked(model: type[Record], name: str, keys: Iterable[int]) -> Links:
    """The ids of the others that records are linked to."""
    found: Links = defaultdict(list)
    for row in _rows(model, name, keys):
        found[row[0]].append(row[1])
    return found


def _rows(model: type[Record], name: str, keys: Iterable[int]) -> list[tuple[int, int, int]]:
    """The links of records: the id of the record, of the other, and of the link."""
    through, mine, theirs = _table(model, name)
    some, found = list(keys), list[tuple[int, int, int]]()
    for begin in range(0, len(some), ASKED):
        of = {f"{mine}__in": some[begin : begin + ASKED]}
        found += through.filter(**of).values_list(mine, theirs, "pk")
    return found


def _table(model: type[Record], name: str) -> tuple[models.Manager[Any], str, str]:
    """The table of links of a field, and its columns of the record and of the other."""
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    return through._default_manager, f"{own}_id", f"{other}_id"


def _remember(model: type[Record], records: Sequence[Record], *, new: bool) -> None:
    """Write the history of records that are kept, with their links."""
    if not records:
        return
    history: Any = model.history
    rows = history.bulk_history_create(records, update=not new, default_change_reason=None)
    by_key = {row.id: row for row in rows}
    for field in history.model._history_m2m_fields:
        past = getattr(history.model, field.name).model
        _through, mine, theirs = _table(model, field.name)
        past._default_manager.bulk_create(
            past(history=by_key[key], **{mine: key, theirs: other, "id": link})
            for key, other, link in _rows(model, field.name, by_key)
        )
