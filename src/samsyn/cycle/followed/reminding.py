"""Letters about what waits: each person is written to once of each occasion, in one letter a day.

A follow-up is written of when it is due within two weeks (to its owner), and when it is late (to
its owner and to those who lead); a project when it is to be asked what became of it; what a group
has decided when it is late (to who owns the group). What another organisation asks is written of
when it has come and when the answer is late (to those who lead the one that is asked). With a new
due date there is a new occasion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.cycle.followed.waiting import SOON, TO_WRITE, What, asked, late_decisions, what_of
from samsyn.cycle.models import CollaborationGroup, FollowUp, Project, Reminder, RollUpRequest
from samsyn.people.models import Account, Membership, Organisation, Role

SUBJECT: Final = 150  # characters of the subject of a letter


@dataclass(frozen=True)
class Reminded:
    """Something that a person is written to of; `part` is what of the record it is about."""

    record: FollowUp | Project | CollaborationGroup | RollUpRequest
    what: What
    about: str
    occasion: str
    day: date
    months: int | None = None
    part: str = ""

    @property
    def title(self) -> str:
        """What it is called; of a question, who asks."""
        if isinstance(self.record, RollUpRequest):
            return self.record.organisation.name
        return self.part or self.record.title

    @property
    def organisation(self) -> Organisation:
        """Where it waits."""
        if isinstance(self.record, RollUpRequest):
            return self.record.asked
        return self.record.organisation

    @property
    def owner(self) -> Account | None:
        """Who answers for it, where that is one person."""
        return None if isinstance(self.record, RollUpRequest) else self.record.owner


@dataclass(frozen=True)
class Letter:
    """A letter to a person, of all that is new to them."""

    account: Account
    of: tuple[Reminded, ...]


def letters(today: date) -> list[Letter]:
    """The letters that are to be sent today: of what nobody has written to that person of."""
    leads = _Members()
    found: dict[Account, list[Reminded]] = defaultdict(list)
    for one in _occasions(today):
        owner = one.owner if leads.has(one.owner, one.organisation) else None
        people = [] if owner is None else [owner]
        if owner is None or one.what is What.LATE:
            people += leads.of(one.organisation)
        for account in dict.fromkeys(people):
            found[account].append(one)
    sent = set(
        Reminder.objects.filter(account__in=list(found)).values_list(
            "account", "about", "occasion"
        )
    )  # fmt: skip
    made = []
    for account, every in found.items():
        new = tuple(one for one in every if (account.pk, one.about, one.occasion) not in sent)
        if new:
            made.append(Letter(account, new))
    return made


def _occasions(today: date) -> list[Reminded]:
    due = FollowUp.objects.filter(
        removed=None, organisation__closed=None, state__in=TO_WRITE, due__lte=today + SOON
    ).select_related("owner", "organisation")
    found = []
    for one in due.order_by("due", "pk"):
        what = what_of(one, today)
        if what is None or one.due is None:
            continue
        if what is What.RETURNED:
            what = What.LATE if one.due < today else What.SOON
        about, day = f"{FollowUp.WORD}/{one.pk}", one.due
        found.append(Reminded(one, what, about, f"{what.value} {day}", day))
    for project, question in asked(today):
        found.append(
            Reminded(
                project, What.ASK, f"{Project.WORD}/{project.pk}",
                f"ask {question.months} {question.since}", question.since, question.months,
            )
        )  # fmt: skip
    for decision in late_decisions(today):
        assert decision.due is not None
        found.append(
            Reminded(
                decision.meeting.group, What.DECISION, f"beslut/{decision.pk}",
                f"late {decision.due}", decision.due, part=decision.text,
            )
        )  # fmt: skip
    questions = RollUpRequest.objects.filter(answered=None, withdrawn=None, asked__closed=None)
    for request in questions.select_related("organisation", "asked").order_by("due", "pk"):
        occasion = f"late {request.due}" if request.due < today else "asked"
        found.append(Reminded(request, What.QUESTION, f"fraga/{request.pk}", occasion, request.due))
    return found


class _Members:
    """Who belongs to organisations and who leads them, asked for once each."""

    def __init__(self) -> None:
        self._known: dict[int, list[Membership]] = {}

    def _of(self, organisation: Organisation) -> list[Membership]:
        if organisation.pk not in self._known:
            self._known[organisation.pk] = list(
                Membership.objects.filter(organisation=organisation, account__is_active=True)
                .select_related("account").order_by("pk")
            )  # fmt: skip
        return self._known[organisation.pk]

    def has(self, account: Account | None, organisation: Organisation) -> bool:
        """Whether somebody still writes in the organisation."""
        return account is not None and any(
            one.account_id == account.pk and one.role != Role.READER
            for one in self._of(organisation)
        )

    def of(self, organisation: Organisation) -> list[Account]:
        """Those who lead it."""
        return [one.account for one in self._of(organisation) if one.role == Role.LEAD]


def send(letter: Letter, site: str) -> int:
    """Send a letter, and remember what it was of; how many things it told.

    What another run has told meanwhile is left out. Nothing is remembered where sending fails.
    """
    with transaction.atomic():
        new = [
            one for one in letter.of
            if Reminder.objects.get_or_create(
                account=letter.account, about=one.about, occasion=one.occasion
            )[1]
        ]  # fmt: skip
        if new:
            subject, text = written(letter.account, new, site)
            EmailMessage(subject, text, to=[letter.account.email]).send()
    return len(new)


def written(account: Account, of: Sequence[Reminded], site: str) -> tuple[str, str]:
    """The subject and the text of a letter, in the language of the person."""
    with translation.override(account.language or "sv"):
        rows = [(one, f"{site.rstrip('/')}{one.record.get_absolute_url()}") for one in of]
        subject = (
            _("Att göra i Samsyn: %(title)s") % {"title": of[0].title}
            if len(of) == 1
            else _("Att göra i Samsyn: %(n)s saker") % {"n": len(of)}
        )
        text = render_to_string(
            "cycle/letters/reminder.txt", {"account": account, "rows": rows, "site": site}
        )
    return shorten(subject, SUBJECT, placeholder=" …"), text
