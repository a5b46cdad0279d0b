"""An intervention's page: money by status, follow-ups planned in one step, and what comes after."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from samsyn.cycle.followed.months import months_after
from samsyn.cycle.followed.sums import sums
from samsyn.cycle.models import Actor, FollowUp, Goal, Intervention, Money, Project
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db
STARTS = date(2026, 8, 31)


def intervention(**more) -> Intervention:
    told = {"kind": "operative", "level": "area", "horizon": "long_term", "begins": STARTS, **more}
    return record(Intervention, mapping_round(), "Läxhjälp", **told)


def money(of: Intervention, source="Staten", amount=100, status="decided", **more) -> Money:
    return Money.objects.create(
        intervention=of, source=source, amount=amount, status=status, **more
    )


def body(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("months", "day"),
    [(6, date(2027, 2, 28)), (12, date(2027, 8, 31)), (24, date(2028, 8, 31)), (0, STARTS)],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(months, day):
    assert months_after(STARTS, months) == day


def test_money_is_summed_by_status_and_never_in_all():
    one = intervention()
    for amount, status in ((100, "decided"), (250, "applied"), (50, "decided"), (7, "missing")):
        money(one, amount=amount, status=status)
    told = [(sum.status, sum.amount, sum.rows) for sum in sums(one.money.all())]
    assert told == [
        ("decided", Decimal(150), 2), ("applied", Decimal(250), 1), ("missing", Decimal(7), 1),
    ]  # fmt: skip
    page = body(client(member("bo", organisation(), Role.READER)).get(one.get_absolute_url()))
    for shown in ("150 kr", "250 kr", "7 kr"):
        assert shown in page
    for never in ("407", "400", "257", "157"):
        assert never not in page


def test_money_is_added_changed_and_taken_away():
    one, person = intervention(), member("bo", organisation())
    url = f"{one.get_absolute_url()}pengar/"
    told = {"source": "Länsstyrelsen", "amount": "1 200 000 kr", "status": "applied"}
    answer = client(person).post(url, {**told, "year_from": "2026", "year_to": "2027"})
    assert answer.status_code == 302
    row = one.money.get()
    assert row.amount == 1_200_000
    page = body(client(person).get(one.get_absolute_url()))
    assert "1 200 000 kr" in page
    assert "2026–2027" in page
    client(person).post(f"{url}{row.pk}/", {**told, "amount": "900000", "status": "decided"})
    row.refresh_from_db()
    assert (row.amount, row.status, row.year_from) == (900_000, "decided", None)
    client(person).post(f"{url}{row.pk}/ta-bort/")
    assert not one.money.exists()
    assert [each.history_type for each in Money.history.order_by("history_id")] == ["+", "~", "-"]


def test_money_that_another_has_changed_meanwhile_is_shown_before_it_is_written_over():
    one, person = intervention(), member("bo", organisation())
    row = money(one)
    url = f"{one.get_absolute_url()}pengar/{row.pk}/"
    page = body(client(person).get(url))
    opened = re.search(r'name="seen" value="(\d+)"', page)[1]
    row.amount = 300
    row.save()
    told = {"source": "Staten", "amount": "500", "status": "decided", "seen": opened}
    answer = client(person).post(url, told)
    assert answer.status_code == 400
    assert "Nu står det: finansiär: Staten; belopp, kronor: 300" in body(answer)
    assert 'value="500"' in body(answer)
    row.refresh_from_db()
    assert row.amount == 300
    now = re.search(r'name="seen" value="(\d+)"', body(answer))[1]
    assert client(person).post(url, {**told, "seen": now}).status_code == 302


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"amount": "mycket"}, "hela kronor"),
        ({"amount": "-5"}, "minst 0"),
        ({"status": "lovat"}, "Det valet finns inte"),
        ({"source": ""}, ""),
        ({"year_from": "2027", "year_to": "2026"}, "före startåret"),
        ({"year_from": "27"}, "fyra siffror"),
    ],
)
def test_wrong_money_says_what_is_wrong_and_keeps_what_was_typed(told, words):
    one, person = intervention(), member("bo", organisation())
    right = {"source": "Staten & <b>", "amount": "100", "status": "decided"}
    answer = client(person).post(f"{one.get_absolute_url()}pengar/", {**right, **told})
    assert answer.status_code == 400
    assert words in body(answer)
    assert not one.money.exists()
    if "source" not in told:
        assert 'value="Staten &amp; &lt;b&gt;"' in body(answer)


def test_others_neither_see_nor_touch_the_money():
    one = intervention()
    row = money(one)
    reader = member("lars", organisation(), Role.READER)
    other = member("olof", organisation("Lundby"), Role.LEAD)
    told = {"source": "X", "amount": "1", "status": "decided"}
    for person in (reader, other):
        for part in ("pengar/", f"pengar/{row.pk}/", f"pengar/{row.pk}/ta-bort/", "planera/"):
            answer = client(person).post(f"{one.get_absolute_url()}{part}", told)
            assert answer.status_code == 404, part
    assert client(reader).get(one.get_absolute_url()).status_code == 200
    assert "ta-bort" not in body(client(reader).get(one.get_absolute_url()))
    assert client(other).get(one.get_absolute_url()).status_code == 404
    # A row of another intervention is not reached through one's own.
    mine = intervention()
    editor = member("bo", organisation())
    assert (
        client(editor).post(f"{mine.get_absolute_url()}pengar/{row.pk}/", told).status_code == 404
    )


def test_follow_ups_are_planned_in_one_step():
    round = mapping_round()
    goal = record(Goal, round, "Fler klarar skolan", unit="share")
    one = record(
        Intervention, round, "Läxhjälp", kind="operative", level="area", horizon="long_term",
        begins=date(2090, 8, 31), several={"goals": [goal]},
    )  # fmt: skip
    person = member("bo", organisation(), Role.EDITOR)
    page = body(client(person).get(one.get_absolute_url()))
    for suggested in ("2091-02-28", "2091-08-31", "2092-08-31"):
        assert f'value="{suggested}"' in page
    told = {
        "plan_6": "on", "due_6": "2091-03-15", "plan_24": "on", "due_24": "2092-08-31",
        "due_12": "2091-08-31", "goal": goal.pk,
    }  # fmt: skip
    client(person).post(f"{one.get_absolute_url()}planera/", told)
    made = list(FollowUp.objects.order_by("due"))
    assert [each.due for each in made] == [date(2091, 3, 15), date(2092, 8, 31)]
    assert {(each.state, each.goal, each.intervention, each.unit) for each in made} == {
        ("planned", goal, one, "share")
    }
    page = body(client(person).get(one.get_absolute_url()))
    assert "Härnäst:" in page
    assert made[0].title in page


@pytest.mark.parametrize(
    "told", [{}, {"plan_6": "on", "due_6": ""}, {"plan_6": "on", "due_6": "x"}]
)
def test_a_plan_without_days_is_refused(told):
    one, person = intervention(), member("bo", organisation())
    answer = client(person).post(f"{one.get_absolute_url()}planera/", told)
    assert answer.status_code == 400
    assert not FollowUp.objects.exists()


def test_readers_outside_are_not_told_of_what_they_may_not_see():
    round = mapping_round()
    goal = record(Goal, round, "Hemligt mål")
    actor = record(Actor, round, "Hemlig aktör", kind="association")
    one = record(
        Intervention, round, "Öppen insats", kind="operative", level="area", horizon="long_term",
        lead=actor, visibility=Visibility.PUBLIC, several={"goals": [goal], "partners": [actor]},
    )  # fmt: skip
    record(FollowUp, round, "Hemlig uppföljning", intervention=one)
    page = body(client().get(one.get_absolute_url()))
    assert "Öppen insats" in page
    assert "Heml" not in page
    inside = body(client(member("bo", organisation())).get(one.get_absolute_url()))
    for title in ("Hemligt mål", "Hemlig aktör", "Hemlig uppföljning"):
        assert title in inside


def test_a_project_says_what_comes_after_and_goes_into_the_inventory_once():
    one = intervention(form="project", ends=date(2026, 12, 31), areas=["regso/2025/9901R001"])
    money(one, "Staten", 300)
    money(one, "Kommunen", 200, "applied")
    person = member("bo", organisation())
    page = body(client(person).get(one.get_absolute_url()))
    assert "ingen plan för vad som händer" in page
    for _twice in range(2):
        client(person).post(f"{one.get_absolute_url()}till-projekt/")
    project = Project.objects.get()
    assert (project.title, project.funder, project.cost) == ("Läxhjälp", "Staten", 300)
    assert (project.began, project.ended) == (STARTS, date(2026, 12, 31))
    assert project.run_by == "Vattstads kommun"
    assert project.get_absolute_url() in body(client(person).get(one.get_absolute_url()))
