"""Goals: a baseline from the release, whether they can be measured, and who shares them."""

from __future__ import annotations

import pytest

from samsyn.cycle.forms.per_cent import as_typed, from_typed
from samsyn.cycle.measurable import lacking
from samsyn.cycle.models import Goal, Need, Problem
from samsyn.people.models import Role, Visibility
from samsyn.statistics.query import Release
from tests.cycle.making import PLACE, record
from tests.people.making import client, member, organisation

pytestmark = pytest.mark.django_db
NAME = "unemployment_rate"
TYPED = {"title": "Fler i arbete", "indicator": NAME, "target": "3,5", "target_year": "2030"}


def goal_at(where: str) -> Goal:
    return Goal.objects.get(pk=where.rstrip("/").rpartition("/")[2])


def release_has(demo_release, area=PLACE, period="2024") -> float:
    rows = Release.open(demo_release).values(NAME, areas=[area], period=period)
    return float(rows["value"][0])


@pytest.mark.parametrize(
    ("unit", "kept", "typed"),
    [("share", 0.153, "15,3"), ("share", 1.0, "100"), ("tkr", 312.45, "312,45"),
     ("persons", 1_000_194.0, "1000194"), ("", 0.5, "0,5"), ("share", None, "")],
)  # fmt: skip
def test_a_share_is_typed_in_per_cent_and_kept_as_a_part_of_one(unit, kept, typed):
    assert as_typed(kept, unit) == typed
    number = float(typed.replace(",", ".")) if typed else None
    back = from_typed(number, unit)
    assert back == (pytest.approx(kept) if kept is not None else None)


