"""Answers to what the gap rules have found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.rounds import MappingRound


class GapAnswer(models.Model):
    """An answer to a finding ("we know, because ..."), for as long as the finding is the same.

    `subject` is the record that the finding names (`need/12`), empty where it is of the whole
    round. `state` is a digest of what the rule saw: where that has changed, the answer no longer
    holds and the finding is back.
    """

    NAMED_BY: ClassVar = ("rule",)

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="gap_answers")
    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=64)
    text = models.TextField(_("svar"), max_length=5_000)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    answered = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("svar på en lucka")
        verbose_name_plural = _("svar på luckor")
        ordering: ClassVar = ["answered", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "rule", "subject"], name="one_answer_to_a_finding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text[:60]}"
