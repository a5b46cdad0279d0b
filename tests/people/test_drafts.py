"""What is typed and not yet saved is not lost: not with the connection, nor with the log-in."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from samsyn.cycle.models import Need
from samsyn.people import drafts
from samsyn.people.models import Comment, Draft
from tests.cycle.making import mapping_round, record
from tests.people.making import PASSWORD, client, member, organisation

pytestmark = pytest.mark.django_db
KEEP = "/konto/utkast/"


@pytest.fixture
def anna():
    return member("anna", organisation())


@pytest.fixture
def need(anna):
    return record(Need, mapping_round(), "Bostäder", by=anna)


def keep(browser: Client, form: str, **typed: list[str]):
    return browser.post(
        KEEP, json.dumps({"form": form, "typed": typed}), content_type="application/json"
    )


def test_a_draft_is_offered_taken_up_and_forgotten_when_it_is_saved(anna, need):
    browser, there = client(anna), f"{need.get_absolute_url()}andra/"
    assert keep(browser, there, title=["Halvfärdig"], own_control=["on"]).json()["kept"]
    page = browser.get(there).content.decode()
    assert "Du har skrivit här förut utan att spara" in page
    assert "Halvfärdig" not in page
    page = browser.get(f"{there}?utkast=1").content.decode()
    assert 'value="Halvfärdig"' in page
    told = {"title": "Färdig", "kind": "operative", "own_control": "on", "version": 1}
    answer = browser.post(f"{there}?utkast=1", told, follow=True)
    assert f'data-done="{there}"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_of_a_new_record_has_its_choices(anna, need):
    browser = client(anna)
    there = f"{organisation().get_absolute_url()}behov/ny/?kartlaggning={need.round_id}"
    keep(browser, there, title=["Halvfärdigt"], kind=["organisational"], focus_areas=["housing"])
    form = browser.get(f"{there}&utkast=1").context["form"]
    assert form["title"].value() == "Halvfärdigt"
    assert form["kind"].value() == "organisational"
    assert form["focus_areas"].value() == ["housing"]
    assert not form["own_control"].value()
    assert "Halvfärdigt" not in browser.get(there.split("?", maxsplit=1)[0]).content.decode()


def test_a_draft_can_be_thrown_away(anna, need):
    browser, there = client(anna), f"{need.get_absolute_url()}andra/"
    keep(browser, there, title=["Skräp"])
    answer = browser.post(f"{KEEP}kasta/", {"form": there})
    assert (answer.status_code, answer["Location"]) == (302, there)
    assert not Draft.objects.exists()
    answer = browser.post(f"{KEEP}kasta/", {"form": "//evil.example/"})
    assert answer["Location"] == "/arbete/"


def test_a_draft_is_seen_by_nobody_else(anna, need):
    there = f"{need.get_absolute_url()}andra/"
    keep(client(anna), there, title=["Mitt eget"])
    bo = client(member("bo", organisation()))
    assert "Du har skrivit" not in bo.get(there).content.decode()
    bo.post(f"{KEEP}kasta/", {"form": there})
    assert Draft.objects.count() == 1


def test_drafts_in_both_languages_are_the_same(anna, need):
    browser, there = client(anna), f"{need.get_absolute_url()}andra/"
    keep(browser, f"/en{there}", title=["Half done"])
    assert 'value="Half done"' in browser.get(f"{there}?utkast=1").content.decode()


@pytest.mark.parametrize(
    "told",
    [
        b"", b"[]", b"{}", b'{"form": 1, "typed": {}}', b'{"form": "/konto/", "typed": {}}',
        b'{"form": "/arbete/x/", "typed": []}', b'{"form": "/arbete/x/", "typed": {"a": 1}}',
        b'{"form": "/arbete/x/", "typed": {"a": [1]}}', b"\xff",
        json.dumps({"form": "/arbete/x/", "typed": {"a": ["x" * 400_000]}}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_refused(anna, told):
    answer = client(anna).post(KEEP, told, content_type="application/json")
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_only_so_many_drafts_are_kept(anna, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 3)
    browser = client(anna)
    for number in range(5):
        keep(browser, f"/arbete/x/problem/{number}/andra/", title=["a"])
    assert Draft.objects.count() == 3
    assert keep(Client(), "/arbete/x/", title=["a"]).status_code == 401
    assert client(anna).get(KEEP).status_code == 405


def test_secrets_are_no_drafts():
    typed = drafts.typed_in({"title": ["a"], "password": ["b"], "csrfmiddlewaretoken": ["c"]})
    assert typed == {"title": ["a"]}


class TestLate:
    """What is sent after the log-in has run out."""

    def log_in(self, browser: Client, address: str):
        told = {"login": "anna@example.org", "password": PASSWORD}
        return browser.post(address, told, follow=True)

    def test_a_form_comes_back_filled_in(self, anna, need):
        browser, there = Client(), f"{need.get_absolute_url()}andra/"
        told = {
            "title": "Skrivet för sent", "kind": "organisational", "version": 1,
            "focus_areas": ["housing", "education"],
        }  # fmt: skip
        answer = browser.post(there, told)
        assert answer.status_code == 302
        page = self.log_in(browser, answer["Location"])
        assert page.request["PATH_INFO"] == there
        form = page.context["form"]
        assert form["title"].value() == "Skrivet för sent"
        assert form["kind"].value() == "organisational"
        assert form["focus_areas"].value() == ["housing", "education"]
        need.refresh_from_db()
        assert need.title == "Bostäder"
        # Who reloads the page has not lost it either.
        assert "Skrivet för sent" in browser.get(f"{there}?utkast=1").content.decode()
        assert browser.post(there, told).status_code == 302
        need.refresh_from_db()
        assert need.title == "Skrivet för sent"
        assert not Draft.objects.exists()

    def test_what_others_have_changed_meanwhile_is_still_merged(self, anna, need):
        browser, there = Client(), f"{need.get_absolute_url()}andra/"
        told = {"title": "Mitt", "kind": "operative", "own_control": "on", "version": 1}
        answer = browser.post(there, told)
        client(member("bo", organisation())).post(there, {**told, "title": "Deras"})
        page = self.log_in(browser, answer["Location"])
        assert page.context["form"]["version"].value() == "1"
        assert browser.post(there, told).status_code == 409

    def test_a_comment_comes_back(self, anna, need):
        browser, there = Client(), need.get_absolute_url()
        referer = f"http://testserver{there}"
        answer = browser.post(
            f"{there}kommentar/", {"text": "Sent påkommet"}, headers={"referer": referer}
        )
        page = self.log_in(browser, answer["Location"])
        assert page.request["PATH_INFO"] == there
        assert "Sent påkommet" in page.content.decode()
        assert not Comment.objects.exists()
        browser.post(f"{there}kommentar/", {"text": "Sent påkommet"})
        assert Comment.objects.count() == 1
        assert not Draft.objects.exists()

    def test_no_more_is_held_from_one_place_than_people_type(self, anna, need, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_HELD", 1)
        there = f"{need.get_absolute_url()}andra/"
        for held in (True, False):
            browser = Client()
            assert browser.post(there, {"title": "a"}).status_code == 302
            assert (drafts.HELD in browser.session) == held

    def test_a_page_elsewhere_is_nowhere_to_come_back_to(self, anna, need):
        there = f"{need.get_absolute_url()}andra/"
        answer = Client().post(there, {"title": "a"}, headers={"referer": "http://evil.example/x"})
        assert "evil" not in answer["Location"]


def test_what_is_not_saved_is_listed_with_the_way_to_it(anna, need):
    browser = client(anna)
    there = f"{organisation().get_absolute_url()}behov/ny/?kartlaggning={need.round_id}"
    keep(browser, there, title=["Halvt <b>"])
    keep(browser, f"{need.get_absolute_url()}kommentar/", text=["En tanke"])
    page = browser.get("/arbete/").content.decode()
    assert "Halvt &lt;b&gt;" in page
    assert f"{there}&amp;utkast=1" in page
    assert "En tanke" in page
    answer = browser.get(f"{need.get_absolute_url()}kommentar/?utkast=1", follow=True)
    assert "En tanke" in answer.content.decode()
    assert "Halvt" not in client(member("bo", organisation())).get("/arbete/").content.decode()
