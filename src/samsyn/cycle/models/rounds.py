"""A mapping round: what is asked, where, how, and whose voices are heard."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.base import AreasField, CycleRecord, OfRound
from samsyn.people.fields import CodeField, CodesField


class MappingRound(CycleRecord):
    """A round of finding out how things are and who does what.

    `baseline` holds the figures of the situation report as they were in `release` when the round
    was begun: each with indicator, area, period, value, status and unit.
    """

    WORD = "kartlaggning"

    place = models.CharField(_("plats"), max_length=60)
    areas = AreasField(verbose_name=_("områden"))
    year_from = models.PositiveSmallIntegerField(_("från år"))
    year_to = models.PositiveSmallIntegerField(_("till år"))
    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    registers = models.BooleanField(_("registerdata"), default=True)
    interviews_planned = models.PositiveIntegerField(_("planerade intervjuer"), default=0)
    survey_answers = models.PositiveIntegerField(_("svar på enkät"), default=0)
    workshops = models.PositiveIntegerField(_("workshoppar"), default=0)
    documents = models.PositiveIntegerField(_("lästa dokument"), default=0)
    perspectives_heard = CodesField(
        "perspective_heard", verbose_name=_("vilkas perspektiv som är hörda")
    )
    perspectives = CodesField("perspective", verbose_name=_("perspektiv"))
    closed = models.DateField(_("avslutad"), null=True, blank=True, editable=False)
    release = models.CharField(_("utgåva"), max_length=80, blank=True, editable=False)
    baseline = models.JSONField(default=list, blank=True, editable=False)

    class Meta(CycleRecord.Meta):
        verbose_name = _("kartläggning")
        verbose_name_plural = _("kartläggningar")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(year_to__gte=models.F("year_from")), name="round_ends_after"
            ),
        ]

    @property
    def takes_more(self) -> bool:
        """Whether it is not closed."""
        return self.closed is None


class Respondent(models.Model):
    """Somebody who was interviewed: a code and a role, and never a name.

    Who it is stands in `sealed`, encrypted with a key that is kept outside the database, and is in
    no export. See `samsyn.cycle.respondents`.
    """

    NAMED_BY: ClassVar = ("code",)

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="respondents")
    code = models.CharField(_("kod"), max_length=12)
    role = models.CharField(_("roll"), max_length=120)
    perspective = CodeField("perspective_heard", verbose_name=pgettext_lazy("ett", "perspektiv"))
    sealed = models.BinaryField(default=b"", editable=False)
    # What somebody typed of a person and then took back is not to be found in the history.
    history = HistoricalRecords(excluded_fields=["role", "sealed"])

    class Meta:
        verbose_name = _("respondent")
        verbose_name_plural = _("respondenter")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "code"], name="one_respondent_with_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.role}"


class RespondentReading(models.Model):
    """That somebody has read who a respondent is."""

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="readings")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.respondent.code}, {self.at:%Y-%m-%d %H:%M}"


class Interview(OfRound):
    """What a respondent said, in notes by theme."""

    WORD = "intervju"

    respondent = models.ForeignKey(
        Respondent, models.PROTECT, related_name="interviews", verbose_name=_("respondent")
    )
    held = models.DateField(_("datum"), null=True, blank=True)

    class Meta(OfRound.Meta):
        verbose_name = _("intervju")
        verbose_name_plural = _("intervjuer")


class InterviewNote(models.Model):
    """A note of an interview, which can be cited as evidence."""

    NAMED_BY: ClassVar = ("theme",)

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="notes")
    theme = CodeField("interview_theme", verbose_name=_("tema"))
    focus_area = CodeField("focus_area", blank=True, verbose_name=_("fokusområde"))
    text = models.TextField(_("anteckning"), max_length=20_000)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("anteckning")
        verbose_name_plural = _("anteckningar")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
