"""Logging in through an organisation's directory, with a real OpenID Connect provider."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from samsyn.people.models import Account, Role
from samsyn.site import directory, security
from tests.people.making import PASSWORD, account, client, member, organisation

# The provider and what it is built on warn of each other.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
LOG_IN = "/konto/katalog/directory/login/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that runs in this process."""
    with warnings.catch_warnings(record=True):
        from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def known(provider, settings, db):
    """Lets the site know of the provider, and says who there is in it."""
    settings.SOCIALACCOUNT_PROVIDERS = directory.providers(
        {
            "SAMSYN_OIDC_SERVER": provider,
            "SAMSYN_OIDC_CLIENT": "samsyn",
            "SAMSYN_OIDC_SECRET": "hemligt",
            "SAMSYN_OIDC_NAME": "Vattstads katalog",
        }
    )

    def person(sub: str, **claims: object) -> str:
        httpx.put(f"{provider}/users/{sub}", json=claims).raise_for_status()
        return sub

    return person


def through(sub: str, browser: Client | None = None, process: str = "login", **more: str):
    """Log in through the directory as somebody, and give what the site answers at last."""
    browser = browser or Client()
    begun = browser.post(LOG_IN, {"process": process, **more})
    assert begun.status_code == 302
    asked = parse_qs(urlsplit(begun.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{LOG_IN}callback/"]
    allowed = httpx.post(begun.url, data={"sub": sub})
    back = urlsplit(allowed.headers["location"])
    return browser.get(f"{back.path}?{back.query}")


def test_the_page_of_log_in_names_the_directory(known):
    page = Client().get("/konto/logga-in/?next=/arbete/ny/").content.decode()
    assert "Logga in med Vattstads katalog" in page
    assert re.search(rf'action="{LOG_IN}\?[^"]*next=%2Farbete%2Fny%2F', page)


def test_somebody_new_gets_an_account(known):
    sub = known("s1", email="Karin@vattstad.example", email_verified=True, name="Karin Å Ek")
    browser = Client()
    assert through(sub, browser).url == "/arbete/"
    karin = Account.objects.get()
    assert (karin.email, karin.name) == ("karin@vattstad.example", "Karin Å Ek")
    assert not karin.has_usable_password()
    assert browser.get("/konto/").status_code == 200
    # And the same the next time, also when the directory calls them something else.
    known("s1", email="karin.ek@vattstad.example", email_verified=True, name="Karin Ek")
    assert through(sub).url == "/arbete/"
    assert Account.objects.get() == karin


def test_an_account_that_is_there_is_joined_where_the_address_is_verified(known):
    karin = member("karin", organisation(), Role.LEAD)
    sub = known("s2", email="karin@example.org", email_verified=True)
    browser = Client()
    assert through(sub, browser).url == "/arbete/"
    assert "Vattstads kommun" in browser.get("/arbete/").content.decode()
    assert SocialAccount.objects.get().user == karin
    karin.refresh_from_db()
    assert karin.check_password(PASSWORD)


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
def test_an_account_is_not_taken_over_by_writing_its_address_in_a_directory(known, verified):
    member("karin", organisation(), Role.LEAD)
    claims = {} if verified is None else {"email_verified": verified}
    sub = known(f"thief-{verified}", email="karin@example.org", **claims)
    browser = Client()
    refused = through(sub, browser)
    assert refused.status_code == 403
    assert "koppla sedan katalogen" in refused.content.decode()
    assert browser.get("/arbete/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert Account.objects.count() == 1


def test_an_account_of_one_in_the_directory_is_not_given_to_another_there(known):
    first = known("first", email="info@vattstad.example")
    assert through(first).url == "/arbete/"
    second = known("second", email="info@vattstad.example", email_verified=True)
    assert through(second).status_code == 403
    assert SocialAccount.objects.count() == 1


def test_somebody_without_an_address_is_told_so(known):
    refused = through(known("s3", name="Utan Adress"))
    assert refused.status_code == 403
    assert "vilken e-postadress" in refused.content.decode()
    assert not Account.objects.exists()


def test_a_closed_account_stays_closed(known):
    karin = account("karin")
    karin.is_active = False
    karin.save()
    browser = Client()
    sub = known("s4", email="karin@example.org", email_verified=True)
    assert through(sub, browser).url == "/konto/avstangt/"
    assert browser.get("/arbete/").status_code == 302


def test_the_second_step_is_asked_for_also_here(known):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(account("karin"), "JBSWY3DPEHPK3PXP")
    sub = known("s5", email="karin@example.org", email_verified=True)
    assert through(sub).url == "/konto/tva-steg/kod/"


def test_an_account_is_joined_by_its_owner_whatever_the_directory_verifies(known):
    karin = account("karin")
    browser = client(karin)
    sub = known("s6", email="k.ek@vattstad.example")
    assert through(sub, browser, process="connect").url == "/konto/katalog/"
    assert "kopplat till" in browser.get("/konto/katalog/").content.decode()
    other = Client()
    assert through(sub, other).url == "/arbete/"
    assert other.get("/konto/").context["account"] == karin
    # And parted again.
    (joined,) = SocialAccount.objects.all()
    browser.post("/konto/katalog/", {"account": joined.pk})
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_logs_nobody_in(known):
    known("s7", email="karin@vattstad.example", email_verified=True)
    begun = Client().post(LOG_IN, {"process": "login"})
    back = urlsplit(httpx.post(begun.url, data={"sub": "s7"}).headers["location"])
    victim = Client()  # to whom an attacker sends the address that they came back to
    refused = victim.get(f"{back.path}?{back.query}")
    assert "Inloggningen gick inte" in refused.content.decode()
    assert victim.get("/arbete/").status_code == 302
    assert not Account.objects.exists()


def test_one_who_changes_their_mind_is_told_so(known):
    browser = Client()
    begun = browser.post(LOG_IN, {"process": "login"})
    denied = httpx.post(begun.url, data={"action": "deny", "sub": "x"})
    back = urlsplit(denied.headers["location"])
    # The standard has a provider tell the state here too, which this one forgets.
    state = parse_qs(urlsplit(begun.url).query)["state"][0]
    page = browser.get(f"{back.path}?{back.query}&state={state}", follow=True).content.decode()
    assert "Inloggningen avbröts" in page


def test_a_link_alone_begins_no_log_in(known):
    assert Client().get(LOG_IN).status_code == 200  # a page that asks
    assert Client(enforce_csrf_checks=True).post(LOG_IN).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_nobody_is_led_on_to_another_site(known, elsewhere):
    sub = known("s8", email="karin@vattstad.example", email_verified=True)
    assert through(sub, next=elsewhere).url == "/arbete/"


def test_forms_may_lead_on_to_the_directory_and_nowhere_else(settings):
    settings.OIDC_SERVER = "https://login.vattstad.example/tenant"
    told = security.policy(lambda request: HttpResponse())(None)
    assert "form-action 'self' https://login.vattstad.example;" in told["Content-Security-Policy"]
    settings.OIDC_SERVER = ""
    told = security.policy(lambda request: HttpResponse())(None)
    assert "form-action 'self';" in told["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"SERVER": "http://login.example"}, "https"),
        ({"SERVER": "login.example"}, "https"),
        ({"SERVER": "https://login.example"}, "SAMSYN_OIDC_CLIENT"),
        ({"SERVER": "https://login.example", "CLIENT": "x"}, "SAMSYN_OIDC_SECRET"),
    ],
)
def test_wrong_settings_are_told(told, message):
    with pytest.raises(ValueError, match=message):
        directory.providers({f"SAMSYN_OIDC_{name}": value for name, value in told.items()})


def test_without_a_server_there_is_no_directory(db):
    assert directory.providers({}) == {}
    assert "med lösenord" not in Client().get("/konto/logga-in/").content.decode().lower()
