"""All that an organisation has written, as data: for another system, an archive, or a reader.

As JSON values stand as they are kept, with codes and ids; in a workbook they stand in words, a
sheet for each kind of record. What is sealed is in neither: fields of bytes are never exported.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samsyn import __version__
from samsyn.people.beside import in_kind
from samsyn.people.describing import in_words
from samsyn.people.history import told_fields
from samsyn.people.kinds import Kind, kinds
from samsyn.people.models import Account, Attachment, Comment, Membership, Organisation, Record
from samsyn.people.parts import parts_in

# How the format is called, so that whoever reads it knows what to expect.
FORMAT = "samsyn-organisation/1"
WIDEST = 60
LONGEST = 32_767  # letters that a cell of Excel has room for
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # letters that a workbook cannot hold


def as_data(organisation: Organisation) -> dict[str, Any]:
    """All content of an organisation as JSON has it."""
    return {
        "format": FORMAT,
        "samsyn": __version__,
        "exported": timezone.now().isoformat(),
        "organisation": row_of(organisation),
        "members": [
            {"name": str(one.account), "email": one.account.email, "role": one.role,
             "since": one.since.isoformat()}
            for one in _members(organisation)
        ],
        "records": {
            kind.word: list(_records(kind, organisation)) for kind in kinds().values()
        },
    }  # fmt: skip


def records(kind: Kind, organisation: Organisation) -> models.QuerySet[Any]:
    """The records of a kind that an organisation wrote, also those in the wastepaper basket."""
    several = [one.name for one in kind.model._meta.many_to_many]
    others = [one.name for one in kind.model._meta.fields if one.is_relation]
    rows = kind.model._default_manager.of(organisation).order_by("pk")
    return rows.select_related(*others).prefetch_related(*several)


def row_of(row: models.Model) -> dict[str, Any]:
    """The values of a row by column: ids of others, and people by name. Nothing sealed."""
    told: dict[str, Any] = {}
    for field in row._meta.fields:
        if isinstance(field, models.BinaryField):
            continue
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey) and field.related_model is Account:
            other = getattr(row, field.name)
            value = None if other is None else str(other)
        told[field.name] = _plain(value)
    for several in row._meta.many_to_many:
        if several.remote_field.model is not Account:
            told[several.name] = sorted(one.pk for one in getattr(row, several.name).all())
    return told


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)


def _records(kind: Kind, organisation: Organisation) -> Iterator[dict[str, Any]]:
    parts = parts_in(organisation, kind)
    talk, files = (in_kind(organisation, kind, model) for model in (Comment, Attachment))
    for record in records(kind, organisation):
        told = row_of(record)
        for part in parts:
            told[part.name.replace("__", ".")] = [
                row_of(one) for one in part.rows.get(record.pk, ())
            ]
        told["comments"] = [
            {"by": _name(one.account), "at": one.created.isoformat(), "text": one.text}
            for one in talk.get(record.pk, ())
        ]
        told["attachments"] = [
            {"id": one.pk, "name": one.name, "size": one.size, "sha256": one.checksum,
             "by": _name(one.account), "at": one.created.isoformat()}
            for one in files.get(record.pk, ())
        ]  # fmt: skip
        yield told


def _name(account: Account | None) -> str | None:
    return None if account is None else str(account)


def _members(organisation: Organisation) -> models.QuerySet[Membership]:
    return organisation.memberships.select_related("account").order_by("pk")


def as_workbook(organisation: Organisation) -> bytes:
    """All content of an organisation as a workbook. Texts stay texts: none is ever a formula."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": str(organisation), "author": "Samsyn"})
    names: set[str] = set()
    for title, rows in sheets(organisation):
        _sheet(book, _free(title, names), rows)
    book.close()
    return buffer.getvalue()


def sheets(organisation: Organisation) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The sheets by name, each a list of rows: values by heading."""
    yield _("Medlemmar"), [
        {_("Namn"): str(one.account), _("E-post"): one.account.email,
         _("Roll"): one.get_role_display()}
        for one in _members(organisation)
    ]  # fmt: skip
    talk: list[dict[str, Any]] = []
    files: list[dict[str, Any]] = []
    for kind in kinds().values():
        there = list(records(kind, organisation))
        yield kind.plural, [_in_words(kind, record) for record in there]
        for part in parts_in(organisation, kind):
            if not part.rows:
                continue
            yield f"{kind.plural}, {part.model._meta.verbose_name_plural}", [
                {kind.name.capitalize(): record.pk, **_in_words(kind, one)}
                for record in there for one in part.rows.get(record.pk, ())
            ]  # fmt: skip
        for model, sheet, title, field in (
            (Comment, talk, _("Kommentar"), "text"), (Attachment, files, _("Fil"), "name"),
        ):  # fmt: skip
            beside = in_kind(organisation, kind, model)
            sheet += [
                {_("Post"): str(record), _("Slag"): kind.name, _("Nummer"): record.pk,
                 pgettext("vem", "Av"): _name(one.account), _("När"): _time(one.created),
                 title: getattr(one, field)}
                for record in there for one in beside.get(record.pk, ())
            ]  # fmt: skip
    yield _("Kommentarer"), talk
    yield _("Filer"), files


def _in_words(kind: Kind, row: models.Model) -> dict[str, Any]:
    told: dict[str, Any] = {_("Nummer"): row.pk}
    for field in told_fields(type(row)):
        if isinstance(field, models.BinaryField):
            continue
        if field.many_to_many:
            value: Any = "; ".join(str(one) for one in getattr(row, field.name).all())
        elif field.is_relation:
            other = getattr(row, field.name)
            value = None if other is None else str(other)
        else:
            value = getattr(row, field.attname)
            numeric = isinstance(value, int | float) and not isinstance(value, bool)
            if not numeric or field.choices:
                value = "; ".join(in_words(kind, field, value))
        told[str(field.verbose_name).capitalize()] = value
    if isinstance(row, Record):
        told |= {
            _("Skriven av"): _name(row.created_by), _("Skriven"): _time(row.created),
            _("Ändrad"): _time(row.changed), _("Version"): row.version,
            _("Borttagen"): _time(row.removed),
        }  # fmt: skip
    return told


def _time(moment: Any) -> str:
    return "" if moment is None else f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _free(title: str, names: set[str]) -> str:
    """A name that Excel takes for a sheet, and no other sheet has."""
    plain = "".join(" " if one in "[]:*?/\\'" else one for one in title.capitalize())[:28].strip()
    name, number = plain or "-", 1
    while name.casefold() in names:
        number += 1
        name = f"{plain} {number}"
    names.add(name.casefold())
    return name


def _sheet(book: Any, name: str, rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold, wrapped = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, bold)
        longest = len(heading)
        for below, row in enumerate(rows, start=1):
            value = row.get(heading)
            if value is None or value == "":
                continue
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(below, at, value)
            else:
                text = UNWRITABLE.sub("", str(value))
                sheet.write_string(below, at, text[:LONGEST], wrapped)
                longest = max(longest, min(len(text), WIDEST))
        sheet.set_column(at, at, longest + 2)
    sheet.freeze_panes(1, 0)
