"""What the pages of parts share: a form of its own page where something is wrong, and the way back.

Parts of a record (money, meetings, fates) are added and changed one at a time by forms that need no
script. What was typed wrong comes back with words that say what to do.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.cycle.meanwhile import as_it_stands, latest
from samsyn.people import drafts
from samsyn.people.access import Viewer
from samsyn.people.kinds import kind_of
from samsyn.people.models import Record, RecordQuerySet
from samsyn.people.viewing import viewer
from samsyn.people.writing import filled

R = TypeVar("R", bound=Record)


def seen(model: type[R], key: int | None, who: Viewer) -> R | None:
    """Another record that one names, where the viewer may see it; None where not."""
    if key is None:
        return None
    there: RecordQuerySet = model._default_manager.filter(pk=key, removed=None)
    found: R | None = there.visible_to(who).first()
    return found


def stir(record: Record) -> None:
    """Say that something in a record has changed: it comes first in lists; its version stays."""
    type(record)._default_manager.filter(pk=record.pk).update(changed=timezone.now())


def back(record: Record, anchor: str = "") -> HttpResponse:
    """To the page of a record, to a part of it."""
    return redirect(record.get_absolute_url() + (f"#{anchor}" if anchor else ""))


def shown(
    request: HttpRequest, record: Record, form: forms.BaseForm, title: str, anchor: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A form of a part on a page of its own."""
    draft, used = filled(request, form)
    told = {
        "organisation": record.organisation, "record": record, "kind": kind_of(record),
        "form": form, "draft": draft, "draft_used": used, "title": title,
        "back": f"{record.get_absolute_url()}#{anchor}",
        "seen": latest(form.instance) if isinstance(form, forms.ModelForm) else 0, **more,
    }  # fmt: skip
    return render(request, "cycle/part.html", told, status=400 if form.is_bound else 200)


def kept(
    request: HttpRequest, record: Record, form: forms.ModelForm, title: str, anchor: str
) -> HttpResponse:
    """Keep a part, or show its form: as it is kept, or as it was typed where that is wrong.

    What somebody else has made of it since the form was opened is told before it is written over.
    """
    if request.method == "POST" and form.is_valid() and not _meanwhile(request, form):
        form.save()
        stir(record)
        saved(request, _("Sparat."))
        return back(record, anchor)
    return shown(request, record, form, title, anchor)


def saved(request: HttpRequest, text: str) -> None:
    """Say that what was sent is kept, and forget its draft: here, and by the tag in the browser."""
    address = drafts.key_of(request.get_full_path())
    drafts.forget(viewer(request).account, address)
    messages.success(request, text, extra_tags=address)


def _meanwhile(request: HttpRequest, form: forms.ModelForm) -> bool:
    """Whether somebody else has changed the part since its form was opened; the form says so."""
    opened = request.POST.get("seen", "")
    if not opened or opened == str(latest(form.instance)):
        return False
    text = _(
        "Någon har ändrat det här medan du skrev. Nu står det: %(now)s. Spara igen om det som står "
        "i formuläret ska gälla."
    )
    form.add_error(None, text % {"now": as_it_stands(form.instance, form.fields)})
    return True


def taken_away(
    request: HttpRequest, record: Record, part: models.Model, anchor: str
) -> HttpResponse:
    """Take a part away."""
    name = str(part)
    part.delete()
    stir(record)
    messages.success(request, _("Borttaget: %(name)s") % {"name": name})
    return back(record, anchor)


def posted(request: HttpRequest) -> Any:
    """What was sent to a form; None where nothing was."""
    return request.POST if request.method == "POST" else None
