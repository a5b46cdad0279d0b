"""Forms of what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import DateInput, OfRoundForm, WithAreas
from samsyn.cycle.models import FollowUp, Inventory, Project
from samsyn.cycle.models.followed import ValueStatus

KNOWN = {ValueStatus.OK, ValueStatus.ESTIMATED}


class FollowUpForm(OfRoundForm):
    """What was found: a number with its status, or why there is none."""

    first: ClassVar = (
        "title", "intervention", "goal", "due", "period", "value", "value_status", "description",
    )  # fmt: skip

    class Meta:
        model = FollowUp
        fields: ClassVar = [
            "title", "intervention", "goal", "due", "period", "value", "value_status",
            "description", "numerator", "denominator", "unit", "evidence", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {"due": DateInput}

    def clean(self) -> dict[str, Any]:
        """Refuse a number that is said to be missing, and a share that is not what it says."""
        told = super().clean() or {}
        value, status = told.get("value"), told.get("value_status")
        if value is None and status in KNOWN:
            self.add_error("value", _("Skriv värdet, eller välj varför det inte finns."))
        if value is not None and status not in KNOWN:
            self.add_error(
                "value_status", _("Det står ett värde: välj om det finns eller är skattat.")
            )
        part, whole = told.get("numerator"), told.get("denominator")
        if (part is None) != (whole is None):
            self.add_error(
                "denominator", _("Täljare och nämnare hör ihop: skriv båda eller ingen.")
            )
        elif whole is not None and whole <= 0:
            self.add_error("denominator", _("Nämnaren måste vara större än noll."))
        return told


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

    def __init__(self, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer_areas(self.organisation.home_area, language)


class InventoryForm(WithAreas):
    """An inventory that is known in numbers only."""

    first: ClassVar = ("title", "year", "followed_up", "total", "source")

    class Meta:
        model = Inventory
        fields: ClassVar = [
            "title", "year", "followed_up", "total", "catalogued", "source", "description", "owner",
        ]  # fmt: skip

    def __init__(self, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(*args, **more)
