"""Reading a list from a file or from what was pasted: shown first, kept when somebody has seen it.

What was read travels with the page that shows it, signed, so that nothing of it is kept anywhere
before it is confirmed. When it is, it is laid beside what there is once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.people.excel import Plan, Table, Target, UnreadableError, read_file, read_pasted
from samsyn.people.excel import table_of as found_table
from samsyn.people.excel.columns import KEY, VERSION
from samsyn.people.excel.reading import MAX_BYTES, too_large
from samsyn.people.models import Organisation, Record
from samsyn.people.saving import ConflictError
from samsyn.people.uploads import was_too_large

SECONDS: Final = 24 * 3600  # for which a list that was shown can be confirmed
MOST: Final = 2_300_000  # characters of it, which a form may send
SHOWN: Final = 100  # rows and faults on the page
PASTED: Final = "rows"  # the box, and the button under it


@dataclass(frozen=True)
class Into:
    """What new rows lie in: the one that is chosen, what may be chosen, and the field for it."""

    name: str
    title: str
    chosen: Record
    offered: Sequence[tuple[Record, str]]  # each with the address of its template


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
    into: Into | None = None


def answer(request: HttpRequest, offer: Offer) -> HttpResponseBase:
    """The page that asks for a list, the one that shows what was read, or where it has gone."""
    if request.method != "POST":
        return _page(request, offer)
    if "read" in request.POST:
        try:
            told = _unsigned(request, request.POST["read"])
        except signing.BadSignature:
            text = _("Det har gått för lång tid sedan listan lästes. Läs in den en gång till.")
            return _page(request, offer, status=400, error=text)
        return _kept(request, offer, Table.again(told["table"]), told["seen"])
    try:
        table = _sent(request, offer.target)
    except UnreadableError as error:
        return _page(request, offer, status=400, error=str(error))
    return _shown(request, offer, table, offer.target.plan(table))


def _kept(request: HttpRequest, offer: Offer, table: Table, seen: Sequence[Any]) -> HttpResponse:
    """Keep a list as it was seen, or show it again where it would do something else now."""
    try:
        with transaction.atomic():
            # Who confirms the same list twice at once waits here, and finds that it is there.
            Organisation.objects.select_for_update(no_key=True).get(pk=offer.organisation.pk)
            plan = offer.target.plan(table)
            same = not plan.faults and _seen(offer, plan) == list(seen)
            if same:
                offer.target.keep(plan)
    except (ConflictError, IntegrityError):  # somebody has saved in the blink between
        same, plan = False, offer.target.plan(table)
        if _seen(offer, plan) == list(seen):
            raise
    if not same:
        return _shown(request, offer, table, plan, moved=True)
    messages.success(request, _told(plan))
    return redirect(offer.back)


def _sent(request: HttpRequest, target: Target) -> Table:
    """The table in the file or in the text that was sent. Raises UnreadableError."""
    file = None if request.POST.get("from") == PASTED else request.FILES.get("file")
    if (file is None and was_too_large(request)) or (
        file is not None and (file.size or 0) > MAX_BYTES
    ):
        raise UnreadableError(too_large())
    sheets = (
        read_pasted(request.POST.get(PASTED, ""))
        if file is None
        else read_file(str(file.name), file.read())
    )
    return found_table(sheets, target.columns, target.needed)


def _seen(offer: Offer, plan: Plan) -> list[Any]:
    """What is confirmed: what the rows do, and where they lie."""
    return [plan.digest, None if offer.into is None else offer.into.chosen.pk]


def _shown(
    request: HttpRequest, offer: Offer, table: Table, plan: Plan, *, moved: bool = False
) -> HttpResponse:
    """What was read, for somebody to confirm; or what is wrong with it."""
    read = ""
    if not plan.faults and len(plan.same) < len(plan.rows):
        read = _signed(request, {"table": table.kept(), "seen": _seen(offer, plan)})
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
        "offer": offer, "organisation": offer.organisation,
        "pasted": request.POST.get(PASTED, ""),
        "columns": [one for one in offer.target.columns if one.name not in {KEY, VERSION}],
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
