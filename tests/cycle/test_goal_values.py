"""Whether a goal is reached, by rules; and its values, typed ones beside those of the release."""

from __future__ import annotations

import pytest

from samsyn.cycle.followed.judging import Aim, Point, Verdict, judge, year_of
from samsyn.cycle.followed.values import values_of
from samsyn.cycle.models import FollowUp, Goal
from samsyn.people.access import viewer_of
from samsyn.people.models import Role
from samsyn.publish.intervals import Figure
from tests.cycle.making import PLACE, mapping_round, record
from tests.people.making import client, member, organisation

V = Verdict


def aim(baseline=40.0, year=2026, target=20.0, until=2030) -> Aim:
    return Aim(Figure(baseline), year, target, until)


def sure(value: float, reach: float = 1.0) -> Figure:
    return Figure(value, value - reach, value + reach)


@pytest.mark.parametrize(
    ("goal", "values", "this_year", "verdict", "words"),
    [
        (aim(target=None), {"2027": 30}, 2027, V.UNSAID, "inget målvärde"),
        (aim(baseline=None), {"2027": 30}, 2027, V.UNSAID, "Utgångsvärdet saknas"),
        (aim(target=40.0), {"2027": 30}, 2027, V.UNSAID, "detsamma som utgångsvärdet"),
        (aim(), {}, 2027, V.UNSAID, "inget värde efter utgångsåret"),
        (aim(), {"2026": 10}, 2027, V.UNSAID, "inget värde efter utgångsåret"),
        (aim(), {"2027": None}, 2027, V.UNSAID, "de saknas"),
        (aim(), {"2027": 35}, 2027, V.ON_THE_WAY, "25 procent av vägen när 25 procent av tiden"),
        (aim(), {"2027": 35, "2028": 45}, 2028, V.AWAY, "bort från målet"),
        (aim(), {"2027": 40}, 2027, V.NO_CHANGE, "skiljer sig inte säkert"),
        (aim(), {"2029": 20}, 2029, V.REACHED, "målet var 20"),
        (aim(), {"2029": 12}, 2029, V.REACHED, "målet var 20"),
        (aim(), {"2030": 21}, 2030, V.NOT_REACHED, "Målåret var 2030"),
        (aim(), {"2029": 21}, 2031, V.UNSAID, "Målåret 2030 är slut"),
        (aim(), {"2028": 30, "2029": None}, 2029, V.ON_THE_WAY, "För 2029 saknas värde"),
        (aim(baseline=20.0, target=40.0), {"2027": 45}, 2027, V.REACHED, "45"),
        (aim(baseline=0.0, target=10.0), {"2027": 0}, 2027, V.NO_CHANGE, "skiljer sig inte"),
        (aim(until=None), {"2027": 30}, 2035, V.ON_THE_WAY, "50 procent av vägen."),
    ],
)
def test_the_rules_say_how_far_a_goal_has_come(goal, values, this_year, verdict, words):
    points = [Point(period, Figure(value)) for period, value in values.items()]
    judged = judge(goal, points, this_year)
    assert (judged.verdict, words in judged.said) == (verdict, True), judged.said


@pytest.mark.parametrize(
    ("base", "last", "verdict"),
    [
        # The interval of the value holds the baseline that somebody set: that may be chance.
        (Figure(40.0), sure(39.5), V.NO_CHANGE),
        (Figure(40.0), sure(38.5), V.ON_THE_WAY),
        # Of two intervals the errors add: 1.2 apart with a reach of 1 each is chance.
        (sure(40.0), sure(38.8), V.NO_CHANGE),
        (sure(40.0), sure(38.5), V.ON_THE_WAY),
        (sure(40.0), sure(41.2), V.NO_CHANGE),
        (sure(40.0), sure(41.6), V.AWAY),
    ],
)
def test_noise_is_not_called_a_change(base, last, verdict):
    judged = judge(Aim(base, 2026, 20.0, 2030), [Point("2027", last)], 2027)
    assert judged.verdict is verdict
    assert "slumpen går inte att säga" not in judged.said


