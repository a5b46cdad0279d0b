"""What is needed, what is to be reached, and what is done about it with what money."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.actors import Actor
from samsyn.cycle.models.base import AreasField, OfRound
from samsyn.cycle.models.problems import Problem
from samsyn.people.fields import CodeField, CodesField
from samsyn.people.models import Organisation


class NeedKind(models.TextChoices):
    """Whether the organisation itself has to change, or something is to be done for others."""

    ORGANISATIONAL = "organisational", _("Organisatoriskt")
    OPERATIVE = "operative", _("Operativt")


class Need(OfRound):
    """What is needed, and why: the problems that it answers."""

    WORD = "behov"
    STEP = "need"

    problems = models.ManyToManyField(
        Problem, related_name="needs", blank=True, verbose_name=_("problem som behovet svarar mot")
    )
    kind = models.CharField(
        _("slag"), max_length=20, choices=NeedKind.choices, default=NeedKind.OPERATIVE
    )
    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    target_groups = CodesField("target_group", verbose_name=_("målgrupper"))
    areas = AreasField(verbose_name=_("områden"))
    own_control = models.BooleanField(_("organisationen råder själv över det"), default=True)
    controlled_by = models.CharField(_("annars vem"), max_length=200, blank=True)

    _history_m2m_fields = (problems,)

    class Meta(OfRound.Meta):
        verbose_name = _("behov")
        verbose_name_plural = pgettext_lazy("flera", "behov")


class Better(models.TextChoices):
    """The way that a goal goes."""

    HIGHER = "higher", _("Högre än nu")
    LOWER = "lower", _("Lägre än nu")


class Goal(OfRound):
    """What is to be reached: of which indicator, where, from what to what, and when.

    A baseline that comes from a release keeps its name and period. Other organisations can join a
    goal that is shared with them.
    """

    WORD = "mal"
    STEP = "goal"

    needs = models.ManyToManyField(
        Need, related_name="goals", blank=True, verbose_name=_("behov som målet svarar mot")
    )
    indicator = models.CharField(_("indikator"), max_length=80, blank=True)
    measure = models.CharField(_("eget mått"), max_length=200, blank=True)
    area = models.CharField(_("område"), max_length=60, blank=True)
    unit = models.CharField(_("enhet"), max_length=20, blank=True)
    baseline = models.FloatField(_("utgångsvärde"), null=True, blank=True)
    baseline_period = models.CharField(_("utgångsår"), max_length=10, blank=True)
    baseline_release = models.CharField(max_length=80, blank=True, editable=False)
    target = models.FloatField(_("målvärde"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("målår"), null=True, blank=True)
    joined = models.ManyToManyField(
        Organisation, related_name="joined_goals", blank=True, editable=False,
        verbose_name=_("anslutna organisationer"),
    )  # fmt: skip
    trust_criteria = CodesField("trust_criterion", verbose_name=_("tillitskriterier"))
    perspectives = CodesField("perspective", verbose_name=_("perspektiv"))

    _history_m2m_fields = (needs, joined)

    class Meta(OfRound.Meta):
        verbose_name = _("mål")
        verbose_name_plural = pgettext_lazy("flera", "mål")


class InterventionForm(models.TextChoices):
    """Whether it ends, or goes on."""

    PROJECT = "project", pgettext_lazy("ett", "Projekt")
    REGULAR = "regular", _("Ordinarie verksamhet")


class Intervention(OfRound):
    """What is done, by whom, for whom, where and when."""

    WORD = "insats"
    STEP = "intervention"

    goals = models.ManyToManyField(
        Goal, related_name="interventions", blank=True, verbose_name=_("mål som insatsen ska nå")
    )
    kind = CodeField("intervention_kind", verbose_name=_("slag"))
    level = CodeField("intervention_level", verbose_name=_("nivå"))
    horizon = CodeField("intervention_horizon", verbose_name=_("horisont"))
    form = models.CharField(
        _("form"), max_length=10, choices=InterventionForm.choices, default=InterventionForm.PROJECT
    )
    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    target_groups = CodesField("target_group", verbose_name=_("målgrupper"))
    participation = CodeField(
        "participation", blank=True, verbose_name=_("målgruppens del i utformningen")
    )
    participation_how = models.TextField(_("hur målgruppen tog del"), blank=True, max_length=5_000)
    areas = AreasField(verbose_name=_("områden"))
    lead = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="leads",
        verbose_name=_("ansvarig aktör"),
    )  # fmt: skip
    partners = models.ManyToManyField(
        Actor, related_name="partners_in", blank=True, verbose_name=_("samverkande aktörer")
    )
    begins = models.DateField(_("börjar"), null=True, blank=True)
    ends = models.DateField(_("slutar"), null=True, blank=True)
    afterwards = models.TextField(
        _("vad som händer när projektet är slut"), blank=True, max_length=5_000
    )
    displacement = models.TextField(
        _("om problemet kan flytta någon annanstans"), blank=True, max_length=5_000
    )

    _history_m2m_fields = (goals, partners)

    class Meta(OfRound.Meta):
        verbose_name = _("insats")
        verbose_name_plural = _("insatser")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(begins=None)
                | models.Q(ends=None)
                | models.Q(ends__gte=models.F("begins")),
                name="intervention_ends_after",
            ),
        ]


class Money(models.Model):
    """Money for an intervention: from where, how much, and whether it is there."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="money")
    source = models.CharField(_("finansiär"), max_length=200)
    amount = models.DecimalField(
        _("belopp, kronor"), max_digits=14, decimal_places=0, validators=[MinValueValidator(0)]
    )
    status = CodeField("funding_status", verbose_name=_("läge"))
    year_from = models.PositiveSmallIntegerField(_("från år"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("till år"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("finansiering")
        verbose_name_plural = _("finansiering")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"
