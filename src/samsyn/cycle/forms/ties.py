"""Forms of a tie: from a cell of the matrix, from an actor's page, and of a row in a list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.cycle.meanwhile import as_it_stands, latest
from samsyn.cycle.models import Actor, Tie

OLDEST = 1900
# What everybody fills in, the most telling first.
FIRST = ("other", "basis", "often", "quality")


class TieForm(forms.ModelForm):
    """How two work together. `seen` is the latest change that the form was opened with."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Tie
        fields: ClassVar = ["basis", "often", "quality", "form", "level", "since", "note"]
        widgets: ClassVar = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        limits(self)
        self.initial["seen"] = latest(self.instance)

    @property
    def shown_first(self) -> list[BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def folded(self) -> list[BoundField]:
        """The fields that are shown when wanted."""
        return [self[name] for name in self.fields if name not in FIRST and name != "seen"]

    @property
    def unfolded(self) -> bool:
        """Whether the folded fields must be seen, since one is wrong or filled in."""
        return any(field.errors or field.value() for field in self.folded)

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody else has changed meanwhile, until it has been seen."""
        told = super().clean() or {}
        now = latest(self.instance)
        if now != (told.get("seen") or 0):
            data: Any = self.data
            self.data = data.copy()
            self.data[self.add_prefix("seen")] = str(now)  # type: ignore[index]
            self.add_error(None, self._meanwhile())
        return told

    def _meanwhile(self) -> str:
        """What has happened, and how it stands now."""
        if self.instance.pk is None:
            return _("Någon har tagit bort samverkan medan du skrev. Spara igen för att lägga in "
                     "den på nytt.")  # fmt: skip
        now = as_it_stands(self.instance, TieForm.Meta.fields)
        return _("Någon har skrivit om samma samverkan medan du skrev. Nu står det: %(now)s. Spara "
                 "igen om det som står i formuläret ska gälla.") % {
            "now": now or _("ingenting mer än att den finns")
        }  # fmt: skip


class NewTieForm(TieForm):
    """A tie of an actor with another one, who is chosen."""

    other = forms.ModelChoiceField(Actor.objects.none(), label=gettext_lazy("Samverkar med"))

    def __init__(self, *args: Any, others: QuerySet[Actor], **more: Any) -> None:
        super().__init__(*args, **more)
        other = self.fields["other"]
        assert isinstance(other, forms.ModelChoiceField)
        other.queryset = others
        other.empty_label = _("Välj")


class TieRowForm(forms.ModelForm):
    """A tie in a list: both actors by name, and what the tie is."""

    class Meta:
        model = Tie
        fields: ClassVar = ["first", "second", *TieForm.Meta.fields]
        labels: ClassVar = {
            "first": gettext_lazy("En aktör"), "second": gettext_lazy("Samverkar med"),
        }  # fmt: skip

    def __init__(self, *args: Any, actors: QuerySet[Actor], **more: Any) -> None:
        super().__init__(*args, **more)
        limits(self)
        for name in ("first", "second"):
            one = self.fields[name]
            assert isinstance(one, forms.ModelChoiceField)
            one.queryset = actors


def limits(form: forms.ModelForm) -> None:
    """Years that can be: none that has not come."""
    since = form.fields["since"]
    assert isinstance(since, forms.IntegerField)
    since.min_value, since.max_value = OLDEST, timezone.localdate().year
    since.validators += [MinValueValidator(OLDEST), MaxValueValidator(since.max_value)]
    since.widget.attrs |= {"min": OLDEST, "max": since.max_value}
