"""Logging in and out: what is let through, and what somebody who attacks it meets."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as told
from django.test import Client
from django.urls import reverse

from samsyn.people.accounts import password_path
from tests.people.making import PASSWORD, account, client, organisation

pytestmark = pytest.mark.django_db
LOG_IN = "/konto/logga-in/"


def log_in(browser: Client, email: str, password: str = PASSWORD, **more):
    return browser.post(LOG_IN, {"login": email, "password": password, **more})


def words(response) -> str:
    """What a page says, without what is drawn anew each time."""
    text = re.sub(r"<[^>]*(csrf|value=)[^>]*>", "", response.content.decode())
    return re.sub(r"\s+", " ", text)


def letters_to(mailoutbox, address):
    return [letter for letter in mailoutbox if letter.to == [address]]


def test_somebody_logs_in_and_out():
    account("anna")
    browser = Client()
    assert log_in(browser, "Anna@Example.org ").url == "/arbete/"
    assert b"Logga ut" in browser.get("/arbete/").content
    assert browser.get("/konto/logga-ut/").status_code == 200  # a link alone logs nobody out
    assert browser.get("/arbete/").status_code == 200
    assert browser.post("/konto/logga-ut/").url == "/"
    assert browser.get("/arbete/").url == f"{LOG_IN}?next=/arbete/"


def test_pages_of_accounts_are_kept_by_nobody():
    browser = client(account())
    for name in ("profile", "account_change_password", "mfa_index", "work"):
        assert "no-store" in browser.get(reverse(name))["Cache-Control"], name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_in_both_languages(language):
    prefix = "" if language == "sv" else "/en"
    page = Client().get(f"{prefix}{LOG_IN}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


def test_who_has_an_account_is_not_told_by_log_in():
    account("anna")
    closed = account("closed")
    closed.is_active = False
    closed.save()
    wrong = {
        words(log_in(Client(), f"{name}@example.org", "fel lösenord helt"))
        for name in ("anna", "closed", "nobody")
    }
    assert len(wrong) == 1
    assert "hör inte ihop" in wrong.pop()


def test_who_has_an_account_is_not_told_by_a_forgotten_password(mailoutbox):
    account("anna")
    answers = set()
    for name in ("anna", "none"):
        browser = Client()
        sent = browser.post("/konto/losenord/glomt/", {"email": f"{name}@example.org"})
        assert sent.url == "/konto/losenord/glomt/skickat/"
        answers.add(words(browser.get(sent.url)))
    assert len(answers) == 1
    # Both are written to: only who reads the address learns which.
    assert "/konto/losenord/nytt/" in letters_to(mailoutbox, "anna@example.org")[0].body
    assert "inget konto" in letters_to(mailoutbox, "none@example.org")[0].body


def test_the_link_to_a_new_password_works_once(mailoutbox):
    anna = account("anna")
    Client().post("/konto/losenord/glomt/", {"email": "anna@example.org"})
    (letter,) = mailoutbox
    path = re.search(r"http://testserver(\S+)", letter.body)[1]
    new = {"password1": "ett helt annat 9 ord", "password2": "ett helt annat 9 ord"}
    browser = Client()
    form = browser.get(path, follow=True)
    # The key is not in the address of the page, which is told to other pages and to the history.
    assert path.split("-")[-1] not in form.request["PATH_INFO"]
    assert browser.post(form.request["PATH_INFO"], new).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(new["password1"])
    assert "gäller inte längre" in Client().get(path, follow=True).content.decode()


def test_a_new_password_ends_what_others_have_opened():
    anna = account("anna")
    thief, owner = client(anna), Client()
    path = password_path(anna)
    page = owner.get(path, follow=True).request["PATH_INFO"]
    owner.post(page, {"password1": "ett helt annat 9 ord", "password2": "ett helt annat 9 ord"})
    assert thief.get("/konto/").status_code == 302


@pytest.mark.parametrize("bad", ["kort", "123456789012", "anna@example.org"])
def test_a_password_that_is_easily_guessed_is_refused(bad):
    anna = account("anna")
    browser = Client()
    page = browser.get(password_path(anna), follow=True).request["PATH_INFO"]
    assert (
        "password1"
        in browser.post(page, {"password1": bad, "password2": bad}).context["form"].errors
    )


def test_guessing_passwords_is_stopped_and_the_account_is_not_lost():
    account("anna")
    browser = Client()
    for _ in range(5):
        assert "hör inte ihop" in words(log_in(browser, "anna@example.org", "fel fel fel fel"))
    # Not even the right one is let through now; from another place it is.
    assert "för många försök" in words(log_in(browser, "anna@example.org"))
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert other.get("/arbete/").status_code == 302
    # Other accounts can log in from the same place: an office has one address.
    account("bo")
    assert log_in(browser, "bo@example.org").status_code == 302


def test_many_accounts_cannot_be_tried_from_one_place():
    browser = Client()
    seen = [log_in(browser, f"n{number}@example.org", "x" * 14) for number in range(12)]
    assert "för många försök" in words(seen[-1])


def test_codes_of_the_second_step_cannot_be_tried(settings):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    anna = account("anna")
    TOTP.activate(anna, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(anna)
    browser = Client()
    assert log_in(browser, "anna@example.org").url == "/konto/tva-steg/kod/"
    assert browser.get("/arbete/").status_code == 302  # the password alone opens nothing
    answers = [
        browser.post("/konto/tva-steg/kod/", {"code": f"{number:06}"}) for number in range(6)
    ]
    assert "stämmer inte" in words(answers[0])
    assert "många försök" in words(answers[-1])
    assert browser.get("/arbete/").status_code == 302


def test_a_second_step_is_set_up_and_used():
    from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time

    def code(secret):
        counter = next(iter(yield_hotp_counters_from_time()))
        return f"{hotp_value(secret, counter):06}"

    anna = account("anna")
    browser = Client()
    log_in(browser, anna.email)
    asked = browser.get("/konto/tva-steg/app/").url  # the password once more, for what matters
    assert browser.post(asked, {"password": "fel fel fel fel"}).status_code == 200
    assert browser.post(asked, {"password": PASSWORD}).url == "/konto/tva-steg/app/"
    page = browser.get("/konto/tva-steg/app/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    done = browser.post("/konto/tva-steg/app/", {"code": code(secret)})
    assert done.url == "/konto/tva-steg/reservkoder/"
    codes = browser.get(done.url).context["unused_codes"]
    assert len(codes) == 10
    other = Client()
    assert log_in(other, anna.email).url == "/konto/tva-steg/kod/"
    assert other.post("/konto/tva-steg/kod/", {"code": codes[0]}).url == "/arbete/"
    # A code that has been used is used up.
    third = Client()
    log_in(third, anna.email)
    assert third.post("/konto/tva-steg/kod/", {"code": codes[0]}).status_code == 200
    # And it is turned off again, after the person has shown who they are.
    assert "/konto/bekrafta/" in client(anna).get("/konto/tva-steg/app/stang-av/").url
    assert browser.post("/konto/tva-steg/app/stang-av/").url == "/konto/tva-steg/"
    assert log_in(Client(), anna.email).url == "/arbete/"


def test_a_session_that_somebody_else_has_begun_is_not_taken_over():
    account("anna")
    victim = Client()
    victim.get(LOG_IN)
    victim.cookies[told.SESSION_COOKIE_NAME] = "a" * 32  # put there by an attacker
    log_in(victim, "anna@example.org")
    key = victim.cookies[told.SESSION_COOKIE_NAME].value
    assert key != "a" * 32
    attacker = Client()
    attacker.cookies[told.SESSION_COOKIE_NAME] = "a" * 32
    assert attacker.get("/arbete/").status_code == 302


def test_the_key_of_a_session_changes_at_log_in_and_ends_at_log_out():
    account("anna")
    browser = Client()
    session = browser.session
    session["x"] = 1
    session.save()
    before = session.session_key
    log_in(browser, "anna@example.org")
    within = browser.cookies[told.SESSION_COOKIE_NAME].value
    assert within != before
    browser.post("/konto/logga-ut/")
    copied = Client()
    copied.cookies[told.SESSION_COOKIE_NAME] = within
    assert copied.get("/arbete/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "http:evil.example", "javascript:alert(1)",
     "\\\\evil.example", "https://testserver.evil.example/", "http://127.0.0.1/"],
)  # fmt: skip
def test_nobody_is_led_on_to_another_site(elsewhere):
    account("anna")
    assert log_in(Client(), "anna@example.org", next=elsewhere).url == "/arbete/"
    browser = client(account("anna"))
    assert browser.get(LOG_IN, {"next": elsewhere}).url == "/arbete/"
    assert browser.post("/konto/logga-ut/", {"next": elsewhere}).url == "/"


def test_one_comes_back_to_the_page_that_asked():
    account("anna")
    browser = Client()
    asked = browser.get("/en/konto/?x=1").url
    assert asked == "/en/konto/logga-in/?next=/en/konto/%3Fx%3D1"
    assert log_in(browser, "anna@example.org", next="/en/konto/?x=1").url == "/en/konto/?x=1"


def test_a_closed_account_is_out_at_once():
    anna = account("anna")
    browser = client(anna)
    assert browser.get("/konto/").status_code == 200
    anna.is_active = False
    anna.save()
    assert browser.get("/konto/").status_code == 302
    assert log_in(Client(), "anna@example.org").url == "/konto/avstangt/"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "login/code/", "2fa/", "social/signup/",
             "confirm-email/", "3rdparty/", "oidc/directory/login/", "katalog/none/login/"],
)  # fmt: skip
def test_what_allauth_can_do_and_samsyn_does_not_want_is_not_there(path):
    assert Client().get(f"/konto/{path}").status_code == 404
    assert client(account()).post(f"/konto/{path}").status_code == 404


def test_nobody_makes_an_account_by_themselves():
    from samsyn.people.models import Account

    sent = Client().post("/konto/nytt/", {"email": "eve@example.org", "password1": PASSWORD})
    assert "bjuder in dig" in sent.content.decode()
    assert not Account.objects.exists()


def test_a_form_from_another_site_is_refused_and_not_sent_on():
    anna = account("anna")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anna)
    evil = browser.post(
        "/arbete/ny/", {"name": "Skräp", "kind": "municipality"},
        headers={"origin": "https://evil.example"},
    )  # fmt: skip
    assert evil.status_code == 403
    assert "Skräp" not in evil.content.decode()
    assert "Skicka igen" not in evil.content.decode()
    # Nor one of which the browser does not say where it comes from.
    assert "Skräp" not in browser.post("/arbete/ny/", {"name": "Skräp"}).content.decode()


def test_a_form_that_is_too_old_gives_back_what_was_typed():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account("anna"))
    typed = {"name": "<b>Vattstads & kommun</b>", "kind": "municipality", "password": "hemligt 1"}
    page = browser.post("/arbete/ny/", typed, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    text = page.content.decode()
    assert "&lt;b&gt;Vattstads &amp; kommun&lt;/b&gt;" in text
    assert "hemligt" not in text
    assert "Skicka igen" not in text  # without the password it could not be sent as it was
    del typed["password"]
    page = browser.post("/arbete/ny/", typed, headers={"origin": "http://testserver"})
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert "Skicka igen" in page.content.decode()
    sent = browser.post(
        "/arbete/ny/", {**typed, "csrfmiddlewaretoken": page.context["csrf_token"]},
        headers={"origin": "http://testserver"},
    )  # fmt: skip
    assert token
    assert sent.status_code == 302


@pytest.mark.parametrize("path", [LOG_IN, "/konto/logga-ut/", "/konto/losenord/byt/", "/konto/"])
def test_every_form_of_accounts_asks_for_its_token(path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account("anna"))
    assert browser.post(path, {"login": "anna@example.org"}).status_code == 403


def test_cookies_are_for_the_site_alone():
    account("anna")
    browser = Client()
    browser.get(LOG_IN)
    log_in(browser, "anna@example.org")
    for name in (told.SESSION_COOKIE_NAME, told.CSRF_COOKIE_NAME):
        assert browser.cookies[name]["httponly"]
        assert browser.cookies[name]["samesite"] == "Lax"


def test_cookies_travel_by_https_only_where_the_site_does(tmp_path):
    code = """
