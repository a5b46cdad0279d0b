"""A round: it keeps the figures of its place as they were, tells its scope, and can be closed."""

from __future__ import annotations

import pytest

from samsyn.cycle.baseline import figure_in
from samsyn.cycle.models import Interview, MappingRound, Problem
from samsyn.cycle.respondents import add
from samsyn.cycle.scope import scope
from samsyn.people.models import Role, Visibility
from samsyn.statistics.query import Release
from tests.cycle.making import PLACE, record
from tests.people.making import client, member

pytestmark = pytest.mark.django_db
TYPED = {"title": "Kartläggning 2027", "place": PLACE, "year_from": 2027, "year_to": 2028}


def made(desk, **more) -> MappingRound:
    where = desk.post("kartlaggning/ny/", {**TYPED, **more})
    return MappingRound.objects.get(pk=where.rstrip("/").rpartition("/")[2])


def test_a_new_round_keeps_the_figures_of_its_place_as_the_release_has_them(desk, demo_release):
    round = made(desk, focus_areas=["housing"])
    release = Release.open(demo_release)
    assert round.release == release.name
    assert len(round.baseline) > 100
    for one in round.baseline[::17]:
        row = release.values(one["indicator"], areas=[one["area"]], period=one["period"])
        told = row.row(0, named=True)
        assert one.get("value") == told["value"]
        assert one["status"] == told["status"]
        assert one.get("denominator") == told["denominator"]
    # Of its parts, those of the focus area that was chosen.
    areas = {one["indicator"]: set() for one in round.baseline}
    for one in round.baseline:
        areas[one["indicator"]].add(one["area"])
    assert len(areas["rental_share"]) == 21
    assert len(areas["unemployment_rate"]) == 1
    assert figure_in(round, "unemployment_rate")["unit"] == "share"
    assert figure_in(round, "unemployment_rate", "regso/2025/9901R001") is None


def test_the_baseline_follows_what_the_round_is_about(desk):
    round = made(desk)
    first = len(round.baseline)
    address = f"{round.get_absolute_url()}andra/"
    desk.post(address, {**TYPED, "version": 1, "focus_areas": ["labour"]})
    round.refresh_from_db()
    assert len(round.baseline) > first
    assert round.history.latest().baseline == round.baseline
    desk.post(address, {**TYPED, "version": 2, "title": "Ett annat namn"})
    round.refresh_from_db()
    assert len(round.baseline) == first
    desk.post(address, {**TYPED, "version": 3, "place": "municipality/9902"})
    round.refresh_from_db()
    assert {one["area"].rpartition("/")[2] for one in round.baseline} == {"9902"}


def test_a_round_without_figures_can_have_them_later_but_never_others(desk):
    round = desk.round
    assert round.baseline == []
    assert "Hämta siffrorna nu" in desk.get(round.get_absolute_url())
    desk.post(f"kartlaggning/{round.pk}/utgangslage/", {})
    round.refresh_from_db()
    kept = round.baseline
    assert kept
    MappingRound.objects.filter(pk=round.pk).update(baseline=[kept[0]])
    desk.post(f"kartlaggning/{round.pk}/utgangslage/", {})
    round.refresh_from_db()
    assert round.baseline == [kept[0]]


def test_its_page_links_each_figure_to_its_release(desk):
    round = made(desk, focus_areas=["housing"])
    page = desk.get(round.get_absolute_url())
    assert "Utgångsläge" in page
    assert "/visa/indicator-rental_share/?vintage=2025&amp;release=demo" in page
    link = "/omrade/regso/9901R001/visa/indicator-rental_share/?vintage=2025&release=demo"
    assert link.replace("&", "&amp;") in page
    assert desk.get(link)


def test_its_page_asks_questions_and_tells_the_next_step(desk):
    page = desk.get(desk.round.get_absolute_url())
    assert "Vad sa intervjuerna om boende?" in page
    assert "Härnäst" in page
    assert "Ny aktör" in page
    record(Problem, desk.round, "Trångt")
    page = desk.get(desk.round.get_absolute_url())
    assert "1 saknar underlag." in page
    assert "Trångt" in desk.get(f"kartlaggning/{desk.round.pk}/poster/problem/")


def test_the_list_of_a_round_has_no_other_round(desk):
    other = made(desk)
    record(Problem, desk.round, "Trångt")
    record(Problem, other, "Långt")
    page = desk.get(f"kartlaggning/{other.pk}/poster/problem/")
    assert "Långt" in page
    assert "Trångt" not in page
    assert f"/problem/ny/?kartlaggning={other.pk}" in page
    assert desk.browser.get(desk.at(f"kartlaggning/{other.pk}/poster/projekt/")).status_code == 404


def test_whose_perspectives_are_heard_follows_from_the_interviews_too(desk):
    desk.round.perspectives_heard = ["officials"]
    respondent = add(desk.round, "Ordförande", "residents")
    told = scope(desk.round, "sv")
    assert told.heard == ("Tjänstepersoner",)
    record(Interview, desk.round, respondent=respondent)
    told = scope(desk.round, "sv")
    assert told.heard == ("Tjänstepersoner", "Boende i området")
    assert "Målgruppen" in told.unheard
    assert "Boende i området" in desk.get(desk.round.get_absolute_url())


def test_a_round_is_closed_and_opened_by_who_may_change_it(desk):
    reader = client(member("rut", desk.organisation, Role.READER))
    address = desk.at(f"kartlaggning/{desk.round.pk}/avsluta/")
    assert reader.post(address).status_code == 404
    desk.post(address, {})
    desk.round.refresh_from_db()
    assert desk.round.closed is not None
    assert "avslutades" in desk.get(desk.round.get_absolute_url())
    desk.post(address, {})
    desk.round.refresh_from_db()
    assert desk.round.closed is None
    assert desk.round.version == 3


def test_those_outside_see_scope_and_figures_and_nothing_of_the_work(desk, client):
    round = made(desk)
    add(round, "Rektor på Hamnskolan", "professionals")
    MappingRound.objects.filter(pk=round.pk).update(visibility=Visibility.PUBLIC)
    page = desk.get(round.get_absolute_url(), by=client)
    assert "Utgångsläge" in page
    assert "/poster/" not in page
    assert "respondent" not in page.lower()
