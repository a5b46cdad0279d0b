"""Answers to findings over HTTP: who sees, who may answer, and when an answer no longer holds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.cycle.gaps.answers import mark, open_findings, standings
from samsyn.cycle.models import GapAnswer, MappingRound, Need
from samsyn.people import drafts
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db
RULE = "need_without_intervention"


@pytest.fixture
def round() -> MappingRound:
    """A round with a need that nothing is done about."""
    made = mapping_round()
    record(Need, made, "Fler bostäder", target_groups=["women", "children_youth"])
    return made


def page(round: MappingRound, name: str = "gaps") -> str:
    return reverse(name, args=[round.organisation.slug, round.pk])


def form(round: MappingRound, text: str = "Det görs av regionen.", **more: str) -> dict[str, str]:
    """What the form of the only finding about a need sends."""
    (one,) = [one for one in standings(round) if one.finding.rule == RULE]
    return {
        "rule": RULE, "subject": one.finding.about, "state": one.finding.state,
        "before": mark(one.answer), "text": text, **more,
    }  # fmt: skip


def waiting(round: MappingRound) -> list[str]:
    return [one.finding.rule for one in open_findings(round)]


@pytest.mark.parametrize("role", [None, *Role])
def test_who_sees_the_gaps_and_who_may_answer(round, role):
    person = account("eva") if role is None else member("eva", round.organisation, role)
    browser = client(person)
    shown = browser.get(page(round))
    assert shown.status_code == (404 if role is None else 200)
    may = role not in (None, Role.READER)
    assert (b"<textarea" in shown.content) == may
    told = browser.post(page(round, "answer-gap"), form(round))
    assert told.status_code == (302 if may else 404)
    assert GapAnswer.objects.exists() == may


def test_those_who_are_not_logged_in_are_asked_to_be(round):
    assert client().get(page(round)).status_code == 302
    assert client().post(page(round, "answer-gap"), form(round)).status_code == 302
    assert not GapAnswer.objects.exists()


def test_a_shared_or_public_round_keeps_its_gaps_to_the_organisation(round):
    other = organisation("Lundby förening", "association")
    round.visibility = Visibility.PUBLIC
    round.save()
    assert client(member("ola", other, Role.LEAD)).get(page(round)).status_code == 404


def test_the_page_says_what_is_missing_why_and_where_to_go(round):
    need = Need.objects.get()
    shown = client(member("bo", round.organisation)).get(page(round)).content.decode()
    assert "Behovet ”Fler bostäder” har ingen planerad insats." in shown
    assert "avsnitt 7.4.3" in shown
    assert f'href="{need.get_absolute_url()}"' in shown
    assert f"mal/ny/?kartlaggning={round.pk}&amp;needs={need.pk}#id_title" in shown


def test_the_link_opens_a_form_that_is_filled_in(round):
    need = Need.objects.get()
    address = reverse("new-record", args=[round.organisation.slug, "mal"])
    told = client(member("bo", round.organisation)).get(
        address, {"kartlaggning": round.pk, "needs": need.pk}
    )
    assert f'value="{need.pk}"' in told.content.decode()
    assert f'value="{need.pk}" id="id_needs_0" checked' in told.content.decode()


def test_an_answered_gap_no_longer_waits_until_it_is_another(round):
    browser = client(member("bo", round.organisation))
    before = waiting(round)
    assert browser.post(page(round, "answer-gap"), form(round)).status_code == 302
    assert waiting(round) == [one for one in before if one != RULE]
    shown = browser.get(page(round)).content.decode()
    assert "Det görs av regionen." in shown
    assert "Svar av Bo" in shown
    # What the rule sees is another need now: the gap is back, with the old answer.
    Need.objects.update(title="Billigare bostäder")
    assert RULE in waiting(round)
    shown = browser.get(page(round)).content.decode()
    assert "Det görs av regionen." in shown
    assert "Det som svaret gällde har ändrats sedan dess." in shown


def test_a_gap_that_is_closed_is_gone_with_its_answer(round):
    client(member("bo", round.organisation)).post(page(round, "answer-gap"), form(round))
    Need.objects.update(own_control=False, controlled_by="Regionen")
    assert RULE not in {one.finding.rule for one in standings(round)}


def test_an_answer_can_be_taken_back_and_is_kept_in_its_history(round):
    browser = client(member("bo", round.organisation))
    browser.post(page(round, "answer-gap"), form(round))
    browser.post(page(round, "answer-gap"), form(round, reopen="1", before="en annan"))
    assert RULE not in waiting(round)  # another has changed it since, unseen
    browser.post(page(round, "answer-gap"), form(round, reopen="1"))
    assert RULE in waiting(round)
    assert GapAnswer.history.filter(text="Det görs av regionen.").count() == 2


def test_an_answer_that_is_typed_and_not_saved_is_there_again(round):
    bo, need = member("bo", round.organisation), Need.objects.get()
    address = f"{page(round, 'answer-gap')}?lucka={RULE}-need-{need.pk}"
    drafts.keep(bo, address, {"text": ["Halvt svar"]})
    shown = client(bo).get(page(round)).content.decode()
    assert ">Halvt svar</textarea>" in shown
    assert client(bo).get(address)["Location"].startswith(page(round))
    client(bo).post(address, form(round))
    assert "Halvt svar" not in client(bo).get(page(round)).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_an_answer_that_cannot_be_kept_is_said_and_not_lost(round, text):
    browser = client(member("bo", round.organisation))
    told = browser.post(page(round, "answer-gap"), form(round, text))
    assert told.status_code == 400
    assert not GapAnswer.objects.exists()
    assert text.strip() in told.content.decode()


def test_a_gap_that_has_changed_meanwhile_is_read_again(round):
    browser = client(member("bo", round.organisation))
    sent = form(round)
    Need.objects.update(title="Billigare bostäder")
    told = browser.post(page(round, "answer-gap"), sent)
    assert told.status_code == 409
    assert "Det görs av regionen." in told.content.decode()
    assert "har ändrats sedan du öppnade sidan" in told.content.decode()


def test_a_gap_that_is_closed_meanwhile_loses_no_typed_text(round):
    browser = client(member("bo", round.organisation))
    sent = form(round)
    Need.objects.update(own_control=False, controlled_by="Regionen")
    told = browser.post(page(round, "answer-gap"), sent)
    assert told.status_code == 409
    assert "Det görs av regionen." in told.content.decode()


def test_two_who_answer_at_once_do_not_overwrite_each_other(round):
    bo, eva = (client(member(name, round.organisation)) for name in ("bo", "eva"))
    sent = form(round, "Evas svar.")
    bo.post(page(round, "answer-gap"), form(round, "Bos svar."))
    told = eva.post(page(round, "answer-gap"), sent)
    assert told.status_code == 409
    assert "Bo svarade under tiden: Bos svar." in told.content.decode()
    assert "Evas svar." in told.content.decode()
    assert GapAnswer.objects.get().text == "Bos svar."
    # Eva has seen it now, and can write over it.
    assert eva.post(page(round, "answer-gap"), form(round, "Båda svaren.")).status_code == 302
    assert GapAnswer.objects.get().text == "Båda svaren."


def test_an_answer_that_is_html_is_shown_as_text(round):
    browser = client(member("bo", round.organisation))
    browser.post(page(round, "answer-gap"), form(round, "<script>alert(1)</script>"))
    assert b"<script>alert(1)" not in browser.get(page(round)).content


def test_odd_rules_and_rounds_of_others_are_not_there(round):
    browser = client(member("bo", round.organisation))
    sent = form(round)
    assert browser.post(page(round, "answer-gap"), {**sent, "rule": "x"}).status_code == 404
    other = organisation("Lundby förening", "association")
    theirs = reverse("answer-gap", args=[other.slug, round.pk])
    assert client(member("ola", other)).post(theirs, sent).status_code == 404
    assert browser.get(page(round, "answer-gap")).status_code == 302  # to the gaps


def test_every_rule_is_explained_to_everybody():
    shown = client().get(reverse("gap-rules"))
    assert shown.status_code == 200
    assert "färre än 6 intervjuer" in shown.content.decode()
    english = client().get("/en" + reverse("gap-rules")).content.decode()
    assert "fewer than 6 interviews" in english


def test_an_answer_needs_the_form_of_this_site(round):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member("bo", round.organisation))
    assert browser.post(page(round, "answer-gap"), form(round)).status_code == 403
    assert not GapAnswer.objects.exists()


def test_the_page_asks_as_often_however_many_gaps_there_are(round):
    browser = client(member("bo", round.organisation))
    browser.get(page(round))
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as made:
            assert browser.get(page(round)).status_code == 200
        counts.append(len(made))
        for at in range(8):
            need = record(Need, round, f"Behov {at}")
            GapAnswer.objects.create(
                round=round, rule=RULE, subject=f"need/{need.pk}", state="", text="Förut",
                account=account("eva"),
            )  # fmt: skip
    assert counts[0] == counts[1]
