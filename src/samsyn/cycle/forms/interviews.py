"""The form of an interview: who by code and role, when, and what was said, all on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samsyn.cycle import notes, respondents
from samsyn.cycle.forms.base import DateInput, OfRoundForm
from samsyn.cycle.models import Interview
from samsyn.people.fields import choices
from samsyn.statistics.classifications import classification

NOTES = "notes_"


class InterviewForm(OfRoundForm):
    """An interview with its notes by theme.

    The respondent is one of the round, or a new one who gets the next code. Names are not asked for
    here: what is typed in this form is kept as a draft, and who somebody is must lie sealed.
    """

    first: ClassVar = ("respondent", "new_role", "new_perspective", "held")

    new_role = forms.CharField(
        label=_("eller en ny: vilken roll?"), max_length=120, required=False,
        help_text=_("Till exempel skolkurator eller ordförande i en förening. Skriv inget namn: "
                    "respondenten får en kod, som R1."),
    )  # fmt: skip
    new_perspective = forms.ChoiceField(label=_("den nyas perspektiv"), required=False)

    class Meta:
        model = Interview
        fields: ClassVar = ["respondent", "held", "title", "description", "owner"]
        widgets: ClassVar = {"held": DateInput}
        labels: ClassVar = {"respondent": _("Vem har ni talat med?"), "held": _("När?")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        respondent, perspective = self.fields["respondent"], self.fields["new_perspective"]
        assert isinstance(respondent, forms.ModelChoiceField)
        assert isinstance(perspective, forms.ChoiceField)
        respondent.queryset = self.round.respondents.all()
        respondent.empty_label = _now("En ny respondent")
        perspective.choices = [("", _now("Välj")), *choices("perspective_heard")]
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Lämna tom för att få respondentens kod och roll.")
        respondent.required = self.instance.pk is not None
        if self.instance.pk is None:  # one of the two must be there
            for name in ("respondent", "new_role", "new_perspective"):
                self.fields[name].either = True  # type: ignore[attr-defined]
        self.order_fields(("respondent", "new_role", "new_perspective", "held"))
        if self.instance.pk:
            del self.fields["new_role"], self.fields["new_perspective"]
        for theme, label in choices("interview_theme"):
            self.fields[NOTES + theme] = forms.CharField(
                label=label, required=False, max_length=100_000,
                widget=forms.Textarea(attrs={"rows": 5}),
            )  # fmt: skip

    @property
    def shown_first(self) -> list[Any]:
        """Who and when, then a field for each theme."""
        return [self[name] for name in self.fields if name in self.first or _is_notes(name)]

    @property
    def folded(self) -> list[Any]:
        """All else."""
        return [one for one in super().folded if not _is_notes(one.name)]

    def clean(self) -> dict[str, Any]:
        """Ask for one respondent: one of the round, or what is needed of a new one."""
        told = super().clean() or {}
        if self.instance.pk is None:
            role, known = told.get("new_role"), told.get("respondent")
            if known is not None and role:
                self.add_error(
                    "new_role", _("Välj antingen en respondent i listan eller skriv en ny roll.")
                )
            elif known is None and not role and not {"respondent", "new_role"} & {*self.errors}:
                self.add_error("new_role", _("Välj en respondent, eller skriv rollen för en ny."))
            elif known is None and role and not told.get("new_perspective"):
                self.add_error("new_perspective", _("Välj vilket perspektiv den nya har."))
        for theme in classification("interview_theme").entries:
            if any(len(text) > notes.LONGEST
                   for _focus, text in notes.split(told.get(NOTES + theme, ""))):  # fmt: skip
                self.add_error(
                    NOTES + theme, _("En anteckning är för lång: dela den med en tom rad.")
                )
        return told

    def save(self, commit: bool = True) -> Any:
        """Keep the interview, then its notes; a new respondent first."""
        told = self.cleaned_data
        if self.instance.pk is None and told.get("respondent") is None:
            told["respondent"] = respondents.add(
                self.round, told["new_role"], told["new_perspective"]
            )
            self.instance.respondent = told["respondent"]
        if not told.get("title"):
            who = told["respondent"]
            named = {"code": who.code, "role": who.role}
            told["title"] = (_now("Intervju med %(code)s, %(role)s") % named)[:200]
            self.instance.title = told["title"]
        interview = super().save(commit)
        for theme in classification("interview_theme").entries:
            notes.keep(interview, theme, told.get(NOTES + theme, ""))
        return interview


def _is_notes(name: str) -> bool:
    return name.startswith(NOTES)
