"""Plans that are published, and what a region or an agency asks of others."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.rounds import MappingRound
from samsyn.people.models import Organisation


class PublishedPlan(models.Model):
    """That the plan of a round is published: there is a public page of it as long as this is here.

    Of the round's records the page has those that are public, and nothing where the round is not.
    """

    round = models.OneToOneField(MappingRound, models.CASCADE, related_name="publication")
    published = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-published", "-pk"]

    def __str__(self) -> str:
        return str(self.round)


class Refusal(models.TextChoices):
    """How an organisation answers that shares nothing."""

    NO = "no", _("Nej")
    LATER = "later", _("Inte nu")


class RollUpRequest(models.Model):
    """That an organisation asks another to share what it has mapped and planned.

    It is answered by sharing a round, which is then `answer`, or by saying no or not now, with a
    reason. A new answer takes the place of the one before.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="asks")
    asked = models.ForeignKey(
        Organisation, models.CASCADE, related_name="asked_by", verbose_name=_("organisation")
    )
    text = models.TextField(_("vad ni ber om"), max_length=2_000)
    due = models.DateField(_("svar senast"))
    created = models.DateTimeField(default=timezone.now, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    answer = models.ForeignKey(
        MappingRound, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("kartläggning"),
    )  # fmt: skip
    refusal = models.CharField(max_length=5, choices=Refusal.choices, blank=True, editable=False)
    reason = models.TextField(blank=True, max_length=2_000, editable=False)
    answered = models.DateTimeField(null=True, editable=False)
    withdrawn = models.DateTimeField(null=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("asked")), name="no_asking_of_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.asked}"

    def get_absolute_url(self) -> str:
        """Where it is answered."""
        return reverse("roll-up-question", args=[self.asked.slug, self.pk])

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.answered is None and self.withdrawn is None

    @property
    def overdue(self) -> bool:
        """Whether the answer should have come."""
        return self.open and self.due < timezone.localdate()
