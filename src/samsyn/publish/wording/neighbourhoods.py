"""The sentences about a RegSO, a DeSO or an area of one's own.

What stands out against its municipality and the country, in both directions, and beside it how far
apart the areas of the municipality lie: segregation is of the whole town, not of one area.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from samsyn.publish.intervals import Figure, difference
from samsyn.publish.texts import listed
from samsyn.publish.wording.figures import STEP, people, per_cent, running, share
from samsyn.publish.wording.grammar import in_place
from samsyn.publish.wording.rules import Rule, Summary, Topic, say

# An area must lie this many standard deviations of all areas from the country to stand out, and
# this many figures are told in each direction, most apart first.
APART: Final = 0.5
TOLD: Final = 2


@dataclass(frozen=True)
class Standing:
    """An indicator's figure in the area, the municipality and the country.

    `name` is the indicator's in both languages, `period` that of all three; `better` whether
    higher or lower is counted as better, `subject` what it is about, of which only one figure is
    told. `distance` is how many standard deviations of all such areas the area lies from the
    country.
    """

    name: Mapping[str, str]
    better: str
    subject: str
    area: Figure
    municipality: Figure
    country: Figure
    distance: float
    period: str

    @cached_property
    def direction(self) -> str:
        """Higher or lower than both the municipality and the country; else alike."""
        found = {
            difference(self.area, self.municipality, STEP),
            difference(self.area, self.country, STEP),
        }
        if len(found) == 1 and abs(self.distance) >= APART:
            (only,) = found
            return only if only in {"higher", "lower"} else "alike"
        return "alike"

    @property
    def favourable(self) -> bool:
        """Whether the area lies on the side that is counted as better."""
        return self.direction == self.better


@dataclass(frozen=True)
class NeighbourhoodFacts:
    """What the sentences about an area rest on.

    `type` is its area type where it has one. `standings` are of every figure that could be
    compared. `range` are the lowest and the highest value of the first of them among the areas of
    the municipality, by the same indicator's name.
    """

    name: str
    kind: str
    municipality: str
    period: str
    people: float | None = None
    type: int | None = None
    uncertain: bool = False
    standings: tuple[Standing, ...] = ()
    range_name: Mapping[str, str] | None = None
    range: tuple[float, float] | None = None

    @cached_property
    def outstanding(self) -> list[Standing]:
        """What is told: the furthest from the country first, as many from each side as there are.

        One figure of each subject, and at most `TOLD` that are better and `TOLD` that are worse.
        """
        chosen: list[Standing] = []
        for wanted in (True, False):
            side = [s for s in self.standings if s.direction != "alike" and s.favourable is wanted]
            side.sort(key=lambda one: -abs(one.distance))
            picked: dict[str, Standing] = {}
            for one in side:
                picked.setdefault(one.subject, one)
            chosen += list(picked.values())[:TOLD]
        return sorted(chosen, key=lambda one: -abs(one.distance))


TYPES: Final[Mapping[int, Mapping[str, str]]] = {
    1: {
        "sv": "områden med stora socioekonomiska utmaningar",
        "en": "areas with great socioeconomic challenges",
    },
    2: {
        "sv": "områden med socioekonomiska utmaningar",
        "en": "areas with socioeconomic challenges",
    },
    3: {"sv": "socioekonomiskt blandade områden", "en": "socioeconomically mixed areas"},
    4: {
        "sv": "områden med goda socioekonomiska förutsättningar",
        "en": "areas with good socioeconomic conditions",
    },
    5: {
        "sv": "områden med mycket goda socioekonomiska förutsättningar",
        "en": "areas with very good socioeconomic conditions",
    },
}


def _place(facts: NeighbourhoodFacts, language: str) -> dict[str, object]:
    return {
        "place": in_place(facts.name, facts.kind, language),
        "people": people(facts.people or 0, language),
        "municipality": in_place(facts.municipality, "municipality", language),
        "type": facts.type,
        "type_name": TYPES[facts.type][language] if facts.type else "",
        "period": facts.period,
    }


PEOPLE: Final = Topic[NeighbourhoodFacts](
    "people",
    _place,
    (
        Rule(
            "nobody",
            lambda facts: facts.people == 0,
            "{place} {municipality} bor ingen.",
            "Nobody lives {place} {municipality}.",
        ),
        Rule("missing", lambda facts: facts.people is None),
        Rule(
            "known",
            lambda _: True,
            "{place} {municipality} bor {people} personer.",
            "{people} people live {place} {municipality}.",
        ),
    ),
)

TYPE: Final = Topic[NeighbourhoodFacts](
    "type",
    _place,
    (
        Rule("missing", lambda facts: facts.type is None),
        Rule(
            "uncertain",
            lambda facts: facts.uncertain,
            "Området räknades {period} till områdestyp {type} av 5 ({type_name}), men ligger så "
            "nära en gräns att typen är osäker.",
            "In {period} the area was counted as area type {type} of 5 ({type_name}), but lies so "
            "near a limit that the type is uncertain.",
        ),
        Rule(
            "certain",
            lambda _: True,
            "Området räknades {period} till områdestyp {type} av 5 ({type_name}).",
            "In {period} the area was counted as area type {type} of 5 ({type_name}).",
        ),
    ),
)


def _told(facts: NeighbourhoodFacts, language: str) -> dict[str, object]:
    def one(standing: Standing) -> str:
        there = {"sv": ("kommunen", "landet"), "en": ("the municipality", "the country")}[language]
        return (
            f"{running(standing.name[language], language)} ({share(standing.area, language)}; "
            f"{there[0]} {per_cent(standing.municipality.value, language)}, "
            f"{there[1]} {per_cent(standing.country.value, language)})"
        )

    def side(direction: str) -> str:
        return listed([one(s) for s in facts.outstanding if s.direction == direction], language)

    return {
        "higher": side("higher"),
        "lower": side("lower"),
        "compared": len(facts.standings),
        "when": listed(sorted({one.period for one in facts.standings}), language),
    }


def _has(facts: NeighbourhoodFacts, direction: str) -> bool:
    return any(standing.direction == direction for standing in facts.outstanding)


OUTSTANDING: Final = Topic[NeighbourhoodFacts](
    "outstanding",
    _told,
    (
        Rule("nobody", lambda facts: facts.people == 0),
        Rule(
            "missing",
            lambda facts: not facts.standings,
            "Hur området förhåller sig till kommunen och landet går inte att säga: uppgifter "
            "saknas.",
            "How the area stands to the municipality and the country cannot be said: figures are "
            "missing.",
        ),
        Rule(
            "neither",
            lambda facts: not facts.outstanding,
            "I ingen av {compared} uppgifter från {when} skiljer området sig säkert och tydligt "
            "från både kommunen och landet.",
            "In none of {compared} figures of {when} does the area differ surely and clearly from "
            "both the municipality and the country.",
        ),
        Rule(
            "higher",
            lambda facts: not _has(facts, "lower"),
            "Högre än i kommunen och landet {when}: {higher}.",
            "Higher than in the municipality and the country in {when}: {higher}.",
        ),
        Rule(
            "lower",
            lambda facts: not _has(facts, "higher"),
            "Lägre än i kommunen och landet {when}: {lower}.",
            "Lower than in the municipality and the country in {when}: {lower}.",
        ),
        Rule(
            "both",
            lambda _: True,
            "Högre än i kommunen och landet {when}: {higher}. Lägre: {lower}.",
            "Higher than in the municipality and the country in {when}: {higher}. Lower: {lower}.",
        ),
    ),
)


def _range(facts: NeighbourhoodFacts, language: str) -> dict[str, object]:
    low, high = facts.range or (None, None)
    name = facts.range_name[language] if facts.range_name else ""
    return {
        "municipality": in_place(facts.municipality, "municipality", language),
        "name": running(name, language),
        "low": per_cent(low, language),
        "high": per_cent(high, language),
    }


RANGE: Final = Topic[NeighbourhoodFacts](
    "range",
    _range,
    (
        Rule("missing", lambda facts: facts.range is None),
        Rule(
            "known",
            lambda _: True,
            "Bland områdena {municipality} varierar {name} från {low} till {high}.",
            "Among the areas {municipality}, {name} varies from {low} to {high}.",
        ),
    ),
)

TOPICS: Final = (PEOPLE, TYPE, OUTSTANDING, RANGE)


def neighbourhood_summary(facts: NeighbourhoodFacts) -> Summary:
    """What sums the area up, in order."""
    found = [say(topic, facts) for topic in TOPICS]
    return Summary(tuple(sentence for sentence in found if sentence is not None))
