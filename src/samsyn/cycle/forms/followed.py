"""Forms of what became of projects, and of inventories that are known in numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import DateInput, WithAreas
from samsyn.cycle.forms.numbers import WholeField
from samsyn.cycle.models import Inventory, InventoryRow, Project, ProjectFate


class ProjectForm(WithAreas):
    """A project in the inventory."""

    first: ClassVar = ("title", "run_by", "funder", "began", "ended")

    class Meta:
        model = Project
        fields: ClassVar = [
            "title", "run_by", "funder", "began", "ended", "description", "focus_areas", "areas",
            "cost", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {"began": DateInput, "ended": DateInput}
        field_classes: ClassVar = {"cost": WholeField}
        labels: ClassVar = {"title": _("Projektets namn")}

    def __init__(self, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer_areas(self.organisation.home_area, language)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told = super().clean() or {}
        began, ended = told.get("began"), told.get("ended")
        if began and ended and ended < began:
            self.add_error("ended", _("Projektet slutade innan det började."))
        return told


class FateForm(forms.ModelForm):
    """What had become of a project, when, and what shows it."""

    class Meta:
        model = ProjectFate
        fields: ClassVar = ["fate", "at", "evidence"]
        widgets: ClassVar = {"at": DateInput, "evidence": forms.Textarea({"rows": 3})}
        labels: ClassVar = {
            "fate": _("Vad blev det av projektet?"),
            "at": _("När var det så?"),
            "evidence": _("Vad visar det?"),
        }
        help_texts: ClassVar = {
            "evidence": _("Till exempel ett beslut, en budgetrad, eller vem som berättade det."),
        }


class InventoryForm(WithAreas):
    """An inventory that is known in numbers only."""

    first: ClassVar = ("title", "year", "followed_up", "total", "source")

    class Meta:
        model = Inventory
        fields: ClassVar = [
            "title", "year", "followed_up", "total", "catalogued", "source", "description", "owner",
        ]  # fmt: skip
        labels: ClassVar = {"title": _("Vad inventerades?")}

    def __init__(self, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """Refuse more followed up than were known, and a follow-up before its time."""
        told = super().clean() or {}
        total, catalogued = told.get("total"), told.get("catalogued")
        if total is not None and catalogued is not None and total > catalogued:
            self.add_error("total", _("Fler uppföljda än kända projekt."))
        year, after = told.get("year"), told.get("followed_up")
        if year and after and after < year:
            self.add_error("followed_up", _("Uppföljningen ligger före projekten."))
        return told


class InventoryRowForm(forms.ModelForm):
    """How many projects of an inventory had a fate."""

    class Meta:
        model = InventoryRow
        fields: ClassVar = ["fate", "projects"]
