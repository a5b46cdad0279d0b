"""Asking organisations to share what they have; answering by sharing a round, or by saying no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q
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
    RollUpRequest,
)
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.models.published import Refusal
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Organisation, Record, Visibility
from samsyn.people.saving import touch

# What goes with a round that is shared, unless it is left out. Interviews never do.
PARTS: tuple[type[OfRound], ...] = (Problem, Need, Goal, Intervention, FollowUp)
MORE: tuple[type[OfRound], ...] = (Actor, CollaborationGroup)
# Not answered, or with "not now": then it still waits with those who were asked.
WAITING: Final = Q(answered=None) | Q(refusal=Refusal.LATER)


@dataclass(frozen=True)
class Standing:
    """An organisation that is asked, and whether it has answered."""

    request: RollUpRequest
    shares: bool

    @property
    def waiting(self) -> bool:
        """Whether nothing has come."""
        return self.request.open and not self.shares


def ask(
    by: Organisation, others: Iterable[Organisation], text: str, due: date, viewer: Viewer
) -> list[RollUpRequest]:
    """Ask organisations to share a round with one's own. One is not asked of itself."""
    with transaction.atomic():
        return [
            RollUpRequest.objects.create(
                organisation=by, asked=one, text=text, due=due, account=viewer.account
            )
            for one in others
            if one.pk != by.pk
        ]


def asked_of(organisation: Organisation) -> list[RollUpRequest]:
    """What an organisation is asked for and has answered neither yes nor no, first due first."""
    there = RollUpRequest.objects.filter(WAITING, asked=organisation, withdrawn=None)
    return list(there.select_related("organisation"))


def put_to(organisation: Organisation) -> list[RollUpRequest]:
    """All that an organisation has been asked for, the newest first."""
    there = RollUpRequest.objects.filter(asked=organisation, withdrawn=None)
    return list(there.select_related("organisation", "answer").order_by("-created", "-pk"))


def requests_of(organisation: Organisation) -> list[RollUpRequest]:
    """What an organisation has asked of others and not taken back."""
    there = RollUpRequest.objects.filter(organisation=organisation, withdrawn=None)
    return list(there.select_related("asked", "answer").order_by("asked__name", "due", "pk"))


@transaction.atomic
def answer(
    request: RollUpRequest, round: MappingRound, models: Iterable[type[OfRound]], viewer: Viewer
) -> int:
    """Answer by sharing a round, with its records of these kinds; how many records that were.

    Raises PermissionError where the viewer may not decide who sees the round.
    """
    if not viewer.may(Action.SHARE, round):
        raise PermissionError(str(round))
    shared = _share(round, request.organisation)
    for model in models:
        for one in model._default_manager.filter(round=round, removed=None):
            shared += _share(one, request.organisation)
    request.answer, request.refusal, request.reason = round, "", ""
    request.answered = timezone.now()
    request.save()
    return shared


def decline(request: RollUpRequest, how: Refusal, reason: str) -> None:
    """Answer that nothing is shared, or not now. What is shared already is so until it is ended."""
    request.answer, request.refusal, request.reason = None, how, reason
    request.answered = timezone.now()
    request.save()


def _share(record: Record, other: Organisation) -> int:
    """Let another organisation see a record, if it does not already."""
    if record.visibility == Visibility.PUBLIC:
        return 0
    if record.visibility == Visibility.SHARED and record.shared_with.filter(pk=other.pk).exists():
        return 0
    if record.visibility == Visibility.PRIVATE:
        # Whom it was shared with before it was made private is not to see it again.
        record.shared_with.clear()
        record.visibility = Visibility.SHARED
    record.shared_with.add(other)
    touch(record)
    return 1
