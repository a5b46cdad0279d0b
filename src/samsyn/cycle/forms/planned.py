"""Forms of what is needed and what is done."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import DateInput, OfRoundForm
from samsyn.cycle.models import Intervention, Need


class NeedForm(OfRoundForm):
    """What is needed, and which problems say so."""

    first: ClassVar = ("title", "description", "problems", "kind", "own_control", "controlled_by")
    alike = True

    class Meta:
        model = Need
        fields: ClassVar = [
            "title", "problems", "kind", "own_control", "controlled_by", "description",
            "focus_areas", "target_groups", "areas", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {
            "problems": forms.CheckboxSelectMultiple, "kind": forms.RadioSelect,
        }  # fmt: skip
        labels: ClassVar = {
            "title": _("Vad behövs, i en mening?"),
            "problems": _("Vilka problem svarar det mot?"),
        }


class InterventionForm(OfRoundForm):
    """What is done, by whom, for whom and where."""

    first: ClassVar = ("title", "description", "goals", "kind", "level", "horizon", "form", "lead")
    alike = True

    class Meta:
        model = Intervention
        fields: ClassVar = [
            "title", "description", "goals", "kind", "level", "horizon", "form", "lead",
            "partners", "focus_areas", "target_groups", "participation", "participation_how",
            "areas", "begins", "ends", "afterwards", "displacement", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {
            "goals": forms.CheckboxSelectMultiple, "partners": forms.CheckboxSelectMultiple,
            "form": forms.RadioSelect, "begins": DateInput, "ends": DateInput,
        }  # fmt: skip
        labels: ClassVar = {
            "title": _("Vad ska göras, i en mening?"),
            "goals": _("Vilka mål ska det nå?"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told = super().clean() or {}
        begins, ends = told.get("begins"), told.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("Insatsen slutar innan den börjar."))
        return told
