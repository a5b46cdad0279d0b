"""What has happened to a record: who did what when, told for a human reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from samsyn.people.describing import in_words, title_of
from samsyn.people.kinds import Kind
from samsyn.people.marking import Piece, marked, shortened
from samsyn.people.models import Attachment, Comment, Record
from samsyn.people.parts import parts_of

# Why a version was kept, where it is not that somebody changed fields.
REMOVED: Final = "removed"
BROUGHT_BACK: Final = "brought back"
SHARED: Final = "shared"
VERSION: Final = "version "  # and the number of the one that was gone back to
LONG: Final = 60  # letters from which a text is told by what was changed in it


@dataclass(frozen=True)
class Change:
    """A field that was changed: what stood there and what stands there now, in words."""

    title: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()  # of a long text, instead of the two


@dataclass(frozen=True)
class Event:
    """Something that happened to a record. `version` is what the record has been since then."""

    at: datetime
    who: Any
    word: str
    text: str = ""
    changes: tuple[Change, ...] = ()
    version: int | None = None
    first: bool = field(default=False)


def events(record: Record, kind: Kind) -> list[Event]:
    """All that has happened to a record and what belongs to it, the newest first."""
    found = [*_versions(record, kind), *_parts(record, kind), *_beside(record)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def told_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a table that readers have a word for; the others are bookkeeping."""
    there = [*model._meta.fields, *model._meta.many_to_many]
    return [one for one in there if getattr(one, "_verbose_name", None) and not one.primary_key]


def _versions(record: Record, kind: Kind) -> Iterator[Event]:
    fields = told_fields(type(record))
    rows = record.history.select_related("history_user").order_by("history_id")
    # Keeping its links writes more rows of the same version: the last of them is what it was.
    states = [list(of) for _version, of in groupby(rows, key=lambda row: row.version)]
    links = _links(record, [of[-1].history_id for of in states], fields)
    values = [{**_state(of[-1], fields), **links.get(of[-1].history_id, {})} for of in states]
    names = _Names(fields, values)
    before: Mapping[str, Any] = {}
    for of, now in zip(states, values, strict=True):
        row = of[-1]
        reason = next((one.history_change_reason for one in of if one.history_change_reason), "")
        who = next((one.history_user for one in of if one.history_user), None)
        first = not before
        yield Event(
            row.history_date, who or (record.created_by if first else None),
            _("skrev posten") if first else _word(reason),
            changes=tuple(_changes(kind, fields, before, now, names, first)),
            version=row.version, first=first,
        )  # fmt: skip
        before = now


def _word(reason: str) -> str:
    if reason.startswith(VERSION):
        number = reason.removeprefix(VERSION)
        return _("gick tillbaka till version %(number)s") % {"number": number}
    words = {
        REMOVED: _("tog bort posten"),
        BROUGHT_BACK: _("tog tillbaka posten ur papperskorgen"),
        SHARED: _("ändrade vem som ser posten"),
    }
    return words.get(reason, _("ändrade"))


def _state(row: Any, fields: Iterable[Any]) -> dict[str, Any]:
    """The values of a row of history by field; links to several are not in the row itself."""
    return {one.name: [] if one.many_to_many else getattr(row, one.attname, None) for one in fields}


def _links(
    record: Record, rows: Sequence[int], fields: Iterable[Any]
) -> dict[int, dict[str, list[int]]]:
    """The ids that rows of history link to, by row and field."""
    found: dict[int, dict[str, list[int]]] = {}
    for one in fields:
        past = getattr(record.history.model, one.name, None) if one.many_to_many else None
        if past is None:
            continue
        column = f"{one.remote_field.model._meta.model_name}_id"
        for row, key in past.filter(history__in=rows).order_by(column).values_list(
            "history_id", column
        ):  # fmt: skip
            found.setdefault(row, {}).setdefault(one.name, []).append(key)
    return found


class _Names:
    """What the others are called that a history names, looked up once for each table."""

    def __init__(self, fields: Sequence[Any], states: Sequence[Mapping[str, Any]]) -> None:
        asked: dict[Any, set[int]] = {}
        for one in fields:
            if one.is_relation:
                for state in states:
                    value = state[one.name]
                    keys = value if isinstance(value, list) else [value]
                    asked.setdefault(one.remote_field.model, set()).update(
                        key for key in keys if key is not None
                    )
        self._known = {
            model: model._base_manager.in_bulk(sorted(keys)) for model, keys in asked.items()
        }

    def of(self, model: Any, keys: Iterable[int]) -> list[str]:
        """The names of those with the ids; of what is gone for good, that it is."""
        known = self._known.get(model, {})
        return [str(known[key]) if key in known else _("(finns inte längre)") for key in keys]


