"""Taking a record away, and the wastepaper basket from which it can be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from samsyn.people import restoring
from samsyn.people.access import Action
from samsyn.people.kinds import kinds
from samsyn.people.models import Record, Role
from samsyn.people.viewing import known, organisation_for, viewer
from samsyn.people.views.kinds import found, kind_for


@known
def remove(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Say what follows, and then put a record into the wastepaper basket."""
    kind, record = found(request, slug, word, key, Action.REMOVE)
    if request.method == "POST":
        restoring.remove(record)
        text = _("%(title)s ligger nu i papperskorgen och kan tas tillbaka därifrån.")
        messages.success(request, text % {"title": record})
        return redirect("records", slug, word)
    told = {
        "organisation": record.organisation, "kind": kind, "record": record,
        "citing": [one for one in citing(record) if viewer(request).may(Action.SEE, one)],
    }  # fmt: skip
    return render(request, "people/remove.html", told)


def citing(record: Record) -> list[Record]:
    """The records, of any kind, that name this one."""
    found_records: list[Record] = []
    for relation in record._meta.related_objects:
        table: Any = relation.related_model
        if issubclass(table, Record) and not relation.hidden:
            of = {f"{relation.field.name}": record.pk}
            found_records += table._default_manager.filter(removed=None, **of)
    return found_records


@known
def basket(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What an organisation has taken away, the latest first."""
    organisation = organisation_for(request, slug)
    who = viewer(request)
    there: list[Any] = []
    for kind in kinds().values():
        rows = kind.model._default_manager.of(organisation).exclude(removed=None)
        there += [(kind, one, who.may(Action.REMOVE, one)) for one in rows]
    there.sort(key=lambda row: row[1].removed, reverse=True)
    told = {"organisation": organisation, "removed": there}
    return render(request, "people/basket.html", told)


@known
def bring_back(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Take a record out of the wastepaper basket."""
    kind = kind_for(word)
    organisation = organisation_for(request, slug, Role.CONTRIBUTOR)
    rows = kind.model._default_manager.of(organisation).exclude(removed=None)
    record = get_object_or_404(rows, pk=key)
    if not viewer(request).may(Action.REMOVE, record):
        raise Http404
    if request.method == "POST":
        restoring.bring_back(record)
        messages.success(request, _("%(title)s är tillbaka.") % {"title": record})
        return redirect(record.get_absolute_url())
    return redirect("basket", slug)
