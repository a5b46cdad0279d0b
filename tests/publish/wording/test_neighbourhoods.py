"""Every rule about a RegSO or a DeSO: what stands out, in both directions, and without stigma."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.intervals import Figure
from samsyn.publish.wording import NeighbourhoodFacts, neighbourhood_summary
from samsyn.publish.wording.neighbourhoods import TOPICS, Standing
from tests.publish.wording.said_numbers import numbers


def near(value: float) -> Figure:
    return Figure(value, value - 0.01, value + 0.01)


def standing(
    area: float, others: float, better: str = "lower", subject: str = "work", distance: float = 1.0
) -> Standing:
    name = {"sv": f"Andel {subject}", "en": f"Share {subject}"}
    away = math.copysign(distance, area - others)
    return Standing(name, better, subject, near(area), near(others), near(others), away, "2022")


WORSE, BETTER = standing(0.4, 0.2, distance=2.0), standing(0.6, 0.4, "higher", "school")
LESS_WORSE = standing(0.1, 0.2, "lower", "income")
AREA = NeighbourhoodFacts(
    name="Sylte",
    kind="regso",
    municipality="Trollhättan",
    period="2022",
    people=3587.0,
    type=2,
    standings=(WORSE, BETTER, LESS_WORSE),
    range_name={"sv": "Andel med låg ekonomisk standard", "en": "Share with low standard"},
    range=(0.03, 0.63),
)


def sentences(facts: NeighbourhoodFacts) -> dict[str, str]:
    return {one.rule: one.sv for one in neighbourhood_summary(facts).sentences}


def test_the_whole_summary() -> None:
    assert neighbourhood_summary(AREA).text("en") == (
        "About 3,600 people live in the area Sylte in Trollhättan. In 2022 the area was counted as "
        "area type 2 of 5 (areas with socioeconomic challenges). Higher than in the municipality "
        "and the country in 2022: the share work (40%; the municipality 20%, the country 20%) and "
        "the share school (60%; the municipality 40%, the country 40%). Lower: the share income "
        "(10%; the municipality 20%, the country 20%). Among the areas in Trollhättan, the share "
        "with low standard varies from 3% to 63%."
    )


BRANCHES: list[tuple[str, dict[str, Any], str]] = [
    ("people.known", {}, "I området Sylte i Trollhättan bor omkring 3\u00a0600 personer."),
    ("people.nobody", {"people": 0.0}, "bor ingen."),
    ("people.known", {"kind": "deso", "name": "1488A0010"}, "I DeSO-området 1488A0010 i"),
    ("type.certain", {"type": 5}, "områdestyp 5 av 5 (områden med mycket goda"),
    ("type.uncertain", {"uncertain": True}, "så nära en gräns att typen är osäker"),
    ("outstanding.missing", {"standings": ()}, "uppgifter saknas"),
    ("outstanding.neither", {"standings": (standing(0.2, 0.2),)}, "I ingen av 1 uppgifter"),
    ("outstanding.higher", {"standings": (WORSE,)}, "andelen work (40\u00a0%; kommunen 20\u00a0%"),
    ("outstanding.lower", {"standings": (LESS_WORSE,)}, "Lägre än i kommunen och landet 2022:"),
    ("outstanding.both", {}, "Lägre: andelen income"),
    ("range.known", {}, "varierar andelen med låg ekonomisk standard från 3\u00a0% till 63\u00a0%"),
]


@pytest.mark.parametrize(
    ("rule", "change", "part"), BRANCHES, ids=[f"{n}-{b[0]}" for n, b in enumerate(BRANCHES)]
)
def test_every_branch(rule: str, change: dict[str, Any], part: str) -> None:
    assert part in sentences(replace(AREA, **change))[rule]


def test_every_rule_that_speaks_is_tried() -> None:
    speaking = {f"{t.name}.{rule.name}" for t in TOPICS for rule in t.rules if rule.sv}
    assert speaking == {rule for rule, _, _ in BRANCHES}


@pytest.mark.parametrize(
    ("silent", "change"),
    [
        ("people", {"people": None}),
        ("type", {"type": None}),
        ("outstanding", {"people": 0.0}),
        ("range", {"range": None}),
    ],
)
def test_where_there_is_nothing_to_say(silent: str, change: dict[str, Any]) -> None:
    told = sentences(replace(AREA, **change))
    assert not [rule for rule in told if rule.startswith(f"{silent}.")]


def test_an_estimate_is_about() -> None:
    guess = replace(WORSE, area=replace(WORSE.area, estimated=True))
    told = sentences(replace(AREA, standings=(guess,)))["outstanding.higher"]
    assert "(omkring 40\u00a0%;" in told


def test_one_figure_of_a_subject_and_two_of_a_side() -> None:
    many = (
        standing(0.4, 0.2, distance=3.0), standing(0.5, 0.2, distance=2.0),
        standing(0.4, 0.2, subject="b", distance=0.95),
        standing(0.4, 0.2, subject="c", distance=0.9), BETTER,
    )  # fmt: skip
    told = replace(AREA, standings=many).outstanding
    assert [(one.subject, one.distance) for one in told] == [
        ("work", 3.0), ("school", 1.0), ("b", 0.95),
    ]  # fmt: skip
    # Both sides are told, however much further out the one lies.
    assert {one.favourable for one in told} == {True, False}


def some_standings() -> st.SearchStrategy[Standing]:
    figure = st.builds(lambda m, r: Figure(m, m - r, m + r), st.floats(0, 1), st.floats(0.001, 0.2))
    return st.builds(
        Standing,
        name=st.just({"sv": "Andel x", "en": "Share x"}),
        better=st.sampled_from(["higher", "lower"]),
        subject=st.sampled_from(["a", "b", "c"]),
        area=figure, municipality=figure, country=figure,
        distance=st.floats(-3, 3), period=st.just("2022"),
    )  # fmt: skip


@given(st.lists(some_standings(), max_size=8))
def test_nothing_stands_out_inside_the_noise(standings: list[Standing]) -> None:
    facts = replace(AREA, standings=tuple(standings))
    for one in facts.outstanding:
        for other in (one.municipality, one.country):
            assert abs(one.area.middle - other.middle) > math.hypot(one.area.reach, other.reach)
            assert (one.area.middle > other.middle) == (one.direction == "higher")
        assert abs(one.distance) >= 0.5
    for side in (True, False):
        assert sum(one.favourable is side for one in facts.outstanding) <= 2


@given(st.lists(some_standings(), max_size=8), st.sampled_from([0.0, 3.0, 4321.0, 2e5, None]))
def test_both_languages_say_the_same_numbers(
    standings: list[Standing], people: float | None
) -> None:
    facts = replace(AREA, standings=tuple(standings), people=people)
    for one in neighbourhood_summary(facts).sentences:
        assert numbers(one.sv, "sv") == numbers(one.en, "en")


def test_no_word_judges() -> None:
    """The sentences say what is higher and lower, and leave good and bad to the reader."""
    judging = ("sämre", "värre", "problem", "utsatt", "dålig", "worse", "bad", "poor", "deprived")
    for topic in TOPICS:
        for rule in topic.rules:
            assert not [word for word in judging if word in f"{rule.sv} {rule.en}".lower()]
