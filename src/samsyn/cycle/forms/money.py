"""The forms on an intervention's page: money, and follow-ups that are planned in one step."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.cycle.followed.months import months_after
from samsyn.cycle.forms.base import DateInput
from samsyn.cycle.forms.numbers import WholeField, YearField
from samsyn.cycle.models import FollowUp, Goal, Intervention, Money

SUGGESTED: Final = (6, 12, 24)  # months after the start of an intervention


class MoneyForm(forms.ModelForm):
    """From where, how much, and whether it is there."""

    class Meta:
        model = Money
        fields: ClassVar = ["source", "amount", "status", "year_from", "year_to"]
        field_classes: ClassVar = {
            "amount": WholeField, "year_from": YearField, "year_to": YearField,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order."""
        told = super().clean() or {}
        first, last = told.get("year_from"), told.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", _("Slutåret ligger före startåret."))
        return told


class PlanForm(forms.Form):
    """Which follow-ups to plan: suggested days after the start, each to be ticked and changed."""

    goal = forms.ModelChoiceField(
        Goal.objects.none(), required=False, label=gettext_lazy("Mål som följs upp"),
        empty_label=gettext_lazy("Inget särskilt mål"),
    )  # fmt: skip

    def __init__(self, *args: Any, intervention: Intervention, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.intervention = intervention
        start = intervention.begins or today
        planned = set(
            FollowUp.objects.filter(intervention=intervention, removed=None).values_list(
                "due", flat=True
            )
        )
        for months in SUGGESTED:
            due = months_after(start, months)
            self.fields[f"plan_{months}"] = forms.BooleanField(
                required=False, initial=due >= today and due not in planned,
                label=_("Efter %(months)s månader") % {"months": months},
            )  # fmt: skip
            self.fields[f"due_{months}"] = forms.DateField(
                required=False, initial=due, widget=DateInput,
                label=_("Dag, efter %(months)s månader") % {"months": months},
            )  # fmt: skip
        goals = self.fields["goal"]
        assert isinstance(goals, forms.ModelChoiceField)
        goals.queryset = intervention.goals.filter(removed=None)
        goals.initial = intervention.goals.filter(removed=None).first()

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The box and the day of each suggestion."""
        return [(self[f"plan_{months}"], self[f"due_{months}"]) for months in SUGGESTED]

    def clean(self) -> dict[str, Any]:
        """Refuse a suggestion without a day, and none at all."""
        told = super().clean() or {}
        ticked = [months for months in SUGGESTED if told.get(f"plan_{months}")]
        for months in ticked:
            if not told.get(f"due_{months}") and f"due_{months}" not in self.errors:
                self.add_error(f"due_{months}", _("Välj en dag."))
        if not ticked:
            raise forms.ValidationError(_("Kryssa för minst en uppföljning."))
        return told

    def planned(self) -> list[FollowUp]:
        """The follow-ups, not yet kept."""
        one, goal = self.intervention, self.cleaned_data["goal"]
        return [
            FollowUp(
                organisation=one.organisation, round=one.round, intervention=one, goal=goal,
                title=_("Uppföljning efter %(months)s månader: %(title)s")
                % {"months": months, "title": one.title[:150]},
                due=self.cleaned_data[f"due_{months}"], unit="" if goal is None else goal.unit,
                owner=one.owner,
            )
            for months in SUGGESTED
            if self.cleaned_data.get(f"plan_{months}")
        ]  # fmt: skip