def test_a_target_within_chance_of_the_baseline_is_not_reached_by_chance():
    judged = judge(Aim(sure(40.0), 2026, 39.5, 2030), [Point("2027", sure(39.4))], 2027)
    assert judged.verdict is V.NO_CHANGE
    assert "inte större än vad slumpen kan ge" in judged.said


def test_what_is_not_known_of_a_value_is_said():
    told = judge(aim(), [Point("2027", Figure(30.0, estimated=True), breaks=True)], 2027).said
    assert "går inte att säga av värdet ensamt" in told
    assert "Värdet är skattat." in told
    assert "Serien bryts" in told


@pytest.mark.parametrize(
    ("period", "year"), [("2027", 2027), ("2027-06", 2027), ("", None), ("i år", None)]
)
def test_the_year_of_a_period(period, year):
    assert year_of(period) == year


# --- on the goal's page ---------------------------------------------------------------------------


def goal_with(**more) -> Goal:
    told = {
        "indicator": "low_economic_standard_share", "area": PLACE, "unit": "share",
        "baseline": 0.1495, "baseline_period": "2022", "target": 0.12, "target_year": 2030, **more,
    }  # fmt: skip
    return record(Goal, mapping_round(), "Färre med låg ekonomisk standard", **told)


def approved(goal: Goal, period: str, value: float | None, state="approved", **more) -> FollowUp:
    status = "missing" if value is None else "ok"
    return record(
        FollowUp, goal.round, f"Uppföljning {period}", goal=goal, period=period, value=value,
        value_status=status, unit="share", state=state, **more,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
def test_typed_values_stand_beside_those_of_the_release_and_are_not_mixed():
    goal = goal_with()
    approved(goal, "2024", 0.14, numerator=140.0, denominator=1000.0)
    approved(goal, "2025", 0.05, state="draft")
    person = member("bo", organisation(), Role.READER)
    values = values_of(goal, viewer_of(person))
    rows = {row.period: row for row in values.rows}
    assert rows["2024"].own[0].said == "14,0\u00a0%"
    assert rows["2024"].released.said == "15,3\u00a0%"
    assert rows["2023"].own == ()
    assert "2025" not in rows  # what is not approved is no value yet
    assert [one.period for one in values.waiting] == ["2025"]
    assert values.release == "demo"
    # 14 per cent of 1 000 people may be chance; 97 689 people say more.
    assert values.own_judged.verdict is V.NO_CHANGE
    assert values.release_judged.verdict is V.AWAY


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
def test_the_page_of_a_goal_tells_its_values_and_draws_them():
    goal = goal_with()
    approved(goal, "2024", 0.14)
    person = member("bo", organisation(), Role.READER)
    page = client(person).get(goal.get_absolute_url()).content.decode()
    assert "Enligt uppföljningarna" in page
    assert "Enligt utgåvan demo" in page
    assert "15,3\u00a0%" in page
    drawn = client(person).get(f"{goal.get_absolute_url()}varden.svg?narrow=1")
    assert drawn["Content-Type"].startswith("image/svg+xml")
    assert "Egna uppföljningar" in drawn.content.decode()
    assert "no-store" in drawn["Cache-Control"] or "private" in drawn["Cache-Control"]
    stranger = member("olof", organisation("Lundby"), Role.LEAD)
    assert client(stranger).get(f"{goal.get_absolute_url()}varden.svg").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
def test_a_goal_without_values_has_no_picture_and_says_why():
    goal = goal_with(indicator="", measure="Deltagare", unit="", baseline=None, target=None)
    person = member("bo", organisation(), Role.READER)
    assert client(person).get(f"{goal.get_absolute_url()}varden.svg").status_code == 404
    assert values_of(goal, viewer_of(person)).own_judged.verdict is V.UNSAID


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
def test_a_goal_that_names_no_area_is_of_the_place_of_its_round():
    person = member("bo", organisation(), Role.READER)
    values = values_of(goal_with(area=""), viewer_of(person))
    assert (values.place, values.release) == ("Vattstad", "demo")
