"""Every kind of record of a round, out as a list and back in: nothing is changed by the way."""

from __future__ import annotations

import io

import openpyxl
import pytest

from samsyn.cycle.models import FollowUp, Goal, Intervention
from samsyn.people.kinds import kinds
from tests.cycle.whole import whole
from tests.people.making import client, member, organisation
from tests.people.workbooks import altered, confirmed, faults, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


@pytest.fixture
def browser():
    whole(organisation(), mark="å;=1")
    return client(member("karin", organisation()))


def address(word: str) -> str:
    return f"{organisation().get_absolute_url()}{word}"


def set_cell(title: str, value):
    def change(made):
        page = made.worksheets[1]
        at = next(c.column for c in page[1] if str(c.value).rstrip(" *") == title)
        page.cell(2, at).value = value

    return change


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_kind_comes_back_as_it_went_out(browser, form):
    for word, kind in kinds().items():
        raw = browser.get(f"{address(word)}.{form}").content
        count = kind.model.objects.count()
        if not count:
            continue
        answer = sent(browser, f"{address(word)}/fran-excel/", raw, f"x.{form}")
        plan = answer.context["plan"]
        assert (plan.faults, len(plan.same)) == ([], count), word


def test_numbers_dates_and_links_are_changed_in_excel(browser):
    goal, intervention = Goal.objects.get(), Intervention.objects.get()
    for word, title, value, of, name, expected in (
        ("mal", "Målår", 2031, goal, "target_year", 2031),
        ("insats", "Slutar", "2031-05-01", intervention, "ends", "2031-05-01"),
    ):
        raw = browser.get(f"{address(word)}.xlsx").content
        titles = [c.value for c in openpyxl.load_workbook(io.BytesIO(raw)).worksheets[1][1]]
        assert title in {str(one).rstrip(" *") for one in titles}, titles
        answer = sent(browser, f"{address(word)}/fran-excel/", altered(raw, set_cell(title, value)))
        plan = answer.context["plan"]
        assert (plan.faults, len(plan.changed)) == ([], 1), word
        assert confirmed(browser, f"{address(word)}/fran-excel/", answer).status_code == 302
        kept = type(of).objects.get(pk=of.pk)
        assert str(getattr(kept, name)) == str(expected)
        assert kept.version == of.version + 1
        for other in kept._meta.many_to_many:
            before = set(getattr(of, other.name).values_list("pk", flat=True))
            assert set(getattr(kept, other.name).values_list("pk", flat=True)) == before


def test_what_is_locked_is_not_changed_in_excel(browser):
    assert FollowUp.objects.get().locked
    raw = browser.get(f"{address('uppfoljning')}.xlsx").content
    changed = altered(raw, set_cell("När ska den vara klar?", "2031-06-01"))
    (text,) = faults(sent(browser, f"{address('uppfoljning')}/fran-excel/", changed)).values()
    assert "låst" in text


def test_rules_of_the_form_are_told_at_the_cell(browser):
    raw = browser.get(f"{address('insats')}.xlsx").content
    answer = sent(
        browser, f"{address('insats')}/fran-excel/", altered(raw, set_cell("Slutar", "1999-01-01"))
    )
    (cell,) = faults(answer)
    assert cell.endswith("2")
    assert "slutar innan" in faults(answer)[cell]
