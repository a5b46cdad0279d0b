"""Groups in which actors work together: members, mandate, meetings, and what was decided."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.actors import Actor
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.models.planned import Intervention


class CollaborationGroup(OfRound):
    """A group with a mandate; its members are actors of the round."""

    WORD = "grupp"

    mandate = models.TextField(_("uppdrag"), blank=True, max_length=5_000)
    members = models.ManyToManyField(
        Actor, related_name="groups", blank=True, verbose_name=_("medlemmar")
    )

    _history_m2m_fields = (members,)

    class Meta(OfRound.Meta):
        verbose_name = _("samverkansgrupp")
        verbose_name_plural = _("samverkansgrupper")


class Meeting(models.Model):
    """A meeting of a group."""

    NAMED_BY: ClassVar = ("held",)

    group = models.ForeignKey(CollaborationGroup, models.CASCADE, related_name="meetings")
    held = models.DateField(_("datum"))
    notes = models.TextField(_("anteckningar"), blank=True, max_length=20_000)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering: ClassVar = ["-held", "-pk"]

    def __str__(self) -> str:
        return f"{self.group}, {self.held}"


class DecisionState(models.TextChoices):
    """What a decided item became."""

    OPEN = "open", _("Inte gjort än")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Blev inte av")


class Decision(models.Model):
    """Something that a meeting decided, and what became of it."""

    NAMED_BY: ClassVar = ("text",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = models.CharField(_("beslut"), max_length=500)
    state = models.CharField(
        _("läge"), max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN
    )
    due = models.DateField(_("ska vara gjort"), null=True, blank=True)
    responsible = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="decisions",
        verbose_name=_("ansvarig"),
    )  # fmt: skip
    became = models.CharField(_("vad det blev"), max_length=500, blank=True)
    intervention = models.ForeignKey(
        Intervention, models.SET_NULL, null=True, blank=True, related_name="decisions",
        verbose_name=_("insats"),
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text

    def late(self, today: date) -> bool:
        """Whether it should have been done by now and is not."""
        return self.state == DecisionState.OPEN and self.due is not None and self.due < today
