"""Places found by what somebody types, each with the address that adds it to the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from samsyn.explore.choosing import LONGEST, short
from samsyn.explore.compare.selection import TYPE, Selection
from samsyn.publish.wording import named
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.indicators.codes import LEVEL_NAMES
from samsyn.statistics.query import Release
from samsyn.statistics.query.municipality_types import TYPES, municipalities_of

MOST: Final = 8


@dataclass(frozen=True)
class Found:
    """A place that may be meant: its name, where it is, and the address that adds it."""

    name: str
    where: str
    address: str


def found(release: Release, chosen: Selection, text: str, language: str) -> list[Found]:
    """The places that a text may mean, the best first, without those that are chosen already."""
    text = text[:LONGEST]
    areas = release.areas(search=text).head(4 * MOST)
    there = {place.key for place in chosen.places}
    compare = reverse("compare")
    hits: dict[str, Found] = {}
    for area, kind, name, town in areas.select("area", "kind", "name", "municipality").iter_rows():
        key = short(area)
        if key in there or key in hits:
            continue
        told = LEVEL_NAMES.get(kind, {}).get(language, "")
        if town and town != area:
            told = f"{told}, {release.area(town).name}" if told else release.area(town).name
        called = named(name or key.partition("/")[2], kind, language)
        hits[key] = Found(called, told, compare + chosen.with_place(key))
        if len(hits) == MOST:
            break
    wanted = search_text(text)
    for code, names in TYPES.items():
        key = f"{TYPE}/{code}"
        fits = wanted and wanted in search_text(names[language])
        if fits and key not in there and municipalities_of(release, code).height:
            hits[key] = Found(names[language], code, compare + chosen.with_place(key))
    return list(hits.values())
