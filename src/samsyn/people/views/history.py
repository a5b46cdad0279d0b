"""What has happened to a record, and the way back to what it was."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.people.access import Action
from samsyn.people.history import events
from samsyn.people.models import Role
from samsyn.people.restoring import UnknownVersionError, go_back
from samsyn.people.saving import ConflictError
from samsyn.people.viewing import known, viewer
from samsyn.people.views.kinds import found

PAGE: Final = 30  # events of a page


@known
def history(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """All that has happened to a record, for members: earlier versions were shared with nobody."""
    kind, record = found(request, slug, word, key)
    who = viewer(request)
    if not who.has(record.organisation, Role.READER):
        raise Http404
    page = Paginator(events(record, kind), PAGE).get_page(request.GET.get("sida"))
    told = {
        "organisation": record.organisation, "kind": kind, "record": record, "events": page,
        "may_edit": who.may(Action.EDIT, record),
    }  # fmt: skip
    return render(request, "people/history.html", told)


@known
def restore(request: HttpRequest, slug: str, word: str, key: int, version: int) -> HttpResponseBase:
    """Make a record what it was in an earlier version: that is a new version, and loses nothing."""
    kind, record = found(request, slug, word, key, Action.EDIT)
    there = reverse("record-history", args=[slug, word, key])
    base = request.POST.get("version", "")
    if request.method != "POST" or not base.isdecimal():
        return redirect(there)
    try:
        with transaction.atomic():
            go_back(record, kind, version, int(base))
    except UnknownVersionError:
        raise Http404 from None
    except ConflictError:
        messages.error(request, _("Någon har ändrat posten sedan du öppnade sidan. Se efter här."))
        return redirect(there)
    except (ValidationError, IntegrityError):
        text = _("Version %(number)s går inte att ta tillbaka som den var. Ändra för hand.")
        messages.error(request, text % {"number": version})
        return redirect(there)
    messages.success(request, _("Posten är som i version %(number)s.") % {"number": version})
    return redirect(record)
