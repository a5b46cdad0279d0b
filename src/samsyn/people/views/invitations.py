"""The answer to an invitation, of those who have an account and of those who get one now."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from samsyn.people import inviting
from samsyn.people.log_in import LENGTH
from samsyn.people.models import Account, Invitation, Membership
from samsyn.people.viewing import personal, viewer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NewAccountForm(forms.ModelForm):
    """Name and password of somebody who has been invited; the address is that of the letter."""

    password = forms.CharField(
        label=gettext_lazy("Välj ett lösenord"), help_text=LENGTH, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    class Meta:
        model = Account
        fields: ClassVar = ["name"]
        labels: ClassVar = {"name": gettext_lazy("Vad heter du?")}
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, email: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].required = True
        self.instance.email = email

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for a password that is easily guessed."""
        told: dict[str, Any] = super().clean() or {}
        password = told.get("password")
        if password:
            about = Account(email=self.instance.email, name=told.get("name", ""))
            try:
                password_validation.validate_password(password, about)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return told

    def save(self, commit: bool = True) -> Any:
        """The new account, with its password."""
        self.instance.set_password(self.cleaned_data["password"])
        self.instance.language = (get_language() or "sv")[:2]
        return super().save(commit)


@sensitive_post_parameters()
@personal
def answer(request: HttpRequest, key: str) -> HttpResponseBase:
    """What one is invited to, and the ways to accept it."""
    asked = inviting.found(key)
    if asked is None or not asked.open:
        over = {"invitation": asked}
        return render(request, "people/invitation_over.html", over, status=410 if asked else 404)
    who = viewer(request).account
    if who is not None:
        return _of_known(request, asked, who)
    if Account.objects.filter(email=asked.email).exists():
        told = {"invitation": asked, "has_account": True}
        return render(request, "people/invitation.html", told)
    return _of_new(request, asked)


def _of_known(request: HttpRequest, asked: Invitation, who: Account) -> HttpResponseBase:
    if request.method != "POST":
        told = {
            "invitation": asked, "account": who, "other": who.email != asked.email,
            "member": Membership.objects.filter(
                organisation=asked.organisation, account=who
            ).first(),
        }  # fmt: skip
        return render(request, "people/invitation.html", told)
    return _joined(request, asked, who)


def _of_new(request: HttpRequest, asked: Invitation) -> HttpResponseBase:
    form = NewAccountForm(request.POST or None, email=asked.email)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                account = form.save()
        except IntegrityError:  # they sent the form twice
            return redirect(request.path)
        login(request, account, BACKEND)
        return _joined(request, asked, account)
    told = {"invitation": asked, "form": form}
    return render(request, "people/invitation.html", told, status=400 if form.errors else 200)


def _joined(request: HttpRequest, asked: Invitation, who: Account) -> HttpResponseBase:
    if inviting.accept(asked, who) is None:
        return redirect(request.path)
    messages.success(
        request, _("Välkommen till %(organisation)s.") % {"organisation": asked.organisation}
    )
    return redirect(asked.organisation)
