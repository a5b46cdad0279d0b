"""The forms of asking others to share, and of answering."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.cycle.forms.base import DateInput
from samsyn.cycle.models import MappingRound
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.rollup.asking import MORE, PARTS
from samsyn.people.access import Viewer
from samsyn.people.fields import label
from samsyn.people.models import Organisation, Role


class AskForm(forms.Form):
    """Which organisations are asked, what for, and until when."""

    asked = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Vilka frågar ni?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Välj minst en organisation.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Vad ber ni om, och varför?"), max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    due = forms.DateField(label=gettext_lazy("Svar senast"), widget=DateInput)

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        there = Organisation.objects.exclude(pk=organisation.pk).order_by("kind", "name")
        field: Any = self.fields["asked"]
        field.queryset = there
        kinds: dict[str, list[tuple[int, str]]] = {}
        for one in there:
            kinds.setdefault(label("actor_kind", one.kind), []).append((one.pk, one.name))
        field.choices = sorted(kinds.items())

    def clean_due(self) -> date:
        """Refuse a day that has been."""
        due: date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("Välj en dag som inte har varit."))
        return due


class AnswerForm(forms.Form):
    """Which round is shared, and what of it."""

    round = forms.ModelChoiceField(
        MappingRound.objects.none(), label=gettext_lazy("Vilken kartläggning delar ni?"),
        widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": gettext_lazy("Välj en kartläggning.")},
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Vad av den delar ni?"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Intervjuer delas aldrig. Kartläggningens egen sida delas alltid."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, viewer: Viewer, **more: Any) -> None:
        super().__init__(*args, **more)
        rounds: Any = self.fields["round"]
        rounds.queryset = MappingRound.objects.of(organisation).filter(removed=None)
        if not viewer.has(organisation, Role.LEAD):
            rounds.queryset = rounds.queryset.none()
        parts: Any = self.fields["parts"]
        parts.choices = [
            (str(one._meta.model_name), str(one._meta.verbose_name_plural).capitalize())
            for one in (*PARTS, *MORE)
        ]
        self.initial.setdefault("parts", [one._meta.model_name for one in PARTS])

    @property
    def models(self) -> Sequence[type[OfRound]]:
        """The kinds of records that are ticked."""
        chosen = set(self.cleaned_data["parts"])
        return [one for one in (*PARTS, *MORE) if one._meta.model_name in chosen]
