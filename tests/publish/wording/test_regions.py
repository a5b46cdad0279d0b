"""Every rule about a municipality, a county and the country, and what no rule may do."""

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.intervals import Figure
from samsyn.publish.wording import Ends, RegionFacts, indicators, neighbourhoods, region_summary
from samsyn.publish.wording.regions import NOTES, TOPICS
from samsyn.publish.wording.rules import say
from tests.publish.wording.said_numbers import numbers

TOWN = RegionFacts(
    name="Vattstad",
    kind="municipality",
    period="2024",
    index=Figure(0.56, 0.55, 0.57),
    expected=0.03,
    units="deso",
    earlier=Figure(0.50, 0.49, 0.51),
    earlier_period="2014",
    peers=(Figure(0.3, 0.29, 0.31), Figure(0.4, 0.39, 0.41), Figure(0.7, 0.69, 0.71)),
    ends=Ends(20, 2, 3, 7582.0, 10218.0, 59274.0),
)
LOW, HIGH, SAME = Figure(0.3, 0.29, 0.31), Figure(0.8, 0.79, 0.81), Figure(0.562, 0.55, 0.574)


def sentences(facts: RegionFacts) -> dict[str, str]:
    told = region_summary(facts)
    return {one.rule: one.sv for one in (*told.sentences, *told.notes)}


def test_the_whole_summary() -> None:
    told = region_summary(TOWN)
    assert told.text("sv") == (
        "I Vattstad skulle omkring 56\u00a0% av invånarna med låg ekonomisk standard behöva flytta "
        "till ett annat område för att bo fördelade som de med hög: ojämlikhetsindex var 0,56 "
        "(0,55–0,57) 2024. Det är mer ojämnt än i 2 av 3 andra kommuner, jämnare än i 1. Sedan "
        "2014 har det blivit mer ojämnt: då var indexet 0,50. I Vattstad bor omkring 7\u00a0600 "
        "personer (13\u00a0%) i områden med stora socioekonomiska utmaningar (områdestyp 1), och "
        "omkring 10\u00a0000 (17\u00a0%) i områden med mycket goda socioekonomiska förutsättningar "
        "(områdestyp 5)."
    )
    assert told.first.rule == "evenness.known"
    assert "about 7,600 people (13%) live in areas with great" in told.text("en")


