"""The pages of administrators: accounts opened, closed and changed; nobody else comes there."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from samsyn.people.models import Account, Role, Standing
from tests.people.making import PASSWORD, account, client, member, organisation

pytestmark = pytest.mark.django_db
PAGE = "/arbete/administration/"


@pytest.fixture
def keeper():
    """The browser of an administrator."""
    return client(account("keeper", standing=Standing.ADMINISTRATOR))


def whole(person: Account, **changed: str) -> dict[str, str]:
    return {
        "name": person.name, "email": person.email, "standing": person.standing,
        "is_active": "on", **changed,
    }  # fmt: skip


def test_it_lists_organisations_and_accounts(keeper):
    member("anna", organisation(), Role.LEAD)
    page = keeper.get(PAGE).content.decode()
    assert "Vattstads kommun" in page
    assert "anna@example.org" in page
    found = keeper.get(PAGE, {"q": "anna"}).content.decode()
    assert "anna@example.org" in found
    assert "Vattstads kommun</a>" not in found.split("<main")[1]


def test_long_lists_are_turned(keeper):
    Account.objects.bulk_create(Account(email=f"n{n:03}@example.org") for n in range(120))
    page = keeper.get(PAGE, {"konton": "2"})
    assert len(page.context["accounts"].object_list) == 50
    assert "konton=3" in page.content.decode()


@pytest.mark.parametrize("standing", [None, Standing.NONE, Standing.OFFICER])
def test_nobody_else_comes_there(standing):
    anna = member("anna", organisation(), Role.LEAD)
    if standing:
        Account.objects.filter(pk=anna.pk).update(standing=standing)
    browser = client(account("anna") if standing else None)
    refused = 404 if standing else 302
    assert browser.get(f"{PAGE}konto/{anna.pk}/").status_code == refused
    page = browser.get(PAGE)
    if standing == Standing.OFFICER:  # they see which organisations there are, and nobody in them
        assert "Vattstads kommun" in page.content.decode()
        assert "anna@example.org</a>" not in page.content.decode()
    else:
        assert page.status_code == refused
    for path in ("", "brev/", "ett-steg/"):
        sent = browser.post(f"{PAGE}konto/{anna.pk}/{path}", whole(anna, standing="administrator"))
        assert sent.status_code == refused
    anna.refresh_from_db()
    assert anna.standing != "administrator"


def test_an_account_is_closed_and_opened(keeper):
    anna = member("anna", organisation(), Role.LEAD)
    member("bo", organisation())
    browser = client(anna)
    path = f"{PAGE}konto/{anna.pk}/"
    data = whole(anna)
    del data["is_active"]
    closed = keeper.post(path, data, follow=True)
    assert "Nu är ingen ansvarig i Vattstads kommun." in closed.content.decode()
    assert browser.get("/konto/").status_code == 302
    keeper.post(path, whole(anna))
    assert browser.get("/konto/").status_code == 200


def test_with_a_new_address_the_old_one_leads_nowhere(keeper):
    anna = account("anna")
    EmailAddress.objects.create(user=anna, email="anna@example.org", primary=True)
    keeper.post(f"{PAGE}konto/{anna.pk}/", whole(anna, email="Ek@Example.org"))
    anna.refresh_from_db()
    assert anna.email == "ek@example.org"
    login = {"password": PASSWORD}
    assert (
        client().post("/konto/logga-in/", {**login, "login": "anna@example.org"}).status_code == 200
    )
    assert (
        client().post("/konto/logga-in/", {**login, "login": "ek@example.org"}).status_code == 302
    )


def test_the_address_of_another_cannot_be_taken(keeper):
    anna, bo = account("anna"), account("bo")
    page = keeper.post(f"{PAGE}konto/{anna.pk}/", whole(anna, email=bo.email))
    assert page.status_code == 400


def test_there_is_always_an_administrator(keeper):
    own = Account.objects.get(standing="administrator")
    path = f"{PAGE}konto/{own.pk}/"
    for changed in ({"standing": "none"}, {"is_active": ""}):
        page = keeper.post(path, whole(own, **changed))
        assert page.status_code == 400
        assert "Någon måste vara administratör" in page.content.decode()
    account("other", standing=Standing.ADMINISTRATOR)
    assert keeper.post(path, whole(own, standing="none")).status_code == 302
    assert keeper.get(PAGE).status_code == 404


def test_a_link_to_a_new_password_is_sent(keeper, mailoutbox):
    anna = account("anna", language="en")
    keeper.post(f"{PAGE}konto/{anna.pk}/brev/")
    (letter,) = mailoutbox
    assert letter.to == ["anna@example.org"]
    assert "http://testserver/en/konto/losenord/nytt/" in letter.body


def test_somebody_who_has_lost_their_phone_is_let_in(keeper):
    from allauth.mfa.totp.internal.auth import TOTP

    anna = account("anna")
    TOTP.activate(anna, "JBSWY3DPEHPK3PXP")
    assert (
        "Stäng av inloggning i två steg" in keeper.get(f"{PAGE}konto/{anna.pk}/").content.decode()
    )
    keeper.post(f"{PAGE}konto/{anna.pk}/ett-steg/")
    sent = client().post("/konto/logga-in/", {"login": anna.email, "password": PASSWORD})
    assert sent.url == "/arbete/"


def test_no_organisation_takes_the_address_of_administration():
    assert organisation("Administration").slug == "administration-2"
