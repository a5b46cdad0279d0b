"""What every form of a round has: links within the round, and the areas of its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.cycle.models import MappingRound
from samsyn.cycle.models.base import AreasField, OfRound
from samsyn.cycle.places import name_of, parts
from samsyn.people.forms import RecordForm
from samsyn.people.kinds import AskFirst
from samsyn.people.models import Organisation


class DateInput(forms.DateInput):
    """A date as browsers let it be chosen."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class WithAreas(RecordForm):
    """A form whose areas are those of a place, and any that the record has already."""

    def offer_areas(self, place: str, language: str) -> None:
        """Give the fields of areas their choices."""
        offered = parts(place)
        known = {key for key, _name in offered}
        for name, field in self.fields.items():
            column = self._meta.model._meta.get_field(name) if name in self.columns() else None
            if isinstance(column, AreasField) and isinstance(field, forms.MultipleChoiceField):
                kept = [one for one in getattr(self.instance, name) or [] if one not in known]
                more = [(key, name_of(key, language)) for key in kept]
                field.choices = [*offered, *more]


class OfRoundForm(WithAreas):
    """A form of a record in a round: it links to what the same round has found."""

    def __init__(self, *args: Any, round: MappingRound, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)
        self.round = round
        if self.instance.pk is None:
            self.instance.round = round
        self.offer_areas(round.place, language)
        for field in self.fields.values():
            there = field.queryset if isinstance(field, forms.ModelChoiceField) else None
            if there is not None and issubclass(there.model, OfRound):
                field.queryset = there.filter(round=round)  # type: ignore[attr-defined]


def round_of(request: HttpRequest, organisation: Organisation, record: Any) -> dict[str, Any]:
    """The round that a form is of: that of the record, the one asked for, else the newest open one.

    A form in which the round is chosen asks for it, others by their address. Raises AskFirst where
    the organisation has none.
    """
    language = request.LANGUAGE_CODE[:2]
    if record is not None:
        return {"round": record.round, "language": language}
    there = MappingRound.objects.filter(organisation=organisation, removed=None)
    asked = request.POST.get(MappingRound.WORD) or request.GET.get(MappingRound.WORD, "")
    chosen = there.filter(pk=int(asked)).first() if asked.isdecimal() else None
    chosen = chosen or there.filter(closed=None).order_by("-created").first() or there.first()
    if chosen is None:
        raise AskFirst(
            reverse("new-record", args=[organisation.slug, MappingRound.WORD]),
            _("Börja med en kartläggning: vilken plats och vilka år arbetet gäller."),
        )
    return {"round": chosen, "language": language}
