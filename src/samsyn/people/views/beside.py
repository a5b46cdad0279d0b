"""What stands beside a record: comments and files, for those who work with it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.people import drafts, notices, room, uploads
from samsyn.people.access import Action, Viewer
from samsyn.people.beside import of
from samsyn.people.models import Attachment, Comment, Organisation, Record, Role
from samsyn.people.models.attached import Beside
from samsyn.people.viewing import known, viewer
from samsyn.people.views.kinds import found

# A file is nothing that a browser may open in the site's name.
SHUT: Final = "default-src 'none'; sandbox"


class CommentForm(forms.ModelForm):
    """What somebody says of a record."""

    class Meta:
        model = Comment
        fields = ("text",)
        labels: Final = {"text": gettext_lazy("Skriv en kommentar")}
        widgets: Final = {"text": forms.Textarea(attrs={"rows": 3})}


class FileForm(forms.Form):
    """A file to put beside a record."""

    file = forms.FileField(
        label=gettext_lazy("Lägg till en fil"),
        widget=forms.FileInput(attrs={"accept": uploads.ENDINGS}),
    )


def beside(request: HttpRequest, record: Record) -> dict[str, Any]:
    """What a record's page shows beside it, to those who take part."""
    who = viewer(request)
    if not who.hears(record):
        return {"hears": False}
    writing = who.may(Action.COMMENT, record)
    return {
        "hears": True,
        "comments": [
            (one, _may_remove(who, record, one)) for one in of(record, Comment)
        ],
        "attachments": [
            (one, _may_remove(who, record, one)) for one in of(record, Attachment)
        ],
        "comment_form": _comment_form(request, record) if writing else None,
        "file_form": FileForm() if writing else None,
        "endings": uploads.ENDINGS, "megabytes": uploads.LARGEST // 2**20,
    }  # fmt: skip


def _comment_form(request: HttpRequest, record: Record) -> CommentForm:
    form = CommentForm(auto_id="comment_%s")
    address, account = _address(record, "comment"), viewer(request).account
    drafts.settle(request, account, address)
    draft = drafts.draft_of(account, address)
    if draft is not None:
        drafts.fill(form, draft.typed)
    return form


def _address(record: Record, name: str, *more: Any) -> str:
    word = record.get_absolute_url().rstrip("/").split("/")[-2]
    return reverse(name, args=[record.organisation.slug, word, record.pk, *more])


def _may_remove(who: Viewer, record: Record, one: Beside) -> bool:
    """Whoever put it there, as long as they take part; and those who lead the organisation.

    In an organisation that is closed all stays as it is.
    """
    if record.organisation.closed is not None:
        return False
    own = who.account is not None and one.account_id == who.account.pk
    return own or who.has(record.organisation_id, Role.LEAD)


@known
def comment(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Keep a comment."""
    _kind, record = found(request, slug, word, key, Action.COMMENT)
    if request.method == "POST":
        form = CommentForm(request.POST)
        account = viewer(request).account
        if form.is_valid():
            form.instance.record, form.instance.account = record, account
            form.save()
            address = drafts.key_of(request.path)
            drafts.forget(account, address)
            messages.success(request, _("Kommentaren är sparad."), extra_tags=address)
            if account is not None:
                notices.of_comment(request, record, account)
        else:
            for text in form.errors.get("text", []):
                messages.error(request, f"{_('Kommentaren är inte sparad.')} {text}")
            typed = drafts.typed_in(dict(request.POST.lists()))
            if account is not None and typed and any(request.POST.get("text", "")):
                drafts.keep(account, drafts.key_of(request.path), typed)
    return redirect(f"{record.get_absolute_url()}#kommentarer")


@known
def attach(request: HttpRequest, slug: str, word: str, key: int) -> HttpResponseBase:
    """Keep a file, once it is seen to be what it says that it is."""
    _kind, record = found(request, slug, word, key, Action.COMMENT)
    file = request.FILES.get("file")
    if request.method == "POST" and uploads.was_too_large(request):
        messages.error(request, uploads.too_large())
    elif request.method == "POST" and file is None:
        messages.error(request, _("Välj först en fil."))
    elif request.method == "POST" and file is not None:
        try:
            looked = uploads.looked_at(file)
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
        else:
            _put(request, record, file, looked)
    return redirect(f"{record.get_absolute_url()}#filer")


def _put(request: HttpRequest, record: Record, file: Any, looked: uploads.Looked) -> None:
    """Keep a file, if the organisation has room for it."""
    size = file.size or 0
    with transaction.atomic():
        # Two who add files at once wait here for each other.
        Organisation.objects.select_for_update().get(pk=record.organisation_id)
        there = room.room_of(record.organisation)
        if not there.has(size):
            messages.error(request, room.no_room(looked.name, size, there))
            return
        kept = Attachment(
            record=record, account=viewer(request).account, name=looked.name,
            media_type=looked.media_type, size=size, checksum=looked.checksum,
        )  # fmt: skip
        kept.file.save(looked.name, file, save=True)
    messages.success(request, _("Filen %(name)s är tillagd.") % {"name": looked.name})


@known
def send(request: HttpRequest, slug: str, word: str, key: int, number: int) -> HttpResponseBase:
    """Send a file to be saved, to those who take part."""
    _kind, record = found(request, slug, word, key)
    if not viewer(request).hears(record):
        raise Http404
    kept = get_object_or_404(of(record, Attachment), pk=number)
    try:
        content = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["Content-Security-Policy"] = SHUT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@known
def remove(
    request: HttpRequest, slug: str, word: str, key: int, number: int, what: str
) -> HttpResponseBase:
    """Ask, and then take a comment or a file away for good; that it was there is kept."""
    kind, record = found(request, slug, word, key)
    who = viewer(request)
    model: Any = Comment if what == "kommentar" else Attachment
    one = get_object_or_404(of(record, model), pk=number)
    if not who.hears(record) or not _may_remove(who, record, one):
        raise Http404
    if request.method != "POST":
        told = {
            "organisation": record.organisation, "kind": kind, "record": record, "one": one,
            "is_file": model is Attachment, "inside": who.has(record.organisation, Role.READER),
        }  # fmt: skip
        return render(request, "people/remove_beside.html", told)
    one.removed, one.removed_by = timezone.now(), who.account
    if model is Attachment:
        one.file.delete(save=False)
    else:
        one.text = ""
    one.save()
    messages.success(request, _("Borttaget."))
    return redirect(record.get_absolute_url())
