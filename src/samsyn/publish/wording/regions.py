"""The sentences about a municipality, a county or the country.

How unevenly people live, against similar places and ten years ago, and how many live at each end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samsyn.publish.intervals import Figure, Tally, difference, tally
from samsyn.publish.texts import listed
from samsyn.publish.wording.figures import STEP, index, interval, people, per_cent
from samsyn.publish.wording.grammar import in_place
from samsyn.publish.wording.rules import Rule, Sentence, Summary, Topic, say

# Of fewer similar places than this nothing is said.
FEWEST_PEERS: Final = 3

PEERS: Final[Mapping[str, Mapping[str, str]]] = {
    "type": {"sv": "kommuner av samma typ", "en": "municipalities of the same type"},
    "municipalities": {"sv": "andra kommuner", "en": "other municipalities"},
    "counties": {"sv": "andra län", "en": "other counties"},
    "chosen": {"sv": "liknande platser", "en": "similar places"},
}
UNITS: Final[Mapping[str, str]] = {"deso": "DeSO", "regso": "RegSO"}


@dataclass(frozen=True)
class Ends:
    """How many live in areas of type 1 and of type 5, of all whose area has a type.

    People are None where they are not known; `first_areas` and `last_areas` are of `areas`, and
    `uncertain` of the areas at the ends may well be of another type. `stand_in` says that the
    unemployed share stands in for the third component, `published` that types are the official.
    """

    areas: int
    first_areas: int
    last_areas: int
    first: float | None = None
    last: float | None = None
    people: float | None = None
    uncertain: int = 0
    published: bool = False
    stand_in: bool = False


@dataclass(frozen=True)
class RegionFacts:
    """What the sentences rest on.

    `index` is the inequality index in `period`, `expected` what chance alone would give, over
    areas of the kind `units`. `earlier` is the same about ten years before, in `earlier_period`;
    `moved_borders` says that the areas' borders are others since. `peers` are the figures of the
    places that it is set beside, `peers_are` which those are.
    """

    name: str
    kind: str
    period: str
    index: Figure
    expected: float | None = None
    units: str | None = None
    earlier: Figure | None = None
    earlier_period: str | None = None
    moved_borders: bool = False
    peers: tuple[Figure, ...] = ()
    peers_are: str = "municipalities"
    ends: Ends | None = None

    @property
    def standing(self) -> Tally:
        """Where the place stands among its peers."""
        return tally(self.index, self.peers, STEP)

    @property
    def change(self) -> str:
        """How the index lies to the earlier one; "none" without one."""
        if self.earlier is None or not self.earlier.known or not self.index.known:
            return "none"
        return difference(self.index, self.earlier, STEP)

    @property
    def by_chance(self) -> bool:
        """Whether chance alone could give as uneven a picture."""
        if self.expected is None or not self.index.sure:
            return False
        assert self.index.value is not None
        assert self.index.lower is not None
        return min(self.index.lower, self.index.value) <= self.expected


def _evenness(facts: RegionFacts, language: str) -> dict[str, object]:
    return {
        "place": in_place(facts.name, facts.kind, language),
        "share": per_cent(facts.index.value, language),
        "value": index(facts.index.value, language),
        "interval": interval(facts.index, language),
        "expected": index(facts.expected, language),
        "period": facts.period,
    }


EVENNESS: Final = Topic[RegionFacts](
    "evenness",
    _evenness,
    (
        Rule(
            "missing",
            lambda facts: not facts.index.known,
            "Hur ojämnt människor bor {place} går inte att säga för {period}: för många av "
            "områdena saknar uppgifter.",
            "How unevenly people live {place} cannot be said for {period}: too many of the areas "
            "lack figures.",
        ),
        Rule(
            "chance",
            lambda facts: facts.by_chance,
            "{place} bor människor med låg och med hög ekonomisk standard inte mer åtskilda än "
            "vad slumpen kan ge: ojämlikhetsindex var {value}{interval} {period}, och slumpen "
            "ensam ger omkring {expected}.",
            "{place}, people with low and with high economic standard live no further apart than "
            "chance can bring about: the inequality index was {value}{interval} in {period}, and "
            "chance alone gives about {expected}.",
        ),
        Rule(
            "known",
            lambda _: True,
            "{place} skulle omkring {share} av invånarna med låg ekonomisk standard behöva flytta "
            "till ett annat område för att bo fördelade som de med hög: ojämlikhetsindex var "
            "{value}{interval} {period}.",
            "{place}, about {share} of the residents with low economic standard would have to move "
            "to another area to be spread like those with high: the inequality index was "
            "{value}{interval} in {period}.",
        ),
    ),
)


def _peers(facts: RegionFacts, language: str) -> dict[str, object]:
    standing = facts.standing
    swedish = language == "sv"
    found = {
        "below": (standing.below, "mer ojämnt än i {}" if swedish else "more uneven than in {}"),
        "above": (standing.above, "jämnare än i {}" if swedish else "more even than in {}"),
        "alike": (
            standing.alike,
            "inte säkert skilt från {}" if swedish else "not surely different from {}",
        ),
    }

    def rest(*names: str) -> str:
        """What is left to say, without what there is none of."""
        return listed(
            [text.format(n) for n, text in (found[name] for name in names) if n], language
        )

    joined = {"above": rest("above", "alike"), "below": rest("below", "alike")}
    return {
        "peers": PEERS[facts.peers_are][language],
        "compared": standing.compared,
        "below": standing.below,
        "above": standing.above,
        "then_above": joined["above"],
        "then_below": joined["below"],
        "all": rest("below", "above", "alike"),
    }


PEERS_TOPIC: Final = Topic[RegionFacts](
    "peers",
    _peers,
    (
        Rule("few", lambda facts: facts.standing.compared < FEWEST_PEERS),
        Rule(
            "above_all",
            lambda facts: facts.standing.below == facts.standing.compared,
            "Det är mer ojämnt än i alla {compared} {peers}.",
            "That is more uneven than in all {compared} {peers}.",
        ),
        Rule(
            "below_all",
            lambda facts: facts.standing.above == facts.standing.compared,
            "Det är jämnare än i alla {compared} {peers}.",
            "That is more even than in all {compared} {peers}.",
        ),
        Rule(
            "alike_all",
            lambda facts: facts.standing.alike == facts.standing.compared,
            "Det är inte säkert skilt från någon av {compared} {peers}.",
            "That is not surely different from any of {compared} {peers}.",
        ),
        Rule(
            "above",
            lambda facts: 2 * facts.standing.below > facts.standing.compared,
            "Det är mer ojämnt än i {below} av {compared} {peers}, {then_above}.",
            "That is more uneven than in {below} of {compared} {peers}, {then_above}.",
        ),
        Rule(
            "below",
            lambda facts: 2 * facts.standing.above > facts.standing.compared,
            "Det är jämnare än i {above} av {compared} {peers}, {then_below}.",
            "That is more even than in {above} of {compared} {peers}, {then_below}.",
        ),
        Rule(
            "among",
            lambda _: True,
            "Det är varken särskilt ojämnt eller särskilt jämnt bland {compared} {peers}: {all}.",
            "That is neither particularly uneven nor particularly even among {compared} {peers}: "
            "{all}.",
        ),
    ),
)


def _change(facts: RegionFacts, language: str) -> dict[str, object]:
    earlier = facts.earlier or Figure(None)
    return {
        "since": facts.earlier_period,
        "period": facts.period,
        "earlier": index(earlier.value, language),
        "value": index(facts.index.value, language),
    }


CHANGE: Final = Topic[RegionFacts](
    "change",
    _change,
    (
        Rule("missing", lambda facts: not facts.index.known),
        Rule("no_earlier", lambda facts: facts.change == "none"),
        Rule(
            "unknown",
            lambda facts: facts.change == "unknown",
            "{since} var indexet {earlier}; om skillnaden är större än slumpen går inte att säga.",
            "In {since} the index was {earlier}; whether the difference is more than chance cannot "
            "be said.",
        ),
        Rule(
            "higher",
            lambda facts: facts.change == "higher",
            "Sedan {since} har det blivit mer ojämnt: då var indexet {earlier}.",
            "Since {since} it has become more uneven: the index was {earlier} then.",
        ),
        Rule(
            "lower",
            lambda facts: facts.change == "lower",
            "Sedan {since} har det blivit jämnare: då var indexet {earlier}.",
            "Since {since} it has become more even: the index was {earlier} then.",
        ),
        Rule(
            "alike",
            lambda _: True,
            "Någon säker förändring sedan {since} syns inte: då var indexet {earlier}.",
            "No sure change since {since} can be seen: the index was {earlier} then.",
        ),
    ),
)


def _ends(facts: RegionFacts, language: str) -> dict[str, object]:
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
    _ends,
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
        _ends,
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
                "Indexet är räknat på {units}. Intervallet är av 95 % och säger vad slumpen kan "
                "göra; fel i register och gränser är inte med.",
                "The index is computed on {units}. The interval is of 95% and says what chance can "
                "do; errors in registers and borders are not in it.",
            ),
        ),
    ),
)


def region_summary(facts: RegionFacts) -> Summary:
    """What sums the place up, in order, and what to keep in mind."""
    said = [say(topic, facts) for topic in (EVENNESS, PEERS_TOPIC, CHANGE, ENDS)]
    notes = [say(topic, facts) for topic in NOTES]
    return Summary(_spoken(said), _spoken(notes))


def _spoken(sentences: list[Sentence | None]) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence is not None)
