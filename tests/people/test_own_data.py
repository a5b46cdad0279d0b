"""What is kept of a person, and the erasure of who it was."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from samsyn.cycle.models import Need, Problem
from samsyn.people.models import Account, Draft, Invitation, Membership, Role
from tests.cycle.making import mapping_round, record
from tests.people.making import PASSWORD, account, client, member, organisation

pytestmark = pytest.mark.django_db
ERASE = "/konto/radera/"


@pytest.fixture
def anna():
    member("lena", organisation(), Role.LEAD)
    anna = member("anna", organisation())
    Draft.objects.create(account=anna, form="/arbete/x/", typed={"title": ["Halvt"]})
    Invitation.objects.create(
        organisation=organisation("Annan", "association"), email="Anna@Example.org", key_hash="x"
    )
    return anna


def test_a_person_takes_along_all_that_is_kept_of_them(anna):
    browser = client(anna)
    own = record(Need, mapping_round(), "Mitt", by=anna)
    other = record(Problem, own.round, "Någon annans")
    browser.post(f"{own.get_absolute_url()}kommentar/", {"text": "Min åsikt"})
    browser.post(f"{other.get_absolute_url()}andra/", {"title": "Ändrat av mig", "version": 1})
    untouched = record(Problem, own.round, "Orört")
    answer = browser.get("/konto/uppgifter.json")
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["account"]["email"] == "anna@example.org"
    assert told["memberships"][0]["organisation"] == "Vattstads kommun"
    assert told["comments"][0]["text"] == "Min åsikt"
    assert told["drafts"][0]["typed"] == {"title": ["Halvt"]}
    assert told["invitations"][0]["organisation"] == "Annan"
    titles = {one["title"]: one for one in told["records"]}
    assert set(titles) == {"Mitt", "Ändrat av mig"}
    assert titles["Mitt"]["written"]
    assert titles["Ändrat av mig"]["changed"]
    assert told["elsewhere"]["cycle.historicalproblem"] == 1
    assert str(untouched) not in answer.content.decode()
    assert "password" not in answer.content.decode()
    assert client().get("/konto/uppgifter.json").status_code == 302


def test_the_last_administrator_is_not_erased(anna):
    Account.objects.filter(pk=anna.pk).update(standing="administrator")
    told = {"email": anna.email, "password": PASSWORD}
    answer = client(anna).post(ERASE, told)
    assert answer.status_code == 400
    assert "Någon måste vara administratör" in answer.content.decode()
    account("bo", standing="administrator")
    assert client(anna).post(ERASE, told).status_code == 302


def test_who_is_erased_is_named_nowhere_and_what_they_wrote_stays(anna, tmp_path):
    browser, lena = client(anna), client(Account.objects.get(email="lena@example.org"))
    need = record(Need, mapping_round(), "Bostäder", by=anna)
    there = need.get_absolute_url()
    browser.post(f"{there}kommentar/", {"text": "Min åsikt"})
    told = {"title": "Fler bostäder", "kind": "operative", "version": 1, "owner": anna.pk}
    browser.post(f"{there}andra/", told)
    answer = browser.post(ERASE, {"email": "Anna@example.org ", "password": PASSWORD}, follow=True)
    assert "Ditt konto är raderat" in answer.content.decode()
    assert browser.get("/arbete/").status_code == 302
    for page in (there, f"{there}historik/", f"{organisation().get_absolute_url()}medlemmar/"):
        text = lena.get(page).content.decode()
        assert "anna" not in text.lower(), page
    assert "Borttagen användare</strong> ändrade" in lena.get(f"{there}historik/").content.decode()
    assert "Min åsikt" in lena.get(there).content.decode()
    assert not client().login(username="anna@example.org", password=PASSWORD)
    assert not Draft.objects.exists()
    assert not Invitation.objects.exists()
    assert not Membership.objects.filter(account=anna.pk).exists()
    # Nowhere in the database, whatever table: histories, log-in, sessions.
    dump = tmp_path / "all.json"
    call_command("dumpdata", "--exclude=sessions", output=str(dump), verbosity=0)
    text = dump.read_text(encoding="utf-8").lower()
    assert "anna@example.org" not in text
    assert '"anna"' not in text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email": "bo@example.org", "password": PASSWORD}, "inte adressen som du loggar in med"),
        ({"email": "anna@example.org", "password": "fel"}, "Lösenordet stämmer inte"),
        ({}, "obligatoriskt"),
    ],
)
def test_an_account_is_not_erased_by_mistake(anna, told, words):
    answer = client(anna).post(ERASE, told)
    assert answer.status_code in {200, 400}
    if told:
        assert words in answer.content.decode()
    assert Account.objects.get(pk=anna.pk).is_active


def test_who_leads_alone_finds_somebody_else_first(anna):
    lena = Account.objects.get(email="lena@example.org")
    browser = client(lena)
    told = {"email": "lena@example.org", "password": PASSWORD}
    assert "Gör först någon annan till ansvarig" in browser.post(ERASE, told).content.decode()
    assert Account.objects.get(pk=lena.pk).is_active
    Membership.objects.filter(account=anna).update(role=Role.LEAD)
    assert browser.post(ERASE, told).status_code == 302


def test_the_same_address_can_get_an_account_again(anna):
    client(anna).post(ERASE, {"email": "anna@example.org", "password": PASSWORD})
    again = member("anna", organisation("Annan", "association"))
    assert again.pk != anna.pk
    assert str(again) == "Anna"
    assert str(Account.objects.get(pk=anna.pk)) == "Borttagen användare"
