"""What can be put beside any record: comments and files."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Beside(models.Model):
    """Something that stands beside a record, for those who work with it.

    What is taken away is gone for good; that it was there is kept, for the history of the record.
    """

    kind = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("kind", "object_id")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    removed = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["kind", "object_id"], name="%(app_label)s_%(class)s_of"),
        ]


class Comment(Beside):
    """What somebody says of a record."""

    text = models.TextField(_("kommentar"), max_length=10_000)

    class Meta(Beside.Meta):
        ordering: ClassVar = ["created", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


def kept_as(attachment: Attachment, name: str) -> str:
    """A name of our own, which nobody guesses and which is not what somebody typed."""
    return f"{attachment.created:%Y/%m}/{uuid.uuid4().hex}{Path(name).suffix.lower()[:10]}"


class Attachment(Beside):
    """A file beside a record. It is only ever sent to be saved, never shown by the site itself."""

    file = models.FileField(upload_to=kept_as, max_length=200)
    name = models.CharField(_("filens namn"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)  # SHA-256

    class Meta(Beside.Meta):
        ordering: ClassVar = ["created", "pk"]

    def __str__(self) -> str:
        return self.name
