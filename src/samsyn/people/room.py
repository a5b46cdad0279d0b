"""How much room an organisation's files take, and how much they may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from samsyn.people.kinds import kinds
from samsyn.people.models import Attachment, Organisation, Record

MOST: Final = 10  # of the largest files that are named


@dataclass(frozen=True)
class Room:
    """The room that files take, of what there is, in bytes."""

    used: int
    all: int

    def has(self, size: int) -> bool:
        """Whether a file of that size has room as well."""
        return self.used + size <= self.all

    @property
    def share(self) -> int:
        """How many per cent are used."""
        return min(100, round(100 * self.used / self.all)) if self.all else 100


def room_of(organisation: Organisation) -> Room:
    """The room that the files beside an organisation's records take, those in the basket too."""
    used = _files(organisation).aggregate(all=models.Sum("size"))["all"] or 0
    return Room(used, settings.QUOTA * 2**20)


def largest(organisation: Organisation) -> list[tuple[Attachment, Record]]:
    """The largest files of an organisation with the records beside which they stand."""
    files: list[Any] = list(
        _files(organisation).prefetch_related("record").order_by("-size", "pk")[:MOST]
    )
    for one in files:
        one.record.organisation = organisation  # their addresses begin with it
    return [(one, one.record) for one in files]


def no_room(name: str, size: int, room: Room) -> str:
    """What is said of a file that has no room, and what to do."""
    text = _(
        "Det finns inte plats för %(name)s (%(size)s): organisationens filer tar redan %(used)s av "
        "%(all)s. Ta bort filer som inte behövs, eller be den som svarar för installationen om mer "
        "plats. De största filerna står under Inställningar."
    )
    return text % {
        "name": name, "size": filesizeformat(size), "used": filesizeformat(room.used),
        "all": filesizeformat(room.all),
    }  # fmt: skip


def _files(organisation: Organisation) -> models.QuerySet[Attachment]:
    beside = models.Q(pk__in=())
    for of in _conditions(organisation):
        beside |= of
    return Attachment.objects.filter(beside, removed=None)


def _conditions(organisation: Organisation) -> Iterator[models.Q]:
    for kind in kinds().values():
        records = kind.model._default_manager.of(organisation).order_by().values("pk")
        yield models.Q(kind=ContentType.objects.get_for_model(kind.model), object_id__in=records)
