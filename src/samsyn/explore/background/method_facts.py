"""What the page about methods tells that the code knows: indices, groupings, indicators, rules."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from samsyn.explore.background.formulas import FORMULAS, LOCAL
from samsyn.explore.background.mathml import mathml
from samsyn.explore.background.rule_facts import NEIGHBOURHOOD, REGION, TopicFact, topics
from samsyn.measure._index import Index
from samsyn.measure.catalogue import FAMILIES, INDICES
from samsyn.publish.index_names import family_name, index_name, index_reading
from samsyn.publish.numbers import number
from samsyn.publish.wording.neighbourhoods import TYPES
from samsyn.statistics.derive import estimates, stacks
from samsyn.statistics.derive.area_types import FEWEST, LIMITS, REPLICATES, UNCERTAIN
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, LEVEL_NAMES, groupings, indicators
from samsyn.statistics.indicators.definition import Indicator

# What an index needs beside the counts, by what the catalogue calls it.
NEEDS: Final = {
    "area": ("mark", "land"),
    "xy": ("var områdena ligger", "where the areas lie"),
    "contiguity": ("vilka områden som gränsar till varandra", "which areas border on each other"),
    "scale": ("en längd att mäta med", "a length to measure by"),
    "ordered": ("grupper med en ordning", "groups with an order"),
}
MADE: Final = {
    "derived": ("beräknad av Samsyn", "computed by Samsyn"),
    "counted": ("täljare och nämnare", "numerator and denominator"),
    "published": ("publicerad färdig", "published ready-made"),
}
LOCAL_FAMILY: Final = ("Enskilda områden", "Single areas")


@dataclass(frozen=True)
class IndexFact:
    """An index: its name, how it is read, its formula, range and what it needs."""

    id: str
    name: str
    reading: str
    formula: SafeString
    range: str
    needs: str
    falls: bool


@dataclass(frozen=True)
class FamilyFact:
    """A family of indices."""

    id: str
    name: str
    indices: tuple[IndexFact, ...]


@dataclass(frozen=True)
class GroupingFact:
    """A grouping: its groups in order, and the index that is shown first."""

    id: str
    name: str
    groups: tuple[str, ...]
    ordered: bool
    first: str
    first_id: str


@dataclass(frozen=True)
class IndicatorFact:
    """An indicator in one line: how it is made, and the smallest areas that it exists for."""

    id: str
    name: str
    made: str
    smallest: str
    version: int


@dataclass(frozen=True)
class MethodFacts:
    """All of it, in one language, with the numbers that the text mentions."""

    families: tuple[FamilyFact, ...]
    groupings: tuple[GroupingFact, ...]
    themes: tuple[tuple[str, tuple[IndicatorFact, ...]], ...]
    region_topics: tuple[TopicFact, ...]
    neighbourhood_topics: tuple[TopicFact, ...]
    types: tuple[tuple[int, str, str], ...]
    index_count: int
    replicates: int
    type_replicates: int
    type_doubt: str
    coverage: str
    fewest: int


@cache
def method_facts(language: str) -> MethodFacts:
    """What the code knows, in the language; the same for every release."""
    return MethodFacts(
        families=tuple(_family(name, language) for name in FAMILIES),
        groupings=_groupings(language),
        themes=_themes(language),
        region_topics=topics(REGION, language),
        neighbourhood_topics=topics(NEIGHBOURHOOD, language),
        types=_types(language),
        index_count=len(INDICES),
        replicates=estimates.REPLICATES,
        type_replicates=REPLICATES,
        type_doubt=number(UNCERTAIN, "share", language, decimals=0),
        coverage=number(stacks.COVERAGE, "share", language, decimals=0),
        fewest=FEWEST,
    )


def formula(name: str, display: bool = False) -> SafeString:
    """The formula of an index; what makes it is ours and no reader's."""
    return mark_safe(mathml(FORMULAS[name], display))


def _at(language: str) -> int:
    return 0 if language == "sv" else 1


def _family(family: str, language: str) -> FamilyFact:
    name = LOCAL_FAMILY[_at(language)] if family == "local" else family_name(family, language)
    there = tuple(_index(one, language) for one in INDICES.values() if one.family == family)
    return FamilyFact(family.replace(" ", "-"), name, there)


def _index(index: Index, language: str) -> IndexFact:
    local = LOCAL.get(index.name, {}).get(language)
    name, reading = local or (
        index_name(index.name, language),
        index_reading(index.name, language),
    )
    return IndexFact(
        index.name, name, reading, formula(index.name), _range(index, language),
        _needs(index, language), index.falls,
    )  # fmt: skip


def _range(index: Index, language: str) -> str:
    """The lowest and the highest value; in words where there is no limit."""
    swedish = language == "sv"
    lowest = None if index.lowest == float("-inf") else _limit(index.lowest, language)
    highest = None if index.maximum is None else _limit(index.maximum, language)
    if lowest is None:
        return "utan gräns" if swedish else "no limit"
    if highest is None:
        return f"från {lowest} uppåt" if swedish else f"from {lowest} up"
    return f"{lowest} till {highest}" if swedish else f"{lowest} to {highest}"


def _limit(value: float, language: str) -> str:
    return number(value, None, language, 0 if float(value).is_integer() else 1)


def _needs(index: Index, language: str) -> str:
    """What is needed beside the counts; alternatives with "or" between them."""
    also, either = (" och ", ", eller ") if language == "sv" else (" and ", ", or ")
    said = [
        also.join(NEEDS[one][_at(language)] for one in sorted(need)) for need in index.needs if need
    ]
    return either.join(said)


def _groupings(language: str) -> tuple[GroupingFact, ...]:
    return tuple(
        GroupingFact(
            one.id, one.name[language],
            tuple(one.labels[group][language] for group in one.groups), one.ordered,
            index_name(one.first_index, language) if one.first_index else "",
            one.first_index or "",
        )
        for one in groupings().values()
    )  # fmt: skip


def _themes(language: str) -> tuple[tuple[str, tuple[IndicatorFact, ...]], ...]:
    themes: dict[str, list[IndicatorFact]] = {}
    for one in indicators().values():
        themes.setdefault(FOCUS_AREA_NAMES[one.focus_area][language], []).append(
            IndicatorFact(
                one.id, one.name[language], MADE[_made(one)][_at(language)],
                LEVEL_NAMES[one.lowest_level][language], one.version,
            )
        )  # fmt: skip
    return tuple((theme, tuple(there)) for theme, there in themes.items())


def _made(indicator: Indicator) -> str:
    if indicator.derived:
        return "derived"
    return "counted" if indicator.counted else "published"


def _types(language: str) -> tuple[tuple[int, str, str], ...]:
    """Each area type with its name and its limits in standard deviations from the mean."""
    said = [number(limit, None, language, 0) for limit in LIMITS]
    swedish = language == "sv"
    ranges = [
        f"{said[0]} eller mer" if swedish else f"{said[0]} or more",
        *(
            f"{below} till under {above}" if swedish else f"{below} to below {above}"
            for above, below in itertools.pairwise(said)
        ),
        f"under {said[-1]}" if swedish else f"below {said[-1]}",
    ]
    return tuple(
        (kind, TYPES[kind][language], limits) for kind, limits in enumerate(ranges, start=1)
    )
