"""A person's own page: name, language, and the ways to log in."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.people.accounts import has_second_step
from samsyn.people.belonging import memberships_of
from samsyn.people.models import Account
from samsyn.people.viewing import known, viewer


class ProfileForm(forms.ModelForm):
    """What a person is called, and the language of letters to them."""

    class Meta:
        model = Account
        fields: ClassVar = ["name", "language", "letters_of_work"]
        labels: ClassVar = {
            "name": gettext_lazy("Ditt namn, som andra ser det"),
            "language": gettext_lazy("Språk i brev till dig"),
            "letters_of_work": gettext_lazy("Få brev om arbetet"),
        }
        help_texts: ClassVar = {
            "letters_of_work": gettext_lazy(
                "När någon kommenterar det du är ansvarig för, har skrivit eller själv har "
                "kommenterat, och när någon delar med en organisation som du är ansvarig för."
            ),
        }
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].required = True
        kept = self.fields["language"]
        self.fields["language"] = forms.ChoiceField(
            choices=settings.LANGUAGES, label=kept.label, initial=self.instance.language
        )


@known
def own(request: HttpRequest) -> HttpResponseBase:
    """The page, and the form on it."""
    account: Any = viewer(request).account
    form = ProfileForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Sparat."))
        return redirect("profile")
    told = {
        "form": form,
        "account": Account.objects.get(pk=account.pk),
        "two_steps": has_second_step(account),
        "directory": next(iter(get_adapter().list_providers(request)), None),
        "memberships": memberships_of(account),
    }
    return render(request, "people/profile.html", told, status=400 if form.errors else 200)
