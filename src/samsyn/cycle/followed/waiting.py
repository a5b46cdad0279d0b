"""What waits for whom in an organisation: for its start page, and for letters of reminding.

`waiting_for(viewer, organisation)` is what the start page shows. It asks the database six times,
whatever there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.cycle.followed.projects import FINAL, Question, offered_to, question_of, with_fate
from samsyn.cycle.models import Decision, FollowUp, Project
from samsyn.cycle.models.followed import State
from samsyn.cycle.models.groups import DecisionState
from samsyn.people.access import Viewer
from samsyn.people.models import Account, Membership, Organisation, Record, Role

SOON: Final = timedelta(days=14)
MOST: Final = 50  # of each kind that is listed
TO_WRITE: Final = (State.PLANNED, State.DRAFT, State.RETURNED)


class What(Enum):
    """What waits."""

    RETURNED = "returned"
    LATE = "late"
    SOON = "soon"
    DECIDE = "decide"
    ASK = "ask"
    DECISION = "decision"
    GIVEN = "given"
    QUESTION = "question"  # of another organisation: the start page lists them by themselves


@dataclass(frozen=True)
class Waiting:
    """Something that waits: a record, what to do with it, since or until when, and for whom.

    `mine` says whether it waits for the viewer; `account` is whom it waits for by name, None where
    it waits for all who lead.
    """

    what: What
    record: Record
    title: str
    address: str
    day: date | None
    account: Account | None
    who: str
    mine: bool
    months: int | None = None

    @property
    def late(self) -> bool:
        """Whether it should have been done by now."""
        return self.what in {What.LATE, What.DECISION}

    @property
    def todo(self) -> str:
        """What to do."""
        return {
            What.RETURNED: _("Återlämnad: skriv om och lämna in igen"),
            What.LATE: _("Försenad uppföljning: fyll i och lämna in"),
            What.SOON: _("Uppföljning: fyll i och lämna in"),
            What.DECIDE: _("Inlämnad uppföljning: godkänn eller lämna tillbaka"),
            What.ASK: _("Projektet har slutat: berätta vad det blev av det"),
            What.DECISION: _("Försenat beslut: säg hur det gick"),
            What.GIVEN: _("Projekt som ni kan ta över: svara ja eller nej"),
        }[self.what]


def waiting_for(
    viewer: Viewer, organisation: Organisation, today: date | None = None
) -> list[Waiting]:
    """What waits in an organisation, what waits for the viewer first, then by day.

    Follow-ups to write wait for their owner, else for editors and leads; those that are handed in
    and projects without an owner wait for leads, as do those that another organisation gives; late
    decisions of groups for who owns the group.
    What was with somebody who has left waits as if nobody had it. Nothing is told to who is not in
    the organisation, and nothing waits in one that is closed.
    """
    if organisation.closed is not None or not viewer.has(organisation, Role.READER):
        return []
    there = Membership.objects.filter(organisation=organisation, account__is_active=True)
    members = frozenset(there.values_list("account", flat=True))
    place = _Place(viewer, organisation, today or timezone.localdate(), members)
    found = [*_follow_ups(place), *_projects(place), *_given(place), *_decisions(place)]
    return sorted(found, key=lambda one: (not one.mine, one.day or date.max, one.title))


@dataclass(frozen=True)
class _Place:
    """Who looks at what waits in an organisation, when, and who belongs to it."""

    viewer: Viewer
    organisation: Organisation
    today: date
    members: frozenset[int]

    def waiting(
        self, what: What, record: Record, day: date | None, owner: Account | None, least: Role,
        **more: Any,
    ) -> Waiting:  # fmt: skip
        """What waits for its owner, where they are still there; else for those of that role."""
        account = owner if owner is not None and owner.pk in self.members else None
        mine = (
            self.viewer.has(self.organisation, least)
            if account is None
            else self.viewer.account is not None and self.viewer.account.pk == account.pk
        )
        given = {
            "title": record.title, "address": _address(self.organisation, record),
            "who": str(account) if account else _("Ansvariga"), **more,
        }  # fmt: skip
        return Waiting(what=what, record=record, day=day, account=account, mine=mine, **given)


def _address(organisation: Organisation, record: Any) -> str:
    return reverse("record", args=[organisation.slug, record.WORD, record.pk])


def _follow_ups(place: _Place) -> Iterable[Waiting]:
    there = FollowUp.objects.of(place.organisation).filter(removed=None).select_related("owner")
    due = there.filter(state__in=TO_WRITE, due__lte=place.today + SOON) | there.filter(
        state__in=(State.RETURNED, State.SUBMITTED)
    )
    for one in due.order_by("due", "pk")[: MOST * 2]:
        what = what_of(one, place.today)
        if what is What.DECIDE:
            yield place.waiting(what, one, one.due, None, Role.LEAD)
        elif what is not None:
            yield place.waiting(what, one, one.due, one.owner, Role.EDITOR)


def what_of(one: FollowUp, today: date) -> What | None:
    """What a follow-up waits for; None where it waits for nothing yet."""
    if one.state == State.SUBMITTED:
        return What.DECIDE
    if one.state == State.RETURNED:
        return What.RETURNED
    if one.state not in TO_WRITE or one.due is None or one.due > today + SOON:
        return None
    return What.LATE if one.due < today else What.SOON


def asked(today: date, organisation: Organisation | None = None) -> list[tuple[Project, Question]]:
    """The projects that are to be asked what became of them, with the question."""
    there: QuerySet[Any] = Project.objects.filter(
        removed=None, ended__lte=today - timedelta(days=364), organisation__closed=None
    )
    if organisation is not None:
        there = there.filter(organisation=organisation)
    # Those that are over for good are many after some years, and no question waits for them.
    there = with_fate(there).exclude(fate__in=FINAL).order_by("ended", "pk")
    found = []
    for one in there.select_related("owner", "organisation").prefetch_related("fates"):
        question = question_of(one, today)
        if question is not None:
            found.append((one, question))
    return found


def _projects(place: _Place) -> Iterable[Waiting]:
    for one, question in asked(place.today, place.organisation)[:MOST]:
        yield place.waiting(
            What.ASK, one, question.since, one.owner, Role.LEAD, months=question.months
        )


def _given(place: _Place) -> Iterable[Waiting]:
    """What others give away, one line for each of them."""
    if not place.viewer.has(place.organisation, Role.LEAD):
        return
    for giver, rows in groupby(offered_to(place.organisation), key=lambda one: one.giver):
        first = next(rows)
        yield place.waiting(
            What.GIVEN, first.project, first.asked.date(), None, Role.LEAD, title=str(giver),
            address=reverse("projects", args=[place.organisation.slug]),
        )  # fmt: skip


def late_decisions(today: date) -> QuerySet[Decision]:
    """What groups have decided, should have been done by now, and nobody has told of."""
    there = Decision.objects.filter(
        state=DecisionState.OPEN, due__lt=today, meeting__group__removed=None,
        meeting__group__organisation__closed=None,
    )  # fmt: skip
    return there.select_related(
        "meeting__group__owner", "meeting__group__organisation", "responsible"
    ).order_by("due", "pk")  # fmt: skip


def _decisions(place: _Place) -> Iterable[Waiting]:
    late = late_decisions(place.today).filter(meeting__group__organisation=place.organisation)
    for one in late[:MOST]:
        group = one.meeting.group
        yield place.waiting(
            What.DECISION, group, one.due, group.owner, Role.LEAD,
            title=one.text, address=f"{_address(place.organisation, group)}#beslut",
            who=str(one.responsible or group),
        )  # fmt: skip
