"""Forms of what came of it."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.followed.judging import year_of
from samsyn.cycle.followed.steps import found
from samsyn.cycle.followed.values import SHARE, unit_of
from samsyn.cycle.forms.base import DateInput, OfRoundForm, WithAreas
from samsyn.cycle.forms.numbers import NumberField, WholeField
from samsyn.cycle.forms.per_cent import as_typed, from_typed, number_typed
from samsyn.cycle.models import FollowUp, Inventory, InventoryRow, Project, ProjectFate
from samsyn.cycle.models.followed import State, ValueStatus
from samsyn.cycle.places import release

KNOWN: Final = {ValueStatus.OK, ValueStatus.ESTIMATED}
# Units that are typed in per cent; shares of the release are kept as parts of one.
ROUNDED: Final = 0.006  # how far a share that somebody has rounded may be from its counts
PER_CENT: Final = {SHARE, "%", "procent", "per cent"}


class FollowUpForm(OfRoundForm):
    """What was found: a number with its status, or why there is none.

    Shares are typed in per cent; with numerator and denominator they need not be typed at all.
    """

    first: ClassVar = (
        "title", "intervention", "goal", "due", "period", "value", "value_status", "numerator",
        "denominator", "description",
    )  # fmt: skip

    class Meta:
        model = FollowUp
        fields: ClassVar = [
            "title", "intervention", "goal", "due", "period", "value", "value_status", "numerator",
            "denominator", "description", "evidence", "unit", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {"due": DateInput}
        field_classes: ClassVar = {
            "value": NumberField, "numerator": NumberField, "denominator": NumberField,
        }  # fmt: skip
        labels: ClassVar = {
            "title": _("Vad följs upp?"),
            "due": _("När ska den vara klar?"),
            "period": _("Vilket år gäller värdet?"),
            "description": _("Vad har hänt, och vad har ni lärt er?"),
            "evidence": _("Underlag: varifrån vet ni det?"),
            "numerator": _("Täljare: hur många gäller det?"),
            "denominator": _("Nämnare: av hur många?"),
            "unit": _("Enhet, om målet inte säger den"),
        }
        help_texts: ClassVar = {
            "value": _("En andel skrivs i procent. Med täljare och nämnare räknas den ut."),
            "value_status": _(
                "Finns det inget värde, välj varför. Ett värde som saknas är inte 0."
            ),
            "period": _("Till exempel 2027."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kept = self.instance
        if kept.pk:
            self.initial["value"] = as_typed(kept.value, kept.unit)
        if kept.pk and kept.goal is not None and kept.unit == unit_of(kept.goal, release()):
            self.initial["unit"] = ""

    @classmethod
    def typed(cls, record: FollowUp, name: str, value: Any) -> Any:
        """A share in per cent."""
        return number_typed(value, record.unit) if name == "value" else value

    def clean_period(self) -> str:
        """A period begins with its year."""
        told: str = self.cleaned_data["period"].strip()
        if told and year_of(told) is None:
            raise forms.ValidationError(_("Börja med året: 2027, eller 2027-06."))
        return told

    def clean(self) -> dict[str, Any]:
        """Refuse a number that is said to be missing, and a share that is not what it says."""
        told = super().clean() or {}
        if told.get("intervention") is None and told.get("goal") is None and not self.errors:
            self.add_error("intervention", _("Välj den insats eller det mål som följs upp."))
        goal = told.get("goal")
        if goal is not None and not told.get("unit"):
            told["unit"] = unit_of(goal, release())
        self._share(told)
        value, status = told.get("value"), told.get("value_status")
        if value is not None and status == ValueStatus.MISSING and "value" not in self.errors:
            # What stands before anybody has chosen.
            status = told["value_status"] = ValueStatus.OK
        if value is None and status in KNOWN and "value" not in self.errors:
            self.add_error("value", _("Skriv värdet, eller välj varför det inte finns."))
        if value is not None and status not in KNOWN:
            self.add_error(
                "value_status", _("Det står ett värde: välj om det finns eller är skattat.")
            )
        return told

    def _share(self, told: dict[str, Any]) -> None:
        """The value as it is kept: of numerator and denominator where these are told."""
        part, whole, value = told.get("numerator"), told.get("denominator"), told.get("value")
        unit = (told.get("unit") or "").strip().lower()
        shared = unit in PER_CENT
        if value is not None:
            value = told["value"] = from_typed(value, unit)
        if {"numerator", "denominator"} & set(self.errors):
            return
        if (part is None) != (whole is None):
            self.add_error(
                "denominator", _("Täljare och nämnare hör ihop: skriv båda eller ingen.")
            )
            return
        if part is None or whole is None:
            return
        if whole <= 0:
            self.add_error("denominator", _("Nämnaren måste vara större än noll."))
        elif shared and not 0 <= part <= whole:
            self.add_error("numerator", _("En andel är en del av nämnaren: högst lika många."))
        else:
            times = 100 if shared and unit != SHARE else 1
            own = part / whole * times
            if value is None or abs(value - own) <= ROUNDED * (times if shared else abs(own)):
                told["value"] = own if "value" not in self.errors else value
            else:
                self.add_error(
                    "value", _("Värdet stämmer inte med täljare och nämnare. Lämna det tomt.")
                )

    def _typed(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed; a planned one is a draft once anything is said of what was found."""
        several, single = super()._typed()
        if self.instance.state == State.PLANNED and found(self.instance):
            self.instance.state = single["state"] = State.DRAFT
        return several, single


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
