"""The notes of an interview: shown by theme, added, changed and taken away where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samsyn.cycle import notes
from samsyn.cycle.models import Interview, InterviewNote
from samsyn.people.access import Action, Viewer
from samsyn.people.fields import choices
from samsyn.people.saving import touch
from samsyn.people.viewing import known, record_for
from samsyn.statistics.classifications import classification


class NoteForm(forms.ModelForm):
    """A note with its theme and focus area; `before` is how it stood when the form was opened."""

    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    class Meta:
        model = InterviewNote
        fields = ("theme", "focus_area", "text")
        labels = {"text": gettext_lazy("Anteckning")}  # noqa: RUF012
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}  # noqa: RUF012


def context(who: Viewer, interview: Interview) -> Mapping[str, Any]:
    """The notes of an interview by theme, with the problems that cite each."""
    rows = list(interview.notes.prefetch_related("cited__problem"))
    return {
        "themes": [
            (code, label, [note for note in rows if note.theme == code])
            for code, label in choices("interview_theme")
        ],
        "respondent": interview.respondent,
        "may_write": who.may(Action.EDIT, interview),
    }


@known
@require_POST
def add(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Add what was typed below a theme: a note for each paragraph."""
    interview = record_for(request, Interview, key, Action.EDIT, organisation__slug=slug)
    theme = request.POST.get("theme", "")
    text = request.POST.get("text", "")
    there = f"{interview.get_absolute_url()}#{theme}"
    if theme not in classification("interview_theme").entries:
        raise Http404
    if any(len(note) > notes.LONGEST for _focus, note in notes.split(text)):
        return _too_long(request, interview, theme, text)
    made = notes.keep(interview, theme, text)
    if not made:
        messages.error(request, _("Skriv något i rutan först."))
        return redirect(there)
    touch(interview)
    said = ngettext("%s anteckning sparad.", "%s anteckningar sparade.", len(made))
    messages.success(request, said % len(made))
    return redirect(there)


def _too_long(
    request: HttpRequest, interview: Interview, theme: str, text: str
) -> HttpResponseBase:
    """The form of one note, with all that was typed in it still."""
    form = NoteForm(initial={"theme": theme, "text": text})
    told = {
        "organisation": interview.organisation, "interview": interview, "form": form,
        "problem": _("En anteckning är för lång: dela den med en tom rad."), "adding": theme,
    }  # fmt: skip
    return render(request, "cycle/note.html", told, status=400)


@known
def note(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A note to change or take away; what another has changed meanwhile is not written over."""
    found = get_object_or_404(
        InterviewNote.objects.select_related("interview"), pk=key,
        interview__organisation__slug=slug,
    )  # fmt: skip
    interview = record_for(request, Interview, found.interview_id, Action.EDIT)
    there = f"{interview.get_absolute_url()}#{found.theme}"
    if request.method == "POST" and request.POST.get("gor") == "ta-bort":
        return _removed(request, interview, found, there)
    kept = found.text
    form = NoteForm(
        request.POST if request.method == "POST" else None, instance=found,
        initial={"before": kept},
    )  # fmt: skip
    told: dict[str, Any] = {
        "organisation": interview.organisation, "interview": interview, "note": found,
        "form": form, "cited": found.cited.select_related("problem"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        before, typed = _plain(form.cleaned_data["before"]), form.cleaned_data["text"]
        if _plain(kept) not in {before, _plain(typed)}:
            data = request.POST.copy()
            data["before"] = kept
            told["form"] = NoteForm(data, instance=found)
            told["theirs"] = kept
            return render(request, "cycle/note.html", told, status=409)
        form.save()
        touch(interview)
        messages.success(request, _("Anteckningen är sparad."))
        return redirect(f"{interview.get_absolute_url()}#{found.theme}")
    return render(request, "cycle/note.html", told, status=400 if form.errors else 200)


def _removed(
    request: HttpRequest, interview: Interview, found: InterviewNote, there: str
) -> HttpResponseBase:
    try:
        found.delete()
    except ProtectedError:
        problem = found.cited.select_related("problem").first()
        text = _("Anteckningen är underlag för ”%s” och kan inte tas bort så länge den är det.")
        messages.error(request, text % (problem.problem if problem else ""))
        return redirect("note", interview.organisation.slug, found.pk)
    touch(interview)
    messages.success(request, _("Anteckningen är borttagen."))
    return redirect(there)


def _plain(text: str) -> str:
    """A text as forms send it, whichever way its lines end."""
    return text.replace("\r\n", "\n").strip()
