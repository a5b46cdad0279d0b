"""Every rule about one indicator, and what no rule may do."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.intervals import Figure, difference
from samsyn.publish.numbers import SPACE, number
from samsyn.publish.wording.indicators import (
    TOPICS,
    Compared,
    End,
    IndicatorFacts,
    indicator_sentences,
)
from samsyn.publish.wording.rules import say
from tests.publish.wording.said_numbers import numbers

COUNTY = Compared("Vattlands län (påhittat)", "county", Figure(0.157, 0.156, 0.158))
COUNTRY = Compared("Vattland, ett påhittat land", "country", Figure(0.12, 0.119, 0.121))
SIMILAR = Compared("", "municipality", Figure(0.165), of=7)
LOW, HIGH = (
    End("Torpa", Figure(0.027, 0.022, 0.032)),
    End("Hamnen", Figure(0.399, 0.38, 0.418)),
)
TOWN = IndicatorFacts(
    place="Vattstad",
    kind="municipality",
    unit="share",
    period="2024",
    own=Figure(0.153, 0.151, 0.155),
    status="ok",
    compared=(COUNTY, COUNTRY, SIMILAR),
    parts=20,
    parts_of=20,
    parts_period="2024",
    low=LOW,
    high=HIGH,
    earlier=Figure(0.146, 0.144, 0.148),
    earlier_period="2019",
    women=Figure(0.16, 0.158, 0.162),
    men=Figure(0.146, 0.144, 0.148),
)
UNKNOWN = Figure(None)
NEAR = Figure(0.154, 0.152, 0.156)


def sentences(facts: IndicatorFacts, language: str = "sv") -> dict[str, str]:
    return {one.rule: one.text(language) for one in indicator_sentences(facts)}


def test_all_that_is_told_of_one_indicator() -> None:
    assert " ".join(sentences(TOWN).values()) == (
        "15,3\u00a0% i Vattstad 2024, högre än i Vattland (12,0\u00a0%) och lägre än i Vattlands "
        "län (15,7\u00a0%). Mellan områdena varierar det från 2,7\u00a0% (Torpa) till 39,9\u00a0% "
        "(Hamnen). Högre än 2019 (14,6\u00a0%). Högre bland kvinnor (16,0\u00a0%) än bland män "
        "(14,6\u00a0%)."
    )
    assert " ".join(sentences(TOWN, "en").values()) == (
        "15.3% in Vattstad in 2024, higher than in Vattland (12.0%) and lower than in Vattland "
        "county (15.7%). Among the areas it goes from 2.7% (Torpa) to 39.9% (Hamnen). Higher than "
        "in 2019 (14.6%). Higher among women (16.0%) than among men (14.6%)."
    )


BRANCHES: list[tuple[str, dict[str, Any], str]] = [
    (
        "indicator.secret",
        {"own": UNKNOWN, "status": "secret"},
        "Uppgiften för Vattstad omfattas av sekretess 2024.",
    ),
    (
        "indicator.parts",
        {"own": UNKNOWN, "status": None},
        "Uppgiften finns bara för områdena och gäller 2024.",
    ),
    (
        "indicator.parts",
        {"own": UNKNOWN, "status": "missing", "parts_are": "municipalities"},
        "finns bara för kommunerna",
    ),
    ("indicator.known", {}, "15,3\u00a0% i Vattstad 2024, högre än i Vattland"),
    ("indicator.known", {"own": replace(TOWN.own, estimated=True)}, "Omkring 15,3\u00a0% i"),
    (
        "indicator.known",
        {"compared": (replace(COUNTY, figure=NEAR),)},
        "2024, utan säker skillnad mot Vattlands län (15,4\u00a0%).",
    ),
    # Without intervals figures stand side by side, and no more is said of them.
    (
        "indicator.known",
        {"own": Figure(0.153), "compared": (COUNTY, COUNTRY, SIMILAR)},
        "I Vattlands län var det 15,7\u00a0% och i Vattland 12,0\u00a0%.",
    ),
    (
        "indicator.known",
        {"own": Figure(0.153), "compared": (SIMILAR,)},
        "2024. Medianen bland 7 liknande platser var 16,5\u00a0%.",
    ),
    (
        "indicator.known",
        {"unit": "tkr", "own": Figure(324.4), "compared": ()},
        "324,4\u00a0tusen kronor i Vattstad 2024.",
    ),
    (
        "indicator.known",
        {"unit": "per_100000", "own": Figure(994.0), "compared": ()},
        "994 i Vattstad 2024.",  # the unit is a part of the indicator's name
    ),
    ("parts.same", {"high": replace(LOW, name="Hamnen")}, "har samma värde: 2,7\u00a0%."),
    (
        "parts.alike",
        {"high": End("Hamnen", Figure(0.031, 0.026, 0.036))},
        "än vad slumpen kan ge: lägst är Torpa (2,7\u00a0%) och högst Hamnen (3,1\u00a0%).",
    ),
    (
        "parts.some",
        {"parts": 6, "parts_of": 8, "parts_are": "municipalities"},
        "Uppgift finns för 6 av 8 kommuner, och mellan dem varierar det från 2,7\u00a0% (Torpa)",
    ),
    ("parts.apart", {}, "från 2,7\u00a0% (Torpa) till 39,9\u00a0% (Hamnen)"),
    ("parts.apart", {"parts_period": "2023"}, "Mellan områdena (2023) varierar det"),
    # The unit is told with the place's own figure, else with the last of the parts.
    (
        "parts.apart",
        {
            "unit": "tkr", "own": UNKNOWN, "status": None, "low": End("Torpa", Figure(232.3)),
            "high": End("Hamnen", Figure(447.7)),
        },
        "från 232,3 (Torpa) till 447,7\u00a0tusen kronor (Hamnen)",
    ),
    (
        "course.broken",
        {"broken": True},
        "2019 var det 14,6\u00a0%, men serien har brutits sedan dess",
    ),
    ("course.higher", {}, "Högre än 2019 (14,6\u00a0%)."),
    ("course.lower", {"earlier": HIGH.figure}, "Lägre än 2019 (39,9\u00a0%)."),
    ("course.alike", {"earlier": NEAR}, "Ingen säker förändring sedan 2019 (15,4\u00a0%)."),
    ("course.unknown", {"earlier": Figure(0.146)}, "2019 var det 14,6\u00a0%."),
    (
        "sex.alike",
        {"women": NEAR, "men": TOWN.own},
        "Ingen säker skillnad mellan kvinnor (15,4\u00a0%) och män (15,3\u00a0%).",
    ),
    ("sex.higher", {}, "Högre bland kvinnor (16,0\u00a0%) än bland män (14,6\u00a0%)."),
    ("sex.lower", {"men": HIGH.figure}, "Lägre bland kvinnor"),
    ("sex.unknown", {"men": Figure(0.2)}, "Bland kvinnor 16,0\u00a0% och bland män 20,0\u00a0%."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "change", "part"), BRANCHES, ids=[f"{n}-{b[0]}" for n, b in enumerate(BRANCHES)]
)
def test_every_branch(rule: str, change: dict[str, Any], part: str) -> None:
    assert part in sentences(replace(TOWN, **change))[rule]


@pytest.mark.parametrize(
    ("silent", "change"),
    [
        ("indicator", {"own": UNKNOWN, "status": "missing", "parts": 0, "low": None, "high": None}),
        ("parts", {"parts": 1, "high": LOW}),
        ("parts", {"parts": 0, "low": None, "high": None}),
        ("course", {"earlier": None, "earlier_period": None}),
        ("course", {"own": UNKNOWN, "status": "secret"}),
        ("sex", {"women": None}),
        ("sex", {"men": None}),
    ],
)
def test_where_there_is_nothing_to_say(silent: str, change: dict[str, Any]) -> None:
    told = sentences(replace(TOWN, **change))
    assert not [rule for rule in told if rule.startswith(f"{silent}.")]


def test_every_rule_that_speaks_is_tried() -> None:
    speaking = {f"{topic.name}.{rule.name}" for topic in TOPICS for rule in topic.rules if rule.sv}
    assert speaking == {rule for rule, _, _ in BRANCHES}


def test_the_last_rule_of_a_topic_holds_for_all_else() -> None:
    bare = IndicatorFacts("Vattstad", "municipality", "share", "2024", UNKNOWN)
    for topic in TOPICS:
        assert topic.rules[-1].when(TOWN)
        assert topic.rules[-1].when(bare)
        say(topic, bare)


def test_a_large_number_of_parts_of_which_few_lack_a_figure_is_all() -> None:
    assert "parts.apart" in sentences(replace(TOWN, parts=19, parts_of=20))
    assert "parts.some" in sentences(replace(TOWN, parts=17, parts_of=20))


def figures() -> st.SearchStrategy[Figure]:
    """Shares with and without an interval, some of them alike when written."""
    share = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.153, 0.1534, 0.154, 1.0]))
    sure = st.builds(
        lambda value, reach: Figure(value, max(value - reach, 0.0), min(value + reach, 1.0)),
        share, st.floats(0.0001, 0.1),
    )  # fmt: skip
    estimated = sure.map(lambda one: replace(one, estimated=True))
    return st.one_of(sure, sure, estimated, st.builds(Figure, share))


def some_facts() -> st.SearchStrategy[IndicatorFacts]:
    figure = figures()
    maybe = st.one_of(st.none(), figure)
    compared = st.tuples(
        *(
            st.one_of(
                st.builds(replace, st.just(one), figure=figure),
                st.just(replace(one, figure=UNKNOWN)),
            )
            for one in (COUNTY, COUNTRY, SIMILAR)
        )
    )

    @st.composite
    def ordered(draw: st.DrawFn) -> IndicatorFacts:
        low, high = sorted(draw(st.tuples(figure, figure)), key=lambda one: one.value or 0.0)
        parts = draw(st.integers(0, 40))
        return IndicatorFacts(
            place=draw(st.sampled_from(["Vattstad", "Västerås", "Gotland", "Ekerö"])),
            kind="municipality",
            unit="share",
            period="2024",
            own=draw(st.one_of(figure, figure, st.just(UNKNOWN))),
            status=draw(st.sampled_from(["ok", "secret", "missing", None])),
            compared=draw(compared)[: draw(st.integers(0, 3))],
            parts=parts,
            parts_of=parts + draw(st.integers(0, 5)),
            parts_are=draw(st.sampled_from(["areas", "municipalities"])),
            parts_period=draw(st.sampled_from(["", "2023", "2024"])),
            low=End("Torpa", low) if parts else None,
            high=End("Hamnen", high) if parts else None,
            earlier=draw(maybe),
            earlier_period="2019",
            broken=draw(st.booleans()),
            women=draw(maybe),
            men=draw(maybe),
        )

    return ordered()


def said_of(told: str, word: str) -> list[str]:
    """The figures that a word such as "högre" is said of: those in brackets up to the next."""
    rest = told.lower().partition(word)[2]
    for other in ("högre", "lägre", "utan säker"):
        rest = rest.partition(other)[0]
    return re.findall(r"\(([^)]*)\)", rest)


@given(some_facts())
def test_higher_and_lower_are_said_only_where_it_is_more_than_chance(facts: IndicatorFacts) -> None:
    told = sentences(facts)
    for word, lies in (("högre", "higher"), ("lägre", "lower")):
        surely = [
            number(one.figure.value, "share")
            for one in facts.compared
            if not one.of
            and facts.own.known
            and difference(facts.own, one.figure, facts.step) == lies
        ]
        assert said_of(told.get("indicator.known", ""), word) == surely
        if f"course.{lies}" in told:
            assert facts.earlier is not None
            assert not facts.broken
            assert difference(facts.own, facts.earlier, facts.step) == lies
        if f"sex.{lies}" in told:
            assert facts.women is not None
            assert facts.men is not None
            assert difference(facts.women, facts.men, facts.step) == lies
        others = {f"course.{lies}", f"sex.{lies}", "indicator.known"}
        assert not [rule for rule in set(told) - others if word in told[rule].lower()]


@given(some_facts())
def test_figures_that_are_written_alike_are_never_said_to_differ(facts: IndicatorFacts) -> None:
    shown = number(facts.own.value, "share")
    told = sentences(facts)
    known = told.get("indicator.known", "")
    assert shown not in said_of(known, "högre") + said_of(known, "lägre")
    for rule in ("course.higher", "course.lower"):
        assert f"({shown})" not in told.get(rule, "")


@given(some_facts())
def test_both_ends_of_the_parts_are_named(facts: IndicatorFacts) -> None:
    told = " ".join(text for rule, text in sentences(facts).items() if rule.startswith("parts."))
    assert bool(told) == (facts.parts > 1)
    if told:
        assert facts.low is not None
        assert facts.high is not None
        low, high = (number(end.figure.value, "share") for end in (facts.low, facts.high))
        if low == high:
            assert low in told
        else:
            assert f"({low})" in told or f"{low} (Torpa)" in told
            assert f"({high})" in told or f"{high} (Hamnen)" in told
        assert ("Torpa" in told) == ("Hamnen" in told) == (low != high)


@given(some_facts())
def test_both_languages_say_the_same_numbers(facts: IndicatorFacts) -> None:
    for one in indicator_sentences(facts):
        assert numbers(one.sv, "sv") == numbers(one.en, "en")
        for text in (one.sv, one.en):
            assert not re.search(r"\b(None|nan|inf)\b|\{|\}|  |\.\.| \.", text)
            assert text.endswith(".")
            assert text[0].isupper() or text[0].isdigit()
            assert text.count("(") == text.count(")")


@given(some_facts())
def test_about_stands_before_what_is_estimated_and_nowhere_else(facts: IndicatorFacts) -> None:
    told = sentences(facts).get("indicator.known", "")
    assert told.startswith("Omkring") == (facts.own.known and facts.own.estimated)


def test_a_number_and_its_per_cent_are_never_parted() -> None:
    for told in sentences(TOWN).values():
        assert not re.search(r"\d %", told.replace(SPACE, "_"))
