"""`samsyn account`: the accounts of an installation, from the first one."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samsyn.people.models import Account
from samsyn.site import preparing
from tests.people.making import PASSWORD, account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prepared(monkeypatch):
    """The tables are those of the test."""
    monkeypatch.setattr(preparing, "prepare", lambda tell: None)


def chooses(link: str, password: str = PASSWORD):
    """What happens when somebody opens the link and chooses a password."""
    path = re.fullmatch(r"https?://[^/]+(/.+/)\n?", link)[1]
    browser = Client()
    page = browser.get(path, follow=True).request["PATH_INFO"]
    return browser.post(page, {"password1": password, "password2": password})


def test_the_first_administrator_is_made_and_chooses_a_password(samsyn):
    said = samsyn("account", "create", "Anna@Example.org", "--name", "Anna Ek", "--administrator")
    assert said.code == 0
    line, link = said.out.splitlines()
    assert line.startswith("anna@example.org has an account.")
    assert link.startswith("http://127.0.0.1:8000/konto/losenord/nytt/")
    made = Account.objects.get()
    assert (made.name, made.standing) == ("Anna Ek", "administrator")
    assert not made.has_usable_password()
    assert chooses(link).status_code == 302
    made.refresh_from_db()
    assert made.check_password(PASSWORD)


def test_the_link_is_of_the_address_and_in_the_language_that_are_told(samsyn):
    said = samsyn(
        "account", "create", "bo@example.org", "--language", "en",
        "--address", "https://samsyn.example.org/",
    )  # fmt: skip
    assert "\nhttps://samsyn.example.org/en/konto/losenord/nytt/" in said.out
    assert Account.objects.get().language == "en"


def test_one_who_has_an_account_gets_no_other(samsyn):
    account("anna")
    said = samsyn("account", "create", "ANNA@example.org", "--administrator")
    assert said.code == 2
    assert "samsyn account link" in said.err
    assert Account.objects.get().standing == "none"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("create", "anna"), "is no e-mail address"), (("link", "eve@example.org"), "has no account"),
     (("standing", "eve@example.org", "none"), "has no account"),
     (("create", "a@example.org", "--officer", "--administrator"), "Choose")],
)  # fmt: skip
def test_what_is_wrong_is_told(samsyn, arguments, told):
    said = samsyn("account", *arguments)
    assert said.code == 2
    assert told in said.err
    assert not Account.objects.exists()


def test_a_new_link_takes_the_place_of_a_password(samsyn):
    anna = account("anna")
    link = samsyn("account", "link", "anna@example.org").out
    chooses(link, "ett helt annat 9 ord")
    anna.refresh_from_db()
    assert anna.check_password("ett helt annat 9 ord")


def test_what_somebody_is_to_the_installation_is_changed(samsyn):
    anna = account("anna")
    assert samsyn("account", "standing", "anna@example.org", "administrator").code == 0
    anna.refresh_from_db()
    assert anna.standing == "administrator"
    last = samsyn("account", "standing", "anna@example.org", "officer")
    assert last.code == 2
    assert "last administrator" in last.err


def test_accounts_are_listed_for_people_and_programs(samsyn):
    account("bo")
    account("anna", standing="officer")
    heading, *rows = samsyn("account", "list").out.splitlines()
    assert heading.split("\t")[0] == "email"
    assert [row.split("\t")[:5] for row in rows] == [
        ["anna@example.org", "Anna", "officer", "open", "never"],
        ["bo@example.org", "Bo", "none", "open", "never"],
    ]
