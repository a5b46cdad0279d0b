"""Which letters have been sent, so that nobody is reminded of the same thing twice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Reminder(models.Model):
    """That a person was reminded of something: what, and on which occasion.

    `about` names the record (`uppfoljning/12`), `occasion` why it was written: with a new due date
    there is a new occasion.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.CharField(max_length=60)
    occasion = models.CharField(max_length=40)
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "about", "occasion"], name="one_letter_of_an_occasion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.occasion}"
