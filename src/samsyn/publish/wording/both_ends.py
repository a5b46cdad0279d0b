"""How many live in areas at each end, told alike: segregation is of the whole town."""

from __future__ import annotations

from typing import Final

from samsyn.publish.wording.figures import people, per_cent
from samsyn.publish.wording.grammar import in_place
from samsyn.publish.wording.region_facts import Ends, RegionFacts
from samsyn.publish.wording.rules import Rule, Topic


def end_blanks(facts: RegionFacts, language: str) -> dict[str, object]:
    """What the templates about the ends are filled with."""
    ends = facts.ends or Ends(0, 0, 0)

    def part(count: float | None) -> str:
        of = ends.people
        return per_cent(count / of if of and count is not None else None, language)

    return {
        "place": in_place(facts.name, facts.kind, language),
        "first": people(ends.first or 0, language),
        "last": people(ends.last or 0, language),
        "first_share": part(ends.first),
        "last_share": part(ends.last),
        "first_areas": ends.first_areas,
        "last_areas": ends.last_areas,
        "areas": ends.areas,
        "uncertain": ends.uncertain,
    }


FIRST_SV: Final = "områden med stora socioekonomiska utmaningar (områdestyp 1)"
LAST_SV: Final = "områden med mycket goda socioekonomiska förutsättningar (områdestyp 5)"
FIRST_EN: Final = "areas with great socioeconomic challenges (area type 1)"
LAST_EN: Final = "areas with very good socioeconomic conditions (area type 5)"


def _at(facts: RegionFacts, first: bool, last: bool) -> bool:
    """Whether anybody lives at the first end and at the last."""
    ends = facts.ends
    if ends is None:
        return False
    if ends.people is None:
        return (bool(ends.first_areas), bool(ends.last_areas)) == (first, last)
    return (bool(ends.first), bool(ends.last)) == (first, last)


ENDS: Final = Topic[RegionFacts](
    "ends",
    end_blanks,
    (
        Rule("missing", lambda facts: facts.ends is None or not facts.ends.areas),
        Rule(
            "neither",
            lambda facts: _at(facts, False, False),
            f"{{place}} bor ingen vare sig i {FIRST_SV} eller i {LAST_SV}.",
            f"{{place}}, nobody lives either in {FIRST_EN} or in {LAST_EN}.",
        ),
        Rule(
            "areas",
            lambda facts: facts.ends is not None and facts.ends.people is None,
            f"{FIRST_SV} är {{first_areas}} av {{areas}}, och {LAST_SV} är {{last_areas}}.",
            f"{FIRST_EN} are {{first_areas}} of {{areas}}, and {LAST_EN} are {{last_areas}}.",
        ),
        Rule(
            "first",
            lambda facts: _at(facts, True, False),
            f"{{place}} bor {{first}} personer ({{first_share}}) i {FIRST_SV}, och ingen i "
            f"{LAST_SV}.",
            f"{{place}}, {{first}} people ({{first_share}}) live in {FIRST_EN}, and nobody in "
            f"{LAST_EN}.",
        ),
        Rule(
            "last",
            lambda facts: _at(facts, False, True),
            f"{{place}} bor ingen i {FIRST_SV}, och {{last}} personer ({{last_share}}) i "
            f"{LAST_SV}.",
            f"{{place}}, nobody lives in {FIRST_EN}, and {{last}} people ({{last_share}}) live in "
            f"{LAST_EN}.",
        ),
        Rule(
            "both",
            lambda _: True,
            f"{{place}} bor {{first}} personer ({{first_share}}) i {FIRST_SV}, och {{last}} "
            f"({{last_share}}) i {LAST_SV}.",
            f"{{place}}, {{first}} people ({{first_share}}) live in {FIRST_EN}, and {{last}} "
            f"({{last_share}}) in {LAST_EN}.",
        ),
    ),
)
