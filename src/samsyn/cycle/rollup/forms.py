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
from samsyn.cycle.models.published import Refusal
from samsyn.cycle.rollup.asking import MORE, PARTS
from samsyn.people.access import Viewer
from samsyn.people.models import Organisation, Role


class AskForm(forms.Form):
    """What others are asked for, and until when; which others is chosen beside it."""

    text = forms.CharField(
        label=gettext_lazy("Vad ber ni om, och varför?"), max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    due = forms.DateField(label=gettext_lazy("Svar senast"), widget=DateInput)

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


class DeclineForm(forms.Form):
    """That nothing is shared, or not now, and why."""

    refusal = forms.ChoiceField(
        label=gettext_lazy("Vad svarar ni?"), widget=forms.RadioSelect, choices=Refusal.choices,
        error_messages={"required": gettext_lazy("Välj ett svar.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Varför?"), max_length=2_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("De som frågade läser det. Till ett nej hör ett skäl."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a no."""
        told = super().clean() or {}
        if told.get("refusal") == Refusal.NO and not told.get("reason"):
            self.add_error("reason", _("Skriv varför, så att de som frågade förstår."))
        return told
