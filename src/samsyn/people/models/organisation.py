"""Organisations, who belongs to them, and who is asked to."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from samsyn.people.fields import CodeField
from samsyn.people.numbers import organisation_number
from samsyn.statistics.classifications import classification

INVITED_DAYS = 14
RESERVED = {"administration", "luckor", "ny", "underlag"}  # addresses of their own


class Role(models.TextChoices):
    """What a person does in an organisation; each may do what those before it may."""

    READER = "reader", _("Läsare")
    CONTRIBUTOR = "contributor", _("Medarbetare")
    EDITOR = "editor", _("Redaktör")
    LEAD = "lead", pgettext_lazy("roll", "Ansvarig")


def check_number(value: str) -> None:
    """Raise ValidationError where it is no organisation number."""
    if organisation_number(value) is None:
        raise ValidationError(
            _(
                "Det är inget organisationsnummer. Skriv tio siffror som 212000-1520; "
                "den sista är en kontrollsiffra."
            )
        )


class Organisation(models.Model):
    """A municipality, one of its departments, a region, an agency, an association, a company."""

    name = models.CharField(_("namn"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    kind = CodeField("actor_kind", verbose_name=_("slag"))
    number = models.CharField(
        _("organisationsnummer"), max_length=13, blank=True, validators=[check_number]
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="departments",
        verbose_name=_("hör till"),
    )  # fmt: skip
    home_area = models.CharField(_("område"), max_length=60, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    # Nobody writes there any longer: it has ceased, or others have taken over. See `access`.
    closed = models.DateTimeField(null=True, editable=False)
    closed_why = models.CharField(_("varför den är avslutad"), max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors",
        verbose_name=_("efterträdare"),
    )  # fmt: skip
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="organisations"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="no_organisation_in_itself"
            ),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("pk")), name="no_organisation_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **more: Any) -> None:
        """Keep it, with an address of its own that later changes of the name leave as it is."""
        self.number = organisation_number(self.number) or self.number
        if not self.slug:
            self.slug = _free_slug(self.name)
        super().save(*args, **more)

    def clean(self) -> None:
        """Raise ValidationError where it would lie in itself."""
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError(
                    {"parent": _("En organisation kan inte höra till sig själv.")}
                )
            seen.add(above.pk)
            above = above.parent

    @property
    def sector(self) -> str:
        """The code of the sector of its kind."""
        return classification("actor_kind").entries[self.kind].more["sector"]

    def get_absolute_url(self) -> str:
        """Where its work is."""
        return reverse("organisation", args=[self.slug])


def _free_slug(name: str) -> str:
    plain = slugify(name.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")))[:60] or "organisation"
    taken = RESERVED | set(
        Organisation.objects.filter(slug__startswith=plain).values_list("slug", flat=True)
    )
    slug, number = plain, 1
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug


class Membership(models.Model):
    """That a person works in an organisation, and as what."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices, default=Role.READER)
    since = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account"], name="one_role_in_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.organisation}: {self.get_role_display()}"


class Invitation(models.Model):
    """That somebody is asked by e-mail to join an organisation; of its key the hash is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-postadress"))
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices, default=Role.READER)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    answered = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    def draw_key(self) -> str:
        """A new key for the letter; it is kept only as its hash."""
        key = secrets.token_urlsafe(24)
        self.key_hash = hashed(key)
        return key

    @property
    def open(self) -> bool:
        """Whether it can still be answered."""
        return self.answered is None and timezone.now() < self.created + timedelta(
            days=INVITED_DAYS
        )


def hashed(key: str) -> str:
    """The hash under which the key of an invitation is kept."""
    return hashlib.sha256(key.encode()).hexdigest()
