"""What waits for whom, and the letters about it: each is told of the same thing once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.core import mail
from django.utils import timezone

from samsyn.cycle.followed import reminding
from samsyn.cycle.followed.reminding import letters, send
from samsyn.cycle.followed.waiting import What, waiting_for
from samsyn.cycle.models import (
    CollaborationGroup,
    Decision,
    FollowUp,
    Intervention,
    Meeting,
    Project,
    ProjectFate,
    Reminder,
    RollUpRequest,
)
from samsyn.people.access import viewer_of
from samsyn.people.models import Membership, Role
from samsyn.people.saving import create
from tests.cycle.making import mapping_round, record
from tests.people.making import member, organisation

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
SITE = "https://samsyn.example.org/"


def follow_up(title="Uppföljning", days=7, owner=None, **more) -> FollowUp:
    round = mapping_round()
    return record(FollowUp, round, title, owner=owner, due=TODAY + timedelta(days=days), **more)


def project(ended: date, owner=None, title="Bron") -> Project:
    return create(Project(organisation=organisation(), title=title, ended=ended, owner=owner), None)


def sent(today: date = TODAY) -> list[tuple[str, str]]:
    """Send what is to be sent, and tell to whom and of what."""
    before = len(mail.outbox)
    for letter in letters(today):
        send(letter, SITE)
    return [(one.to[0], one.body) for one in mail.outbox[before:]]


def test_the_owner_is_written_to_once_before_and_with_the_leads_once_after():
    bo = member("bo", organisation(), Role.CONTRIBUTOR)
    member("lena", organisation(), Role.LEAD)
    one = follow_up("Läxhjälpen efter ett år", days=14, owner=bo)
    ((to, text),) = sent()
    assert to == "bo@example.org"
    assert "Läxhjälpen efter ett år (Vattstads kommun)" in text
    assert "ska vara klar 2027-03-15" in text
    assert f"https://samsyn.example.org{one.get_absolute_url()}" in text
    assert sent() == []
    assert sent(TODAY + timedelta(days=5)) == []
    late = sent(TODAY + timedelta(days=15))
    assert {to for to, _text in late} == {"bo@example.org", "lena@example.org"}
    assert all("skulle ha varit klar 2027-03-15" in text for _to, text in late)
    assert sent(TODAY + timedelta(days=40)) == []
    FollowUp.objects.filter(pk=one.pk).update(due=TODAY + timedelta(days=50))
    assert [to for to, _text in sent(TODAY + timedelta(days=40))] == ["bo@example.org"]


@pytest.mark.parametrize(
    ("days", "state", "told"),
    [
        (15, "planned", False), (14, "planned", True), (0, "draft", True), (-1, "returned", True),
        (-1, "submitted", False), (-1, "approved", False),
    ],
)  # fmt: skip
def test_only_what_is_soon_due_or_late_and_not_handed_in(days, state, told):
    bo = member("bo", organisation())
    follow_up(days=days, state=state, owner=bo)
    assert bool(sent()) == told


def test_leads_are_written_to_of_what_another_organisation_asks_when_it_comes_and_when_it_is_late():
    member("bo", organisation(), Role.EDITOR)
    lena = member("lena", organisation(), Role.LEAD)
    region = organisation("Region Vattland")
    due = TODAY + timedelta(days=30)
    one = RollUpRequest.objects.create(
        organisation=region, asked=organisation(), text="Dela er plan.", due=due
    )
    ((to, text),) = sent()
    assert to == lena.email
    assert "Region Vattland (Vattstads kommun)" in text
    assert "senast 2027-03-31" in text
    assert f"https://samsyn.example.org{one.get_absolute_url()}" in text
    assert sent(due) == []
    assert len(sent(due + timedelta(days=1))) == 1
    assert sent(due + timedelta(days=2)) == []
    # Who has been answered, or asks no longer, is not written of.
    for told in ({"answered": timezone.now()}, {"withdrawn": timezone.now()}):
        other = RollUpRequest.objects.create(
            organisation=region, asked=organisation(), text="Och det här.", due=due, **told
        )
        assert sent(due) == [], other


def test_who_has_left_is_not_written_to_and_the_leads_are_instead():
    bo, lena = member("bo", organisation()), member("lena", organisation(), Role.LEAD)
    follow_up(owner=bo)
    Membership.objects.filter(account=bo).delete()
    assert [to for to, _text in sent()] == [lena.email]


def test_a_person_gets_one_letter_of_all_that_is_new():
    bo = member("bo", organisation())
    for number in range(3):
        follow_up(f"Uppföljning {number}", owner=bo)
    project(date(2025, 12, 1), bo)
    ((_to, text),) = sent()
    for title in ("Uppföljning 0", "Uppföljning 1", "Uppföljning 2", "Bron"):
        assert title in text
    assert mail.outbox[-1].subject == "Att göra i Samsyn: 4 saker"
    follow_up("En till", owner=bo)
    ((_to, text),) = sent()
    assert "En till" in text
    assert "Bron" not in text


def test_owners_of_ended_projects_are_asked_at_12_24_and_36_months():
    bo = member("bo", organisation())
    one = project(date(2026, 3, 1), bo)
    assert "för 12 månader sedan" in sent()[0][1]
    assert sent(date(2027, 12, 1)) == []
    ProjectFate.objects.create(project=one, fate="running", at=date(2027, 6, 1))
    assert "för 24 månader sedan" in sent(date(2028, 3, 1))[0][1]
    ProjectFate.objects.create(project=one, fate="implemented", at=date(2028, 6, 1))
    assert "för 36 månader sedan" in sent(date(2029, 3, 1))[0][1]
    assert sent(date(2035, 1, 1)) == []


def test_late_decisions_of_a_group_are_told_to_who_has_it_once():
    bo, lena = member("bo", organisation()), member("lena", organisation(), Role.LEAD)
    group = record(CollaborationGroup, mapping_round(), "Boendegruppen", owner=bo)
    meeting = Meeting.objects.create(group=group, held=TODAY)
    days = {"Ring skolan": -1, "Boka lokal": 0, "Utan dag": None}
    for text, late in days.items():
        due = None if late is None else TODAY + timedelta(days=late)
        Decision.objects.create(meeting=meeting, text=text, due=due)
    Decision.objects.create(meeting=meeting, text="Gjort", due=date(2020, 1, 1), state="done")
    ((to, text),) = sent()
    assert to == bo.email
    assert "Ring skolan (Boendegruppen, Vattstads kommun)" in text
    assert "skulle ha varit genomfört 2027-02-28" in text
    assert not any(other in text for other in ("Boka lokal", "Utan dag", "Gjort"))
    assert sent() == []
    Membership.objects.filter(account=bo).delete()
    assert [to for to, text in sent(TODAY + timedelta(days=1)) if "Boka lokal" in text] == [
        lena.email
    ]


def test_a_letter_is_in_the_language_of_who_gets_it():
    bo = member("bo", organisation())
    bo.language = "en"
    bo.save()
    one = follow_up(owner=bo)
    ((_to, text),) = sent()
    assert f"https://samsyn.example.org/en{one.get_absolute_url()}" in text


def test_a_letter_that_could_not_be_sent_is_tried_again(monkeypatch):
    follow_up(owner=member("bo", organisation()))
    (letter,) = letters(TODAY)

    def refuse(self):
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(reminding.EmailMessage, "send", refuse)
    with pytest.raises(ConnectionRefusedError):
        send(letter, SITE)
    assert not Reminder.objects.exists()
    monkeypatch.undo()
    assert len(sent()) == 1


def test_two_runs_at_once_write_once():
    follow_up(owner=member("bo", organisation()))
    (first,), (second,) = letters(TODAY), letters(TODAY)
    assert (send(first, SITE), send(second, SITE)) == (1, 0)
    assert len(mail.outbox) == 1


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def remind(monkeypatch):
    from samsyn.cli.remind import remind as command
    from samsyn.site import preparing

    monkeypatch.setattr(preparing, "prepare", lambda tell: None)
    return lambda *more: CliRunner().invoke(command, ["--date", "2027-03-01", *more])


def test_the_command_sends_and_a_dry_run_does_not(remind):
    follow_up(owner=member("bo", organisation()))
    record(
        Intervention, mapping_round(), "Slut", kind="operative", level="area", horizon="x",
        form="project", ends=date(2027, 2, 1),
    )  # fmt: skip
    told = remind("--dry-run")
    assert "bo@example.org: uppfoljning/" in told.output
    assert "Letters to send: 1" in told.output
    assert (len(mail.outbox), Reminder.objects.count(), Project.objects.count()) == (0, 0, 0)
    assert "Letters sent: 1" in remind("--address", SITE).output
    assert "Letters sent: 0" in remind("--address", SITE).output
    assert (len(mail.outbox), Project.objects.count()) == (1, 1)


@pytest.mark.parametrize("wrong", [["--date", "i går"], ["--address", "samsyn.example.org"]])
def test_what_is_wrong_is_said(remind, wrong):
    from samsyn.measure import InputError

    assert isinstance(remind(*wrong).exception, InputError)


# --- on the start page ----------------------------------------------------------------------------


def test_what_waits_for_whom(django_assert_max_num_queries):
    bo, lena = member("bo", organisation()), member("lena", organisation(), Role.LEAD)
    follow_up("Sen", days=-3, owner=bo)
    follow_up("Snart", days=3, owner=lena)
    follow_up("Långt bort", days=90, owner=bo)
    follow_up("Inlämnad", days=90, state="submitted", owner=bo)
    follow_up("Tillbaka", days=90, state="returned", owner=bo)
    project(date(2025, 1, 1), lena)
    group = record(CollaborationGroup, mapping_round(), "Gruppen", owner=bo)
    meeting = Meeting.objects.create(group=group, held=TODAY)
    Decision.objects.create(meeting=meeting, text="Ring skolan", due=TODAY - timedelta(days=1))
    of = organisation()
    viewer = viewer_of(bo)
    with django_assert_max_num_queries(6):
        told = waiting_for(viewer, of, TODAY)
    assert [(one.what, one.title, one.mine) for one in told] == [
        (What.LATE, "Sen", True),
        (What.DECISION, "Ring skolan", True),
        (What.RETURNED, "Tillbaka", True),
        (What.ASK, "Bron", False),
        (What.SOON, "Snart", False),
        (What.DECIDE, "Inlämnad", False),
    ]
    assert {one.title for one in waiting_for(viewer_of(lena), of, TODAY) if one.mine} == {
        "Snart", "Inlämnad", "Bron",
    }  # fmt: skip
    assert all(one.todo and one.address.startswith("/arbete/") for one in told)
    stranger = member("olof", organisation("Lundby"), Role.LEAD)
    assert waiting_for(viewer_of(stranger), of, TODAY) == []


def test_what_was_with_somebody_who_has_left_waits_for_the_others():
    bo, lena = member("bo", organisation()), member("lena", organisation(), Role.LEAD)
    follow_up("Uppföljningen", owner=bo)
    Membership.objects.filter(account=bo).delete()
    (told,) = waiting_for(viewer_of(lena), organisation(), TODAY)
    assert (told.mine, told.account, told.who) == (True, None, "Ansvariga")
