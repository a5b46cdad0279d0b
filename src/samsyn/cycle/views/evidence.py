"""The evidence of a problem: told on its page, added, worded and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle import citing
from samsyn.cycle.figures import UnknownFigureError, look_up
from samsyn.cycle.forms.goals import area_choices, indicator_choices
from samsyn.cycle.models import Evidence, InterviewNote, Problem
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Role
from samsyn.people.saving import touch
from samsyn.people.viewing import known, record_for

LONGEST: Final = 5_000  # letters of what evidence shows


class FigureForm(forms.Form):
    """A figure to look up in the release: what is kept of it is what the release has."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indikator"))
    area = forms.ChoiceField(label=gettext_lazy("Område"), required=False)
    period = forms.CharField(
        label=gettext_lazy("Period"), max_length=10, required=False,
        help_text=gettext_lazy("Till exempel 2024. Tomt ger den senaste."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Vad visar siffran?"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any, place: str, language: str) -> None:
        super().__init__(data, prefix="siffra")
        for name, there in (
            ("indicator", indicator_choices(language)), ("area", area_choices(place, language)),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = there
        self.place = place

    def clean(self) -> dict[str, Any]:
        """Look the figure up."""
        told = super().clean() or {}
        if told.get("indicator"):
            try:
                self.figure = look_up(
                    told["indicator"], told.get("area") or self.place, told.get("period", "")
                )
            except UnknownFigureError as error:
                self.add_error("period", str(error))
        return told


class PassageForm(forms.Form):
    """A passage of a document."""

    source = forms.CharField(
        label=gettext_lazy("Dokument och ställe"), max_length=300,
        help_text=gettext_lazy("Till exempel: Bostadsförsörjningsprogram 2024, s. 12."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Vad står det?"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="dokument")


def context(who: Viewer, problem: Problem) -> Mapping[str, Any]:
    """What a problem rests on. Notes of interviews are told to those who work in the organisation.

    Others see that there is an interview, and not what somebody said in it.
    """
    return {
        "evidence": citing.told(problem),
        "needs": [one for one in problem.needs.filter(removed=None) if who.may(Action.SEE, one)],
        "may_read_notes": who.has(problem.organisation_id, Role.READER),
    }


@known
def add(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Add a figure or a passage to what a problem rests on; notes are found on a page of theirs."""
    problem = record_for(request, Problem, key, Action.EDIT, organisation__slug=slug)
    asked = request.POST.get("slag") if request.method == "POST" else None
    language = (get_language() or "sv")[:2]
    figure = FigureForm(request.POST if asked == "siffra" else None, problem.round.place, language)
    passage = PassageForm(request.POST if asked == "dokument" else None)
    there = f"{problem.get_absolute_url()}#underlag"
    if figure.is_valid():
        citing.cite_figure(problem, figure.figure, figure.cleaned_data["text"])
        messages.success(request, _("Siffran är underlag för problemet."))
        return redirect(there)
    if passage.is_valid():
        told = passage.cleaned_data
        citing.cite_passage(problem, told["source"], told["text"])
        messages.success(request, _("Dokumentet är underlag för problemet."))
        return redirect(there)
    told = {
        "organisation": problem.organisation, "problem": problem, "figure": figure,
        "passage": passage,
    }  # fmt: skip
    status = 400 if figure.errors or passage.errors else 200
    return render(request, "cycle/add_evidence.html", told, status=status)


@known
@require_POST
def one(request: HttpRequest, slug: str, key: int, part: int) -> HttpResponseBase:
    """Say what evidence shows, or take it away."""
    problem = record_for(request, Problem, key, Action.EDIT, organisation__slug=slug)
    found: Evidence = get_object_or_404(problem.evidence, pk=part)
    if request.POST.get("gor") == "ta-bort":
        found.delete()
        messages.success(request, _("Underlaget är borttaget från problemet."))
    else:
        text = request.POST.get("text", "").strip()
        if len(text) > LONGEST:
            messages.error(request, _("Texten är för lång: högst %s tecken.") % LONGEST)
            return redirect(f"{problem.get_absolute_url()}#underlag")
        if not text and not found.indicator and found.note_id is None:
            messages.error(request, _("Skriv vad som står i dokumentet."))
            return redirect(f"{problem.get_absolute_url()}#underlag")
        found.text = text
        found.save()
        messages.success(request, _("Sparat."))
    touch(problem)
    return redirect(f"{problem.get_absolute_url()}#underlag")


@known
@require_POST
def cite(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Make a note evidence of a problem of the same organisation."""
    asked = request.POST.get("problem", "")
    if not asked.isdecimal():
        raise Http404
    problem = record_for(request, Problem, int(asked), Action.EDIT, organisation__slug=slug)
    note = get_object_or_404(
        InterviewNote, pk=key, interview__organisation=problem.organisation,
        interview__removed=None,
    )  # fmt: skip
    citing.cite_note(problem, note)
    messages.success(request, _("Anteckningen är underlag för ”%s”.") % problem)
    back = request.POST.get("tillbaka", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(f"{back}#n{key}" if safe else problem.get_absolute_url())
