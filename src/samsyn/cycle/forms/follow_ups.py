"""The form of a follow-up, which can take its value from the release."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samsyn.cycle import figures
from samsyn.cycle.figures import Figure, UnknownFigureError, look_up
from samsyn.cycle.followed.judging import year_of
from samsyn.cycle.followed.offered import Offer, agrees, close, offered
from samsyn.cycle.followed.steps import found
from samsyn.cycle.followed.values import SHARE, unit_of
from samsyn.cycle.forms.base import DateInput, OfRoundForm
from samsyn.cycle.forms.fetching import FETCH, Fetching
from samsyn.cycle.forms.numbers import NumberField
from samsyn.cycle.forms.per_cent import as_typed, from_typed, number_typed
from samsyn.cycle.models import FollowUp
from samsyn.cycle.models.followed import State, ValueStatus
from samsyn.cycle.places import release

KNOWN: Final = {ValueStatus.OK, ValueStatus.ESTIMATED}
# Units that are typed in per cent; shares of the release are kept as parts of one.
ROUNDED: Final = 0.006  # how far a share that somebody has rounded may be from its counts
PER_CENT: Final = {SHARE, "%", "procent", "per cent"}
SHOW: Final = "visa"  # the button that shows the values of the goal that is chosen


class FollowUpForm(Fetching, OfRoundForm):
    """What was found: a number with its status, or why there is none.

    Shares are typed in per cent; with numerator and denominator they need not be typed at all. A
    value that the release has for the goal is taken by a button, which saves nothing. Whether a
    value is that of a release is decided here, whatever the form says.
    """

    AT: ClassVar = "value"
    first: ClassVar = (
        "title", "intervention", "goal", "due", "period", "value", "value_status", "numerator",
        "denominator", "description",
    )  # fmt: skip

    class Meta:
        model = FollowUp
        fields: ClassVar = [
            "title", "intervention", "goal", "due", "period", "value", "value_status", "numerator",
            "denominator", "description", "evidence", "unit", "release", "owner",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"due": DateInput, "release": forms.HiddenInput}
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

    def __init__(self, data: Any = None, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(data, *args, language=language, **more)
        self.language = language
        self.begin(data)
        self.fetched: Figure | None = None
        kept = self.instance
        if kept.pk:
            self.initial["value"] = as_typed(kept.value, kept.unit)
        if kept.pk and kept.goal is not None and kept.unit == unit_of(kept.goal, release()):
            self.initial["unit"] = ""
        if self.fetching and data[FETCH] != SHOW:
            self._fetch(data[FETCH])
        elif data is None and not kept.pk and {"goal", "period"} <= set(self.initial):
            # A link beside a value of the release leads here.
            self._fetch(f"{self.initial['goal']}:{self.initial['period']}")

    # --- the values of the release ----------------------------------------------------------------

    @cached_property
    def offers(self) -> list[Offer]:
        """What the release has for the goal that is chosen, else for those of the intervention."""
        field: Any = self.fields["goal"]
        goal, intervention = self._now("goal"), self._now("intervention")
        if goal.isdecimal():
            goals = field.queryset.filter(pk=int(goal))
        elif intervention.isdecimal():
            goals = field.queryset.filter(interventions=int(intervention))
        else:
            return []
        return [
            one
            for goal in goals.order_by("title", "pk")
            for one in offered(goal, self.round.place, self.language, self.instance.pk)
        ]

    def _now(self, name: str) -> str:
        """What a field holds as the form is opened or sent."""
        told: Any = self.data if self.is_bound else self.initial
        return str(told.get(name) or "")

    def _fetch(self, key: str) -> None:
        """Fill in a value as the release has it; what is secret there is secret here."""
        offer = next((one for one in self.offers if one.key == key), None)
        if offer is None:
            self.refused = _now("Utgåvan har inte det värdet, eller så finns det redan här.")
            return
        one = self.fetched = offer.figure
        rounded = as_typed(one.value, one.unit, rounded=True)
        filled = {
            "goal": str(offer.goal.pk), "period": one.period, "value": rounded,
            "value_status": one.status, "release": one.release, "unit": "",
            "numerator": as_typed(one.numerator, ""), "denominator": as_typed(one.denominator, ""),
        }  # fmt: skip
        if not self._now("title"):
            filled["title"] = f"{offer.goal.title[:180]}, {one.period}"
        if self.fetching:
            data: Any = self.data
            self.data = data.copy()
            self.data.update(filled)  # type: ignore[attr-defined]
        else:
            self.initial = {**self.initial, **filled}

    @property
    def fetched_told(self) -> str:
        """What was taken, in words."""
        return "" if self.fetched is None else figures.told(self.fetched, self.language)

    def _of_release(self, typed: dict[str, Any]) -> Figure | None:
        """The figure of the release that is said to be the value; None where it is another."""
        goal, name = typed.get("goal"), typed.get("release")
        if not name or goal is None or not goal.indicator:
            return None
        try:
            area = goal.area or self.round.place
            one = look_up(goal.indicator, area, typed.get("period") or "", name)
        except UnknownFigureError:
            return None
        return one if agrees(one, typed) else None

    # --- what was typed ---------------------------------------------------------------------------

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
        told: dict[str, Any] = super().clean() or {}
        if told.get("intervention") is None and told.get("goal") is None and not self.errors:
            self.add_error("intervention", _("Välj den insats eller det mål som följs upp."))
        goal = told.get("goal")
        if goal is not None and not told.get("unit"):
            told["unit"] = unit_of(goal, release())
        value = told.get("value")
        if value is not None:
            told["value"] = from_typed(value, (told.get("unit") or "").strip().lower())
        one = self._of_release(told)
        if one is not None:
            told["value"] = one.value
            return told
        told["release"] = self._kept_release(told)
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

    def _kept_release(self, typed: dict[str, Any]) -> str:
        """The release of a value that nobody has changed, also where it is there no longer."""
        kept = self.instance
        names = ("goal", "period", "value_status", "numerator", "denominator")
        same = kept.pk and kept.release and typed.get("release") == kept.release
        same = same and all(typed.get(name) == getattr(kept, name) for name in names)
        return kept.release if same and close(kept.value, typed.get("value")) else ""

    def _share(self, told: dict[str, Any]) -> None:
        """The value as it is kept: of numerator and denominator where these are told."""
        part, whole, value = told.get("numerator"), told.get("denominator"), told.get("value")
        unit = (told.get("unit") or "").strip().lower()
        shared = unit in PER_CENT
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
