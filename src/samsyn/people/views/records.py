"""The pages of records of any kind: the list, one of them, and its form."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.people import drafts
from samsyn.people.access import Action
from samsyn.people.describing import described, title_of
from samsyn.people.forms import RecordForm
from samsyn.people.history import told_clash
from samsyn.people.kinds import AskFirst, Kind
from samsyn.people.models import Organisation, Record, Role
from samsyn.people.saving import ConflictError
from samsyn.people.viewing import known, organisation_for, personal, record_for, viewer
from samsyn.people.views.beside import beside
from samsyn.people.views.kinds import kind_for
from samsyn.people.writing import CHOICE, filled, form_for, put

PAGE: Final = 50  # records of a list


@known
def listing(request: HttpRequest, slug: str, word: str) -> HttpResponseBase:
    """The records of a kind that an organisation has written, the newest change first."""
    kind, organisation = kind_for(word), organisation_for(request, slug)
    there = kind.model._default_manager.of(organisation).filter(removed=None)
    asked = request.GET.get("q", "").strip()
    if asked:
        there = there.filter(
            models.Q(title__icontains=asked) | models.Q(description__icontains=asked)
        )
    page = Paginator(there.select_related("owner", "organisation"), PAGE).get_page(
        request.GET.get("sida")
    )
    told = {
        "organisation": organisation, "kind": kind, "records": page, "asked": asked,
        "may_write": viewer(request).has(organisation, Role.CONTRIBUTOR),
    }  # fmt: skip
    return render(request, kind.listing, told)


@personal
def show(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """A record: also for those outside, where it is shared with them or public.

    Who is not logged in is asked to, whether there is such a record or not.
    """
    kind, who = kind_for(word), viewer(request)
    try:
        record = record_for(request, kind.model, key, organisation__slug=slug)
    except Http404:
        if who.account is None:
            return redirect_to_login(request.get_full_path())
        raise
    if drafts.settle_under(request, who.account):
        text = _("Det du skrev innan du loggades ut är inte sparat än. Det finns kvar som utkast.")
        messages.info(request, text)
    told: dict[str, Any] = {
        "organisation": record.organisation, "kind": kind, "record": record,
        "fields": described(record, kind.form.columns(), who),
        "may": {action.value: who.may(action, record) for action in Action},
        "inside": who.has(record.organisation, Role.READER),
        "may_write": who.has(record.organisation, Role.CONTRIBUTOR), **beside(request, record),
    }  # fmt: skip
    if kind.context is not None:
        told |= kind.context(who, record)
    return render(request, kind.template, told)


@known
def new(request: HttpRequest, slug: str, word: str) -> HttpResponseBase:
    """A form for a new record."""
    kind = kind_for(word)
    organisation = organisation_for(request, slug, Role.CONTRIBUTOR)
    try:
        form = form_for(request, kind, organisation, None)
    except AskFirst as first:
        messages.info(request, first.text)
        return redirect(first.address)
    if request.method == "POST" and form.is_valid():
        record = form.save()
        _saved(request, _("Sparat: %(title)s") % {"title": record})
        return redirect(record.get_absolute_url())
    return _shown(request, kind, organisation, form, None)


@known
def edit(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """A form to change a record; a change that another has made meanwhile is shown and merged."""
    kind = kind_for(word)
    record = record_for(request, kind.model, key, organisation__slug=slug)
    if not viewer(request).may_unlocked(Action.EDIT, record):
        raise Http404
    if record.locked:
        return _locked(request, record)
    form = form_for(request, kind, record.organisation, record)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except ConflictError as error:
            return _clashing(request, kind, form, error)
        taken = form.merged.taken if form.merged else ()
        if taken:
            text = _("Sparat. Det som andra hade ändrat under tiden är kvar: %(fields)s.")
            names = ", ".join(title_of(record, one) for one in taken)
            _saved(request, text % {"fields": names})
        else:
            _saved(request, _("Sparat."))
        return redirect(record.get_absolute_url())
    return _shown(request, kind, record.organisation, form, record)


def _locked(request: HttpRequest, record: Record) -> HttpResponse:
    """Say that a record is locked; what was sent, since it was locked meanwhile, is a draft."""
    account, typed = viewer(request).account, drafts.typed_in(dict(request.POST.lists()))
    if account is not None and typed:
        drafts.keep(account, drafts.key_of(request.get_full_path()), typed)
        messages.error(request, _("Det låstes medan du skrev. Det du skrev finns kvar som utkast."))
    else:
        messages.error(request, _("Det är låst just nu och kan inte ändras."))
    return redirect(record.get_absolute_url())


def _saved(request: HttpRequest, text: str) -> None:
    """Say that it is saved, and forget the draft: here, and by the message's tag in the browser."""
    address = drafts.key_of(request.get_full_path())
    drafts.forget(viewer(request).account, address)
    messages.success(request, text, extra_tags=address)


def _shown(
    request: HttpRequest, kind: Kind, organisation: Organisation, form: RecordForm,
    record: Record | None,
) -> HttpResponse:  # fmt: skip
    draft, used = filled(request, form)
    told = {
        "organisation": organisation, "kind": kind, "form": form, "record": record,
        "draft": draft, "draft_used": used,
    }  # fmt: skip
    return render(request, kind.writing, told, status=400 if form.errors else 200)


def _clashing(
    request: HttpRequest, kind: Kind, form: RecordForm, error: ConflictError
) -> HttpResponse:
    """Both texts of each field that two have changed; nothing is saved before somebody chooses."""
    record = error.record
    data: Any = form.data
    data = data.copy()
    data["version"] = str(record.version)
    for name in error.merged.taken:
        put(data, name, error.merged.values[name])
    form.data = data
    rows = [
        {
            "field": form[clash.name],
            "title": title_of(record, clash.name),
            "choice": f"{CHOICE}{clash.name}",
            "told": told_clash(kind, record, clash),
        }
        for clash in error.merged.clashes
    ]
    chosen = {clash.name for clash in error.merged.clashes} | {"version"}
    told = {
        "organisation": record.organisation, "kind": kind, "form": form, "record": record,
        "rows": rows, "others": [field for field in form if field.name not in chosen],
        "other": record.history.latest().history_user,
    }  # fmt: skip
    return render(request, "people/clash.html", told, status=409)
