"""The history of a record: who did what when, in words, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.followed.steps import Step, take
from samsyn.cycle.gaps import rules
from samsyn.cycle.models import (
    Actor,
    FollowUp,
    Intervention,
    Interview,
    Inventory,
    Need,
    Problem,
)
from samsyn.people.access import viewer_of
from samsyn.people.marking import marked, shortened
from samsyn.people.models import Membership, Role, Visibility
from samsyn.people.saving import create
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

LONG = "Många bor trångt i Hamnen. De flesta är barnfamiljer som har väntat länge på en lägenhet."


@given(st.text("ab åäö\n.", max_size=60), st.text("ab åäö\n.", max_size=60))
def test_what_is_marked_makes_both_texts(before, after):
    pieces = marked(before, after)
    assert "".join(one.text for one in pieces if one.kind != "new") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after


def test_only_the_words_that_changed_are_marked():
    pieces = marked(LONG, LONG.replace("trångt", "mycket trångt").replace("länge ", ""))
    assert [(one.kind, one.text.strip()) for one in pieces if one.kind != "same"] == [
        ("new", "mycket"), ("gone", "länge"),
    ]  # fmt: skip


def test_what_is_long_and_unchanged_is_left_out():
    pieces = shortened(marked(LONG * 20 + "Slut.", LONG * 20 + "Början."))
    assert [one.kind for one in pieces] == ["skipped", "same", "gone", "new", "same"]
    assert len("".join(one.text for one in pieces)) < 200


def test_large_texts_that_have_nothing_in_common_are_told_as_a_whole():
    old, new = (" ".join(f"{letter}{n}" for n in range(4000)) for letter in "xy")
    assert [one.kind for one in marked(old, new)] == ["gone", "new"]


def page(record, person) -> str:
    return client(person).get(f"{record.get_absolute_url()}historik/").content.decode()


@pytest.mark.django_db
class TestPage:
    def test_it_tells_who_changed_what_in_words(self, demo_site):
        anna = member("anna", organisation())
        browser = client(anna)
        need = record(
            Need, mapping_round(), "Bostäder", by=anna, focus_areas=["housing"], description=LONG
        )
        problem = record(Problem, need.round, "Trångboddhet")
        typed = {
            "title": "Fler bostäder", "kind": "organisational", "problems": [problem.pk],
            "focus_areas": ["housing", "education"], "own_control": "on", "version": 1,
            "description": LONG.replace("Många", "Alla för många"),
        }  # fmt: skip
        answer = browser.post(f"{need.get_absolute_url()}andra/", typed)
        assert answer.status_code == 302, answer.context["form"].errors
        told = page(need, anna)
        for words in (
            "<strong>Anna</strong> ändrade", "<del>Operativt</del>", "<ins>Organisatoriskt</ins>",
            "<ins>Trångboddhet</ins>", "<del>Bostäder</del>", "Gå tillbaka till version 1",
        ):  # fmt: skip
            assert words in told, words
        assert "organisational" not in told
        assert "<ins>Utbildning</ins>" in told

    def test_an_earlier_version_becomes_a_new_one(self):
        anna = member("anna", organisation())
        browser = client(anna)
        problem = record(Problem, mapping_round(), "Först", by=anna, description="Ett")
        need = record(Need, problem.round, "Behov", several={"problems": [problem]})
        there = need.get_absolute_url()
        typed = {"title": "Sedan", "kind": "operative", "own_control": "on", "version": 1}
        assert browser.post(f"{there}andra/", typed).status_code == 302
        need.refresh_from_db()
        assert (need.title, need.problems.count(), need.version) == ("Sedan", 0, 2)
        browser.post(f"{there}historik/1/", {"version": 2})
        need.refresh_from_db()
        assert (need.title, need.problems.count(), need.version) == ("Behov", 1, 3)
        assert "gick tillbaka till version 1" in page(need, anna)
        # Who had not seen the last change is told so.
        browser.post(f"{there}historik/2/", {"version": 2})
        need.refresh_from_db()
        assert (need.title, need.version) == ("Behov", 3)
        assert browser.post(f"{there}historik/9/", {"version": 3}).status_code == 404
        assert browser.get(f"{there}historik/1/").status_code == 302

    def test_what_no_longer_exists_is_left_out_of_an_earlier_version(self):
        anna = member("anna", organisation())
        problem = record(Problem, mapping_round(), "Bort")
        need = record(Need, problem.round, "Behov", several={"problems": [problem]})
        client(anna).post(
            f"{need.get_absolute_url()}andra/",
            {"title": "Sedan", "kind": "operative", "version": 1},
        )
        problem.delete()
        client(anna).post(f"{need.get_absolute_url()}historik/1/", {"version": 2})
        need.refresh_from_db()
        assert (need.title, need.problems.count()) == ("Behov", 0)
        assert "finns inte längre" in page(need, anna)

    def test_who_has_left_is_not_made_responsible_again(self):
        anna, bo = (member(name, organisation()) for name in ("anna", "bo"))
        problem = record(Problem, mapping_round(), "Först", by=bo)
        told = {"title": "Sedan", "owner": anna.pk, "version": 1}
        there = problem.get_absolute_url()
        assert client(anna).post(f"{there}andra/", told).status_code == 302
        Membership.objects.filter(account=bo).delete()
        client(anna).post(f"{there}historik/1/", {"version": 2})
        problem.refresh_from_db()
        assert (problem.title, problem.owner) == ("Först", None)

    def test_parts_comments_and_files_are_told(self):
        anna = member("anna", organisation())
        problem = record(Problem, mapping_round(), by=anna)
        evidence = problem.evidence.create(kind="document", source="Rapporten, s. 4", text="Så")
        evidence.source = "Rapporten, s. 5"
        evidence.save()
        evidence.delete()
        client(anna).post(f"{problem.get_absolute_url()}kommentar/", {"text": "Stämmer det?"})
        told = page(problem, anna)
        for words in ("lade till:", "<ins>Rapporten, s. 5</ins>", "tog bort:", "Stämmer det?"):
            assert words in told, words

    def test_which_part_it_was_is_told_and_of_respondents_neither_role_nor_name(self):
        anna = member("anna", organisation())
        round_ = mapping_round()
        respondent = round_.respondents.create(
            code="R1", role="Sven på Hamnskolan", perspective="officials", sealed=b"Svensson"
        )
        respondent.role = "Rektor"
        respondent.save()
        actors = [record(Actor, round_, name) for name in ("Föreningen", "Skolan")]
        round_.ties.create(first=actors[0], second=actors[1])
        round_.gap_answers.create(rule=next(iter(rules())), state="x", text="Vi vet")
        told = page(round_, anna)
        for words in (
            "lade till: respondent R1", "ändrade: respondent R1", "<ins>R1</ins>",
            "lade till: samverkan Föreningen – Skolan",
            f"svar på en lucka {next(iter(rules().values())).title['sv']}",
        ):  # fmt: skip
            assert words in told, words
        for hidden in ("Sven på", "Svensson", "Rektor"):
            assert hidden not in told
        interview = record(Interview, round_, "Samtal", respondent=respondent)
        assert "<ins>R1, Rektor</ins>" in page(interview, anna)

    def test_rows_of_an_inventory_and_what_a_follow_up_met_are_told(self):
        lena = member("lena", organisation(), Role.LEAD)
        inventory = create(
            Inventory(organisation=organisation(), title="1999", year=1999, followed_up=2002,
                      total=92, source="Rapporten"), lena,
        )  # fmt: skip
        row = inventory.rows.create(fate="closed", projects=38)
        row.projects = 39
        row.save()
        told = page(inventory, lena)
        for words in ("ändrade: rad Nedlagd", "<del>38</del>", "<ins>39</ins>"):
            assert words in told, words
        done = record(
            Intervention, mapping_round(), kind="operative", level="area", horizon="short"
        )
        one = record(FollowUp, done.round, state="submitted", intervention=done)
        take(viewer_of(lena), one, Step.RETURN, 1, "Värdet saknar källa.")
        told = page(one, lena)
        for words in ("<del>Inlämnad</del>", "<ins>Återlämnad</ins>", "Värdet saknar källa.",
                      "<ins>Lena</ins>"):  # fmt: skip
            assert words in told, words
        # What is gone back to is what was written, and not where it was on its way.
        client(lena).post(f"{one.get_absolute_url()}historik/1/", {"version": 2})
        one.refresh_from_db()
        assert (one.state, one.version) == ("returned", 3)

    def test_it_is_for_members_only(self):
        member("anna", organisation())
        other = member("bo", organisation("Lundby", "association"), Role.LEAD)
        problem = record(Problem, mapping_round(), visibility=Visibility.PUBLIC)
        there = f"{problem.get_absolute_url()}historik/"
        assert client(other).get(problem.get_absolute_url()).status_code == 200
        assert client(other).get(there).status_code == 404
        assert client().get(there).status_code == 302

    def test_a_reader_is_offered_no_way_back(self):
        reader = member("rut", organisation(), Role.READER)
        problem = record(Problem, mapping_round(), by=account("anna"))
        anna = member("anna", organisation())
        typed = {"title": "Annat", "version": 1}
        client(anna).post(f"{problem.get_absolute_url()}andra/", typed)
        assert "Gå tillbaka till version" not in page(problem, reader)
        answer = client(reader).post(f"{problem.get_absolute_url()}historik/1/", {"version": 2})
        assert answer.status_code == 404


@pytest.mark.django_db
class TestBasket:
    def test_what_is_taken_away_can_be_taken_back(self):
        anna = member("anna", organisation())
        browser = client(anna)
        problem = record(Problem, mapping_round(), "Trångt", by=anna)
        need = record(Need, problem.round, "Behov av mer", several={"problems": [problem]})
        there = problem.get_absolute_url()
        asked = browser.get(f"{there}ta-bort/").content.decode()
        assert "Behov av mer" in asked
        assert browser.post(f"{there}ta-bort/").status_code == 302
        assert browser.get(there).status_code == 404
        browser.get(organisation().get_absolute_url())  # where it is said that it is gone
        assert "Trångt" not in browser.get(need.get_absolute_url()).content.decode()
        basket = browser.get(f"{organisation().get_absolute_url()}papperskorg/").content.decode()
        assert "Trångt" in basket
        assert browser.post(f"{there}ur-papperskorgen/").status_code == 302
        assert "Trångt" in browser.get(need.get_absolute_url()).content.decode()
        told = page(problem, anna)
        assert "tog bort posten" in told
        assert "tog tillbaka posten" in told

    def test_a_reader_takes_nothing_away_or_back(self):
        reader = client(member("rut", organisation(), Role.READER))
        problem = record(Problem, mapping_round())
        assert reader.post(f"{problem.get_absolute_url()}ta-bort/").status_code == 404
        client(member("anna", organisation())).post(f"{problem.get_absolute_url()}ta-bort/")
        assert reader.post(f"{problem.get_absolute_url()}ur-papperskorgen/").status_code == 404
        basket = reader.get(f"{organisation().get_absolute_url()}papperskorg/").content.decode()
        assert "En post" in basket
        assert "Ta tillbaka" not in basket
