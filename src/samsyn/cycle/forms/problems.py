"""The form of a problem, which can begin from what it rests on: a figure or a note."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsyn.cycle import citing
from samsyn.cycle.figures import Figure, UnknownFigureError, look_up
from samsyn.cycle.figures import told as told_figure
from samsyn.cycle.forms.base import OfRoundForm, round_of
from samsyn.cycle.models import InterviewNote, Problem
from samsyn.people.models import Organisation
from samsyn.statistics.indicators import indicators


class ProblemForm(OfRoundForm):
    """What is wrong, for whom and where; `figure` and `note` become its evidence."""

    first: ClassVar = ("title", "description", "focus_areas", "areas")

    class Meta:
        model = Problem
        fields: ClassVar = [
            "title", "description", "focus_areas", "areas", "target_groups", "level", "forms",
            "arenas", "drivers", "owner",
        ]  # fmt: skip
        labels: ClassVar = {
            "title": _("Vad är problemet, i en mening?"),
            "description": _("Vad vet ni om det?"),
            "areas": _("Var?"),
        }

    def __init__(
        self, *args: Any, figure: Figure | None = None, note: InterviewNote | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.figure, self.note = figure, note
        focus = note.focus_area if note else ""
        if figure is not None:
            entry = indicators().get(figure.indicator)
            focus = entry.focus_area if entry else ""
            offered = {key for key, _name in getattr(self.fields["areas"], "choices", [])}
            if figure.area in offered:
                self.initial.setdefault("areas", [figure.area])
        if focus:
            self.initial.setdefault("focus_areas", [focus])

    @property
    def figure_told(self) -> str:
        """The figure that the problem begins from, in words."""
        language = (get_language() or "sv")[:2]
        return "" if self.figure is None else told_figure(self.figure, language)

    def save(self, commit: bool = True) -> Any:
        """Keep the problem, and what it begins from as its evidence."""
        new = self.instance.pk is None
        problem = super().save(commit)
        if new and self.figure is not None:
            citing.cite_figure(problem, self.figure)
        if new and self.note is not None:
            citing.cite_note(problem, self.note)
        return problem


def problem_asks(request: HttpRequest, organisation: Organisation, record: Any) -> dict[str, Any]:
    """The round, and what an address says that a new problem begins from."""
    told = round_of(request, organisation, record)
    if record is not None:
        return told
    asked = request.GET
    note = asked.get("anteckning", "")
    if note.isdecimal():
        told["note"] = InterviewNote.objects.filter(
            pk=int(note), interview__round=told["round"], interview__removed=None
        ).first()
    if asked.get("indicator") and asked.get("area"):
        try:
            told["figure"] = look_up(
                asked["indicator"], asked["area"], asked.get("period", ""), asked.get("release", "")
            )
        except UnknownFigureError as error:
            messages.error(request, str(error))
    return told
