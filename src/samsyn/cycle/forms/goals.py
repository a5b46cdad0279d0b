"""The form of a goal, which can have its baseline from the release."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samsyn.cycle import figures
from samsyn.cycle.figures import Figure, UnknownFigureError, look_up
from samsyn.cycle.forms.base import OfRoundForm
from samsyn.cycle.forms.fetching import Fetching
from samsyn.cycle.forms.numbers import NumberField, YearField
from samsyn.cycle.forms.per_cent import as_typed, from_typed, number_typed
from samsyn.cycle.models import Goal
from samsyn.cycle.places import Choices, name_of, parts, release
from samsyn.publish.numbers import decimals_of
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, UNITS

NUMBERS: Final = ("baseline", "target")


class GoalForm(Fetching, OfRoundForm):
    """What is to be reached, so that it can be seen whether it was.

    The second button of the form fills the baseline in from the release and saves nothing. Whether
    a baseline is the release's is decided here, whatever the form says: then the goal keeps which
    release that is.
    """

    AT: ClassVar = "baseline"
    first: ClassVar = (
        "title", "needs", "indicator", "measure", "unit", "area", "baseline", "baseline_period",
        "target", "target_year",
    )  # fmt: skip

    indicator = forms.ChoiceField(
        label=_("Vilken indikator visar det?"), required=False,
        help_text=_("Finns ingen som passar: skriv ett eget mått i stället."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Var?"), required=False)
    unit = forms.ChoiceField(label=_("det egna måttets enhet"), required=False)
    baseline = NumberField(
        label=_("utgångsvärde"), required=False,
        help_text=_("Andelar skrivs i procent. För en indikator kan värdet hämtas ur utgåvan med "
                    "knappen ”Hämta utgångsvärdet” sist i formuläret."),
    )  # fmt: skip
    target = NumberField(label=_("målvärde"), required=False)

    class Meta:
        model = Goal
        fields: ClassVar = [
            "title", "needs", "indicator", "measure", "unit", "area", "baseline",
            "baseline_period", "target", "target_year", "description", "trust_criteria",
            "perspectives", "owner",
        ]  # fmt: skip
        widgets: ClassVar = {"needs": forms.CheckboxSelectMultiple}
        field_classes: ClassVar = {"target_year": YearField}
        labels: ClassVar = {
            "title": _("Vad ska ha hänt, i en mening?"),
            "needs": _("Vilka behov svarar det mot?"),
        }

    def __init__(self, data: Any = None, *args: Any, language: str = "sv", **more: Any) -> None:
        super().__init__(data, *args, language=language, **more)
        self.language = language
        self.begin(data)
        self.fetched: Figure | None = None
        self.verified: Figure | None = None
        self._choose("indicator", indicator_choices(language), self.instance.indicator)
        self._choose("area", area_choices(self.round.place, language), self.instance.area)
        units = [(code, told[0 if language == "sv" else 1]) for code, told in UNITS.items()
                 if code != "class"]  # fmt: skip
        self._choose("unit", [("", _now("Välj")), *units], self.instance.unit)
        for name in NUMBERS:
            kept = getattr(self.instance, name)
            rounded = name == "baseline" and bool(self.instance.baseline_release)
            self.initial[name] = as_typed(kept, self.instance.unit, rounded=rounded)
        if self.fetching:
            self._fetch()

    @classmethod
    def typed(cls, record: Goal, name: str, value: Any) -> Any:
        """A share in per cent."""
        return number_typed(value, record.unit) if name in NUMBERS else value

    def _choose(self, name: str, choices: list[Any], kept: str) -> None:
        """Give a field its choices, among which is what the goal has already."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        there = {key for key, told in choices for key in _keys(key, told)}
        if kept and kept not in there:
            label = name_of(kept, self.language) if name == "area" else kept
            choices = [*choices, (kept, label)]
        field.choices = choices

    # --- the baseline of the release --------------------------------------------------------------

    def _fetch(self) -> None:
        """Fill in the baseline as the release has it: of the period typed, else of the newest."""
        data: Any = self.data
        data = data.copy()
        indicator = data.get("indicator", "")
        if not indicator:
            self.refused = _now("Välj en indikator att hämta utgångsvärdet för.")
            return
        area = data.get("area") or self.round.place
        try:
            found = look_up(indicator, area, data.get("baseline_period", "").strip())
        except UnknownFigureError as error:
            self.refused = str(error)
            return
        if found.value is None:
            told = figures.written(found, self.language)
            self.refused = _now("Utgåvan har inget värde: %(why)s.") % {"why": told}
            return
        self.fetched = found
        data["baseline"] = as_typed(found.value, found.unit, rounded=True)
        data["baseline_period"] = found.period
        self.data = data

    @property
    def fetched_told(self) -> str:
        """What was fetched, in words."""
        return "" if self.fetched is None else figures.told(self.fetched, self.language)

    # --- what was typed ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Take numbers in the unit of the indicator, and the release's baseline as it is there.

        What was not changed stays as it is kept, however it is written in the form.
        """
        told = super().clean() or {}
        entry = None
        if told.get("indicator"):
            there = release()
            entry = None if there is None else there.indicator(told["indicator"])
            told["unit"] = entry.unit if entry else self.instance.unit
        unit = told.get("unit") or ""
        before = self._kept()
        for name in NUMBERS:
            if name not in told:
                continue
            typed = str(self.data.get(name) or "").strip()
            same = typed == self.initial.get(name) and unit == self.initial.get("unit", "")
            kept = before.get(name)
            told[name] = kept if same and kept is not None else from_typed(told[name], unit)
        found = self._of_release(told)
        if found is not None:
            told["baseline"], told["baseline_period"] = found.value, found.period
        self.verified = found
        return told

    def _kept(self) -> dict[str, Any]:
        """The numbers that the goal has in the database."""
        if self.instance.pk is None:
            return {}
        return Goal.objects.filter(pk=self.instance.pk).values(*NUMBERS).get()

    def _of_release(self, told: dict[str, Any]) -> Figure | None:
        """The figure of the release that the baseline is, as far as its decimals tell."""
        value, period = told.get("baseline"), told.get("baseline_period")
        if not told.get("indicator") or value is None or not period:
            return None
        area = told.get("area") or self.round.place
        for of in dict.fromkeys((self.instance.baseline_release, "")):
            try:
                found = look_up(told["indicator"], area, period, of)
            except UnknownFigureError:
                continue
            if found.value is None:
                continue
            half = 0.5 * 10 ** -decimals_of(found.unit) * (0.01 if found.unit == "share" else 1)
            if abs(found.value - value) <= half * (1 + 1e-6):
                return found
        return None

    def save(self, commit: bool = True) -> Any:
        """Keep the goal, with the release that its baseline is from."""
        of = self.verified.release if self.verified is not None else ""
        self.instance.baseline_release = of
        goal = super().save(commit)
        if goal.baseline_release != of:
            goal.baseline_release = of
            Goal.objects.filter(pk=goal.pk).update(baseline_release=of)
            goal.history.filter(version=goal.version).update(baseline_release=of)
        return goal


def _keys(key: Any, told: Any) -> list[str]:
    """The values of a choice, which may be a group of them."""
    return [one for one, _label in told] if isinstance(told, list | tuple) else [key]


def indicator_choices(language: str) -> list[Any]:
    """The indicators that the release has, by focus area."""
    there = release()
    groups: dict[str, Choices] = {}
    for name in there.indicators if there else ():
        entry = there.indicator(name) if there else None
        if entry is not None and entry.unit != "class":
            groups.setdefault(entry.focus_area, []).append((name, entry.name[language]))
    ordered = sorted(groups, key=lambda one: list(FOCUS_AREA_NAMES).index(one))
    return [
        ("", pgettext("indikator", "Ingen")),
        *((FOCUS_AREA_NAMES[one][language], sorted(groups[one], key=lambda row: row[1]))
          for one in ordered),
    ]  # fmt: skip


def area_choices(place: str, language: str) -> Choices:
    """The place of a round, first, and its parts."""
    return [("", name_of(place, language)), *parts(place)]
