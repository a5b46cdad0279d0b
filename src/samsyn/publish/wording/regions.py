"""The sentences about a municipality, a county or the country.

How unevenly people live, against similar places and ten years ago, and how many live at each end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samsyn.publish.wording.both_ends import ENDS, end_blanks
from samsyn.publish.wording.evenness import CHANGE, EVENNESS, PEERS_TOPIC
from samsyn.publish.wording.region_facts import RegionFacts
from samsyn.publish.wording.rules import Rule, Sentence, Summary, Topic, say

UNITS: Final[Mapping[str, str]] = {"deso": "DeSO", "regso": "RegSO"}

NOTES: Final = (
    Topic[RegionFacts](
        "history",
        lambda facts, _: {"period": facts.period},
        (
            Rule(
                "missing",
                lambda facts: facts.index.known and facts.change == "none",
                "Hur det har förändrats på tio år går inte att säga: utgåvan har inga jämförbara "
                "uppgifter från omkring tio år före {period}.",
                "How it has changed over ten years cannot be said: the release has no comparable "
                "figures from about ten years before {period}.",
            ),
            Rule("there", lambda _: True),
        ),
    ),
    Topic[RegionFacts](
        "borders",
        lambda facts, _: {"since": facts.earlier_period, "period": facts.period},
        (
            Rule(
                "moved",
                lambda facts: facts.moved_borders and facts.change != "none",
                "Områdenas gränser är inte desamma {since} och {period}. En del av skillnaden kan "
                "bero på det.",
                "The borders of the areas are not the same in {since} and {period}. A part of the "
                "difference can come from that.",
            ),
            Rule("same", lambda _: True),
        ),
    ),
    Topic[RegionFacts](
        "types",
        end_blanks,
        (
            Rule(
                "uncertain",
                lambda facts: facts.ends is not None and facts.ends.uncertain > 0,
                "För {uncertain} av områdena av typ 1 och 5 är typen osäker, eftersom indexet "
                "ligger nära en gräns.",
                "The type is uncertain for {uncertain} of the areas of types 1 and 5, since the "
                "index lies near a limit.",
            ),
            Rule("certain", lambda _: True),
        ),
    ),
    Topic[RegionFacts](
        "components",
        lambda facts, _: {},
        (
            Rule(
                "stand_in",
                lambda facts: (
                    facts.ends is not None and facts.ends.stand_in and not facts.ends.published
                ),
                "Områdestyperna är beräknade med andelen arbetslösa i stället för långvarigt "
                "ekonomiskt bistånd eller långtidsarbetslöshet, som inte är publicerat.",
                "The area types are computed with the unemployed share in place of long-term "
                "social assistance or unemployment, which is not published.",
            ),
            Rule("defined", lambda _: True),
        ),
    ),
    Topic[RegionFacts](
        "units",
        lambda facts, _: {"units": UNITS.get(facts.units or "", facts.units)},
        (
            Rule("unknown", lambda facts: facts.units is None or not facts.index.known),
            Rule(
                "told",
                lambda _: True,
                "Indexet är räknat på {units}. Intervallet täcker 95\u00a0% av vad slumpen kan "
                "ge; fel i register och gränser ingår inte.",
                "The index is computed on {units}. The interval covers 95% of what chance can "
                "bring about; errors in registers and borders are not in it.",
            ),
        ),
    ),
)


TOPICS: Final = (EVENNESS, PEERS_TOPIC, CHANGE, ENDS)


def region_summary(facts: RegionFacts) -> Summary:
    """What sums the place up, in order, and what to keep in mind."""
    said = [say(topic, facts) for topic in TOPICS]
    notes = [say(topic, facts) for topic in NOTES]
    return Summary(_spoken(said), _spoken(notes))


def _spoken(sentences: list[Sentence | None]) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence is not None)
