"""Taking a record away, and the wastepaper basket from which it can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from samsyn.people import restoring
from samsyn.people.access import Action, Viewer
from samsyn.people.kinds import Kind, kind_of, kinds
from samsyn.people.lying import lying_in
from samsyn.people.models import Organisation, Record, Role
from samsyn.people.restoring import StillRemovedError
from samsyn.people.viewing import known, organisation_for, viewer
from samsyn.people.views.kinds import found, kind_for


@known
def remove(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Say what follows, and then put a record into the wastepaper basket.

    What lies in it goes along, so who takes it away must be allowed to take all of that away.
    """
    kind, record = found(request, slug, word, key, Action.REMOVE)
    who, lying = viewer(request), lying_in(record)
    held = [one for one in lying if not who.may(Action.REMOVE, one)]
    sent = request.method == "POST"
    if sent and not held:
        return _removed(request, record)
    told = {
        "organisation": record.organisation, "kind": kind, "record": record, "held": held,
        "lying": [
            (kind_of(model), len(list(of)))
            for model, of in groupby(lying, key=type)
        ],
        "citing": [one for one in citing([record, *lying]) if who.may(Action.SEE, one)],
        "follows": list(kind.on_removal(record)) if kind.on_removal else [],
    }  # fmt: skip
    return render(request, "people/remove.html", told, status=409 if sent else 200)


def _removed(request: HttpRequest, record: Record) -> HttpResponseBase:
    count = restoring.remove(record)
    if count > 1:
        text = _(
            "%(title)s ligger nu i papperskorgen med allt som ligger i den, %(count)s poster, och "
            "kan tas tillbaka därifrån."
        )
    else:
        text = _("%(title)s ligger nu i papperskorgen och kan tas tillbaka därifrån.")
    messages.success(request, text % {"title": record, "count": count - 1})
    return redirect("records", record.organisation.slug, kind_of(record).word)


def citing(some: Sequence[Record]) -> list[Record]:
    """The records, of any kind, that name one of those and are not among them."""
    keys: dict[type[Record], list[int]] = {}
    for one in some:
        keys.setdefault(type(one), []).append(one.pk)
    naming: dict[tuple[type[Record], int], Record] = {}
    for model, own in keys.items():
        for relation in model._meta.related_objects:
            table: Any = relation.related_model
            if issubclass(table, Record) and not relation.hidden:
                of = {f"{relation.field.name}__in": own}
                rows = table._default_manager.filter(removed=None, **of).distinct()
                rows = rows.exclude(pk__in=keys.get(table, [])).select_related("organisation")
                naming |= {(table, row.pk): row for row in rows}
    return list(naming.values())


@dataclass(frozen=True)
class Removed:
    """A record in the wastepaper basket, with how many went there along with it.

    `holder` is the record that it lies in, where that is in the basket too and must come first.
    """

    kind: Kind
    record: Record
    may: bool
    along: int = 0
    holder: Record | None = None


@known
def basket(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What an organisation has taken away, the latest first; what went together as one."""
    organisation = organisation_for(request, slug)
    told = {"organisation": organisation, "removed": in_basket(organisation, viewer(request))}
    return render(request, "people/basket.html", told)


def in_basket(organisation: Organisation, who: Viewer) -> list[Removed]:
    """What lies in an organisation's basket, the latest first."""
    gone: dict[tuple[type[Record], int], tuple[Kind, Record]] = {}
    for kind in kinds().values():
        rows = kind.model._default_manager.of(organisation).exclude(removed=None)
        gone |= {(kind.model, one.pk): (kind, one) for one in rows}
    alone: list[tuple[Kind, Record, Record | None]] = []
    along: Counter[Record] = Counter()
    for kind, one in gone.values():
        holder = gone.get(_place_of(one), (None, None))[1]
        if holder is not None and holder.removed == one.removed:
            along[holder] += 1
        else:
            alone.append((kind, one, holder))
    found = [
        Removed(kind, one, holder is None and who.may(Action.REMOVE, one), along[one], holder)
        for kind, one, holder in alone
    ]
    return sorted(found, key=lambda row: row.record.removed or row.record.changed, reverse=True)


def _place_of(record: Record) -> tuple[Any, int]:
    """The table and the id of what a record lies in."""
    if not record.LIES_IN:
        return None, 0
    field: Any = record._meta.get_field(record.LIES_IN)
    return field.related_model, getattr(record, field.attname)


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
        try:
            count = restoring.bring_back(record)
        except StillRemovedError as error:
            text = _("%(title)s ligger i %(holder)s. Ta tillbaka den först.")
            messages.error(request, text % {"title": record, "holder": error.holder})
            return redirect("basket", slug)
        text = _("%(title)s är tillbaka.")
        if count > 1:
            text = _("%(title)s är tillbaka, med %(count)s poster som ligger i den.")
        messages.success(request, text % {"title": record, "count": count - 1})
        return redirect(record.get_absolute_url())
    return redirect("basket", slug)
