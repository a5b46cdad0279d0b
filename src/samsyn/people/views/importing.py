"""Reading a list from a file or from what was pasted: shown first, kept when somebody has seen it.

What was read travels with the page that shows it, signed, so that nothing of it is kept anywhere
before it is confirmed. When it is, it is laid beside what there is once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.people.excel import Plan, Table, Target, UnreadableError, read_file, read_pasted
from samsyn.people.excel import table_of as found_table
from samsyn.people.excel.columns import KEY, VERSION
from samsyn.people.excel.reading import MAX_BYTES
from samsyn.people.models import Organisation
from samsyn.people.saving import ConflictError

SECONDS: Final = 24 * 3600  # for which a list that was shown can be confirmed
MOST: Final = 2_300_000  # characters of it, which a form may send
SHOWN: Final = 200  # rows and faults on the page


@dataclass(frozen=True)
class Offer:
    """A list that can be read: where it goes, what it is called and where its pages are."""

    organisation: Organisation
    target: Target
    title: str
    template: str
    back: str
    back_title: str
    export: str = ""
    about: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, offer: Offer) -> HttpResponseBase:
    """The page that asks for a list, the one that shows what was read, or where it has gone."""
    if request.method != "POST":
        return _page(request, offer)
    confirmed = None
    if "read" in request.POST:
        try:
            kept = _unsigned(request, request.POST["read"])
            table, confirmed = Table.again(kept["table"]), kept["digest"]
        except signing.BadSignature:
            text = _("Det har gått för lång tid sedan listan lästes. Läs in den en gång till.")
            return _page(request, offer, status=400, error=text)
    else:
        try:
            table = _sent(request, offer.target)
        except UnreadableError as error:
            return _page(request, offer, status=400, error=str(error))
    plan = offer.target.plan(table)
    if confirmed is None or plan.faults or plan.digest != confirmed:
        return _shown(request, offer, table, plan, moved=confirmed is not None)
    try:
        with transaction.atomic():
            offer.target.keep(plan)
    except ConflictError:  # in the blink between
        return _shown(request, offer, table, offer.target.plan(table), moved=True)
    messages.success(request, _told(plan))
    return redirect(offer.back)


def _sent(request: HttpRequest, target: Target) -> Table:
    """The table in the file or in the text that was sent. Raises UnreadableError."""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > MAX_BYTES:
        read_file(str(file.name), bytes(MAX_BYTES + 1))  # says that it is too large, unread
    sheets = (
        read_pasted(request.POST.get("rows", ""))
        if file is None
        else read_file(str(file.name), file.read())
    )
    return found_table(sheets, target.columns, target.needed)


def _shown(
    request: HttpRequest, offer: Offer, table: Table, plan: Plan, *, moved: bool
) -> HttpResponse:
    """What was read, for somebody to confirm; or what is wrong with it."""
    read = ""
    if not plan.faults and len(plan.same) < len(plan.rows):
        read = _signed(request, {"table": table.kept(), "digest": plan.digest})
        if len(read) > MOST:
            text = _("Listan är för stor att läsa in på en gång. Dela upp den i flera.")
            return _page(request, offer, status=400, error=text)
    return _page(
        request, offer, status=400 if plan.faults else 200, plan=plan, table=table, read=read,
        moved=moved, faults=plan.faults[:SHOWN], more_faults=max(0, len(plan.faults) - SHOWN),
        new=plan.new[:SHOWN], changed=plan.changed[:SHOWN],
        more_rows=max(0, len(plan.new) - SHOWN) + max(0, len(plan.changed) - SHOWN),
    )  # fmt: skip


def _page(request: HttpRequest, offer: Offer, status: int = 200, **told: Any) -> HttpResponse:
    told |= {
        "offer": offer, "organisation": offer.organisation, "pasted": request.POST.get("rows", ""),
        "columns": [one for one in offer.target.columns if one.name not in {KEY, VERSION}],
        **offer.more,
    }  # fmt: skip
    return render(request, "people/from_excel.html", told, status=status)


def _told(plan: Plan) -> str:
    new, changed, same = len(plan.new), len(plan.changed), len(plan.same)
    parts = [
        ngettext("%d ny", "%d nya", new) % new,
        ngettext("%d ändrad", "%d ändrade", changed) % changed,
        ngettext("%d som den var", "%d som de var", same) % same,
    ]
    return _("Inläst: %s.") % ", ".join(parts)


def _salt(request: HttpRequest) -> str:
    return f"samsyn.people.importing {request.user.pk} {request.path}"


def _signed(request: HttpRequest, told: Mapping[str, Any]) -> str:
    return signing.dumps(told, salt=_salt(request), compress=True)


def _unsigned(request: HttpRequest, text: str) -> dict[str, Any]:
    told: dict[str, Any] = signing.loads(text, salt=_salt(request), max_age=SECONDS)
    return told
