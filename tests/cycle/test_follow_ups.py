"""Follow-ups: their states and who may take them on, what is typed, and what is locked."""

from __future__ import annotations

import itertools

import pytest

from samsyn.cycle.followed.steps import Step, StepError, take
from samsyn.cycle.models import FollowUp, Goal, Intervention
from samsyn.cycle.models.followed import State, ValueStatus
from samsyn.people.access import Action, viewer_of
from samsyn.people.models import Organisation, Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db

S = State
# Where a step leads from a state, and the lowest role that may take it with what others wrote.
TABLE = {
    (S.PLANNED, Step.SUBMIT): (S.SUBMITTED, Role.EDITOR),
    (S.DRAFT, Step.SUBMIT): (S.SUBMITTED, Role.EDITOR),
    (S.RETURNED, Step.SUBMIT): (S.SUBMITTED, Role.EDITOR),
    (S.SUBMITTED, Step.WITHDRAW): (S.DRAFT, Role.EDITOR),
    (S.SUBMITTED, Step.APPROVE): (S.APPROVED, Role.LEAD),
    (S.SUBMITTED, Step.RETURN): (S.RETURNED, Role.LEAD),
    (S.APPROVED, Step.REOPEN): (S.DRAFT, Role.LEAD),
}
RANK = list(Role)


def follow_up(of: Organisation | None = None, state: State = S.DRAFT, **more) -> FollowUp:
    round = mapping_round(of or organisation())
    done = record(Intervention, round, "Läxhjälp", kind="operative", level="area", horizon="x")
    told = {"title": "Uppföljning 2027", "description": "Fler kom.", **more}
    return record(FollowUp, round, state=state, intervention=done, **told)


def step(at: FollowUp, which: Step, by, **more):
    told = {"version": at.version, "reason": "Skälet står här.", **more}
    return client(by).post(f"{at.get_absolute_url()}{which.value}/", told)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize(("state", "which"), list(itertools.product(State, Step)))
def test_each_step_leads_where_the_table_says_and_for_whom(state, which, role):
    one = follow_up(state=state)
    person = member("eva", organisation() if role else organisation("Lundby"), role or Role.LEAD)
    answer = step(one, which, person)
    one.refresh_from_db()
    to, least = TABLE.get((state, which), (None, None))
    deciding = which in {Step.APPROVE, Step.RETURN, Step.REOPEN}
    needed = Role.LEAD if deciding else Role.EDITOR
    if role is None or RANK.index(role) < RANK.index(needed):
        assert (answer.status_code, one.state) == (404, state)
    elif to is None:
        assert (answer.status_code, one.state) == (302, state)
    else:
        assert RANK.index(role) >= RANK.index(least)
        assert (answer.status_code, one.state) == (302, to)


def test_a_contributor_hands_in_what_they_wrote_and_takes_it_back():
    bo, eva = (member(name, organisation(), Role.CONTRIBUTOR) for name in ("bo", "eva"))
    one = follow_up(owner=bo)
    assert step(one, Step.SUBMIT, eva).status_code == 404
    step(one, Step.SUBMIT, bo)
    one.refresh_from_db()
    assert one.state == S.SUBMITTED
    step(one, Step.WITHDRAW, bo)
    one.refresh_from_db()
    assert one.state == S.DRAFT


def test_what_is_handed_in_is_locked_for_everybody_until_it_comes_back():
    lead = member("lena", organisation(), Role.LEAD)
    one = follow_up(state=S.SUBMITTED)
    for state in (S.SUBMITTED, S.APPROVED):
        FollowUp.objects.filter(pk=one.pk).update(state=state)
        one.refresh_from_db()
        assert not viewer_of(lead).may(Action.EDIT, one)
        assert not viewer_of(lead).may(Action.REMOVE, one)
        page = client(lead).get(one.get_absolute_url()).content.decode()
        assert f"{one.get_absolute_url()}andra/" not in page
        told = {"title": "Något annat", "description": "Det här skrev jag medan den låstes."}
        assert client(lead).post(f"{one.get_absolute_url()}andra/", told).status_code == 302
        one.refresh_from_db()
        assert one.title == "Uppföljning 2027"
        assert lead.drafts.get().typed["description"] == [told["description"]]
    step(one, Step.REOPEN, lead, reason="Fel år.")
    page = client(lead).get(one.get_absolute_url()).content.decode()
    assert "Fel år." in page
    assert f"{one.get_absolute_url()}andra/" in page


def test_a_return_has_a_reason_and_what_lacks_it_is_asked_for():
    lead = member("lena", organisation(), Role.LEAD)
    one = follow_up(state=S.SUBMITTED)
    answer = step(one, Step.RETURN, lead, reason="  ")
    assert answer.status_code == 400
    one.refresh_from_db()
    assert one.state == S.SUBMITTED
    step(one, Step.RETURN, lead, reason="Nämnaren saknas.")
    one.refresh_from_db()
    assert (one.state, one.reason, one.decided_by) == (S.RETURNED, "Nämnaren saknas.", lead)
    assert "Nämnaren saknas." in client(lead).get(one.get_absolute_url()).content.decode()