BRANCHES: list[tuple[str, dict[str, Any], str]] = [
    ("evenness.none", {"index": Figure(None), "period": ""}, "inget index att visa"),
    ("evenness.missing", {"index": Figure(None)}, "går inte att säga för 2024"),
    (
        "evenness.chance",
        {"index": Figure(0.05, 0.02, 0.07), "expected": 0.04},
        "inte mer åtskilda än vad slumpen kan ge",
    ),
    ("evenness.known", {"index": Figure(0.56)}, "ojämlikhetsindex var 0,56 2024"),
    # A value that lies above its own interval: chance lifts it.
    ("evenness.known", {"index": Figure(0.56, 0.51, 0.53)}, "(slumpen borträknad 0,51–0,53)"),
    ("evenness.known", {"index": Figure(0.5600, 0.5599, 0.5601)}, "var 0,56 2024"),
    ("peers.above_all", {"peers": (LOW,) * 3}, "mer ojämnt än i alla 3 andra kommuner"),
    ("peers.below_all", {"peers": (HIGH,) * 3}, "jämnare än i alla 3 andra kommuner"),
    ("peers.alike_all", {"peers": (SAME,) * 3}, "inte säkert skilt från någon av 3"),
    (
        "peers.above",
        {"peers": (LOW, LOW, SAME), "peers_are": "type"},
        "mer ojämnt än i 2 av 3 kommuner av samma typ, inte säkert skilt från 1",
    ),
    (
        "peers.below",
        {"peers": (HIGH, HIGH, SAME, LOW, HIGH), "peers_are": "counties"},
        "jämnare än i 3 av 5 andra län, mer ojämnt än i 1 och inte säkert skilt från 1",
    ),
    (
        "peers.among",
        {"peers": (HIGH, SAME, LOW), "peers_are": "chosen"},
        "bland 3 liknande platser: mer ojämnt än i 1, jämnare än i 1 och inte säkert skilt från 1",
    ),
    ("change.higher", {}, "Sedan 2014 har det blivit mer ojämnt: då var indexet 0,50"),
    ("change.lower", {"earlier": Figure(0.6, 0.59, 0.61)}, "har det blivit jämnare"),
    ("change.alike", {"earlier": SAME}, "Någon säker förändring sedan 2014 syns inte"),
    ("change.unknown", {"earlier": Figure(0.5)}, "om skillnaden är större än slumpen går inte"),
    ("history.missing", {"earlier": None, "earlier_period": None}, "tio år före 2024"),
    ("ends.both", {}, "I Vattstad bor omkring 7\u00a0600 personer (13\u00a0%)"),
    ("ends.first", {"ends": Ends(9, 2, 0, 500.0, 0.0, 9000.0)}, "och ingen i områden med mycket"),
    ("ends.last", {"ends": Ends(9, 0, 2, 0.0, 500.0, 9000.0)}, "bor ingen i områden med stora"),
    ("ends.neither", {"ends": Ends(9, 0, 0, 0.0, 0.0, 9000.0)}, "bor ingen vare sig i"),
    ("ends.areas", {"ends": Ends(9, 2, 1)}, "(områdestyp 1) är 2 av 9"),
    # An area of the type in which nobody lives is nobody's end.
    ("ends.last", {"ends": Ends(9, 1, 2, 0.0, 500.0, 9000.0)}, "bor ingen i områden med stora"),
    ("borders.moved", {"moved_borders": True}, "inte desamma 2014 och 2024"),
    (
        "types.uncertain",
        {"ends": replace(TOWN.ends or Ends(0, 0, 0), uncertain=1)},
        "För 1 av områdena av typ 1 och 5 är typen osäker",
    ),
    (
        "components.stand_in",
        {"ends": replace(TOWN.ends or Ends(0, 0, 0), stand_in=True)},
        "beräknade med andelen arbetslösa",
    ),
    ("units.told", {"units": "regso"}, "Indexet är räknat på RegSO"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "change", "part"), BRANCHES, ids=[f"{n}-{b[0]}" for n, b in enumerate(BRANCHES)]
)
def test_every_branch(rule: str, change: dict[str, Any], part: str) -> None:
    assert part in sentences(replace(TOWN, **change))[rule]


@pytest.mark.parametrize(
    ("silent", "change"),
    [
        ("peers", {"peers": (LOW, HIGH)}),
        ("peers", {"index": Figure(0.56)}),
        ("peers", {"peers": (Figure(0.3), Figure(0.4), Figure(None))}),
        ("change", {"earlier": None}),
        ("change", {"index": Figure(None)}),
        ("ends", {"ends": None}),
        ("ends", {"ends": Ends(0, 0, 0)}),
        ("borders", {}),
        ("borders", {"moved_borders": True, "earlier": None}),
        ("types", {"ends": None}),
        ("components", {}),
        (
            "components",
            {"ends": replace(TOWN.ends or Ends(0, 0, 0), stand_in=True, published=True)},
        ),
        ("units", {"units": None}),
        ("history", {"index": Figure(None), "earlier": None}),
    ],
)
def test_where_there_is_nothing_to_say(silent: str, change: dict[str, Any]) -> None:
    told = sentences(replace(TOWN, **change))
    assert not [rule for rule in told if rule.startswith(f"{silent}.")]


def test_every_rule_that_speaks_is_tried() -> None:
    speaking = {
        f"{topic.name}.{rule.name}"
        for topic in (*TOPICS, *NOTES)
        for rule in topic.rules
        if rule.sv
    }
    assert speaking == {rule for rule, _, _ in BRANCHES}


