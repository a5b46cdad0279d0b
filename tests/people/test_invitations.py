"""Invitations: the letter, the answer, and what an invitation does not open."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone

from samsyn.people import inviting
from samsyn.people.models import Account, Invitation, Membership, Role
from tests.people.making import PASSWORD, account, client, member, organisation

pytestmark = pytest.mark.django_db
PAGE = "/arbete/vattstads-kommun/medlemmar/"


@pytest.fixture
def lead() -> Client:
    """The browser of Anna, who leads Vattstads kommun."""
    return client(member("anna", organisation(), Role.LEAD))


def ask(lead: Client, emails: str = "bo@example.org", role: str = "editor", prefix: str = ""):
    return lead.post(f"{prefix}{PAGE}bjud-in/", {"emails": emails, "role": role})


def path_in(letter) -> str:
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


def roles() -> dict[str, str]:
    return {str(one.account.email): one.role for one in Membership.objects.all()}


def test_the_letter_says_who_asks_and_leads_to_the_answer(lead, mailoutbox):
    assert ask(lead).url == PAGE
    (letter,) = mailoutbox
    assert letter.to == ["bo@example.org"]
    assert letter.subject == "Anna bjuder in dig till Vattstads kommun i Samsyn"
    assert "Redaktör" in letter.body
    assert path_in(letter).startswith("/konto/inbjudan/")
    assert "Ett brev är skickat till bo@example.org." in lead.get(PAGE).content.decode()


def test_the_letter_is_in_the_language_of_who_reads_it(lead, mailoutbox):
    account("bo", language="en")
    ask(lead)
    ask(lead, "new@example.org", prefix="/en")
    assert all(path_in(one).startswith("/en/konto/inbjudan/") for one in mailoutbox)


def test_names_that_people_choose_stay_one_line_of_a_letter(mailoutbox):
    odd = organisation("A & B\nBcc: x@example.org")
    anna = member("anna", odd, Role.LEAD)
    told = {"emails": "bo@example.org", "role": "reader"}
    client(anna).post(f"/arbete/{odd.slug}/medlemmar/bjud-in/", told)
    (letter,) = mailoutbox
    assert letter.subject == "Anna bjuder in dig till A & B Bcc: x@example.org i Samsyn"
    assert letter.recipients() == ["bo@example.org"]


def test_somebody_new_chooses_a_password_and_is_in(lead, mailoutbox):
    ask(lead)
    browser = Client()
    path = path_in(mailoutbox[0])
    assert "Inbjudan till Vattstads kommun" in browser.get(path).content.decode()
    done = browser.post(path, {"name": "Bo Ek", "password": PASSWORD})
    assert done.url == "/arbete/vattstads-kommun/"
    assert browser.get(done.url).status_code == 200
    bo = Account.objects.get(email="bo@example.org")
    assert (bo.name, bo.check_password(PASSWORD)) == ("Bo Ek", True)
    assert roles()["bo@example.org"] == "editor"


def test_what_is_wrong_in_the_form_is_told_and_what_is_right_is_kept(lead, mailoutbox):
    ask(lead)
    page = Client().post(path_in(mailoutbox[0]), {"name": "Bo Ek", "password": "kort"})
    assert page.status_code == 400
    assert 'value="Bo Ek"' in page.content.decode()
    assert "kort" not in page.content.decode().split("<main")[1].replace("för kort", "")
    assert not Account.objects.filter(email="bo@example.org").exists()


def test_somebody_with_an_account_logs_in_and_comes_back(lead, mailoutbox):
    account("bo")
    ask(lead)
    path = path_in(mailoutbox[0])
    browser = Client()
    page = browser.get(path).content.decode()
    assert f"/konto/logga-in/?next={path}" in page
    # The form for those who are new makes nobody a password here.
    assert "password" not in page.split("<main")[1]
    browser.post(path, {"name": "Eve", "password": "ett helt annat 9 ord"})
    assert Account.objects.get(email="bo@example.org").check_password(PASSWORD)
    login = {"login": "bo@example.org", "password": PASSWORD, "next": path}
    assert browser.post("/konto/logga-in/", login).url == path
    assert browser.post(path).url == "/arbete/vattstads-kommun/"
    assert roles()["bo@example.org"] == "editor"


def test_one_who_is_logged_in_as_another_is_told_so_before_they_join(lead, mailoutbox):
    ask(lead)
    path, browser = path_in(mailoutbox[0]), client(account("cia"))
    page = browser.get(path).content.decode()
    assert "bo@example.org" in page
    assert "cia@example.org" in page
    browser.post(path)
    assert roles()["cia@example.org"] == "editor"


def test_a_key_opens_once(lead, mailoutbox):
    ask(lead)
    path = path_in(mailoutbox[0])
    client(account("bo")).post(path)
    again = client(account("eve")).get(path)
    assert again.status_code == 410
    assert "redan besvarad" in again.content.decode()
    client(account("eve")).post(path)
    assert "eve@example.org" not in roles()


def test_an_old_invitation_opens_nothing_until_it_is_sent_again(lead, mailoutbox):
    ask(lead)
    Invitation.objects.update(created=timezone.now() - timedelta(days=15))
    path, bo = path_in(mailoutbox[0]), client(account("bo"))
    assert bo.get(path).status_code == 410
    assert "har gått ut" in bo.get(path).content.decode()
    bo.post(path)
    assert "bo@example.org" not in roles()
    assert "har gått ut" in lead.get(PAGE).content.decode()
    lead.post(f"{PAGE}inbjudan/{Invitation.objects.get().pk}/skicka/")
    assert bo.get(path).status_code == 404  # the key of the first letter is none any longer
    assert bo.post(path_in(mailoutbox[1])).status_code == 302
    assert roles()["bo@example.org"] == "editor"


def test_an_invitation_that_is_withdrawn_opens_nothing(lead, mailoutbox):
    ask(lead)
    lead.post(f"{PAGE}inbjudan/{Invitation.objects.get().pk}/ta-bort/")
    bo = client(account("bo"))
    assert bo.get(path_in(mailoutbox[0])).status_code == 404
    bo.post(path_in(mailoutbox[0]))
    assert "bo@example.org" not in roles()


def test_a_new_invitation_takes_the_place_of_the_old_one(lead, mailoutbox):
    ask(lead, role="lead")
    ask(lead, role="reader")
    assert Invitation.objects.count() == 1
    assert client(account("bo")).get(path_in(mailoutbox[0])).status_code == 404
    client(account("bo")).post(path_in(mailoutbox[1]))
    assert roles()["bo@example.org"] == "reader"


@pytest.mark.parametrize("key", ["x", "A" * 32, "%2e%2e", "å", "' OR 1=1 --"])
def test_a_guessed_key_opens_nothing_and_tells_nothing(lead, key):
    ask(lead)
    told = Client().get(f"/konto/inbjudan/{key}/")
    assert told.status_code == 404
    assert "Vattstads" not in told.content.decode().split("<main")[1]


def test_only_the_hash_of_a_key_is_kept(lead, mailoutbox):
    ask(lead)
    key = path_in(mailoutbox[0]).rstrip("/").split("/")[-1]
    kept = Invitation.objects.values_list().get()
    assert key not in map(str, kept)


def test_a_lower_role_is_not_given_to_one_who_has_a_higher(lead, mailoutbox):
    ask(lead, "bo@example.org", "reader")
    bo = member("bo", organisation(), Role.EDITOR)
    client(bo).post(path_in(mailoutbox[0]))
    assert roles()["bo@example.org"] == "editor"


def test_several_are_asked_at_once(lead, mailoutbox):
    ask(lead, "a@example.org, B@Example.org;\nc@example.org\na@example.org")
    assert {letter.to[0] for letter in mailoutbox} == {f"{n}@example.org" for n in "abc"}


@pytest.mark.parametrize(
    ("emails", "told"),
    [("bo@example.org, bo", "bo är ingen e-postadress"), ("", "krävs"),
     ("anna@example.org", "är redan med"),
     (" ".join(f"n{n}@example.org" for n in range(30)), "högst tjugo")],
)  # fmt: skip
def test_what_cannot_be_sent_is_told_and_kept(lead, emails, told, mailoutbox):
    page = ask(lead, emails)
    assert page.status_code == 400
    assert told in page.content.decode() or emails == ""
    assert not mailoutbox
    assert not Invitation.objects.exists()


def test_the_answer_to_the_lead_is_the_same_whoever_has_an_account(lead):
    account("bo")
    answers = set()
    for name in ("bo", "nobody"):
        ask(lead, f"{name}@example.org")
        page = lead.get(PAGE).content.decode().split("<main")[1]
        answers.add(re.search(r"<p[^>]*>(Ett brev .*?)</p>", page)[1].replace(name, ""))
    assert len(answers) == 1


def test_others_are_not_flooded_with_letters(lead, mailoutbox, monkeypatch):
    monkeypatch.setattr(inviting, "A_DAY", 3)
    ask(lead, "a@example.org b@example.org")
    assert ask(lead, "c@example.org d@example.org").status_code == 400
    # What is taken back was sent all the same, and so was what another organisation asked.
    lead.post(f"{PAGE}inbjudan/{Invitation.objects.first().pk}/ta-bort/")
    member("anna", organisation("Annan", "association"), Role.LEAD)
    assert ask(lead, "c@example.org d@example.org").status_code == 400
    there = f"{organisation('Annan').get_absolute_url()}medlemmar/bjud-in/"
    told = {"emails": "c@example.org d@example.org", "role": "reader"}
    assert lead.post(there, told).status_code == 400
    # Nor is one person: a letter is not sent again at once.
    lead.post(f"{PAGE}inbjudan/{Invitation.objects.first().pk}/skicka/")
    assert len(mailoutbox) == 2


def test_a_letter_that_cannot_be_sent_is_told_and_can_be_sent_again(lead, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.people.test_invitations.Broken"
    ask(lead)
    page = lead.get(PAGE).content.decode()
    assert "gick inte att skicka just nu" in page
    assert Invitation.objects.count() == 1


class Broken(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.parametrize("role", [None, Role.READER, Role.CONTRIBUTOR, Role.EDITOR])
def test_only_who_leads_asks_people_in(role, mailoutbox, lead):
    ask(lead)
    asked = Invitation.objects.get()
    eve = member("eve", organisation(), role) if role else account("eve")
    browser = client(eve)
    assert ask(browser, "mallory@example.org").status_code == 404
    for what in ("skicka", "ta-bort"):
        assert browser.post(f"{PAGE}inbjudan/{asked.pk}/{what}/").status_code == 404
    page = browser.get(PAGE)
    assert page.status_code == (200 if role else 404)
    assert "bo@example.org" not in page.content.decode()
    assert len(mailoutbox) == 1


def test_who_leads_one_organisation_has_no_say_in_another(lead, mailoutbox):
    ask(lead)
    asked = Invitation.objects.get()
    other = member("eve", organisation("Lundby förening", "association"), Role.LEAD)
    path = f"/arbete/lundby-forening/medlemmar/inbjudan/{asked.pk}"
    for what in ("skicka", "ta-bort"):
        assert client(other).post(f"{path}/{what}/").status_code == 404
    assert Invitation.objects.filter(pk=asked.pk).exists()
    assert len(mailoutbox) == 1
