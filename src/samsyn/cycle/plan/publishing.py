"""Publishing a plan: what is public of it, what is not, and when the public page is there.

The page has the round's public records, as they are when it is read. Nothing is copied: what is
made private again, or taken away, is gone from it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from samsyn.cycle.models import (
    Actor,
    CollaborationGroup,
    FollowUp,
    Goal,
    Intervention,
    MappingRound,
    Need,
    Problem,
    PublishedPlan,
)
from samsyn.cycle.models.base import OfRound
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Record, Visibility
from samsyn.people.saving import touch

# What a plan consists of, in its order. Interviews are in no plan.
PARTS: tuple[type[OfRound], ...] = (
    Problem, Need, Goal, Intervention, FollowUp, CollaborationGroup, Actor,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The records of a kind in a round: those that are public, and the others."""

    model: type[OfRound]
    public: Sequence[Record]
    others: Sequence[Record]

    @property
    def name(self) -> str:
        """What several are called."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def field(self) -> str:
        """The name of its boxes in the form."""
        return str(self.model._meta.model_name)


def parts_of(round: MappingRound) -> list[Part]:
    """The records of a round by kind and by whether they are public."""
    found = []
    for model in PARTS:
        records = model._default_manager.filter(round=round, removed=None).order_by("pk")
        every = list(records.select_related("organisation"))
        public = [one for one in every if one.visibility == Visibility.PUBLIC]
        others = [one for one in every if one.visibility != Visibility.PUBLIC]
        if every:
            found.append(Part(model, public, others))
    return found


def published(round: MappingRound) -> PublishedPlan | None:
    """The publication of a round's plan; None where it is not published."""
    return PublishedPlan.objects.filter(round=round).first()


@transaction.atomic
def publish(round: MappingRound, viewer: Viewer, opened: Iterable[Record] = ()) -> PublishedPlan:
    """Publish the plan of a round: the round becomes public, and the records that are `opened`.

    Raises PermissionError where the viewer may not decide who sees one of them.
    """
    for one in (round, *opened):
        if not viewer.may(Action.SHARE, one):
            raise PermissionError(str(one))
        if one.visibility != Visibility.PUBLIC:
            one.visibility = Visibility.PUBLIC
            touch(one)
    made, new = PublishedPlan.objects.get_or_create(
        round=round, defaults={"account": viewer.account}
    )
    if not new:
        made.published = timezone.now()
        made.account = viewer.account
        made.save()
    return made


def unpublish(round: MappingRound, viewer: Viewer) -> None:
    """Take the public page away. Who sees each record stays as it is."""
    if not viewer.may(Action.SHARE, round):
        raise PermissionError(str(round))
    for one in PublishedPlan.objects.filter(round=round):
        one.delete()


def public_plans() -> list[PublishedPlan]:
    """The plans that anyone may read, the newest first."""
    return list(
        PublishedPlan.objects.filter(
            round__removed=None, round__visibility=Visibility.PUBLIC
        ).select_related("round__organisation")
    )
