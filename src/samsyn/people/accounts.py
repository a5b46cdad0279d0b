"""Accounts as those who keep the installation handle them."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from samsyn.people.models import Account, Standing


class LastAdministratorError(Exception):
    """Nobody else keeps the installation."""


@transaction.atomic
def change(account: Account) -> None:
    """Keep a changed account.

    With another address, none that it had before leads to it any longer. Raises
    LastAdministratorError where nobody would keep the installation.
    """
    was = Account.objects.get(pk=account.pk)
    if account.standing != Standing.ADMINISTRATOR or not account.is_active:
        refuse_last_administrator(account)
    account.save()
    if account.email != was.email:
        EmailAddress.objects.filter(user=account).delete()


def refuse_last_administrator(account: Account) -> None:
    """Raise LastAdministratorError where nobody else would keep the installation without them.

    In a transaction, so that two who go at once wait for each other.
    """
    keepers = set(
        Account.objects.select_for_update()
        .filter(standing=Standing.ADMINISTRATOR, is_active=True).values_list("pk", flat=True)
    )  # fmt: skip
    if keepers == {account.pk}:
        raise LastAdministratorError


def has_second_step(account: Account) -> bool:
    """Whether they log in in two steps."""
    return Authenticator.objects.filter(user=account).exists()


def without_second_step(account: Account) -> None:
    """Let somebody who has lost their phone log in with the password alone."""
    Authenticator.objects.filter(user=account).delete()


def password_path(account: Account) -> str:
    """The address, within the site, where this account gets a password; it works once."""
    told = {
        "uidb36": user_pk_to_url_str(account),
        "key": default_token_generator.make_token(account),
    }
    return reverse("account_reset_password_from_key", kwargs=told)
