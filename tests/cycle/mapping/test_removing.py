"""Taking away what others lie in or rest on: a whole round, and an interview that is cited."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samsyn.cycle.gaps.gathering import picture_of
from samsyn.cycle.models import FollowUp, Interview, MappingRound, Problem, PublishedPlan
from samsyn.people.lying import lying_in
from samsyn.people.models import Role
from tests.cycle.making import record
from tests.cycle.whole import whole
from tests.people.making import client, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(desk):
    """A round with a chain in which nothing is locked."""
    made = whole(desk.organisation)
    FollowUp.objects.update(state="draft")
    return made


def gone(desk) -> str:
    """The wastepaper basket."""
    return desk.get("papperskorg/")


def test_a_round_goes_with_all_that_lies_in_it_and_comes_back_with_it(desk, there):
    PublishedPlan.objects.create(round=there.round)
    before = record(Problem, there.round, "Borttaget förut", removed=timezone.now())
    address = there.round.get_absolute_url()
    asked = desk.get(f"{address}ta-bort/")
    for words in ("Aktörer: 2", "Behov: 1", "offentliga sida"):
        assert words in asked, words
    assert "Trångboddheten" not in asked  # it lies in it, and does not rest on it
    count = len(lying_in(there.round))
    desk.post(f"{address}ta-bort/", {})
    start = desk.get("")
    for one in there.records.values():
        assert desk.browser.get(one.get_absolute_url()).status_code == 404
        assert one.title not in start
        assert one.title not in desk.get(f"{one.WORD}/")
    for page in ("omrade/municipality/9901/", "intervjusvar/", "projekt/"):
        assert "Trångboddheten" not in desk.get(page)
        assert "Det hemliga som sades" not in desk.get(page)
    basket = gone(desk)
    assert f"och {count} poster i den" in basket
    assert "Trångboddheten" not in basket
    assert "Ligger i Rundan, som tas tillbaka först." in basket
    desk.post(f"{before.get_absolute_url()}ur-papperskorgen/", {})
    assert "Borttaget förut ligger i Rundan. Ta tillbaka den först." in gone(desk)
    before.refresh_from_db()
    assert before.removed is not None
    desk.post(f"{address}ur-papperskorgen/", {})
    assert "tog tillbaka posten" in desk.get(f"{there.need.get_absolute_url()}historik/")
    assert len(lying_in(there.round)) == count
    assert "Trångboddheten" in desk.get(address + "kedja/")
    assert "Borttaget förut" in gone(desk)


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR])
def test_nobody_takes_away_with_a_round_what_they_may_not_take_away(desk, there, role):
    bo = member("bo", desk.organisation, role)
    MappingRound.objects.filter(pk=there.round.pk).update(created_by=bo)
    if role is Role.LEAD:
        FollowUp.objects.update(state="approved")
    browser, address = client(bo), f"{there.round.get_absolute_url()}ta-bort/"
    asked = desk.get(address, by=browser)
    assert ("är låst" if role is Role.LEAD else "är någon annans") in asked
    assert "Ta bort allt" not in asked
    assert browser.post(address).status_code == 409
    assert lying_in(there.round)
    assert not MappingRound.objects.exclude(removed=None).exists()


def test_an_interview_that_is_taken_away_is_no_evidence_until_it_is_back(desk, there):
    address = there.interview.get_absolute_url()
    problem = Problem.objects.get(pk=there.problem.pk)
    assert "underlag för ”Trångboddheten växer”" in desk.get(f"{address}ta-bort/")
    problem.evidence.filter(note=None).delete()
    desk.post(f"{address}ta-bort/", {})
    assert "Problemet saknar underlag" in desk.get(problem.get_absolute_url())
    assert "Det hemliga som sades" not in desk.get(f"{there.round.get_absolute_url()}kedja/")
    assert picture_of(there.round).problems[0].evidence == ()
    assert "1 saknar underlag." in desk.get(there.round.get_absolute_url())
    # The respondent stays for as long as the interview can come back.
    respondent = there.interview.respondent
    page = desk.get(f"respondent/{respondent.pk}/")
    assert "ligger i papperskorgen" in page
    assert "Ta bort respondenten" not in page
    desk.post(f"{address}ur-papperskorgen/", {})
    assert "Det hemliga som sades" in desk.get(problem.get_absolute_url())
    assert Interview.objects.get().removed is None
