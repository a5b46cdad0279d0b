"""What came of it: values that are followed up, and the fate of projects after their end."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from samsyn.cycle.models.base import AreasField, CycleRecord, OfRound
from samsyn.cycle.models.planned import Goal, Intervention
from samsyn.people.fields import CodeField, CodesField
from samsyn.people.models import Organisation


class State(models.TextChoices):
    """Where a follow-up is on its way."""

    PLANNED = "planned", _("Planerad")
    DRAFT = "draft", _("Utkast")
    SUBMITTED = "submitted", _("Inlämnad")
    APPROVED = "approved", _("Godkänd")
    RETURNED = "returned", _("Återlämnad")


LOCKED: Final = frozenset({State.SUBMITTED, State.APPROVED})


class ValueStatus(models.TextChoices):
    """What a value is: the same as of figures in a release."""

    OK = "ok", _("Uppgift finns")
    ESTIMATED = "estimated", _("Skattad")
    MISSING = "missing", _("Saknas")
    SECRET = "secret", _("Sekretess")
    NOT_APPLICABLE = "not_applicable", _("Inte tillämplig")


class FollowUp(OfRound):
    """What an intervention has led to, or how far a goal is reached, at a time.

    The value is a number with its status, and a share has numerator and denominator. A value that
    is the one of a release has its name.
    """

    WORD = "uppfoljning"
    STEP = "result"

    intervention = models.ForeignKey(
        Intervention, models.PROTECT, null=True, blank=True, related_name="follow_ups",
        verbose_name=_("insats"),
    )  # fmt: skip
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="follow_ups",
        verbose_name=_("mål"),
    )  # fmt: skip
    due = models.DateField(_("ska vara klar"), null=True, blank=True)
    period = models.CharField(_("avser"), max_length=10, blank=True)
    value = models.FloatField(_("värde"), null=True, blank=True)
    value_status = models.CharField(
        _("uppgiftens läge"), max_length=20, choices=ValueStatus.choices,
        default=ValueStatus.MISSING,
    )  # fmt: skip
    numerator = models.FloatField(_("täljare"), null=True, blank=True)
    denominator = models.FloatField(_("nämnare"), null=True, blank=True)
    unit = models.CharField(_("enhet"), max_length=20, blank=True)
    release = models.CharField(_("ur utgåvan"), max_length=80, blank=True)
    evidence = models.TextField(_("underlag"), blank=True, max_length=10_000)
    state = models.CharField(
        _("läge"), max_length=10, choices=State.choices, default=State.PLANNED, editable=False
    )
    reason = models.TextField(_("skäl"), blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("avgjord av"),
    )  # fmt: skip
    decided = models.DateTimeField(null=True, editable=False)

    class Meta(OfRound.Meta):
        verbose_name = _("uppföljning")
        verbose_name_plural = _("uppföljningar")
        constraints: ClassVar = [
            # A value that is missing is never a number, and one that there is is never empty.
            models.CheckConstraint(
                condition=models.Q(value_status__in=["ok", "estimated"], value__isnull=False)
                | (~models.Q(value_status__in=["ok", "estimated"]) & models.Q(value__isnull=True)),
                name="a_value_or_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(denominator=None) | ~models.Q(denominator=0),
                name="no_share_of_nothing",
            ),
        ]

    @property
    def locked(self) -> bool:
        """Whether it is out of the hands of those who write: handed in, or approved."""
        return self.state in LOCKED


class Project(CycleRecord):
    """A project in the inventory, which outlives organisations: they can change, it stays."""

    WORD = "projekt"

    intervention = models.OneToOneField(
        Intervention, models.SET_NULL, null=True, blank=True, related_name="project",
        editable=False, verbose_name=_("insats"),
    )  # fmt: skip
    run_by = models.CharField(_("drevs av"), max_length=200, blank=True)
    funder = models.CharField(_("finansiär"), max_length=200, blank=True)
    focus_areas = CodesField("focus_area", verbose_name=_("fokusområden"))
    areas = AreasField(verbose_name=_("områden"))
    began = models.DateField(_("började"), null=True, blank=True)
    ended = models.DateField(_("slutade"), null=True, blank=True)
    cost = models.DecimalField(
        _("kostnad, kronor"), max_digits=14, decimal_places=0, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip

    class Meta(CycleRecord.Meta):
        verbose_name = _("projekt")
        verbose_name_plural = pgettext_lazy("flera", "projekt")


class ProjectFate(models.Model):
    """What had become of a project at a time after its end, and what shows it."""

    NAMED_BY: ClassVar = ("at",)

    project = models.ForeignKey(Project, models.CASCADE, related_name="fates")
    fate = CodeField("project_fate", verbose_name=_("vad det blev av projektet"))
    at = models.DateField(_("datum"), default=timezone.localdate)
    evidence = models.TextField(_("underlag"), blank=True, max_length=5_000)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("vad det blev av projektet")
        verbose_name_plural = _("vad det blev av projektet")
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.project}: {self.fate}"


class Handover(models.Model):
    """That a project is to be another organisation's: asked by one lead, answered by another.

    Reorganisations come and go; the projects of an organisation that ends are kept by another.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    taker = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("till organisation")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    answered = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["asked", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(answered=None),
                name="one_open_handover_of_a_project",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.project}: {self.giver} – {self.taker}"


class Inventory(CycleRecord):
    """An inventory of projects that is only known in numbers, as a source has published it.

    `total` is what the source says were followed up; its rows need not sum to it, and where they do
    not the difference is shown.
    """

    WORD = "inventering"

    year = models.PositiveSmallIntegerField(_("projekt från år"))
    followed_up = models.PositiveSmallIntegerField(_("följdes upp år"))
    total = models.PositiveIntegerField(_("uppföljda projekt"))
    catalogued = models.PositiveIntegerField(_("kända projekt"), null=True, blank=True)
    source = models.CharField(_("källa"), max_length=300)

    class Meta(CycleRecord.Meta):
        verbose_name = _("inventering")
        verbose_name_plural = _("inventeringar")


class InventoryRow(models.Model):
    """How many projects of an inventory had a fate."""

    NAMED_BY: ClassVar = ("fate",)

    inventory = models.ForeignKey(Inventory, models.CASCADE, related_name="rows")
    fate = CodeField("project_fate", verbose_name=_("vad det blev av projekten"))
    projects = models.PositiveIntegerField(_("antal projekt"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rad")
        verbose_name_plural = _("rader")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.fate}: {self.projects}"
