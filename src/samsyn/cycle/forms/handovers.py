"""The form of giving projects to another organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samsyn.people.models import Organisation


class HandoverForm(forms.Form):
    """To which organisation."""

    taker = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("Till vilken organisation?")
    )

    def __init__(self, *args: Any, giver: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        taker = self.fields["taker"]
        assert isinstance(taker, forms.ModelChoiceField)
        taker.queryset = Organisation.objects.filter(closed=None).exclude(pk=giver.pk)
