"""Lists of records out to spreadsheets, and back in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.people.excel import Words, as_csv, workbook
from samsyn.people.excel.records import Records
from samsyn.people.kinds import AskFirst, Kind, kind_of
from samsyn.people.lying import open_to
from samsyn.people.models import Organisation, Record, Role
from samsyn.people.viewing import known, organisation_for
from samsyn.people.views.importing import Into, Offer, answer
from samsyn.people.views.kinds import kind_for

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@known
def template(request: HttpRequest, slug: str, word: str) -> HttpResponseBase:
    """An empty list to fill in, with what can be chosen; `?kartlaggning=3` in one of several."""
    kind, organisation = kind_for(word), organisation_for(request, slug, Role.CONTRIBUTOR)
    try:
        listed = Records(request, kind, organisation)
    except AskFirst as first:
        return _asked(request, first)
    content = workbook(words(kind, organisation, listed.lies_in), listed.columns, ())
    return as_file(content, WORKBOOK, f"{word}-mall.xlsx")


@known
def export(request: HttpRequest, slug: str, word: str, form: str) -> HttpResponseBase:
    """The records of a kind, as a list that can be changed and read back; `?round=3` of one."""
    kind, organisation = kind_for(word), organisation_for(request, slug)
    try:
        listed = Records(request, kind, organisation)
    except AskFirst as first:
        return _asked(request, first)
    rows = listed.rows(listed.there(**_of(request, kind)))
    if form == "csv":
        content, media_type = as_csv(listed.columns, rows), "text/csv; charset=utf-8"
    else:
        content, media_type = workbook(words(kind, organisation), listed.columns, rows), WORKBOOK
    return as_file(content, media_type, f"{organisation.slug}-{word}.{form}")


@known
def importing(request: HttpRequest, slug: str, word: str) -> HttpResponseBase:
    """Read records from a file or from what was pasted."""
    kind, organisation = kind_for(word), organisation_for(request, slug, Role.CONTRIBUTOR)
    try:
        listed = Records(request, kind, organisation)
    except AskFirst as first:
        return _asked(request, first)
    offer = Offer(
        organisation,
        listed,
        _("Läs in %(plural)s från Excel") % {"plural": kind.plural},
        reverse("record-template", args=[slug, word]),
        reverse("records", args=[slug, word]),
        kind.plural,
        reverse("export-records", args=[slug, word, "xlsx"]),
        into=_into(listed),
    )
    return answer(request, offer)


def _into(listed: Records) -> Into | None:
    """What new rows can lie in: those that are open, and one that is chosen though it is not."""
    chosen = listed.lies_in
    if chosen is None:
        return None
    name, kind = kind_of(chosen).word, listed.kind
    there = open_to(kind.model, listed.organisation)
    if chosen not in there:
        there.append(chosen)
    template = reverse("record-template", args=[listed.organisation.slug, kind.word])
    return Into(
        name, kind_of(chosen).name.capitalize(), chosen,
        [(one, f"{template}?{name}={one.pk}") for one in there],
    )  # fmt: skip


def words(kind: Kind, organisation: Organisation, lies_in: Record | None = None) -> Words:
    """What the workbook of a kind says first; a template says what its choices are those of."""
    told = [kind.plural.capitalize(), organisation, *([] if lies_in is None else [lies_in])]
    return Words(", ".join(map(str, told)), kind.plural.capitalize(), how_to())


def how_to() -> list[str]:
    """How a list is filled in and sent back, for every kind."""
    return [
        _("Skriv en rad för varje post i nästa blad. Kolumner med * måste fyllas i."),
        _("Välj ur listorna i cellerna, eller skriv orden som de står i bladet Listor. Där flera "
          "går att välja skriver du dem i samma cell med semikolon emellan."),
        _("Ändra inte kolumnernas namn. Kolumner som du inte behöver kan du ta bort."),
        _("Kolumnerna id och version längst till höger säger vilken post raden är. Lämna dem tomma "
          "för nya poster och rör dem inte för andra."),
        _("Läs sedan in filen i Samsyn. Du får se vad som blir nytt och vad som ändras innan något "
          "sparas, och är något fel sparas ingenting."),
    ]  # fmt: skip


def _of(request: HttpRequest, kind: Kind) -> dict[str, Any]:
    """What an address asks a list to be of, by the links that the records have."""
    links = {one.name for one in kind.model._meta.fields if isinstance(one, models.ForeignKey)}
    told: dict[str, str] = {name: str(value) for name, value in request.GET.items()}
    return {
        name: int(value)
        for name, value in told.items()
        if name in links and value.isdecimal() and len(value) < 10
    }


def _asked(request: HttpRequest, first: AskFirst) -> HttpResponseBase:
    messages.info(request, first.text)
    return redirect(first.address)