def test_the_baseline_is_fetched_without_saving_and_then_kept_as_the_release_has_it(
    desk, demo_release
):
    answer = desk.browser.post(desk.at("mal/ny/"), {**TYPED, "title": "", "hamta": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Hämtat ur utgåvan" in page
    assert "Målet är inte sparat än" in page
    assert not Goal.objects.exists()
    fields = answer.context["form"]
    told = {"baseline": fields["baseline"].value(),
            "baseline_period": fields["baseline_period"].value()}  # fmt: skip
    goal = goal_at(desk.post("mal/ny/", {**TYPED, **told}))
    assert goal.baseline == release_has(demo_release)
    assert (goal.baseline_period, goal.baseline_release, goal.unit) == ("2024", "demo", "share")
    assert goal.target == pytest.approx(0.035)
    assert goal.history.latest().baseline_release == "demo"
    page = desk.get(goal.get_absolute_url())
    assert "Målet går att mäta." in page
    assert "release=demo" in page


def test_the_period_and_the_area_that_are_asked_for_are_fetched(desk, demo_release):
    area = "regso/2025/9901R003"
    told = {**TYPED, "area": area, "baseline_period": "2022", "hamta": "1"}
    form = desk.browser.post(desk.at("mal/ny/"), told).context["form"]
    # Of that year there are figures of the borders before.
    there = release_has(demo_release, area.replace("2025", "2020"), "2022")
    assert form["baseline"].value() == f"{there * 100:.1f}".replace(".", ",")


@pytest.mark.parametrize("told", [{"indicator": ""}, {"baseline_period": "1850"},
                                  {"indicator": "no_such"}])  # fmt: skip
def test_what_cannot_be_fetched_is_told_and_nothing_typed_is_lost(desk, told):
    answer = desk.browser.post(desk.at("mal/ny/"), {**TYPED, **told, "hamta": "1"})
    page = answer.content.decode()
    assert answer.context["form"].errors["baseline"]
    assert 'value="Fler i arbete"' in page
    assert 'value="3,5"' in page


def test_only_the_releases_own_figure_is_called_the_releases(desk, demo_release):
    goal = goal_at(desk.post("mal/ny/", {**TYPED, "baseline": "9,9", "baseline_period": "2024",
                                         "baseline_release": "demo"}))  # fmt: skip
    assert goal.baseline == pytest.approx(0.099)
    assert goal.baseline_release == ""
    address = f"{goal.get_absolute_url()}andra/"
    desk.post(address, {**TYPED, "baseline": "4,4", "baseline_period": "2024", "version": 1})
    goal.refresh_from_db()
    assert goal.baseline == release_has(demo_release)
    assert goal.baseline_release == "demo"
    desk.post(address, {**TYPED, "baseline": "5", "baseline_period": "2024", "version": 2})
    goal.refresh_from_db()
    assert (goal.baseline, goal.baseline_release) == (0.05, "")


def test_what_is_not_changed_stays_as_it_is_kept(desk):
    goal = goal_at(desk.post("mal/ny/", TYPED))
    Goal.objects.filter(pk=goal.pk).update(target=1 / 30)
    form = desk.browser.get(f"{goal.get_absolute_url()}andra/").context["form"]
    told = {**TYPED, "title": "Ny rubrik", "target": form["target"].value(), "version": 1}
    desk.post(f"{goal.get_absolute_url()}andra/", told)
    goal.refresh_from_db()
    assert goal.title == "Ny rubrik"
    assert goal.target == 1 / 30


def test_a_goal_can_have_a_measure_of_its_own(desk):
    told = {"title": "Fler möten", "measure": "Möten i Hamnen per år", "baseline": "2",
            "target": "12", "target_year": "2028"}  # fmt: skip
    goal = goal_at(desk.post("mal/ny/", told))
    assert lacking(goal) == []
    assert "Möten i Hamnen per år" in desk.get(goal.get_absolute_url())
    goal = goal_at(desk.post("mal/ny/", {"title": "Det ska bli bättre"}))
    assert lacking(goal) == ["measure", "baseline", "target", "target_year"]
    assert "Målet går inte att mäta än" in desk.get(goal.get_absolute_url())


@pytest.mark.parametrize("wrong", ["många", "1,2,3", "1.2.3", "nan", "inf"])
def test_what_is_no_number_is_refused_with_words(desk, wrong):
    answer = desk.browser.post(desk.at("mal/ny/"), {**TYPED, "target": wrong})
    assert answer.status_code == 400
    assert not Goal.objects.exists()


def test_a_goal_is_shared_by_who_leads_another_organisation(desk):
    other = organisation("Region Vattland", "region")
    goal = record(Goal, desk.round, "Fler i arbete", visibility=Visibility.SHARED)
    goal.shared_with.add(other)
    lead, editor = (client(member(name, other, role))
                    for name, role in (("eva", Role.LEAD), ("bo", Role.EDITOR)))  # fmt: skip
    address, told = f"{goal.get_absolute_url()}delta/", {"organisation": other.pk}
    assert "Låt Region Vattland vara med i målet" in desk.get(goal.get_absolute_url(), by=lead)
    assert "vara med i målet" not in desk.get(goal.get_absolute_url(), by=editor)
    assert editor.post(address, told).status_code == 404
    assert desk.browser.post(address, told).status_code == 404
    desk.post(address, told, by=lead)
    assert list(goal.joined.all()) == [other]
    assert "Region Vattland" in desk.get(goal.get_absolute_url())
    desk.post(address, {**told, "gor": "lamna"}, by=lead)
    assert not goal.joined.exists()


def test_a_goal_that_is_not_shared_cannot_be_joined(desk):
    other = organisation("Region Vattland", "region")
    lead = client(member("eva", other, Role.LEAD))
    told = {"organisation": other.pk}
    private = record(Goal, desk.round, "Eget")
    assert lead.post(f"{private.get_absolute_url()}delta/", told).status_code == 404
    elsewhere = record(Goal, desk.round, "Delat med en annan", visibility=Visibility.SHARED)
    assert lead.post(f"{elsewhere.get_absolute_url()}delta/", told).status_code == 404
    assert not Goal.joined.through.objects.exists()


def test_the_chain_is_followed_from_page_to_page(desk):
    problem = record(Problem, desk.round, "Trångt")
    page = desk.get(problem.get_absolute_url())
    assert f"/behov/ny/?kartlaggning={desk.round.pk}&amp;problems={problem.pk}" in page
    told = {"title": "Fler bostäder", "kind": "operative", "problems": [problem.pk]}
    where = desk.post(f"behov/ny/?problems={problem.pk}", told)
    need = Need.objects.get(pk=where.rstrip("/").rpartition("/")[2])
    assert "Fler bostäder" in desk.get(problem.get_absolute_url())
    goal = goal_at(desk.post("mal/ny/", {**TYPED, "needs": [need.pk]}))
    page = desk.get(goal.get_absolute_url())
    assert need.get_absolute_url() in page
    assert f"/insats/ny/?kartlaggning={desk.round.pk}&amp;goals={goal.pk}" in page