from samsyn.site import settings
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
"""
    environment = {**os.environ, "SAMSYN_HTTPS": "1", "SAMSYN_WORK": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "True True\n"


def test_pages_of_figures_set_no_cookie_even_for_who_is_logged_in(demo_site):
    demo_site.force_login(account("anna"))
    for path in ("/", "/metoder/", "/omrade/municipality/9901/"):
        assert not demo_site.get(path).cookies, path


def test_somebody_changes_their_name_and_language():
    anna = account("anna")
    browser = client(anna)
    assert browser.post("/konto/", {"name": "Anna Ek", "language": "en"}).url == "/konto/"
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna Ek", "en")
    assert "Sparat." in browser.get("/konto/").content.decode()
    assert browser.post("/konto/", {"name": "", "language": "xx"}).status_code == 400


def test_the_head_leads_between_organisations():
    from samsyn.people.models import Role
    from tests.people.making import member

    anna = member("anna", organisation(), Role.READER)
    member("anna", organisation("Lundby förening", "association"), Role.LEAD)
    page = client(anna).get("/arbete/vattstads-kommun/").content.decode()
    assert "/arbete/lundby-forening/" in page
    assert "/arbete/vattstads-kommun/medlemmar/" in page
    assert "/arbete/vattstads-kommun/installningar/" not in page
    led = client(anna).get("/arbete/lundby-forening/").content.decode()
    assert "/arbete/lundby-forening/installningar/" in led
