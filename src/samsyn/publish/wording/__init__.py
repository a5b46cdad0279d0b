"""Sentences that sum a place up, written from the figures by rules and never by a model.

docs/methods/wording.md tells the rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.publish.wording.comparing import neighbourhood_facts
from samsyn.publish.wording.gathering import (
    inequality,
    people_by_type,
    region_facts,
    types_period,
)
from samsyn.publish.wording.grammar import english_name, genitive, in_place, named, short_name
from samsyn.publish.wording.neighbourhoods import NeighbourhoodFacts, neighbourhood_summary
from samsyn.publish.wording.region_facts import Ends, RegionFacts
from samsyn.publish.wording.regions import region_summary
from samsyn.publish.wording.rules import Sentence, Summary
from samsyn.statistics.query import Release

__all__ = [
    "Ends",
    "NeighbourhoodFacts",
    "RegionFacts",
    "Sentence",
    "Summary",
    "english_name",
    "genitive",
    "in_place",
    "inequality",
    "named",
    "neighbourhood_facts",
    "neighbourhood_summary",
    "people_by_type",
    "region_facts",
    "region_summary",
    "short_name",
    "summary",
    "types_period",
]


def summary(
    release: Release,
    area: str,
    similar: Sequence[str] | None = None,
    until: str | None = None,
) -> Summary:
    """What sums a place up, in both languages, with no figure later than `until`.

    A municipality, a county or the country is set beside `similar` places, where they are given,
    and ten years ago; a smaller area beside its municipality and the country.
    """
    place = release.area(area)
    if place.kind in {"municipality", "county", "country"}:
        return region_summary(region_facts(release, place, similar, until))
    return neighbourhood_summary(neighbourhood_facts(release, place, until))
