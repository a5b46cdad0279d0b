"""What every record of the cycle has beside what every record has."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samsyn.people.models import Record


class AreasField(models.JSONField):
    """Keys of areas with their vintage (`regso/2020/1488R007`), in the order of choice."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **more})  # type: ignore[arg-type]

    def formfield(self, **more: Any) -> Any:
        """Boxes to tick; the form of a round gives it the areas of its place."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
        )


class CycleRecord(Record):
    """A record with a title, in a round of an organisation."""

    # The word for it in addresses; a kind of record has its own.
    WORD: ClassVar[str]

    title = models.CharField(_("rubrik"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True, max_length=20_000)

    class Meta(Record.Meta):
        abstract = True
        ordering: ClassVar = ["-changed", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("record", args=[self.organisation.slug, self.WORD, self.pk])


class OfRound(CycleRecord):
    """A record that belongs to a mapping round."""

    # Its step in the chain from evidence to results; nothing where it is not in it.
    STEP: ClassVar[str] = ""
    LIES_IN = "round"

    round = models.ForeignKey(
        "cycle.MappingRound", models.PROTECT, related_name="%(class)ss", editable=False,
        verbose_name=_("kartläggning"),
    )  # fmt: skip

    class Meta(CycleRecord.Meta):
        abstract = True

    @property
    def in_chain(self) -> str:
        """The page of what it comes from and leads to; nothing for what is in no chain."""
        if not self.STEP:
            return ""
        page = reverse("chain", args=[self.organisation.slug, self.round_id])
        return f"{page}?fran={self.STEP}/{self.pk}"
