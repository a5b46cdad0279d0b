"""How log-in is made Samsyn's own: who may have an account, and what a directory tells of them."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from samsyn.people import notices, second_step
from samsyn.people.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation, and the first one by the command that sets the site up."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är stängt."),
        "email_password_mismatch": _("E-postadressen och lösenordet hör inte ihop."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_password": _("Det är inte ditt lösenord."),
        "incorrect_code": _("Koden stämmer inte. Den byts var trettionde sekund."),
        "rate_limited": _("Det blev för många försök. Vänta en stund."),
        "too_many_login_attempts": _(
            "Det blev för många försök med fel lösenord. Vänta fem minuter, eller välj ett nytt."
        ),
        "same_as_current": _("Skriv ett annat än det som gäller nu."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether whoever asks may make an account: only with an invitation."""
        return False

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        """Tell a person that how they log in was changed, in a letter of ours."""
        notices.of_log_in(self.request, user, template_prefix)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be led on to an address: only within the site."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()} if self.request else set()
        )


class SecondStepAdapter(DefaultMFAAdapter):
    """Codes as the second step of log-in."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "key_missing": _(
            "Koden går inte att pröva, eftersom installationens nyckel saknas. Vänd dig till den "
            "som svarar för installationen."
        ),
        "incorrect_code": _("Koden stämmer inte. Den byts var trettionde sekund."),
        "cannot_delete_authenticator": _("Inloggning i två steg går inte att stänga av."),
        "cannot_generate_recovery_codes": _("Slå först på inloggning i två steg."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return second_step.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as its owner has it."""
        return second_step.unsealed(encrypted_text)


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """People whom an organisation's own directory knows (OpenID Connect).

    An account that is there is given to whoever the directory says has its address, if the
    directory says too that it has verified that. Else anyone who writes another's address in their
    own profile there would be let into the other's account.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether somebody whom the directory knows gets an account: the directory decides."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join who comes from the directory with their account, or say why not."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        told = sociallogin.account.get_provider_account().get_user_data() or {}
        address = str(told.get("email") or "").strip().lower()
        if not address:
            raise ImmediateHttpResponse(_refused(request, "nameless"))
        account = Account.objects.filter(email=address).first()
        if account is None:
            return
        joined = SocialAccount.objects.filter(
            user=account, provider=sociallogin.account.provider
        ).exists()
        # Some write "false" as a text, which is true.
        if told.get("email_verified") is not True or joined:
            raise ImmediateHttpResponse(_refused(request, "taken"))
        sociallogin.connect(request, account)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """A new account with the name that the directory tells."""
        account = super().populate_user(request, sociallogin, data)
        whole = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        account.name = str(data.get("name") or whole)[:150]
        return account


def _refused(request: HttpRequest, why: str) -> Any:
    return render(request, "socialaccount/authentication_error.html", {"why": why}, status=403)
