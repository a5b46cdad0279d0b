"""Interventions by level and horizon: nothing lost, nothing counted twice, money kept apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.gaps.picture import Intervention, Money
from samsyn.cycle.matrix import STATUSES, leaning, placed
from samsyn.cycle.matrix.files import cells
from tests.cycle.gaps.pictures import INTERVENTIONS, code, some


def done(key: int, level: str, horizon: str, *money: tuple[int, str], **more) -> Intervention:
    kronor = tuple(Money(amount, status) for amount, status in money)
    return Intervention(key, f"Insats {key}", level=level, horizon=horizon, money=kronor, **more)


@given(some(INTERVENTIONS), code("focus_area"), code("target_group"))
def test_each_intervention_stands_in_one_place_and_sums_agree(there, focus, group):
    matrix = placed(there, focus, group)
    standing = [one.key for _level, _horizon, cell in cells(matrix) for one in cell.interventions]
    chosen = [
        one.key
        for one in there
        if focus in ("", *one.focus_areas) and group in ("", *one.target_groups)
    ]
    assert sorted(standing) == sorted(chosen)
    for sums in (
        [matrix.level(one) for one in matrix.levels],
        [matrix.horizon(one) for one in matrix.horizons],
    ):
        parts = [*sums, matrix.unplaced]
        assert sum(one.count for one in parts) == matrix.all.count
        for status in STATUSES:
            assert sum(one.money[status] for one in parts) == matrix.all.money[status]


@given(some(INTERVENTIONS), st.booleans())
def test_what_a_plan_leans_on_can_always_be_said(there, chosen):
    for language in ("sv", "en"):
        said = leaning(placed(there), language, chosen=chosen)
        assert said
        assert all(one.endswith(".") and "{" not in one for one in said)


def test_decided_applied_and_missing_money_are_never_one_sum():
    one = done(1, "area", "here_and_now", (3, "decided"), (2, "decided"), (7, "applied"))
    assert placed([one]).cell("area", "here_and_now").money == {
        "decided": 5, "applied": 7, "missing": 0,
    }  # fmt: skip


def test_a_plan_that_leans_one_way_is_told_so():
    plan = [
        done(1, "area", "here_and_now", (800_000, "decided")),
        done(2, "area", "here_and_now", (100_000, "applied")),
        done(3, "individual", "long_term", (100_000, "missing")),
    ]
    assert leaning(placed(plan), "sv") == [
        "De flesta insatserna, 2 av 3, är här och nu.",
        "De flesta, 2 av 3, är på områdesnivå.",
        "Ingen är på strukturell nivå.",
        "Av beslutade 800\xa0000 kronor går 100\xa0% till insatser som är här och nu.",
        "Av allt som är räknat på saknas 10\xa0%, och 10\xa0% är sökt.",
    ]


def test_a_plan_all_in_one_place_and_a_plan_that_is_spread():
    assert leaning(placed([done(one, "area", "here_and_now") for one in (1, 2)]), "sv") == [
        "Alla 2 insatser är här och nu.",
        "Alla är på områdesnivå.",
        "Inga pengar är beslutade.",
    ]
    spread = [
        done(1, "structural", "long_term", (50, "decided")),
        done(2, "individual", "here_and_now", (50, "decided")),
    ]
    assert leaning(placed(spread), "sv") == [
        "Insatserna är fördelade: 1 här och nu, 1 på lång sikt.",
        "De är fördelade: 1 på strukturell nivå, 1 på individnivå.",
        "Beslutat är 100 kronor, fördelat över båda horisonterna.",
    ]


def test_an_empty_plan_and_a_choice_that_nothing_fits():
    assert leaning(placed([]), "sv") == ["Här finns inga insatser än."]
    assert leaning(placed([]), "sv", chosen=True) == ["Inga insatser passar det som är valt."]
