"""What waits for whom in an organisation: for its start page, and for letters of reminding.

`waiting_for(viewer, organisation)` is what the start page shows. It asks the database four times,
whatever there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samsyn.cycle.followed.projects import FINAL, Question, question_of, with_fate
from samsyn.cycle.models import CollaborationGroup, Decision, FollowUp, Project
from samsyn.cycle.models.followed import State
from samsyn.cycle.models.groups import DecisionState
from samsyn.people.access import Viewer
from samsyn.people.models import Account, Organisation, Record, Role

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
        }[self.what]


def waiting_for(
    viewer: Viewer, organisation: Organisation, today: date | None = None
) -> list[Waiting]:
    """What waits in an organisation, what waits for the viewer first, then by day.

    Follow-ups to write wait for their owner, else for editors and leads; those that are handed in
    and projects without an owner wait for leads; late decisions of groups for who owns the group.
    Nothing is told to who is not in the organisation.
    """
    if not viewer.has(organisation, Role.READER):
        return []
    day = today or timezone.localdate()
    found = [
        *_follow_ups(viewer, organisation, day),
        *_projects(viewer, organisation, day),
        *_decisions(viewer, organisation, day),
    ]
    return sorted(found, key=lambda one: (not one.mine, one.day or date.max, one.title))


def _follow_ups(viewer: Viewer, organisation: Organisation, today: date) -> Iterable[Waiting]:
    there = FollowUp.objects.of(organisation).filter(removed=None).select_related("owner")
    there = there.select_related("organisation")
    due = there.filter(state__in=TO_WRITE, due__lte=today + SOON) | there.filter(
        state__in=(State.RETURNED, State.SUBMITTED)
    )
    for one in due.order_by("due", "pk")[: MOST * 2]:
        what = what_of(one, today)
        if what is None:
            continue
        for_leads = what is What.DECIDE
        mine = (
            viewer.has(organisation, Role.LEAD if for_leads else Role.EDITOR)
            if for_leads or one.owner is None else _is(viewer, one.owner)
        )  # fmt: skip
        yield _waiting(what, one, one.due, None if for_leads else one.owner, mine)


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
        removed=None, ended__lte=today - timedelta(days=364)
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


def _projects(viewer: Viewer, organisation: Organisation, today: date) -> Iterable[Waiting]:
    for one, question in asked(today, organisation)[:MOST]:
        mine = (
            viewer.has(organisation, Role.LEAD) if one.owner is None else _is(viewer, one.owner)
        )  # fmt: skip
        yield _waiting(What.ASK, one, question.since, one.owner, mine, question.months)


def _decisions(viewer: Viewer, organisation: Organisation, today: date) -> Iterable[Waiting]:
    late = Decision.objects.filter(
        meeting__group__organisation=organisation, meeting__group__removed=None,
        state=DecisionState.OPEN, due__lt=today,
    ).select_related("meeting__group__owner", "responsible")  # fmt: skip
    for one in late.order_by("due", "pk")[:MOST]:
        group = one.meeting.group
        yield Waiting(
            what=What.DECISION, record=group, title=one.text,
            address=f"{_group_address(organisation, group)}#beslut", day=one.due,
            account=group.owner, who=str(one.responsible or group), mine=_is(viewer, group.owner),
        )  # fmt: skip


def _group_address(organisation: Organisation, group: CollaborationGroup) -> str:
    return reverse("record", args=[organisation.slug, group.WORD, group.pk])


def _is(viewer: Viewer, account: Account | None) -> bool:
    return (
        viewer.account is not None and account is not None and viewer.account.pk == account.pk
    )  # fmt: skip


def _waiting(
    what: What, record: FollowUp | Project, day: date | None, account: Account | None, mine: bool,
    months: int | None = None,
) -> Waiting:  # fmt: skip
    return Waiting(
        what=what, record=record, title=record.title, address=record.get_absolute_url(), day=day,
        account=account, who=str(account) if account else _("Ansvariga"), mine=mine, months=months,
    )  # fmt: skip
