"""The account of a person, who logs in with an e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What a person is to the installation as a whole, beside the roles in organisations."""

    NONE = "none", _("Användare")
    OFFICER = "officer", _("Handläggare på myndigheten")
    ADMINISTRATOR = "administrator", _("Administratör av installationen")


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with addresses in one form."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Account:
        """A new account; without a password it can only log in by other means."""
        account = self.model(email=email.strip().lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with an address, however it is written."""
        return self.get(email__iexact=(username or "").strip())


class Account(AbstractBaseUser):
    """A person who logs in. What they may do follows from their memberships and their standing."""

    email = models.EmailField(_("e-postadress"), max_length=254, unique=True)
    name = models.CharField(_("namn"), max_length=150, blank=True)
    language = models.CharField(_("språk"), max_length=5, default="sv")
    letters_of_work = models.BooleanField(_("brev om arbetet"), default=True)
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.NONE)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    # When name and address were erased; what the person wrote stays, as written by nobody named.
    erased = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return gettext("Borttagen användare") if self.erased else self.name or self.email

    def save(self, *args: Any, **more: Any) -> None:
        """Keep it, with the address in one form."""
        self.email = self.email.strip().lower()
        super().save(*args, **more)

    def get_full_name(self) -> str:
        """What others see of the person."""
        return str(self)
