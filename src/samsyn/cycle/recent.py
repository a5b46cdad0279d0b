"""What has happened in an organisation lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from samsyn.people.kinds import kinds
from samsyn.people.models import Organisation

SHOWN: Final = 8


@dataclass(frozen=True)
class Changed:
    """A record that was changed, when, and by whom."""

    record: Any
    name: str
    when: datetime
    who: str


def changes(organisation: Organisation) -> list[Changed]:
    """The records that were changed last, the newest first."""
    found = []
    for kind in kinds().values():
        there = kind.model._default_manager.of(organisation).filter(removed=None)
        there = there.select_related("organisation").order_by("-changed", "-pk")
        found += [(one, kind) for one in there[:SHOWN]]
    newest = sorted(found, key=lambda pair: pair[0].changed, reverse=True)[:SHOWN]
    who = _changers(record for record, _kind in newest)
    return [
        Changed(record, kind.name, record.changed, who.get((type(record), record.pk), ""))
        for record, kind in newest
    ]


def _changers(records: Iterable[Any]) -> dict[tuple[type, int], str]:
    """Who changed each record last, by table and id; one question for each table."""
    tables: dict[type[Any], list[int]] = {}
    for one in records:
        tables.setdefault(type(one), []).append(one.pk)
    found: dict[tuple[type, int], str] = {}
    for table, ids in tables.items():
        past = (
            table.history.filter(id__in=ids)
            .select_related("history_user")
            .only("id", "history_user")
        )
        for row in past.order_by("history_date", "history_id"):
            found[table, row.id] = str(row.history_user or "")
    return found
