"""How log-in is made Samsyn's own: who may have an account, and what a directory tells of them."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation, and the first one by the command that sets the site up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether whoever asks may make an account: only with an invitation."""
        return False


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """People whom an organisation's own directory knows (OpenID Connect)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether somebody whom the directory knows gets an account: the directory decides."""
        return True
