"""The chain as it is read from the database and shown: who sees what, in how many queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.chain.gathered import chain_of
from samsyn.cycle.chain.model import Lack, Step
from samsyn.cycle.chain.places import meets
from samsyn.cycle.models import FollowUp, Goal, Intervention, Money, Need, Problem
from samsyn.people.access import NOBODY, viewer_of
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.cycle.whole import REGSO, whole
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


def insider(role=Role.READER):
    return member("anna", organisation(), role)


def address(made, more=""):
    return f"/arbete/{made.round.organisation.slug}/kartlaggning/{made.round.pk}/kedja/{more}"


def test_the_chain_goes_from_evidence_to_results_and_is_whole(demo_site):
    made = whole()
    chain = chain_of(made.round, viewer_of(insider()), "sv")
    assert [len(chain.at(step)) for step in Step] == [3, 1, 1, 1, 1, 1, 1]
    assert not chain.lacks
    evidence, problem = chain.at(Step.EVIDENCE)[0], chain.at(Step.PROBLEM)[0]
    assert "17,3" in evidence.note
    assert "Vattstad" in evidence.note
    assert chain.around(evidence.key).around(problem.key).nodes.keys() >= {
        f"result/{made.result.pk}", f"money/{made.intervention.money.get().pk}",
    }  # fmt: skip


def test_what_is_lacking_is_found_in_the_records(demo_site):
    made = whole()
    made.problem.evidence.all().delete()
    made.need.problems.clear()
    Money.objects.update(status="missing")
    FollowUp.objects.all().update(
        value=None, value_status="missing", state="planned", due=date(2020, 1, 1)
    )
    chain = chain_of(made.round, viewer_of(insider()), "sv")
    told = {key.split("/")[0]: set(lacks) for key, lacks in chain.lacks.items()}
    assert told == {
        "problem": {Lack.EVIDENCE, Lack.NEED}, "need": {Lack.PROBLEM},
        "intervention": {Lack.MONEY}, "result": {Lack.VALUE},
    }  # fmt: skip


def test_what_is_removed_is_not_in_the_chain(demo_site):
    made = whole()
    made.need.removed = made.need.created
    made.need.save()
    chain = chain_of(made.round, viewer_of(insider()), "sv")
    assert not chain.at(Step.NEED)
    assert Lack.NEED in chain.lacks[f"problem/{made.problem.pk}"]


def test_the_chain_takes_the_same_queries_whatever_its_size(demo_site):
    made, who = whole(), viewer_of(insider())

    def queries():
        with CaptureQueriesContext(connection) as found:
            chain_of(made.round, who, "sv")
            chain_of(made.round, NOBODY, "sv")
        return len(found)

    few = queries()
    for at in range(5):
        need = record(Need, made.round, f"B{at}", several={"problems": [made.problem]})
        goal = record(Goal, made.round, f"M{at}", several={"needs": [need]}, area=REGSO)
        record(Intervention, made.round, f"I{at}", several={"goals": [goal]}, kind="operative",
               level="area", horizon="long_term")  # fmt: skip
    assert queries() == few <= 24


def test_the_page_has_the_picture_the_list_and_the_table(demo_site):
    made = whole(mark="x<&")
    page = client(insider()).get(address(made)).content.decode()
    assert '<svg class="chain-picture"' in page
    assert "style=" not in page
    for text in ("Trångboddheten växer x&lt;&amp;", "Boverket x&lt;&amp;", "Kedjan är hel"):
        assert text in re.sub(r"\s+", " ", re.sub(r" ?</?tspan[^>]*>", " ", page))
    assert page.count(f'href="{made.goal.get_absolute_url()}"') >= 3


def test_a_broken_link_is_told_in_words_in_picture_and_table(demo_site):
    made = whole()
    record(Problem, made.round, "Ingen vet varför")
    page = client(insider()).get(address(made)).content.decode()
    picture, rest = page.split('class="chain-picture"')[1].split("</svg>", 1)
    for part in (picture, rest):
        assert "Saknar underlag" in part
        assert "Inget behov" in part
    assert "broken" in picture
    assert "bruten på 1 ställe" in page


def test_one_begins_at_any_record_and_nothing_else_is_shown(demo_site):
    made = whole()
    other = record(Problem, made.round, "Ett annat problem")
    browser = client(insider())
    page = browser.get(address(made, f"?fran=goal/{made.goal.pk}")).content.decode()
    assert "Trångboddheten" in page
    assert "Efter ett år" in page
    assert other.title not in page
    assert browser.get(address(made, "?fran=goal/999999")).status_code == 404
    assert browser.get(address(made, "?fran=%27;drop")).status_code == 404


def test_outsiders_see_what_is_shared_and_nothing_of_what_is_lacking(demo_site):
    made = whole(mark="HEMLIGT")
    other = organisation("Lundby förening", "association")
    guest = member("bo", other)
    assert client(guest).get(address(made)).status_code == 404
    assert client().get(address(made)).status_code == 404
    made.round.visibility = Visibility.SHARED
    made.round.save()
    made.round.shared_with.add(other)
    goal = record(Goal, made.round, "Det delade målet", visibility=Visibility.SHARED)
    goal.shared_with.add(other)
    page = client(guest).get(address(made)).content.decode()
    assert "Det delade målet" in page
    assert "HEMLIGT" not in page.replace(made.round.title, "")
    assert "bruten" not in page
    assert "Ingen insats" not in page


def test_the_note_of_an_interview_is_for_the_organisation_only(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    assert "Det hemliga som sades" in client(insider()).get(address(made)).content.decode()
    assert "Det hemliga som sades" not in client().get(address(made)).content.decode()


def test_a_value_that_is_not_approved_is_for_the_organisation_only(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    FollowUp.objects.update(state="draft")
    assert "16,2" in client(insider()).get(address(made)).content.decode()
    assert "16,2" not in client().get(address(made)).content.decode()


def test_a_place_has_its_own_chain(demo_site):
    made = whole()
    elsewhere = record(Problem, made.round, "Någon annanstans", areas=["regso/2020/9901R002"])
    larger = record(Problem, made.round, "Hela kommunen", areas=["municipality/2025/9901"])
    browser = client(insider())
    here = f"/arbete/{made.round.organisation.slug}/omrade/"
    page = browser.get(f"{here}regso/9901R001/").content.decode()
    assert made.problem.title in page
    assert made.need.title in page  # names no area, and answers what is here
    assert larger.title in page
    assert elsewhere.title not in page
    whole_place = browser.get(f"{here}municipality/9901/").content.decode()
    assert elsewhere.title in whole_place
    assert browser.get(f"{here}regso/9999R999/").status_code == 404
    assert (
        client(member("bo", organisation("Annan", "region")))
        .get(f"{here}regso/9901R001/")
        .status_code
        == 404
    )


def test_areas_meet_where_one_holds_the_other(demo_site):
    of_part, of_all = meets("regso/2020/9901R001"), meets("municipality/9901")
    assert of_part("municipality/2025/9901")
    assert of_part("county/2025/99")
    assert of_part("regso/2020/9901R001")
    assert not of_part("regso/2020/9901R002")
    assert of_all("regso/2020/9901R001")
    assert not of_all("municipality/2025/9902")
    assert of_all("country/2025/00")
    assert not of_all("deso/2018/0180C1000")


def test_an_empty_round_says_where_to_begin(demo_site):
    mine = mapping_round()
    page = (
        client(insider())
        .get(f"/arbete/{mine.organisation.slug}/kartlaggning/{mine.pk}/kedja/")
        .content.decode()
    )
    assert "Kedjan börjar med ett problem" in page


def test_each_record_of_the_chain_leads_to_it(demo_site):
    made = whole()
    browser = client(insider())
    for name in ("problem", "need", "goal", "intervention", "result"):
        one = getattr(made, name)
        page = browser.get(one.get_absolute_url()).content.decode()
        assert f'href="{one.in_chain}"' in page
        assert browser.get(one.in_chain).status_code == 200
    assert not made.lead.in_chain
