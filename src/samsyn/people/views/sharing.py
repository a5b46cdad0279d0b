"""The page on which it is decided who sees a record, and lists of what is shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.people.access import Action
from samsyn.people.beside import of
from samsyn.people.kinds import Kind
from samsyn.people.models import Attachment, Comment, Membership, Visibility
from samsyn.people.notices import newly_shared, of_sharing
from samsyn.people.sharing import MEANINGS, SharingForm, share, shared_by, shared_to
from samsyn.people.viewing import known, organisation_for, viewer
from samsyn.people.views.kinds import found

PAGE: Final = 50  # records of a kind


@known
def sharing(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Choose who sees a record; what follows is told before it is done."""
    kind, record = found(request, slug, word, key, Action.SHARE)
    who = viewer(request)
    form = SharingForm(request.POST or None, record=record, kind=kind, who=who)
    told = {
        "organisation": record.organisation, "kind": kind, "record": record, "form": form,
        "meanings": [
            (value, text, MEANINGS[Visibility(value)])
            for value, text in form.fields["visibility"].choices  # type: ignore[attr-defined]
        ],
        "comments": of(record, Comment).count(), "files": of(record, Attachment).count(),
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/sharing.html", told, status=400 if form.errors else 200)
    visibility, chosen = form.cleaned_data["visibility"], form.cleaned_data["with_whom"]
    within = form.within if form.cleaned_data.get("all_within") else []
    if "sure" not in request.POST:
        told |= {
            "chosen": chosen, "to": visibility, "meaning": MEANINGS[Visibility(visibility)],
            "people": Membership.objects.filter(organisation__in=chosen)
            .values("account").distinct().count(),
            "within": within,
        }  # fmt: skip
        return render(request, "people/sharing_sure.html", told)
    new = newly_shared([record, *within], visibility, chosen)
    changed = share([record, *within], visibility, chosen, who)
    if who.account is not None:
        of_sharing(request, who.account, new)
    if changed > 1:
        text = _("%(count)s poster: %(who)s.")
        messages.success(request, text % {
            "count": changed, "who": Visibility(visibility).label,
        })  # fmt: skip
    else:
        messages.success(request, _("Vem ser posten: %(who)s.") % {
            "who": Visibility(visibility).label,
        })  # fmt: skip
    return redirect(record.get_absolute_url())


@known
def shared(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What others share with an organisation, and what it lets others see; long lists in pages."""
    organisation = organisation_for(request, slug)
    told = {
        "organisation": organisation,
        "to_us": _pages(request, "andras", shared_to(organisation, viewer(request))),
        "by_us": _pages(request, "egna", shared_by(organisation)),
    }
    return render(request, "people/shared.html", told)


def _pages(
    request: HttpRequest, whose: str, of: Iterable[tuple[Kind, QuerySet[Any]]]
) -> list[tuple[Kind, Page[Any], str]]:
    """The page of each kind that is asked for, with its parameter; kinds with nothing are not."""
    found = []
    for kind, records in of:
        name = f"{whose}-{kind.word}"
        page = Paginator(records, PAGE).get_page(request.GET.get(name))
        if page.object_list:
            found.append((kind, page, name))
    return found
