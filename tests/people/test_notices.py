"""Letters about what others do: to whom, in which language, and not too many."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from samsyn.cycle.models import Problem
from samsyn.people.models import Account, Membership, Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import PASSWORD, account, client, member, organisation

pytestmark = pytest.mark.django_db


def comment(name: str, problem, text: str = "Så är det") -> None:
    answer = client(account(name)).post(f"{problem.get_absolute_url()}kommentar/", {"text": text})
    assert answer.status_code == 302


@pytest.fixture
def problem():
    """A problem of Anna's, where Bo and Clara work too."""
    for name in ("anna", "bo", "clara"):
        member(name, organisation())
    return record(Problem, mapping_round(), "Trångt", by=account("anna"))


def test_who_wrote_it_and_who_talks_about_it_are_told_of_a_comment(problem, mailoutbox):
    Account.objects.filter(pk=account("anna").pk).update(language="en")
    comment("anna", problem)
    assert mailoutbox == []  # not of one's own
    comment("bo", problem, "Hemliga detaljer")
    (letter,) = mailoutbox
    assert letter.to == ["anna@example.org"]
    assert letter.subject == "New comment in Samsyn: Trångt"
    assert f"http://testserver/en{problem.get_absolute_url()}#kommentarer" in letter.body
    assert "http://testserver/en/konto/" in letter.body
    assert "Hemliga" not in letter.body
    comment("clara", problem)
    assert [one.to for one in mailoutbox[1:]] == [["bo@example.org"]]  # anna had one just now
    cache.clear()  # an hour later
    comment("clara", problem)
    assert {one.to[0] for one in mailoutbox[2:]} == {"anna@example.org", "bo@example.org"}
    assert "Ny kommentar" in next(one for one in mailoutbox[2:] if "bo@" in one.to[0]).subject


def test_who_has_turned_them_off_or_sees_it_no_more_gets_none(problem, mailoutbox):
    comment("bo", problem)
    mailoutbox.clear()
    cache.clear()
    told = {"name": "Anna", "language": "sv"}  # the box is not ticked
    assert client(account("anna")).post("/konto/", told).status_code == 302
    Membership.objects.filter(account=account("bo")).delete()
    comment("clara", problem)
    assert mailoutbox == []


def share(lead, of, *others, **more):
    told = {"visibility": "shared", "with_whom": [one.pk for one in others], "sure": 1, **more}
    assert lead.post(f"{of.get_absolute_url()}delning/", told).status_code == 302


def test_those_who_lead_are_told_of_what_is_shared_with_them(problem, mailoutbox):
    lead = client(member("lena", organisation(), Role.LEAD))
    other, third = organisation("Lundby förening", "association"), organisation("Tredje", "company")
    for role in Role:
        member(f"tove-{role}", other, role)
    member("ture", third, Role.LEAD)
    share(lead, problem, other)
    (letter,) = mailoutbox
    assert letter.to == ["tove-lead@example.org"]
    assert letter.subject == "Vattstads kommun delar med Lundby förening i Samsyn"
    assert "- Trångt" in letter.body
    assert f"http://testserver{other.get_absolute_url()}delat/" in letter.body
    share(lead, problem, other, third)  # nothing new to the first
    assert [one.to for one in mailoutbox[1:]] == [["ture@example.org"]]
    share(lead, problem.round, other, all_within="on")  # within the hour
    assert len(mailoutbox) == 2
    cache.clear()
    share(lead, problem, other, visibility=Visibility.PRIVATE)
    share(lead, problem.round, other, third, all_within="on")
    told = {one.to[0]: one.body for one in mailoutbox[2:]}
    assert set(told) == {"tove-lead@example.org", "ture@example.org"}
    assert "- Kartläggning 2026" not in told["tove-lead@example.org"]  # they had that


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_person_is_told_when_their_password_is_another(language, mailoutbox, settings):
    settings.SAMSYN_CONTACT = "samsyn@vattstad.example"
    anna = account("anna", language=language)
    browser = client()
    browser.post("/konto/logga-in/", {"login": anna.email, "password": PASSWORD})
    told = {
        "oldpassword": PASSWORD,
        "password1": "ett annat långt 8",
        "password2": "ett annat långt 8",
    }
    assert browser.post("/konto/losenord/byt/", told).status_code == 302
    (letter,) = mailoutbox
    assert letter.to == ["anna@example.org"]
    words = {"sv": "Lösenordet är ändrat.", "en": "The password was changed."}
    assert words[language] in letter.body
    assert "samsyn@vattstad.example" in letter.body
    assert "/konto/losenord/glomt/" in letter.body
    assert PASSWORD not in letter.body


def test_a_person_is_told_of_what_an_administrator_has_changed(mailoutbox):
    from allauth.mfa.totp.internal.auth import TOTP

    anna = account("anna")
    TOTP.activate(anna, "JBSWY3DPEHPK3PXP")
    keeper = client(account("keeper", standing="administrator"))
    there = f"/arbete/administration/konto/{anna.pk}/"
    keeper.post(f"{there}ett-steg/")
    assert "stängt av inloggning i två steg" in mailoutbox[0].body
    keeper.post(f"{there}ett-steg/")  # it was off already
    told = {"name": "Anna", "email": "ny@example.org", "standing": "none", "is_active": "on"}
    keeper.post(there, told)
    assert {one.to[0] for one in mailoutbox[1:]} == {"anna@example.org", "ny@example.org"}


def test_those_who_lead_are_told_whom_an_administrator_lets_in(mailoutbox):
    lead = member("lena", organisation(), Role.LEAD)
    other = member("lova", organisation(), Role.LEAD)
    keeper = client(account("keeper", standing="administrator"))
    there = f"{organisation().get_absolute_url()}medlemmar/"
    keeper.post(f"{there}bjud-in/", {"emails": "keeper@example.org", "role": "lead"})
    told = [one for one in mailoutbox if one.to != ["keeper@example.org"]]
    assert {one.to[0] for one in told} == {"lena@example.org", "lova@example.org"}
    assert "Bjöd in keeper@example.org som Ansvarig." in told[0].body
    mailoutbox.clear()
    key = Membership.objects.get(account=other).pk
    keeper.post(f"{there}{key}/roll/", {"role": "reader"})
    assert {one.to[0] for one in mailoutbox} == {"lena@example.org", "lova@example.org"}
    mailoutbox.clear()
    client(lead).post(f"{there}{key}/ta-bort/")
    assert mailoutbox == []  # not of what one of them does
