"""Shares are typed in per cent, also in lists: what comes back is what went out."""

from __future__ import annotations

import pytest

from samsyn.cycle.models import FollowUp, Goal
from samsyn.people.models import Role
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation
from tests.people.workbooks import altered, confirmed, faults, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


@pytest.fixture
def goal() -> Goal:
    told = {
        "indicator": "low_economic_standard_share", "unit": "share",
        "baseline": 0.149475, "baseline_period": "2022", "target": 0.12, "target_year": 2030,
    }  # fmt: skip
    return record(Goal, mapping_round(), "Färre med låg standard", **told)


@pytest.fixture
def follow_up(goal) -> FollowUp:
    told = {"period": "2027", "value": 0.141, "value_status": "ok", "unit": "share"}
    return record(FollowUp, goal.round, "Uppföljning 2027", goal=goal, **told)


def column(page, title: str) -> int:
    return next(cell.column for cell in page[1] if str(cell.value).rstrip(" *") == title)


def came_back(word: str, change) -> object:
    """Fetch a list, change it, send it back and confirm."""
    browser = client(member("bo", organisation(), Role.EDITOR))
    url = f"/arbete/{organisation().slug}/{word}"
    out = browser.get(f"{url}.xlsx").content
    answer = sent(browser, f"{url}/fran-excel/", altered(out, change))
    assert not faults(answer)
    return confirmed(browser, f"{url}/fran-excel/", answer)


def test_a_follow_up_keeps_its_share_when_another_cell_is_changed(follow_up):
    def write(made):
        page = made.worksheets[1]
        assert page.cell(2, column(page, "Värde")).value == pytest.approx(14.1)
        page.cell(2, column(page, "Vad följs upp?")).value = "Nytt namn"

    came_back("uppfoljning", write)
    follow_up.refresh_from_db()
    assert (follow_up.title, follow_up.value) == ("Nytt namn", pytest.approx(0.141))


def test_a_share_with_all_its_decimals_comes_back_as_it_went_out(follow_up):
    told = {"numerator": 1, "denominator": 3, "value": 1 / 3}
    FollowUp.objects.filter(pk=follow_up.pk).update(**told)
    browser = client(member("bo", organisation(), Role.EDITOR))
    url = f"/arbete/{organisation().slug}/uppfoljning"
    plan = sent(browser, f"{url}/fran-excel/", browser.get(f"{url}.xlsx").content).context["plan"]
    assert (plan.faults, len(plan.same)) == ([], 1)


def test_a_share_that_is_typed_in_a_list_is_in_per_cent(follow_up):
    def write(made):
        page = made.worksheets[1]
        page.cell(2, column(page, "Värde")).value = 13.5

    came_back("uppfoljning", write)
    follow_up.refresh_from_db()
    assert follow_up.value == pytest.approx(0.135)


def test_a_goal_keeps_its_baseline_and_target_when_another_cell_is_changed(goal):
    def write(made):
        page = made.worksheets[1]
        assert page.cell(2, column(page, "Målvärde")).value == pytest.approx(12)
        page.cell(2, column(page, "Vad ska ha hänt, i en mening?")).value = "Nytt namn"

    came_back("mal", write)
    goal.refresh_from_db()
    assert goal.title == "Nytt namn"
    assert (goal.baseline, goal.target) == (pytest.approx(0.1495, abs=1e-4), pytest.approx(0.12))