def _changes(
    kind: Kind, fields: Iterable[Any], before: Mapping[str, Any], now: Mapping[str, Any],
    names: _Names, first: bool,
) -> Iterator[Change]:  # fmt: skip
    for one in fields:
        if first and one.name in {"visibility", "shared_with"} and now[one.name] in ("private", []):
            continue
        was, is_now = before.get(one.name), now[one.name]
        if was == is_now or (first and isinstance(one, models.BooleanField)):
            continue
        told = [tuple(_words(kind, one, value, names)) for value in (was, is_now)]
        if told[0] == told[1]:
            continue
        title = title_of(one.model, one.name)
        if one.is_relation or isinstance(was, list):
            before_only, after_only = _differing(told[0], told[1])
            yield Change(title, before_only, after_only)
        elif isinstance(was, str) and isinstance(is_now, str) and _long(one, was, is_now):
            yield Change(title, pieces=tuple(shortened(marked(was, is_now))))
        else:
            yield Change(title, told[0], told[1])


def _words(kind: Kind, one: Any, value: Any, names: _Names) -> Sequence[str]:
    if one.is_relation:
        keys = value if isinstance(value, list) else [] if value is None else [value]
        return names.of(one.remote_field.model, keys)
    return in_words(kind, one, value)


def _differing(
    before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of two lists what only the one has, and what only the other."""
    return (
        tuple(one for one in before if one not in after),
        tuple(one for one in after if one not in before),
    )


def _long(one: Any, before: str, after: str) -> bool:
    free = isinstance(one, models.TextField) or type(one) is models.CharField
    return free and not one.choices and bool(before and after) and len(before + after) > LONG


def _parts(record: Record, kind: Kind) -> Iterator[Event]:
    for part in parts_of(record, kind):
        if part.history is None:
            continue
        kept = {one.name for one in part.history.model._meta.fields}
        fields = [one for one in told_fields(part.model) if one.name in kept]
        naming = [part.model._meta.get_field(name) for name in getattr(part.model, "NAMED_BY", ())]
        rows = list(part.history.select_related("history_user").order_by("id", "history_id"))
        states = [_state(row, [*fields, *naming]) for row in rows]
        names = _Names([*fields, *naming], states)
        words = {
            "+": _("lade till: %(name)s"), "~": _("ändrade: %(name)s"),
            "-": _("tog bort: %(name)s"),
        }  # fmt: skip
        before: tuple[Any, Mapping[str, Any]] = (None, {})
        for row, now in zip(rows, states, strict=True):
            was = before[1] if before[0] == row.id else {}
            gone = row.history_type == "-"
            changes = _changes(kind, fields, now if gone else was, _empty(now) if gone else now,
                               names, not was)  # fmt: skip
            which = [word for one in naming for word in _words(kind, one, now[one.name], names)]
            name = " ".join(filter(None, (str(part.model._meta.verbose_name), " – ".join(which))))
            yield Event(
                row.history_date,
                row.history_user,
                words[row.history_type] % {"name": name},
                changes=tuple(changes),
            )
            before = (row.id, now)


def _empty(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "" if isinstance(value, str) else None for name, value in state.items()}


def _beside(record: Record) -> Iterator[Event]:
    of = {"kind": ContentType.objects.get_for_model(record), "object_id": record.pk}
    for comment in Comment.objects.filter(**of).select_related("account", "removed_by"):
        yield Event(comment.created, comment.account, _("kommenterade"), comment.text)
        if comment.removed:
            yield Event(comment.removed, comment.removed_by, _("tog bort en kommentar"))
    for file in Attachment.objects.filter(**of).select_related("account", "removed_by"):
        yield Event(file.created, file.account, _("lade till en fil"), file.name)
        if file.removed:
            yield Event(file.removed, file.removed_by, _("tog bort en fil"), file.name)


def told_clash(kind: Kind, record: Record, clash: Any) -> Change:
    """What others have made of a field that somebody else has changed as well, in words."""
    one = record._meta.get_field(clash.name)
    names = _Names([one], [{one.name: clash.was}, {one.name: clash.theirs}])
    was, theirs = (tuple(_words(kind, one, value, names)) for value in (clash.was, clash.theirs))
    title = title_of(record, clash.name)
    texts = isinstance(clash.was, str) and isinstance(clash.theirs, str)
    if texts and _long(one, clash.was, clash.theirs):
        return Change(title, was, theirs, tuple(marked(clash.was, clash.theirs)))
    return Change(title, was, theirs)
