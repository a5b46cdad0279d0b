"""The start page of an organisation: the first steps, what waits for whom, and ways to all."""

from __future__ import annotations

import re
from collections import deque
from datetime import timedelta

import pytest
from django.utils import timezone

from samsyn.cycle.models import (
    Actor,
    FollowUp,
    Goal,
    Intervention,
    Interview,
    MappingRound,
    Need,
    Problem,
)
from samsyn.cycle.models.followed import State
from samsyn.cycle.respondents import add
from samsyn.people import drafts
from samsyn.people.models import Invitation, Role
from tests.cycle.making import record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db


def waits(page: str) -> str:
    """The part of the page on what waits for the reader."""
    found = re.search(r'<section id="vantar">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def test_an_empty_organisation_has_first_steps(desk):
    MappingRound.objects.all().delete()
    page = desk.get("")
    assert "Börja här" in page
    assert desk.at("kartlaggning/ny/") in page
    assert desk.at("medlemmar/") in page
    reader = client(member("rut", desk.organisation, Role.READER))
    assert desk.at("kartlaggning/ny/") not in desk.get("", by=reader)
    desk.round = None


def test_what_waits_for_me_stands_first(desk):
    late = timezone.localdate() - timedelta(days=3)
    mine = record(FollowUp, desk.round, "Min", due=late, owner=desk.lead)
    record(FollowUp, desk.round, "Bos", due=late, owner=member("bo", desk.organisation))
    record(FollowUp, desk.round, "Återlämnad", owner=desk.lead, state=State.RETURNED)
    record(FollowUp, desk.round, "Långt bort", due=late + timedelta(days=400), owner=desk.lead)
    page = desk.get("")
    assert mine.get_absolute_url() in waits(page)
    assert "Återlämnad" in waits(page)
    assert "Bos" not in waits(page)
    assert "Långt bort" not in waits(page)
    assert "Bos" in page


def test_my_drafts_are_mine(desk):
    drafts.keep(desk.lead, desk.at("problem/ny/?kartlaggning=1"), {"title": ["Halvfärdigt"]})
    assert "Halvfärdigt" in waits(desk.get(""))
    assert "/problem/ny/?kartlaggning=1&amp;utkast=1" in desk.get("")
    assert f"/en{desk.at('problem/ny/')}?kartlaggning=1&amp;utkast=1" in desk.get(f"/en{desk.at()}")
    # Also of what is no record, and odd ones.
    drafts.keep(desk.lead, desk.at("anteckning/7/"), {"text": ["En anteckning"], "title": []})
    assert "En anteckning" in waits(desk.get(""))
    other = client(member("bo", desk.organisation, Role.LEAD))
    assert "Halvfärdigt" not in desk.get("", by=other)


def test_open_invitations_wait_for_those_who_manage(desk):
    asked = Invitation(organisation=desk.organisation, email="ny@example.org")
    asked.draw_key()
    asked.save()
    assert "ny@example.org" in waits(desk.get(""))
    reader = client(member("rut", desk.organisation, Role.READER))
    assert "ny@example.org" not in desk.get("", by=reader)


def test_rounds_have_their_gaps_and_the_newest_changes_who_made_them(desk):
    desk.post("problem/ny/", {"title": "Trångt i Hamnen"})
    page = desk.get("")
    assert re.search(r"Luckor <strong>[1-9]\d*</strong>", page)
    assert "Trångt i Hamnen" in page
    assert re.search(r"Problem, \d{4}-\d\d-\d\d \d\d:\d\d, Anna", page)


def test_a_closed_round_comes_after_those_that_are_open(desk):
    desk.round.closed = timezone.localdate()
    desk.round.save()
    desk.post(
        "kartlaggning/ny/",
        {"title": "Öppen", "place": desk.round.place, "year_from": 2020, "year_to": 2021},
    )
    page = desk.get("")
    assert page.index("Öppen</a></h3>") < page.index("Kartläggning 2026</a></h3>")


def test_nobody_else_sees_it(desk):
    stranger = client(member("eva", organisation("Lundby förening", "association"), Role.LEAD))
    assert stranger.get(desk.at()).status_code == 404


def test_everything_is_reached_within_three_clicks(desk):
    respondent = add(desk.round, "Rektor", "professionals")
    there = [
        record(Actor, desk.round, "Aktör", kind="municipality"),
        record(Interview, desk.round, "Intervju", respondent=respondent),
        record(Problem, desk.round), record(Need, desk.round), record(Goal, desk.round),
        record(Intervention, desk.round), record(FollowUp, desk.round),
    ]  # fmt: skip
    clicks, queue = {desk.at(): 0}, deque([desk.at()])
    while queue:
        address = queue.popleft()
        if clicks[address] == 2:
            continue
        answer = desk.browser.get(address)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        for found in re.findall(r'href="(/arbete/[^"#?]+)', answer.content.decode()):
            if found.startswith(desk.at()) and found not in clicks:
                clicks[found] = clicks[address] + 1
                queue.append(found)
    wanted = [one.get_absolute_url() for one in there] + [
        desk.at(path) for path in (
            f"kartlaggning/{desk.round.pk}/respondenter/", "problem/ny/", "intervjusvar/",
            f"kartlaggning/{desk.round.pk}/ta-bort/", f"kartlaggning/{desk.round.pk}/samverkan/",
            f"respondent/{respondent.pk}/", "aktor/fran-excel/", "problem/fran-excel/",
            "medlemmar/", "papperskorg/", "delat/", "projekt/", "grupp/", "inventering/",
            f"kartlaggning/{desk.round.pk}/luckor/", f"kartlaggning/{desk.round.pk}/kedja/",
        )
    ]  # fmt: skip
    assert {one for one in wanted if clicks.get(one, 9) > 3} == set()
