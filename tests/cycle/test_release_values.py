"""A follow-up takes its value from the release: as it stands there, with its source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samsyn.cycle.figures import Figure
from samsyn.cycle.followed.offered import agrees, offered
from samsyn.cycle.forms import follow_ups
from samsyn.cycle.models import FollowUp, Goal, Intervention
from tests.cycle.making import PLACE, mapping_round, record
from tests.people.making import client, member, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]
SHARE = Figure(
    "low_economic_standard_share", "municipality/2025/9901", "2024", 0.15299, "ok", "share",
    "demo", 15_299.0, 100_000.0,
)  # fmt: skip


@pytest.fixture
def goal() -> Goal:
    return record(
        Goal, mapping_round(), "Färre med låg ekonomisk standard", unit="share", area=PLACE,
        indicator="low_economic_standard_share", baseline=0.14, baseline_period="2022",
    )  # fmt: skip


def new(goal: Goal) -> str:
    slug = goal.organisation.slug
    return f"/arbete/{slug}/uppfoljning/ny/?kartlaggning={goal.round_id}"


def sent(page) -> dict[str, str]:
    """What a browser sends that saves the form of a page as it stands."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_what_is_offered_comes_after_the_baseline_and_has_no_follow_up(goal):
    periods = [one.figure.period for one in offered(goal, "", "sv")]
    assert periods == ["2024", "2023"]
    record(FollowUp, goal.round, "2023", goal=goal, period="2023")
    assert [one.figure.period for one in offered(goal, "", "sv")] == ["2024"]
    goal.indicator = ""
    assert offered(goal, "", "sv") == []


def test_one_button_takes_a_value_with_counts_status_period_and_release(goal):
    browser = client(member("bo", organisation()))
    page = browser.get(f"{new(goal)}&goal={goal.pk}")
    assert f'value="{goal.pk}:2024"' in page.content.decode()
    page = browser.post(new(goal), {"goal": goal.pk, "hamta": f"{goal.pk}:2024", "due": "i vår"})
    assert page.status_code == 200
    assert not FollowUp.objects.exists()
    assert "Hämtat ur utgåvan" in page.content.decode()
    assert page.context["form"]["due"].value() == "i vår"  # nothing typed is lost
    assert browser.post(new(goal), sent(page) | {"due": ""}).status_code == 302
    kept = FollowUp.objects.get()
    value = offered(goal, "", "sv", kept.pk)[0].figure
    assert (kept.value, kept.numerator, kept.denominator) == (
        value.value, value.numerator, value.denominator,
    )  # fmt: skip
    assert (kept.period, kept.value_status, kept.release, kept.unit) == (
        "2024", "ok", "demo", "share",
    )  # fmt: skip
    shown = browser.get(kept.get_absolute_url()).content.decode()
    assert "Ur utgåvan demo." in shown
    assert "indicator-low_economic_standard_share" in shown
    plan = f"/arbete/{organisation().slug}/kartlaggning/{goal.round_id}/plan/"
    assert "Ur utgåvan demo." in browser.get(plan).content.decode()


def test_the_page_of_a_goal_leads_to_a_form_that_is_filled_in(goal):
    browser = client(member("bo", organisation()))
    way = f"{new(goal)}&goal={goal.pk}&period=2024"
    assert way.replace("&", "&amp;") in browser.get(goal.get_absolute_url()).content.decode()
    page = browser.get(way)
    assert page.context["form"]["release"].value() == "demo"
    answer = browser.post(way, sent(page))
    assert answer.status_code == 302, answer.context["form"].errors
    assert FollowUp.objects.get().release == "demo"
    browser.get(goal.get_absolute_url())  # with the message that it is saved
    assert "period=2024" not in browser.get(goal.get_absolute_url()).content.decode()


def test_an_intervention_offers_the_values_of_its_goals(goal):
    done = record(Intervention, goal.round, "Läxhjälp", kind="operative", level="area",
                  horizon="x", several={"goals": [goal]})  # fmt: skip
    browser = client(member("bo", organisation()))
    page = browser.post(new(goal), {"intervention": done.pk, "hamta": "visa"})
    assert [one.goal for one in page.context["form"].offers] == [goal, goal]


def test_a_value_that_is_changed_or_claimed_is_not_of_the_release(goal):
    browser = client(member("bo", organisation()))
    page = browser.get(f"{new(goal)}&goal={goal.pk}&period=2024")
    told = sent(page)
    for name in ("numerator", "denominator"):
        told.pop(name, None)
    browser.post(new(goal), told | {"value": "9,9"})
    one = FollowUp.objects.get()
    assert (one.release, one.value) == ("", pytest.approx(0.099))
    # What was taken stays so when something else is changed, also when the release is gone.
    FollowUp.objects.filter(pk=one.pk).update(release="gone")
    edit = f"{one.get_absolute_url()}andra/"
    told = sent(browser.get(edit))
    browser.post(edit, told | {"evidence": "Vi räknade om."})
    one.refresh_from_db()
    assert (one.release, one.evidence) == ("gone", "Vi räknade om.")
    browser.post(edit, sent(browser.get(edit)) | {"value": "9,8"})
    one.refresh_from_db()
    assert (one.release, one.value) == ("", pytest.approx(0.098))


def test_what_the_release_keeps_secret_is_secret_here(goal, monkeypatch):
    secret = replace(SHARE, value=None, status="secret", numerator=None, denominator=None)
    monkeypatch.setattr("samsyn.cycle.followed.offered.figures_of", lambda *of: [secret])
    monkeypatch.setattr(follow_ups, "look_up", lambda *of: secret)
    browser = client(member("bo", organisation()))
    page = browser.post(new(goal), {"goal": goal.pk, "hamta": f"{goal.pk}:2024"})
    browser.post(new(goal), sent(page))
    kept = FollowUp.objects.get()
    assert (kept.value, kept.value_status, kept.release) == (None, "secret", "demo")


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ({}, True),
        ({"value": 0.153}, True),  # as it is shown
        ({"value": 0.154}, False),
        ({"value": None}, False),
        ({"value_status": "estimated"}, False),
        ({"numerator": 15_298.0}, False),
        ({"denominator": None}, False),
    ],
)
def test_what_is_typed_is_of_the_release_where_it_says_the_same(typed, same):
    told = {
        "value": 0.15299, "value_status": "ok", "numerator": 15_299.0, "denominator": 100_000.0,
    }  # fmt: skip
    assert agrees(SHARE, told | typed) == same
