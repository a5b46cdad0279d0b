"""The notes of an interview: shown by theme, added, changed and taken away where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samsyn.cycle import notes
from samsyn.cycle.models import Interview, InterviewNote, Problem
from samsyn.cycle.views.parts import saved
from samsyn.people import drafts
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.fields import choices
from samsyn.people.saving import touch
from samsyn.people.viewing import known, record_for
from samsyn.people.writing import filled
from samsyn.statistics.classifications import classification

THEME: Final = "tema"  # by which the address of a new note says what it is of


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
    begun = _begun(who, interview)
    return {
        "fields": described(interview, ("owner",), who),
        "themes": [
            (code, label, [note for note in rows if note.theme == code], begun.get(code, ""))
            for code, label in choices("interview_theme")
        ],
        "respondent": interview.respondent,
        "may_write": who.may(Action.EDIT, interview),
    }


def _begun(who: Viewer, interview: Interview) -> Mapping[str, str]:
    """What somebody has typed below a theme and not yet added."""
    there = reverse("add-note", args=[interview.organisation.slug, interview.pk])
    root = f"{drafts.key_of(there)}?{THEME}="
    kept = {} if who.account is None else drafts.under(who.account, root)
    return {form.removeprefix(root): (typed.get("text") or [""])[0] for form, typed in kept.items()}


def on_removal(interview: Interview) -> list[str]:
    """Which problems lose their evidence for as long as an interview is away."""
    text = _("Det som intervjun sa är underlag för ”%s”, och är det inte så länge den är borta.")
    resting = Problem.objects.filter(evidence__note__interview=interview, removed=None).distinct()
    return [text % one for one in resting]


@known
def add(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Add what was typed below a theme: a note for each paragraph."""
    interview = record_for(request, Interview, key, Action.EDIT, organisation__slug=slug)
    if request.method != "POST":  # who follows a draft to its form
        return redirect(f"{interview.get_absolute_url()}#{request.GET.get(THEME, '')}")
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
    saved(request, said % len(made))
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
        "form": form, "cited": found.cited.filter(problem__removed=None).select_related("problem"),
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
        saved(request, _("Anteckningen är sparad."))
        return redirect(f"{interview.get_absolute_url()}#{found.theme}")
    told["draft"], told["draft_used"] = filled(request, form)
    return render(request, "cycle/note.html", told, status=400 if form.errors else 200)


def _removed(
    request: HttpRequest, interview: Interview, found: InterviewNote, there: str
) -> HttpResponseBase:
    try:
        found.delete()
    except ProtectedError:
        cited = found.cited.select_related("problem").order_by("-problem__removed").last()
        text = _("Anteckningen är underlag för ”%s” och kan inte tas bort så länge den är det.")
        if cited is not None and cited.problem.removed:
            text = _("Anteckningen är underlag för ”%s”, som ligger i papperskorgen.")
        messages.error(request, text % (cited.problem if cited else ""))
        return redirect("note", interview.organisation.slug, found.pk)
    touch(interview)
    messages.success(request, _("Anteckningen är borttagen."))
    return redirect(there)


def _plain(text: str) -> str:
    """A text as forms send it, whichever way its lines end."""
    return text.replace("\r\n", "\n").strip()
