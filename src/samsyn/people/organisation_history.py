"""What has happened to an organisation: who came, went and became what, and what it was called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.people.describing import title_of, written
from samsyn.people.history import Change, Event, told_fields
from samsyn.people.home import home_areas
from samsyn.people.models import Membership, Organisation, Role


def events_of(organisation: Organisation) -> list[Event]:
    """All that has happened to an organisation and its members, the newest first."""
    found = [*_settings(organisation), *_members(organisation)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _members(organisation: Organisation) -> Iterator[Event]:
    rows = Membership.history.filter(organisation=organisation).order_by("history_id")
    for row in rows.select_related("history_user", "account"):
        own = row.history_user_id == row.account_id
        told = {"who": row.account, "role": Role(row.role).label}
        if row.history_type == "+":
            word = _("gick med som %(role)s") if own else _("lade till %(who)s som %(role)s")
        elif row.history_type == "-":
            word = _("lämnade organisationen") if own else _("tog bort %(who)s")
        else:
            word = _("gav %(who)s rollen %(role)s")
        yield Event(row.history_date, row.history_user, word % told)


def _settings(organisation: Organisation) -> Iterator[Event]:
    fields = [one for one in told_fields(Organisation) if not one.many_to_many]
    rows = list(organisation.history.select_related("history_user").order_by("history_id"))
    names = Organisation.objects.in_bulk(
        {key for row in rows for key in (row.parent_id, row.successor_id) if key is not None}
    )
    areas = dict(_areas()) if any(row.home_area for row in rows) else {}
    before: Any = None
    for row in rows:
        changes = []
        for one in fields:
            was, now = (_words(one, state, names, areas) for state in (before, row))
            if was != now:
                changes.append(Change(title_of(Organisation, one.name), was, now))
        yield Event(
            row.history_date, row.history_user, _word(before, row), changes=tuple(changes),
            first=before is None,
        )  # fmt: skip
        before = row


def _word(before: Any, row: Any) -> str:
    if before is None:
        return _("lade upp organisationen")
    if (before.closed is None) == (row.closed is None):
        return _("ändrade inställningarna")
    return _("öppnade organisationen igen") if row.closed is None else _("avslutade organisationen")


def _words(
    field: Any, row: Any, names: Mapping[int, Organisation], areas: Mapping[str, str]
) -> tuple[str, ...]:
    """The value of a field then, in words; none where there was nothing."""
    value = getattr(row, field.attname, None)
    if value is None or value == "":
        return ()
    if field.is_relation:
        return (str(names.get(value) or _("(finns inte längre)")),)
    if field.name == "home_area":
        return (areas.get(value, value),)
    return tuple(written(field, value))


def _areas() -> Iterator[tuple[str, str]]:
    for _title, choices in home_areas((get_language() or "sv")[:2])[1:]:
        yield from choices