def some_facts() -> st.SearchStrategy[RegionFacts]:
    share = st.floats(0, 1)
    sure = st.builds(
        lambda m, r, o: Figure(min(max(m + o * r, 0.0), 1.0), m - r, m + r),
        share, st.floats(0.0005, 0.1), st.floats(-1.2, 1.2),
    )  # fmt: skip
    figure = st.one_of(sure, sure, st.builds(Figure, share), st.just(Figure(None)))
    people = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
    ends = st.one_of(
        st.none(),
        people.map(lambda p: Ends(30, p[0] % 7, p[1] % 7, float(p[0]), float(p[1]), float(sum(p)))),
        st.builds(Ends, st.integers(10, 40), st.integers(0, 5), st.integers(0, 5)),
    )
    return st.builds(
        RegionFacts,
        name=st.sampled_from(["Vattstad", "Västerås", "Gotland", "Malmö"]),
        kind=st.just("municipality"),
        period=st.just("2024"),
        index=figure,
        expected=st.one_of(st.none(), st.floats(0, 0.2)),
        units=st.sampled_from(["deso", "regso", None]),
        earlier=st.one_of(st.none(), figure),
        earlier_period=st.just("2014"),
        moved_borders=st.booleans(),
        peers=st.lists(figure, max_size=12).map(tuple),
        peers_are=st.sampled_from(["type", "municipalities", "counties", "chosen"]),
        ends=ends,
    )


@given(some_facts())
def test_no_change_inside_the_noise_is_claimed(facts: RegionFacts) -> None:
    rules = set(sentences(facts))
    if rules & {"change.higher", "change.lower"}:
        now, then = facts.index, facts.earlier
        assert then is not None
        assert now.sure
        assert then.sure
        assert abs(now.middle - then.middle) > math.hypot(now.reach, then.reach)
        assert ("change.higher" in rules) == (now.middle > then.middle)
    if "evenness.known" in rules and facts.expected is not None and facts.index.sure:
        assert facts.index.lower is not None
        assert facts.index.lower > facts.expected


@given(some_facts())
def test_both_languages_say_the_same_numbers(facts: RegionFacts) -> None:
    told = region_summary(facts)
    for one in (*told.sentences, *told.notes):
        assert numbers(one.sv, "sv") == numbers(one.en, "en")
        assert "None" not in one.sv + one.en
        assert "nan" not in (one.sv + one.en).split()
        assert one.sv[0].isupper() or one.sv[0].isdigit()


@given(some_facts())
def test_the_ends_change_places_and_nothing_else_does(facts: RegionFacts) -> None:
    """The sentence about the ends treats both alike: what is said of one is said of the other."""
    ends = facts.ends
    if ends is None or ends.people is None or not ends.first or not ends.last:
        return
    turned = replace(
        ends, first=ends.last, last=ends.first, first_areas=ends.last_areas,
        last_areas=ends.first_areas,
    )  # fmt: skip
    one = sentences(facts)["ends.both"]
    other = sentences(replace(facts, ends=turned))["ends.both"]
    assert numbers(one, "sv") == numbers(other, "sv")


def test_a_topic_must_have_a_rule_for_all_else() -> None:
    for topic in (*TOPICS, *NOTES):
        assert topic.rules[-1].when(TOWN)
        say(topic, replace(TOWN, index=Figure(None), ends=None, earlier=None, peers=()))


def test_the_page_on_wording_names_every_rule() -> None:
    page = Path(__file__).resolve().parents[3] / "docs/methods/wording.md"
    named = set(re.findall(r"`(\w+\.\w+)`", page.read_text(encoding="utf-8")))
    speaking = {
        f"{topic.name}.{rule.name}"
        for topic in (*TOPICS, *NOTES, *neighbourhoods.TOPICS, *indicators.TOPICS)
        for rule in topic.rules
        if rule.sv
    }
    assert named - {"samsyn.publish"} == speaking
