"""Problems, and the evidence that each rests on."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.base import AreasField, OfRound
from samsyn.cycle.models.rounds import InterviewNote
from samsyn.people.fields import CodeField, CodesField


class Problem(OfRound):
    """Something that the round has found to be wrong, for whom and where."""

    WORD = "problem"
    STEP = "problem"

    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    target_groups = CodesField("target_group", verbose_name=_("vilka det gäller"))
    areas = AreasField(verbose_name=_("områden"))
    level = CodeField("problem_level", blank=True, verbose_name=_("nivå"))
    forms = CodesField("segregation_form", verbose_name=_("form av segregation"))
    arenas = CodesField("segregation_arena", verbose_name=_("var människor är åtskilda"))
    drivers = CodesField("driver", verbose_name=_("drivkrafter"))

    class Meta(OfRound.Meta):
        verbose_name = _("problem")
        verbose_name_plural = pgettext_lazy("flera", "problem")


class EvidenceKind(models.TextChoices):
    """What evidence is made of."""

    INDICATOR = "indicator", _("Siffra")
    INTERVIEW = "interview", _("Intervju")
    DOCUMENT = "document", _("Dokument")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, of which what an interview said goes and comes back with the interview."""

    def standing(self) -> Self:
        """The evidence without notes of interviews that were removed."""
        return self.filter(note__interview__removed=None)


class Evidence(models.Model):
    """What a problem rests on: a figure as a release has it, a note, or a passage of a document.

    A figure is kept with its release as it was, and can be looked up again there.
    """

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    indicator = models.CharField(_("indikator"), max_length=80, blank=True)
    area = models.CharField(_("område"), max_length=60, blank=True)
    period = models.CharField(_("period"), max_length=10, blank=True)
    value = models.FloatField(_("värde"), null=True, blank=True)
    status = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    release = models.CharField(_("utgåva"), max_length=80, blank=True)
    note = models.ForeignKey(
        InterviewNote, models.PROTECT, null=True, blank=True, related_name="cited",
        verbose_name=_("anteckning"),
    )  # fmt: skip
    source = models.CharField(_("dokument och ställe"), max_length=300, blank=True)
    text = models.TextField(_("vad det visar"), blank=True, max_length=5_000)
    objects = EvidenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("underlag")
        verbose_name_plural = _("underlag")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:80] or self.indicator or self.source or str(self.note)
