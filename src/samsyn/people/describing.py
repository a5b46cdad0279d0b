"""A record as its reader meets it: each field by its name, with its value in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from samsyn.people.access import Action, Viewer
from samsyn.people.fields import CodeField, CodesField, label
from samsyn.people.kinds import Words, kind_of
from samsyn.people.models import Account, Record, Role

if TYPE_CHECKING:
    from samsyn.people.kinds import Kind

# What stands elsewhere on the page.
ELSEWHERE = frozenset({"title", "description"})


@dataclass(frozen=True)
class Told:
    """A field in words; `links` are the records that it names, `lines` all else."""

    name: str
    title: str
    lines: tuple[str, ...] = ()
    links: tuple[Record, ...] = ()


def described(record: Record, names: Iterable[str], who: Viewer) -> list[Told]:
    """The fields of a record that are filled in, in their order, for a viewer.

    Other records are named to those who may see them, and people to those who work in the
    organisation.
    """
    kind = kind_of(record)
    found = []
    for name in names:
        if name in ELSEWHERE:
            continue
        field = record._meta.get_field(name)
        told = Told(name, title_of(record, name), *_value(kind, record, field, who))
        if told.lines or told.links:
            found.append(told)
    return found


def _value(
    kind: Kind, record: Record, field: Any, who: Viewer
) -> tuple[tuple[str, ...], tuple[Record, ...]]:
    if field.many_to_many:
        there = getattr(record, field.name).all()
        # Their addresses begin with the organisation.
        of_records = issubclass(there.model, Record)
        others = list(there.select_related("organisation") if of_records else there)
    elif isinstance(field, models.ForeignKey):
        other = getattr(record, field.name)
        others = [] if other is None else [other]
    else:
        return tuple(in_words(kind, field, getattr(record, field.name))), ()
    inside = who.has(record.organisation_id, Role.READER)
    lines = tuple(
        str(one) for one in others
        if not isinstance(one, Record) and (inside or not isinstance(one, Account))
    )  # fmt: skip
    links = tuple(
        one for one in others
        if isinstance(one, Record) and one.removed is None and who.may(Action.SEE, one)
    )  # fmt: skip
    return lines, links


def title_of(record: models.Model | type[models.Model], name: str) -> str:
    """What a field of a record is called."""
    return str(getattr(record._meta.get_field(name), "verbose_name", name))


def in_words(kind: Kind, field: Any, value: Any) -> Sequence[str]:
    """The value of a field in words, as its kind has words for it, else as `written` has."""
    words: Words | None = kind.words
    told = words(field.name, value) if words is not None and value not in (None, "", []) else None
    return written(field, value) if told is None else told


def written(field: Any, value: Any) -> list[str]:
    """The value of a field in words, a line for each of several; none where it is empty."""
    if value is None or value in ("", []):
        return []
    if isinstance(field, CodesField):
        return [label(field.of, code) for code in value]
    if isinstance(field, CodeField):
        return [label(field.of, value)]
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    if isinstance(value, bool):
        return [_("Ja") if value else _("Nej")]
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(field, models.PositiveSmallIntegerField):
        return [str(value)]  # a year, not an amount
    return [str(formats.localize(value, use_l10n=True))]
