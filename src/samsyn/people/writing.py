"""The form of a record as it is opened and sent: what fills it, and which choices were made."""

from __future__ import annotations

from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from samsyn.people import drafts
from samsyn.people.forms import RecordForm
from samsyn.people.kinds import Kind
from samsyn.people.models import Draft, Organisation, Record
from samsyn.people.saving import values_then
from samsyn.people.viewing import viewer

# Where two have changed the same field: whose text shall stand, `choose-title`.
CHOICE: Final = "choose-"
THEIRS: Final = "theirs"


def form_for(
    request: HttpRequest, kind: Kind, organisation: Organisation, record: Record | None
) -> RecordForm:
    """The form that is asked for or sent. Raises AskFirst where something must be written first."""
    data = _sent(request, kind, record) if request.method == "POST" else None
    # What a link has filled in already: the problem that a need answers, the figure of evidence.
    fields = kind.form.columns()
    initial = {
        name: request.GET.getlist(name) if len(request.GET.getlist(name)) > 1 else value
        for name, value in request.GET.items()
        if name in fields
    }
    return kind.form(
        data, instance=record, initial=initial, organisation=organisation,
        viewer=viewer(request), **(kind.asks(request, organisation, record) if kind.asks else {}),
    )  # fmt: skip


def filled(request: HttpRequest, form: BaseForm) -> tuple[Draft | None, bool]:
    """The draft that there is of a form that is opened, and whether the form is filled with it.

    What was sent too late fills it at once; another draft when the reader asks for it.
    """
    account, address = viewer(request).account, request.get_full_path()
    late = drafts.settle(request, account, address)
    draft = drafts.draft_of(account, address)
    if draft is None or form.is_bound or not (late or drafts.ASKED in request.GET):
        return draft, False
    drafts.fill(form, draft.typed)
    return draft, True


def put(data: QueryDict, name: str, value: Any) -> None:
    """Put the value of a field into what was sent, as a browser would have sent it."""
    if isinstance(value, list):
        data.setlist(name, [str(one) for one in value])
    elif isinstance(value, bool):
        data.setlist(name, ["on"] if value else [])
    else:
        data[name] = "" if value is None else str(value)


def _sent(request: HttpRequest, kind: Kind, record: Record | None) -> QueryDict:
    """What was sent, with the texts of others where their text was chosen."""
    chosen = [name for name in kind.form.columns() if request.POST.get(f"{CHOICE}{name}") == THEIRS]
    base = request.POST.get("version", "")
    if record is None or not chosen or not base.isdecimal():
        return request.POST
    there = values_then(record, int(base), chosen)
    if there is None:
        return request.POST
    data = request.POST.copy()
    for name, value in there.items():
        put(data, name, value)
    return data
