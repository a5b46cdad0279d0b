"""Who does what where, and who works together with whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.base import AreasField, OfRound
from samsyn.cycle.models.rounds import MappingRound
from samsyn.people.fields import CodeField, CodesField
from samsyn.people.models import Organisation
from samsyn.statistics.classifications import classification


class Actor(OfRound):
    """Somebody who acts: an organisation or a part of one, as the round has found it.

    The title is its name and the description what it does.
    """

    WORD = "aktor"

    kind = CodeField("actor_kind", verbose_name=_("slag"))
    roles = CodesField("actor_role", verbose_name=_("uppdrag"))
    areas = AreasField(verbose_name=_("områden"))
    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    target_groups = CodesField("target_group", verbose_name=_("målgrupper"))
    linked = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("organisation i Samsyn"),
    )  # fmt: skip

    class Meta(OfRound.Meta):
        verbose_name = _("aktör")
        verbose_name_plural = _("aktörer")

    @property
    def sector(self) -> str:
        """The code of the sector of its kind."""
        entry = classification("actor_kind").entries.get(self.kind)
        return "" if entry is None else entry.more["sector"]


class Tie(models.Model):
    """That two actors work together. It goes both ways, and `first` has the lower id."""

    NAMED_BY: ClassVar = ("first", "second")

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="ties")
    first = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    second = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    level = CodeField("collaboration_level", blank=True, verbose_name=_("nivå"))
    form = CodeField("collaboration_form", blank=True, verbose_name=_("form"))
    often = CodeField("collaboration_often", blank=True, verbose_name=_("hur ofta"))
    basis = CodeField("collaboration_basis", blank=True, verbose_name=_("vilar på"))
    quality = CodeField("collaboration_quality", blank=True, verbose_name=_("hur väl det fungerar"))
    since = models.PositiveSmallIntegerField(_("sedan år"), null=True, blank=True)
    note = models.TextField(_("anteckning"), blank=True, max_length=2_000)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("samverkan")
        verbose_name_plural = _("samverkan")
        ordering: ClassVar = ["first__title", "second__title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="one_tie_of_two"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="first_before_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
