"""What every record that an organisation writes has: whose it is, who sees it, and its version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from samsyn.people.access import Viewer


class Visibility(models.TextChoices):
    """Who sees a record."""

    PRIVATE = "private", _("Bara organisationen")
    SHARED = "shared", _("Delas med utvalda organisationer")
    PUBLIC = "public", _("Offentlig")


class RecordQuerySet(models.QuerySet[Any]):
    """Records, of which a viewer is given those that they may see."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The records that the viewer may see: the one rule of who sees what, as a query.

        See `samsyn.people.access`, which says the same of one record.
        """
        mine = list(viewer.roles)
        seen: Any = models.Q(visibility=Visibility.PUBLIC)
        if mine:
            shared = self.model.shared_with.through.objects.filter(organisation__in=mine)
            own = {f"{self.model._meta.model_name}_id": models.OuterRef("pk")}
            seen |= models.Q(organisation__in=mine)
            seen |= models.Q(visibility=Visibility.SHARED) & models.Exists(shared.filter(**own))
        return self.filter(seen)

    def of(self, organisation: Any) -> Self:
        """The records that an organisation wrote."""
        return self.filter(organisation=organisation)


class Record(models.Model):
    """Something that an organisation wrote. Every table of records has these columns.

    `version` counts the changes: whoever saves tells which version they began with, so that
    nobody's change is overwritten unseen (see `samsyn.people.saving`). A record that is taken away
    (`removed`) keeps its row and its history, and can be restored.
    """

    # The field that names the record it lies in, with which it is removed and brought back.
    LIES_IN: ClassVar[str] = ""

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="+", editable=False
    )
    visibility = models.CharField(
        _("vem som ser det"), max_length=10, choices=Visibility.choices,
        default=Visibility.PRIVATE, editable=False,
    )  # fmt: skip
    shared_with = models.ManyToManyField(
        "people.Organisation", related_name="+", blank=True, editable=False,
        verbose_name=_("delas med"),
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("ansvarig"),
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    changed = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        title: models.CharField[str, str]

        def get_absolute_url(self) -> str:
            """Its page."""

    objects = RecordQuerySet.as_manager()
    # A kind of record names its own links to several others in `_history_m2m_fields`.
    history = HistoricalRecords(inherit=True, m2m_fields=[shared_with])

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-changed"], name="%(app_label)s_%(class)s_list"),
        ]

    @property
    def locked(self) -> bool:
        """Whether nobody may change it now, whatever their role; a kind with states says when."""
        return False

    @property
    def takes_more(self) -> bool:
        """Whether it is offered as what new records may lie in."""
        return True

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask the database nothing: forms refuse in words what its constraints would refuse."""


class Draft(models.Model):
    """What a person has typed in a form and not yet saved, by the address of the form."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=500)
    typed = models.JSONField(default=dict)
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "form"], name="one_draft_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.form}"
