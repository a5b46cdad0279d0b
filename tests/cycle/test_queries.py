"""A page asks the database as often with many records as with few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.cycle.models import (
    Actor,
    CollaborationGroup,
    FollowUp,
    Goal,
    Intervention,
    Money,
    Need,
    Problem,
    Project,
)
from samsyn.people.models import Comment, Role
from samsyn.people.saving import create
from tests.cycle.making import mapping_round, record
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 7


@pytest.fixture
def anna():
    return member("anna", organisation(), Role.LEAD)


def chains(round, owners, count):
    """Chains from a problem to what came of it, each record with another owner."""
    for number in range(count):
        by = owners[number % len(owners)]
        actor = record(Actor, round, f"Aktör {number}", by, kind="association")
        problem = record(Problem, round, f"Problem {number}", by, focus_areas=["housing"])
        need = record(Need, round, f"Behov {number}", by, {"problems": [problem]}, kind="operative")
        goal = record(Goal, round, f"Mål {number}", by, {"needs": [need]})
        intervention = record(
            Intervention, round, f"Insats {number}", by, {"goals": [goal], "partners": [actor]},
            lead=actor, kind="activity", level="group", horizon="short",
        )  # fmt: skip
        Money.objects.create(intervention=intervention, source="Staten", amount=1, status="decided")
        record(FollowUp, round, f"Uppföljning {number}", by, intervention=intervention)
        record(CollaborationGroup, round, f"Grupp {number}", by, {"members": [actor]})
        create(Project(organisation=round.organisation, title=f"Projekt {number}"), by)


def asked(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in queries]


WORDS = ["aktor", "problem", "behov", "mal", "insats", "uppfoljning", "grupp", "projekt"]


@pytest.mark.parametrize("word", WORDS)
def test_a_list_asks_as_often_of_many_records_as_of_few(word, anna):
    round, browser = mapping_round(), client(anna)
    owners = [anna, *(account(name) for name in ("bo", "cecilia", "david"))]
    chains(round, owners, FEW)
    address = f"/arbete/{round.organisation.slug}/{word}/"
    few = asked(browser, address)
    chains(round, owners, MANY)
    many = asked(browser, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) < 25


def test_a_record_asks_as_often_with_many_comments_and_links_as_with_few(anna):
    round, browser = mapping_round(), client(anna)
    people = [account(name) for name in ("bo", "cecilia", "david", "eva", "frans")]

    def needed(count):
        problems = [record(Problem, round, f"P {n}", people[n]) for n in range(count)]
        need = record(Need, round, "Behov", anna, {"problems": problems}, kind="operative")
        for person in people[:count]:
            Comment.objects.create(record=need, account=person, text="Nej")
        return asked(browser, need.get_absolute_url())

    few, many = needed(1), needed(5)
    assert len(many) == len(few), "\n".join(many)
