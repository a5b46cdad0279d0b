"""Who a record is shown to: decided in words, by those who lead."""

from __future__ import annotations

import pytest

from samsyn.cycle.models import Interview, Need, Problem
from samsyn.people.models import Organisation, Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return client(member("lena", organisation(), Role.LEAD))


@pytest.fixture
def theirs():
    return client(member("tove", organisation("Lundby förening", "association"), Role.READER))


def choose(lead, record, visibility, *with_whom, **more):
    told = {"visibility": visibility, "with_whom": [one.pk for one in with_whom], **more}
    return lead.post(f"{record.get_absolute_url()}delning/", told)


def test_what_follows_is_told_before_it_is_done(lead, theirs):
    problem = record(Problem, mapping_round(), "Trångt")
    other = organisation("Lundby förening")
    page = lead.get(f"{problem.get_absolute_url()}delning/").content.decode()
    assert "Alla kan läsa posten, också utan att logga in" in page
    told = choose(lead, problem, "shared", another="lundby förening").content.decode()
    assert "Där arbetar 1 person" in told
    problem.refresh_from_db()
    assert problem.visibility == Visibility.PRIVATE
    assert choose(lead, problem, "shared", other, sure=1).status_code == 302
    assert "Trångt" in theirs.get(problem.get_absolute_url()).content.decode()
    shared = theirs.get(f"{other.get_absolute_url()}delat/").content.decode()
    assert "Trångt" in shared
    assert "Vattstads kommun" in shared
    ours = lead.get(f"{organisation().get_absolute_url()}delat/").content.decode()
    assert "Lundby förening" in ours


def test_long_lists_of_what_is_shared_have_pages(lead, theirs, monkeypatch):
    monkeypatch.setattr("samsyn.people.views.sharing.PAGE", 2)
    mapping, other = mapping_round(), organisation("Lundby förening")
    for name in "abc":
        choose(lead, record(Problem, mapping, f"Trångt {name}"), "shared", other, sure=1)
    for browser, of, whose in ((theirs, other, "andras"), (lead, organisation(), "egna")):
        address = f"{of.get_absolute_url()}delat/"
        first = browser.get(address).content.decode()
        assert "Trångt b" in first
        assert "Trångt c" not in first
        assert f'href="?{whose}-problem=2"' in first
        second = browser.get(f"{address}?{whose}-problem=2").content.decode()
        assert "Trångt c" in second
        assert "Trångt b" not in second


def test_of_several_that_are_called_the_same_one_is_chosen(lead):
    problem = record(Problem, mapping_round())
    town = organisation("Lundby kommun")
    rightful = organisation("Socialförvaltningen", "municipal_department", parent=town)
    other = Organisation.objects.create(name="socialförvaltningen", kind="association")
    answer = choose(lead, problem, "shared", another="Socialförvaltningen", sure=1)
    assert answer.status_code == 400
    text = "Socialförvaltningen (Lundby kommun); socialförvaltningen (socialforvaltningen-2)"
    assert text in answer.content.decode()
    choose(lead, problem, "shared", another="Socialförvaltningen (Lundby kommun)", sure=1)
    assert list(problem.shared_with.all()) == [rightful]
    assert other not in problem.shared_with.all()


def test_sharing_that_ends_has_ended(lead, theirs):
    problem = record(Problem, mapping_round())
    choose(lead, problem, "shared", organisation("Lundby förening"), sure=1)
    choose(lead, problem, "private", sure=1)
    assert theirs.get(problem.get_absolute_url()).status_code == 404
    problem.refresh_from_db()
    assert problem.shared_with.count() == 0
    history = lead.get(f"{problem.get_absolute_url()}historik/").content.decode()
    assert "<ins>Lundby förening</ins>" in history
    assert "<del>Lundby förening</del>" in history


def test_what_is_public_is_read_without_a_log_in_but_not_its_people_or_links(lead):
    lena = member("lena", organisation(), Role.LEAD)
    problem = record(Problem, mapping_round(), "Hemligt problem")
    need = record(Need, problem.round, "Offentligt", by=lena, several={"problems": [problem]})
    lead.post(f"{need.get_absolute_url()}kommentar/", {"text": "Bara mellan oss"})
    choose(lead, need, "public", sure=1)
    page = client().get(need.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "Offentligt" in text
    for hidden in ("Hemligt problem", "Lena", "Bara mellan oss", "Historik"):
        assert hidden not in text, hidden


def test_interviews_are_never_public(lead, demo_site):
    round_ = mapping_round()
    respondent = round_.respondents.create(code="R1", role="Rektor", perspective="officials")
    interview = record(Interview, round_, respondent=respondent)
    assert "Offentlig<" not in lead.get(f"{interview.get_absolute_url()}delning/").content.decode()
    assert choose(lead, interview, "public", sure=1).status_code == 400
    answer = choose(lead, round_, "public", all_within="on", sure=1)
    assert answer.status_code == 302
    interview.refresh_from_db()
    assert interview.visibility == Visibility.PRIVATE


def test_a_round_is_shared_with_all_in_it(lead, theirs):
    problem = record(Problem, mapping_round())
    other = organisation("Lundby förening")
    told = choose(lead, problem.round, "shared", other, all_within="on").content.decode()
    assert "Detsamma gäller 1 post" in told
    choose(lead, problem.round, "shared", other, all_within="on", sure=1)
    assert theirs.get(problem.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"visibility": "shared"}, "Välj minst en organisation"),
        ({"visibility": "shared", "another": "Finns inte"}, "Det finns ingen annan organisation"),
        ({"visibility": "shared", "another": "Vattstads kommun"}, "Det finns ingen annan"),
        ({"visibility": "everybody"}, "finns inte att välja"),
    ],
)
def test_what_cannot_be_chosen_is_said(lead, told, words):
    problem = record(Problem, mapping_round())
    answer = lead.post(f"{problem.get_absolute_url()}delning/", {**told, "sure": 1})
    assert answer.status_code == 400
    assert words in answer.content.decode()


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR, Role.EDITOR])
def test_only_those_who_lead_decide(role):
    browser = client(member("kim", organisation(), role))
    problem = record(Problem, mapping_round())
    assert choose(browser, problem, "public", sure=1).status_code == 404
    problem.refresh_from_db()
    assert problem.visibility == Visibility.PRIVATE
