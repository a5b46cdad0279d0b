"""A record as its reader meets it: each field by its name, with its value in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from samsyn.people.fields import CodeField, CodesField, label
from samsyn.people.models import Record

# What stands elsewhere on the page.
ELSEWHERE = frozenset({"title", "description"})


@dataclass(frozen=True)
class Told:
    """A field in words; `links` are the records that it names, `lines` all else."""

    name: str
    title: str
    lines: tuple[str, ...] = ()
    links: tuple[Record, ...] = ()


def described(record: Record, names: Iterable[str]) -> list[Told]:
    """The fields of a record that are filled in, in their order."""
    found = []
    for name in names:
        if name in ELSEWHERE:
            continue
        field = record._meta.get_field(name)
        title = title_of(record, name)
        if field.many_to_many:
            links = tuple(getattr(record, name).all())
            told = Told(name, title, links=links)
        elif isinstance(field, models.ForeignKey):
            other = getattr(record, name)
            is_record = isinstance(other, Record)
            told = Told(
                name, title, () if other is None or is_record else (str(other),),
                (other,) if is_record else (),
            )  # fmt: skip
        else:
            told = Told(name, title, tuple(written(field, getattr(record, name))))
        if told.lines or told.links:
            found.append(told)
    return found


def title_of(record: Record, name: str) -> str:
    """What a field of a record is called."""
    return str(getattr(record._meta.get_field(name), "verbose_name", name))


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
