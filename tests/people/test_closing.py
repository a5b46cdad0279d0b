"""Organisations that have ceased: read as before, written in by nobody, and opened again."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.models import Goal, Need, Problem
from samsyn.people import closing
from samsyn.people.access import Action, viewer_of
from samsyn.people.models import Attachment, Comment, Organisation, Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return organisation("Lundby förening", "association")


@pytest.fixture
def closed(theirs):
    """A problem of an organisation that is closed, shared with another, with a comment."""
    made = record(Problem, mapping_round(), "Trångt", by=member("karin", organisation()))
    made.visibility = Visibility.SHARED
    made.save()
    made.shared_with.add(theirs)
    Comment.objects.create(record=made, account=account("karin"), text="Så är det")
    closing.close(organisation(), "Gick upp i en annan", theirs)
    return made


def statuses(browser, problem) -> dict[str, int]:
    """What each way to change a record answers."""
    there, of = problem.get_absolute_url(), organisation().get_absolute_url()
    number = Comment.objects.get().pk
    file = SimpleUploadedFile("a.txt", b"a")
    sent = {
        "andra/": {"title": "Annat", "version": 1}, "delning/": {"visibility": "public", "sure": 1},
        "ta-bort/": {}, "kommentar/": {"text": "Jag med"}, "fil/": {"file": file},
        "historik/1/": {"version": 1}, f"kommentar/{number}/ta-bort/": {},
    }  # fmt: skip
    found = {name: browser.post(there + name, told).status_code for name, told in sent.items()}
    for name in ("problem/ny/", "problem/fran-excel/", "kartlaggning/ny/"):
        found[name] = browser.get(of + name).status_code
    return found


@pytest.mark.parametrize("role", Role)
def test_whatever_the_role_all_is_read_and_nothing_is_written(closed, role):
    browser = client(member("karin", organisation(), role))
    goal = record(Goal, closed.round, "Ett mål")
    page = browser.get(closed.get_absolute_url()).content.decode()
    assert "avslutades" in page
    assert "Gick upp i en annan" in page
    assert "Lundby förening har tagit över" in page
    assert "Så är det" in page
    for button in ("Ändra</a>", "Spara kommentaren", "Ändra vem som ser det", "Ta bort"):
        assert button not in page, button
    for of in (closed, closed.round, goal):
        assert "/ny/" not in browser.get(of.get_absolute_url()).content.decode()
    assert set(statuses(browser, closed).values()) == {404}
    closed.refresh_from_db()
    assert (closed.title, closed.version, Comment.objects.count()) == ("Trångt", 1, 1)
    assert not Attachment.objects.exists()
    who = viewer_of(account("karin"))
    assert [action for action in Action if who.may(action, closed)] == [Action.SEE]
    taken = browser.get(f"{organisation().get_absolute_url()}export.json").status_code
    assert taken == (200 if role is Role.LEAD else 404)


def test_whom_it_was_shared_with_read_on_and_say_nothing_more(closed, theirs):
    browser = client(member("tove", theirs, Role.LEAD))
    page = browser.get(closed.get_absolute_url()).content.decode()
    assert "Trångt" in page
    assert "Spara kommentaren" not in page
    assert set(statuses(browser, closed).values()) == {404}
    # Taking over lets nobody see more than they were given.
    unshared = record(Need, closed.round, "Inte delat")
    assert browser.get(unshared.get_absolute_url()).status_code == 404


def test_it_is_opened_again_with_the_roles_there_were(closed):
    lead = client(member("lena", organisation(), Role.LEAD))
    there = organisation().get_absolute_url()
    settings = lead.get(f"{there}installningar/").content.decode()
    assert "Öppna organisationen igen" in settings
    lead.post(f"{there}installningar/", {"name": "Nytt namn", "kind": "municipality"})
    assert Organisation.objects.filter(name="Nytt namn").count() == 0
    assert lead.post(f"{there}oppna/").status_code == 302
    answer = client(account("karin")).post(
        f"{closed.get_absolute_url()}andra/", {"title": "Annat", "version": 1}
    )
    assert answer.status_code == 302
    history = lead.get(f"{there}medlemmar/historik/").content.decode()
    assert "öppnade organisationen igen" in history
    assert "Gick upp i en annan" in history


def test_a_lead_closes_it_and_is_told_what_follows(theirs):
    lead = client(member("lena", organisation(), Role.LEAD))
    there = f"{organisation().get_absolute_url()}avsluta/"
    page = lead.get(there).content.decode()
    assert "1 medlem kan fortfarande läsa" in page
    assert lead.post(there, {"why": ""}).status_code == 400
    assert lead.post(there, {"why": "Lades ner", "successor": theirs.pk}).status_code == 302
    closed = organisation()
    assert (closed.closed is not None, closed.successor) == (True, theirs)
    assert "avslutad" in lead.get("/arbete/").content.decode()
    # Nothing new is shared with who reads no more; and it does not succeed anybody.
    ours = client(member("tove", theirs, Role.LEAD))
    problem = record(Problem, mapping_round(theirs), by=account("tove"))
    sharing = f"{problem.get_absolute_url()}delning/"
    assert "Vattstads kommun" not in ours.get(sharing).content.decode().split("<form")[-1]
    told = {"visibility": "shared", "with_whom": [closed.pk], "sure": 1}
    assert ours.post(sharing, told).status_code == 400
    page = ours.post(f"{theirs.get_absolute_url()}avsluta/", {"why": "x", "successor": closed.pk})
    assert page.status_code == 400


@pytest.mark.parametrize("role", [None, Role.READER, Role.CONTRIBUTOR, Role.EDITOR])
def test_nobody_else_closes_or_opens_it(role):
    browser = client(member("kim", organisation(), role) if role else account("kim"))
    there = organisation().get_absolute_url()
    assert browser.post(f"{there}avsluta/", {"why": "Ofog"}).status_code == 404
    closing.close(organisation(), "Lades ner")
    assert browser.post(f"{there}oppna/").status_code == 404
    assert organisation().closed is not None


def test_an_administrator_closes_it_too_and_those_who_lead_are_told(mailoutbox):
    member("lena", organisation(), Role.LEAD)
    keeper = client(account("keeper", standing="administrator"))
    answer = keeper.post(f"{organisation().get_absolute_url()}avsluta/", {"why": "Lades ner"})
    assert answer.status_code == 302
    (letter,) = mailoutbox
    assert letter.to == ["lena@example.org"]
    assert "Avslutade organisationen." in letter.body


def test_the_rule_costs_no_query_for_each_record(closed):
    who = viewer_of(account("karin"))
    with CaptureQueriesContext(connection) as asked:
        assert not who.may(Action.EDIT, Problem.objects.get())
    assert len(asked) == 1
