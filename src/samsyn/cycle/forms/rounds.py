"""Forms of what is found out: the round, its interviews and its problems."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import DateInput, OfRoundForm, WithAreas
from samsyn.cycle.models import Interview, MappingRound, Problem
from samsyn.cycle.places import places
from samsyn.people.models import Organisation

KINDS = {"municipality": _("Kommuner"), "county": _("Län"), "country": _("Riket")}


class MappingRoundForm(WithAreas):
    """What is mapped, where and how."""

    first: ClassVar = ("title", "place", "year_from", "year_to", "focus_areas")
    place = forms.ChoiceField(label=_("Vilken plats gäller det?"))

    class Meta:
        model = MappingRound
        fields: ClassVar = [
            "title", "place", "year_from", "year_to", "focus_areas", "description", "areas",
            "perspectives_heard", "registers", "interviews_planned", "survey_answers", "workshops",
            "documents", "perspectives", "owner",
        ]  # fmt: skip
        labels: ClassVar = {
            "title": _("Vad kallar ni kartläggningen?"),
            "description": _("Vad vill ni få veta?"),
        }

    def __init__(self, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        offered = [(KINDS[kind], rows) for kind, rows in places(language)]
        there = {key for _kind, rows in offered for key, _name in rows}
        kept = self.instance.place
        more_places = [(kept, kept)] if kept and kept not in there else []
        place.choices = [("", _("Välj")), *offered, *more_places]
        self.offer_areas(kept or self.initial.get("place", ""), language)

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order."""
        told = super().clean() or {}
        begins, ends = told.get("year_from"), told.get("year_to")
        if begins and ends and ends < begins:
            self.add_error("year_to", _("Slutåret ligger före startåret."))
        return told


def language_of(request: HttpRequest, organisation: Organisation, record: Any) -> dict[str, Any]:
    """The language in which a form without a round names places."""
    return {"language": request.LANGUAGE_CODE[:2]}


class InterviewForm(OfRoundForm):
    """An interview: who by code and role, and when. Its notes are written on its page."""

    first: ClassVar = ("title", "respondent", "held")

    class Meta:
        model = Interview
        fields: ClassVar = ["title", "respondent", "held", "description", "owner"]
        widgets: ClassVar = {"held": DateInput}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        respondent = self.fields["respondent"]
        assert isinstance(respondent, forms.ModelChoiceField)
        respondent.queryset = self.round.respondents.all()


class ProblemForm(OfRoundForm):
    """What is wrong, for whom and where."""

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
