"""A person's own data: all of it as a file, and the end of the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.people import own_data
from samsyn.people.accounts import LastAdministratorError
from samsyn.people.belonging import LastLeadError
from samsyn.people.models import Account
from samsyn.people.viewing import known, viewer


class ErasureForm(forms.Form):
    """That somebody means it, and is who is logged in."""

    email = forms.EmailField(label=gettext_lazy("Skriv din e-postadress"))
    password = forms.CharField(
        label=gettext_lazy("Skriv ditt lösenord"), widget=forms.PasswordInput, strip=False
    )

    def __init__(self, *args: Any, account: Account, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account = account
        if not account.has_usable_password():
            del self.fields["password"]

    def clean_email(self) -> str:
        """Refuse an address that is another's."""
        told: str = self.cleaned_data["email"].strip().lower()
        if told != self.account.email:
            raise forms.ValidationError(_("Det är inte adressen som du loggar in med."))
        return told

    def clean_password(self) -> str:
        """Refuse a password that is not theirs."""
        told: str = self.cleaned_data["password"]
        if not self.account.check_password(told):
            raise forms.ValidationError(_("Lösenordet stämmer inte."))
        return told


@known
def take(request: HttpRequest) -> HttpResponseBase:
    """All that is kept of who is logged in, as a file."""
    account: Any = viewer(request).account
    response = JsonResponse(
        own_data.as_data(account), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="samsyn-mina-uppgifter.json"'
    return response


@known
def erase(request: HttpRequest) -> HttpResponseBase:
    """Say what goes and what stays, and then erase the account."""
    account: Any = Account.objects.get(pk=viewer(request).account.pk)  # type: ignore[union-attr]
    stranded = own_data.left_without_lead(account)
    form = ErasureForm(request.POST or None, account=account)
    if request.method == "POST" and not stranded and form.is_valid():
        try:
            own_data.erase(account)
        except LastLeadError:  # in the blink between
            return redirect("erase-account")
        except LastAdministratorError:
            text = _("Någon måste vara administratör. Gör först någon annan till det.")
            form.add_error(None, text)
        else:
            logout(request)
            messages.success(request, _("Ditt konto är raderat."))
            return redirect("account_login")
    told = {"form": form, "stranded": stranded, "account": account}
    return render(request, "people/erase.html", told, status=400 if form.errors else 200)
