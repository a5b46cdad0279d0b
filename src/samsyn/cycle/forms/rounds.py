"""The form of a round: what is mapped, where and how."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.baseline import freeze
from samsyn.cycle.forms.base import WithAreas
from samsyn.cycle.forms.numbers import YearField
from samsyn.cycle.models import MappingRound
from samsyn.cycle.places import places
from samsyn.people.models import Organisation

KINDS = {"municipality": _("Kommuner"), "county": _("Län"), "country": _("Riket")}


class MappingRoundForm(WithAreas):
    """What is mapped, where and how. A new round keeps the figures of its place as they are now."""

    first: ClassVar = ("title", "place", "year_from", "year_to", "focus_areas")
    follows_typed = True  # the areas are those of the place
    place = forms.ChoiceField(label=_("Vilken plats gäller det?"))

    class Meta:
        model = MappingRound
        fields: ClassVar = [
            "title", "place", "year_from", "year_to", "focus_areas", "description", "areas",
            "perspectives_heard", "registers", "interviews_planned", "survey_answers", "workshops",
            "documents", "perspectives", "owner",
        ]  # fmt: skip
        field_classes: ClassVar = {"year_from": YearField, "year_to": YearField}
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
        if not kept and not self.initial.get("place") and self.organisation.home_area in there:
            self.initial["place"] = self.organisation.home_area
        if self.instance.pk is None:
            year = timezone.localdate().year
            for name, usual in (("year_from", year), ("year_to", year + 1)):
                self.initial[name] = self.initial.get(name) or usual
        asked = self.data.get("place", "") if self.is_bound else ""
        self.offer_areas(kept or asked or self.initial.get("place", ""), language)

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order."""
        told = super().clean() or {}
        begins, ends = told.get("year_from"), told.get("year_to")
        if begins and ends and ends < begins:
            self.add_error("year_to", _("Slutåret ligger före startåret."))
        return told

    def save(self, commit: bool = True) -> Any:
        """Keep the round, with the figures of its place.

        Another place has other figures, which are those of now. Where only the focus areas or the
        areas are others, the figures of these come from the release that the round began with.
        """
        if not self.instance.pk:
            freeze(self.instance)
            return super().save(commit)
        # The form has put what was typed into the instance already.
        before = MappingRound.objects.get(pk=self.instance.pk)
        kept: MappingRound = super().save(commit)
        chosen = ("focus_areas", "areas")
        if kept.place != before.place:
            freeze(kept)
        elif kept.release and any(getattr(kept, a) != getattr(before, a) for a in chosen):
            freeze(kept, kept.release)
        else:
            return kept
        keep_baseline(kept)
        return kept


def keep_baseline(round: MappingRound) -> None:
    """Keep the figures that were put into a round: in its row, and in that of its last version."""
    told = {"baseline": round.baseline, "release": round.release}
    MappingRound.objects.filter(pk=round.pk).update(**told)
    round.history.filter(version=round.version).update(**told)


def language_of(request: HttpRequest, organisation: Organisation, record: Any) -> dict[str, Any]:
    """The language in which a form without a round names places."""
    return {"language": request.LANGUAGE_CODE[:2]}