def test_nothing_is_approved_that_has_changed_since_it_was_read():
    lead = member("lena", organisation(), Role.LEAD)
    one = follow_up(state=S.SUBMITTED)
    step(one, Step.APPROVE, lead, version=one.version - 1)
    one.refresh_from_db()
    assert one.state == S.SUBMITTED


def test_an_empty_follow_up_is_not_handed_in():
    lead = member("lena", organisation(), Role.LEAD)
    one = follow_up(state=S.PLANNED, description="")
    with pytest.raises(StepError, match="Skriv först vad ni fann"):
        take(viewer_of(lead), one, Step.SUBMIT, one.version)
    # That it is confidential is something found.
    FollowUp.objects.filter(pk=one.pk).update(value_status=ValueStatus.SECRET)
    take(viewer_of(lead), one, Step.SUBMIT, one.version)
    assert one.state == S.SUBMITTED


def test_what_is_shared_or_public_is_read_and_not_taken_anywhere():
    one = follow_up(state=S.SUBMITTED, visibility=Visibility.PUBLIC)
    other = member("olof", organisation("Lundby förening", "association"), Role.LEAD)
    assert step(one, Step.APPROVE, other).status_code == 404
    page = client(other).get(one.get_absolute_url()).content.decode()
    assert "Inlämnad" in page
    assert "Godkänn" not in page


# --- what is typed --------------------------------------------------------------------------------


def typed(url: str, by, **told):
    return client(by).post(url, {"title": "Andel 2027", "period": "2027", **told})


@pytest.fixture
def goal():
    round = mapping_round()
    return record(Goal, round, "Fler med gymnasium", unit="share", baseline=0.6, target=0.7)


def new(goal: Goal) -> str:
    return f"/arbete/{goal.organisation.slug}/uppfoljning/ny/"


@pytest.mark.parametrize(
    ("told", "value", "status"),
    [
        ({"value": "63,5"}, 0.635, "ok"),
        ({"value": "63.5 %", "value_status": "estimated"}, 0.635, "estimated"),
        ({"numerator": "127", "denominator": "200"}, 0.635, "ok"),
        ({"numerator": "1 270", "denominator": "2 000", "value": "64"}, 0.635, "ok"),
        ({"value": "0"}, 0.0, "ok"),
        ({"value_status": "secret"}, None, "secret"),
        ({}, None, "missing"),
    ],
)
def test_a_value_is_a_number_with_its_status(goal, told, value, status):
    person = member("bo", organisation(), Role.CONTRIBUTOR)
    answer = typed(new(goal), person, goal=goal.pk, **told)
    assert answer.status_code == 302, answer.context["form"].errors
    one = FollowUp.objects.get()
    assert one.value == (None if value is None else pytest.approx(value))
    assert (one.value_status, one.unit) == (status, "share")
    assert one.state == (S.PLANNED if status == "missing" else S.DRAFT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"value": "hög"}, "value"),
        ({"value": "n/a"}, "value"),
        ({"value": "63", "value_status": "secret"}, "value_status"),
        ({"value_status": "ok"}, "value"),
        ({"numerator": "5"}, "denominator"),
        ({"numerator": "5", "denominator": "0"}, "denominator"),
        ({"numerator": "5", "denominator": "4"}, "numerator"),
        ({"numerator": "5", "denominator": "10", "value": "40"}, "value"),
        ({"value": "5", "period": "i fjol"}, "period"),
    ],
)
def test_what_is_no_such_value_is_refused_and_nothing_typed_is_lost(goal, told, field):
    person = member("bo", organisation(), Role.CONTRIBUTOR)
    answer = typed(new(goal), person, goal=goal.pk, description="Det här skrev jag.", **told)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Det här skrev jag." in answer.content.decode()
    assert not FollowUp.objects.exists()


def test_a_follow_up_is_of_something(goal):
    person = member("bo", organisation(), Role.CONTRIBUTOR)
    answer = typed(new(goal), person, value="5")
    assert "intervention" in answer.context["form"].errors


def test_a_share_is_shown_in_per_cent_and_edited_so(goal):
    person = member("bo", organisation(), Role.CONTRIBUTOR)
    typed(new(goal), person, goal=goal.pk, numerator="127", denominator="200")
    one = FollowUp.objects.get()
    page = client(person).get(one.get_absolute_url()).content.decode()
    assert "63,5\u00a0%" in page
    assert "127 av 200" in page
    form = client(person).get(f"{one.get_absolute_url()}andra/").content.decode()
    assert 'value="63,5"' in form
    told = {"version": one.version, "goal": goal.pk, "value": "64,5"}
    assert typed(f"{one.get_absolute_url()}andra/", person, **told).status_code == 302
    one.refresh_from_db()
    assert one.value == pytest.approx(0.645)


def test_the_list_tells_where_each_one_stands(goal, django_assert_max_num_queries):
    person = member("bo", organisation(), Role.READER)
    for number in range(12):
        record(FollowUp, goal.round, f"Uppföljning {number}", goal=goal, state=S.RETURNED)
    browser = client(person)
    with django_assert_max_num_queries(14):
        page = browser.get(f"/arbete/{organisation().slug}/uppfoljning/").content.decode()
    assert page.count("Återlämnad") == 12
