"""The forms of log-in, with questions in Samsyn's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.people.sealing import SealedError

if TYPE_CHECKING:
    Form = forms.Form
else:
    Form = object

CODE = _("Sex siffror från appen")


class Worded(Form):
    """A form whose fields are asked for in words above them and never inside them."""

    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


LENGTH = _("Minst tolv tecken. Gärna flera ord i rad.")


class LogInForm(Worded, account.LoginForm):
    """Address and password."""

    labels: ClassVar = {"login": _("E-postadress"), "password": _("Lösenord")}


class ForgottenForm(Worded, account.ResetPasswordForm):
    """The address to which the way to a new password is sent."""

    labels: ClassVar = {"email": _("E-postadress")}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    """A new password, by the link of a letter."""

    labels: ClassVar = {"password1": _("Nytt lösenord"), "password2": _("Samma lösenord igen")}
    helps: ClassVar = {"password1": LENGTH}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """Another password."""

    labels: ClassVar = {"oldpassword": _("Nuvarande lösenord"), **NewPasswordForm.labels}
    helps: ClassVar = {"password1": LENGTH}


class FirstPasswordForm(Worded, account.SetPasswordForm):
    """A password for an account that has been reached through a directory."""

    labels: ClassVar = {"password1": _("Lösenord"), "password2": _("Samma lösenord igen")}
    helps: ClassVar = {"password1": LENGTH}


class PasswordAgainForm(Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    labels: ClassVar = {"password": _("Lösenord")}


class TriedCode(Worded):
    """A code, which nobody can try where the key of its secret is gone: that is said."""

    labels: ClassVar = {"code": _("Kod från appen, eller en reservkod")}

    def clean_code(self) -> str:
        """The code, if it is right."""
        try:
            return super().clean_code()  # type: ignore[misc]
        except SealedError as error:
            raise get_adapter().validation_error("key_missing") from error


class CodeForm(TriedCode, second_step.AuthenticateForm):
    """The second step of log-in."""


class CodeAgainForm(TriedCode, second_step.ReauthenticateForm):
    """A code, before something that matters."""


class FirstCodeForm(Worded, totp.ActivateTOTPForm):
    """The first code of an app, which shows that it is set up."""

    labels: ClassVar = {"code": CODE}
