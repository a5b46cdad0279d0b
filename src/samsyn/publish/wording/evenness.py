"""How unevenly people live in a place: by itself, among similar places, and over ten years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samsyn.publish.intervals import Figure
from samsyn.publish.texts import listed
from samsyn.publish.wording.figures import index, interval, per_cent
from samsyn.publish.wording.grammar import in_place
from samsyn.publish.wording.region_facts import RegionFacts
from samsyn.publish.wording.rules import Rule, Topic

# Of fewer similar places than this nothing is said.
FEWEST_PEERS: Final = 3

PEERS: Final[Mapping[str, Mapping[str, str]]] = {
    "type": {"sv": "kommuner av samma typ", "en": "municipalities of the same type"},
    "municipalities": {"sv": "andra kommuner", "en": "other municipalities"},
    "counties": {"sv": "andra län", "en": "other counties"},
    "chosen": {"sv": "liknande platser", "en": "similar places"},
}


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
            "none",
            lambda facts: not facts.index.known and not facts.period,
            "Hur ojämnt människor bor {place} går inte att säga: det finns inget index att visa.",
            "How unevenly people live {place} cannot be said: there is no index to show.",
        ),
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
