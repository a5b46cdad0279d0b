"""The indicators by focus area: those that a release has, and those of the catalogue it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.urls import reverse

from samsyn.explore.indicator.there import Level, all_periods, levels, years
from samsyn.explore.problems import Suggestion
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.indicators import (
    FOCUS_AREA_NAMES,
    Indicator,
    groupings,
    indicators,
)
from samsyn.statistics.query import Release


@dataclass(frozen=True)
class Listed:
    """An indicator in the list: what it means in a line, and what there is of it."""

    entry: Indicator
    name: str
    meaning: str
    levels: tuple[Level, ...]

    @property
    def there(self) -> bool:
        """Whether the release has values of it."""
        return bool(self.levels)

    @property
    def level_names(self) -> list[str]:
        """The levels, each kind once."""
        return list(dict.fromkeys(level.name.partition(",")[0] for level in self.levels))

    @property
    def periods(self) -> str:
        """The first and the last period."""
        return years(all_periods(self.levels))


@dataclass(frozen=True)
class FocusArea:
    """A focus area with its indicators: those that there are, and those that lack."""

    id: str
    name: str
    there: tuple[Listed, ...]
    lacking: tuple[Listed, ...]


def entries(release: Release) -> Mapping[str, Indicator]:
    """Every indicator that can have a page: of the catalogue, and the release's users' own."""
    own = {name: release.indicator(name) for name in release.indicators}
    return {**indicators(), **{name: entry for name, entry in own.items() if entry is not None}}


@lru_cache(16)
def focus_areas(release: Release, language: str) -> tuple[FocusArea, ...]:
    """The focus areas in their order, those that have no indicator left out."""
    found = []
    every = [_listed(release, entry, language) for entry in entries(release).values()]
    for area, names in FOCUS_AREA_NAMES.items():
        here = sorted(
            (one for one in every if one.entry.focus_area == area), key=lambda one: one.name
        )
        if here:
            there = tuple(one for one in here if one.there)
            lacking = tuple(one for one in here if not one.there)
            found.append(FocusArea(area, names[language], there, lacking))
    return tuple(found)


def _listed(release: Release, entry: Indicator, language: str) -> Listed:
    there = levels(release, entry.id) if entry.id in release.indicators else ()
    return Listed(entry, entry.name[language], first_sentence(entry.explanation[language]), there)


# Folding a text costs a tenth of a millisecond, and the texts stay the same.
_folded = lru_cache(4_096)(search_text)


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    for end in (". ", ".\n"):
        head, stop, _rest = text.partition(end)
        if stop:
            return f"{head}."
    return text


def matching(areas: tuple[FocusArea, ...], query: str, only: str) -> tuple[FocusArea, ...]:
    """The focus areas with only the indicators that have all words of the query."""
    words = search_text(query).split()

    def kept(listed: tuple[Listed, ...]) -> tuple[Listed, ...]:
        return tuple(one for one in listed if all(word in _text(one) for word in words))

    found = [
        FocusArea(area.id, area.name, kept(area.there), kept(area.lacking))
        for area in areas
        if only in {"", area.id}
    ]
    return tuple(area for area in found if area.there or area.lacking)


def _text(one: Listed) -> str:
    entry = one.entry
    return _folded(
        " ".join((entry.id, *entry.name.values(), *entry.explanation.values())).replace("_", " ")
    )


def near(release: Release, text: str, language: str) -> list[Suggestion]:
    """The pages of indicators and groupings that are most like a text, the best first."""
    asked = search_text(text[:100].replace("_", " ").replace("-", " "))
    there: dict[str, tuple[str, str]] = {}
    for name, entry in entries(release).items():
        page = (entry.name[language], reverse("indicator", args=[name]))
        for called in (name.replace("_", " "), *entry.name.values()):
            there[_folded(called)] = page
    for name, grouping in groupings().items():
        if name in release.groupings and len(grouping.groups) > 1:
            page = (grouping.name[language], reverse("segregation", args=[name]))
            for called in (name.replace("_", " "), *grouping.name.values()):
                there.setdefault(_folded(called), page)
    inside = [called for called in there if asked and asked in called]
    alike = get_close_matches(asked, there, n=4, cutoff=0.6)
    pages = dict.fromkeys(there[called] for called in [*inside[:4], *alike])
    return [Suggestion(title, address) for title, address in list(pages)[:5]]
