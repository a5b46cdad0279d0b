"""Publishing a plan: who may, what becomes public, and that what is taken back is gone at once."""

from __future__ import annotations

import pytest

from samsyn.cycle.models import FollowUp, Need, Problem, PublishedPlan
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.cycle.whole import whole
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


def lead():
    return member("lena", organisation(), Role.LEAD)


def addresses(made):
    slug, key = made.round.organisation.slug, made.round.pk
    return f"/arbete/{slug}/kartlaggning/{key}/plan/publicera/", f"/plan/{slug}/{key}/"


def test_only_a_lead_publishes(demo_site):
    made = whole()
    own, public = addresses(made)
    for role in (Role.READER, Role.CONTRIBUTOR, Role.EDITOR):
        browser = client(member(f"{role}", organisation(), role))
        assert browser.get(own).status_code == 404
        assert browser.post(own, {"publish": ""}).status_code == 404
    other = client(member("bo", organisation("Region Vattland", "region"), Role.LEAD))
    assert other.post(own, {"publish": ""}).status_code == 404
    assert client().post(own, {"publish": ""}).status_code == 302  # to log in
    assert not PublishedPlan.objects.exists()
    assert client().get(public).status_code == 404


def test_what_is_ticked_becomes_public_and_the_rest_stays_as_it_is(demo_site):
    made = whole()
    own, public = addresses(made)
    browser = client(lead())
    before = browser.get(own).content.decode()
    assert "poster är inte offentliga" in before
    assert made.goal.title in before
    response = browser.post(own, {"publish": "", "problem": [made.problem.pk]})
    assert response.status_code == 302
    made.problem.refresh_from_db()
    made.goal.refresh_from_db()
    assert made.problem.visibility == Visibility.PUBLIC
    assert made.problem.version == 2  # told in its history
    assert made.goal.visibility == Visibility.PRIVATE
    page = client().get(public).content.decode()
    assert made.problem.title in page
    assert made.goal.title not in page
    assert made.interview.title not in page


def test_all_of_a_kind_can_be_ticked_at_once(demo_site):
    made = whole()
    record(Need, made.round, "Ett behov till")
    response = client(lead()).post(addresses(made)[0], {"publish": "", "all": ["need"]})
    assert response.status_code == 302
    assert set(Need.objects.values_list("visibility", flat=True)) == {Visibility.PUBLIC}
    assert set(Problem.objects.values_list("visibility", flat=True)) == {Visibility.PRIVATE}


def test_a_record_of_another_round_cannot_be_opened_here(demo_site):
    made = whole()
    other = record(Problem, mapping_round(), "I en annan runda")
    own, _public = addresses(made)
    assert client(lead()).post(own, {"publish": "", "problem": [other.pk]}).status_code == 404
    other.refresh_from_db()
    assert other.visibility == Visibility.PRIVATE
    assert not PublishedPlan.objects.exists()


def test_the_public_page_follows_at_once(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    own, public = addresses(made)
    browser, reader = client(lead()), client()
    browser.post(own, {"publish": ""})
    first = reader.get(public)
    assert made.need.title in first.content.decode()
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    again = reader.get(public, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    Need.objects.update(visibility=Visibility.PRIVATE)
    changed = reader.get(public, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert made.need.title not in changed.content.decode()
    browser.post(own, {"unpublish": ""})
    for address in (public, f"{public}plan.pdf", f"{public}plan.docx"):
        assert reader.get(address).status_code == 404
    assert made.round.title not in reader.get("/planer/").content.decode()
    assert PublishedPlan.history.count() == 2


def test_a_round_that_is_made_private_has_no_public_plan(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    own, public = addresses(made)
    browser = client(lead())
    browser.post(own, {"publish": ""})
    assert client().get(public).status_code == 200
    made.round.refresh_from_db()
    made.round.visibility = Visibility.PRIVATE
    made.round.save()
    assert client().get(public).status_code == 404
    assert "inte längre offentlig" in browser.get(own).content.decode()


def test_nothing_private_is_anywhere_in_what_the_public_gets(demo_site):
    made = whole(mark="HEMLIGT")
    own, public = addresses(made)
    made.round.title, made.round.description = "Öppen runda", ""
    made.round.save()
    client(lead()).post(own, {"publish": ""})
    reader = client()
    for address in (public, f"/en{public}", f"{public}plan.pdf", f"{public}plan.docx", "/planer/"):
        response = reader.get(address)
        assert response.status_code == 200
        if not address.endswith(("pdf", "docx")):
            assert "HEMLIGT" not in response.content.decode()


def test_the_public_list_is_by_place_and_has_only_what_is_published(demo_site):
    made, private = whole(visibility=Visibility.PUBLIC), mapping_round(title="Inte publicerad")
    client(lead()).post(addresses(made)[0], {"publish": ""})
    response = client().get("/planer/")
    page = response.content.decode()
    assert "<h2>Vattstad</h2>" in page
    assert f'href="{addresses(made)[1]}"' in page
    assert private.title not in page
    assert not response.cookies
    assert client().get("/en/planer/").status_code == 200


def test_the_page_of_a_place_leads_to_its_published_plans_and_is_the_same_whatever_they_are(
    demo_site,
):
    made, private = whole(visibility=Visibility.PUBLIC), mapping_round(title="Inte publicerad")
    own, public = addresses(made)
    reader, place, there = client(), "/omrade/municipality/9901/", "/planer/municipality/9901/"
    before = reader.get(place)
    assert f'href="{there}"' in before.content.decode()
    assert "Ingen har publicerat någon plan för Vattstad" in reader.get(there).content.decode()
    client(lead()).post(own, {"publish": ""})
    # The page of figures may be kept: it says nothing of plans, but where they are.
    assert reader.get(place).content == before.content
    for key in ("municipality/9901", "regso/9901R001", "county/99", "country/00"):
        response = reader.get(f"/planer/{key}/")
        page = response.content.decode()
        assert f'href="{public}"' in page
        assert private.title not in page
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert not response.cookies
    assert f'href="{public}"' not in reader.get("/planer/municipality/9902/").content.decode()
    client(lead()).post(own, {"unpublish": ""})
    assert f'href="{public}"' not in reader.get(there).content.decode()
    assert f'href="/en{there}"' in reader.get(f"/en{place}").content.decode()
    for wrong in ("municipality/0000", "stad/9901"):
        assert reader.get(f"/planer/{wrong}/").status_code == 404


def test_the_charts_of_a_published_plan_are_those_of_what_is_public(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    own, public = addresses(made)
    chart = f"{public}mal-{made.goal.pk}.svg"
    assert client().get(chart).status_code == 404
    client(lead()).post(own, {"publish": ""})
    assert f'src="{chart}"' in client().get(public).content.decode()
    first = client().get(chart)
    assert b"Egna uppf" in first.content
    FollowUp.objects.update(visibility=Visibility.PRIVATE)
    for browser in (client(), client(lead())):
        answer = browser.get(chart)
        assert b"Egna uppf" not in answer.content
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_plan_is_at_its_own_organisation_only(demo_site):
    made = whole(visibility=Visibility.PUBLIC)
    client(lead()).post(addresses(made)[0], {"publish": ""})
    other = organisation("Annan kommun")
    assert client().get(f"/plan/{other.slug}/{made.round.pk}/").status_code == 404
    assert client().post(addresses(made)[1]).status_code == 405
