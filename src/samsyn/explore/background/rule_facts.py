"""The rules behind the sentences as the page about methods tells them, read from the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samsyn.publish.wording import neighbourhoods, regions
from samsyn.publish.wording.rules import Topic

# What each topic is about, and when each of its rules speaks. A test holds these to the rules.
TITLES: Final = {
    "evenness": ("Hur ojämnt människor bor", "How unevenly people live"),
    "peers": ("Jämfört med liknande platser", "Against similar places"),
    "change": ("Jämfört med för tio år sedan", "Against ten years ago"),
    "ends": ("De två ändarna", "The two ends"),
    "history": ("När det inte finns något förr", "When there is nothing earlier"),
    "borders": ("När gränser har flyttats", "When borders have moved"),
    "types": ("När typen är osäker", "When the type is uncertain"),
    "components": ("När en ersättare används", "When a stand-in is used"),
    "units": ("Vad indexet är räknat på", "What the index is computed on"),
    "people": ("Vilka som bor där", "Who lives there"),
    "type": ("Områdets typ", "The area's type"),
    "outstanding": ("Vad som sticker ut", "What stands out"),
    "range": ("Hela staden", "The whole town"),
}
WHEN: Final = {
    "evenness.none": (
        "Det finns inget index för någon sådan plats.",
        "There is no index of any such place.",
    ),
    "evenness.missing": (
        "Indexet är inte känt.",
        "The index is not known.",
    ),
    "evenness.chance": (
        "Intervallet når ner till vad slumpen ensam ger.",
        "The interval reaches down to what chance alone gives.",
    ),
    "evenness.known": ("I andra fall.", "Otherwise."),
    "peers.above_all": (
        "Säkert mer ojämnt än i alla de andra.",
        "Surely more uneven than in all the others.",
    ),
    "peers.below_all": (
        "Säkert jämnare än i alla de andra.",
        "Surely more even than in all the others.",
    ),
    "peers.alike_all": (
        "Inte säkert skilt från någon av dem.",
        "Not surely different from any of them.",
    ),
    "peers.above": (
        "Säkert mer ojämnt än i fler än hälften.",
        "Surely more uneven than in more than half.",
    ),
    "peers.below": (
        "Säkert jämnare än i fler än hälften.",
        "Surely more even than in more than half.",
    ),
    "peers.among": ("I andra fall.", "Otherwise."),
    "change.unknown": (
        "Något av de två indexen saknar intervall.",
        "One of the two indices has no interval.",
    ),
    "change.higher": ("Säkert högre än då.", "Surely higher than then."),
    "change.lower": ("Säkert lägre än då.", "Surely lower than then."),
    "change.alike": ("Inte säkert skilt från då.", "Not surely different from then."),
    "ends.neither": ("Ingen bor i någon av ändarna.", "Nobody lives at either end."),
    "ends.areas": (
        "Antalet invånare är inte känt; områden räknas i stället.",
        "The number of people is not known; areas are counted instead.",
    ),
    "ends.first": (
        "Någon bor i områdestyp 1 och ingen i typ 5.",
        "Somebody lives in area type 1 and nobody in type 5.",
    ),
    "ends.last": (
        "Någon bor i områdestyp 5 och ingen i typ 1.",
        "Somebody lives in area type 5 and nobody in type 1.",
    ),
    "ends.both": ("Någon bor i båda ändarna.", "Somebody lives at both ends."),
    "history.missing": (
        "Det finns inget att jämföra med från omkring tio år tidigare.",
        "There is nothing to compare with from about ten years before.",
    ),
    "borders.moved": (
        "Områdenas gränser är av en annan årgång än då.",
        "The borders of the areas are of another vintage than then.",
    ),
    "types.uncertain": (
        "Något område av typ 1 eller 5 kan lika väl vara av en annan typ.",
        "Some area of type 1 or 5 may as well be of another type.",
    ),
    "components.stand_in": (
        (
            "Beräknade typer bygger på andelen arbetslösa i stället för långvarigt bistånd eller "
            "långtidsarbetslöshet."
        ),
        (
            "Computed types rest on the unemployed share in place of long-term assistance or "
            "unemployment."
        ),
    ),
    "units.told": ("Alltid när indexet är känt.", "Whenever the index is known."),
    "people.nobody": ("Ingen bor i området.", "Nobody lives in the area."),
    "people.known": ("Antalet invånare är känt.", "The number of people is known."),
    "type.uncertain": ("Området ligger nära en gräns.", "The area lies near a limit."),
    "type.certain": ("I andra fall, om det har en typ.", "Otherwise, where it has a type."),
    "outstanding.missing": ("Inget kunde jämföras.", "Nothing could be compared."),
    "outstanding.neither": ("Inget sticker ut.", "Nothing stands out."),
    "outstanding.higher": ("Bara högre värden sticker ut.", "Only higher values stand out."),
    "outstanding.lower": ("Bara lägre värden sticker ut.", "Only lower values stand out."),
    "outstanding.both": (
        "Både högre och lägre värden sticker ut.",
        "Both higher and lower values stand out.",
    ),
    "range.known": (
        "Andelen är känd för kommunens områden.",
        "The share is known for the municipality's areas.",
    ),
}
BLANKS: Final = {
    "above": ("antal", "number"),
    "all": ("antal av varje slag", "numbers of each kind"),
    "areas": ("antal", "number"),
    "below": ("antal", "number"),
    "compared": ("antal", "number"),
    "earlier": ("värde", "value"),
    "expected": ("värde", "value"),
    "first": ("antal", "number"),
    "first_areas": ("antal", "number"),
    "first_share": ("andel", "share"),
    "high": ("andel", "share"),
    "higher": ("uppgifter med värden", "figures with values"),
    "interval": (" (intervall)", " (interval)"),
    "last": ("antal", "number"),
    "last_areas": ("antal", "number"),
    "last_share": ("andel", "share"),
    "low": ("andel", "share"),
    "lower": ("uppgifter med värden", "figures with values"),
    "municipality": ("i kommunen", "in the municipality"),
    "name": ("andelen", "the share"),
    "peers": ("liknande platser", "similar places"),
    "people": ("antal", "number"),
    "period": ("år", "year"),
    "place": ("i platsen", "in the place"),
    "share": ("andel", "share"),
    "since": ("år", "year"),
    "then_above": ("antal av de andra", "numbers of the others"),
    "then_below": ("antal av de andra", "numbers of the others"),
    "type": ("nummer", "number"),
    "type_name": ("typens namn", "the type's name"),
    "uncertain": ("antal", "number"),
    "units": ("slag av områden", "kind of areas"),
    "value": ("värde", "value"),
    "when": ("år", "year"),
}
BLANK: Final = re.compile(r"\{(\w+)\}")
REGION: Final[tuple[Topic[Any], ...]] = (*regions.TOPICS, *regions.NOTES)
NEIGHBOURHOOD: Final[tuple[Topic[Any], ...]] = tuple(neighbourhoods.TOPICS)


@dataclass(frozen=True)
class RuleFact:
    """A rule: its id, which is its anchor, when it speaks, and its sentence with blanks marked."""

    id: str
    when: str
    sentence: SafeString


@dataclass(frozen=True)
class TopicFact:
    """A topic: what it is about, and its rules in the order in which they are tried."""

    name: str
    title: str
    rules: tuple[RuleFact, ...]


def topics(which: tuple[Topic[Any], ...], language: str) -> tuple[TopicFact, ...]:
    """The topics with the rules that say something, as the page tells them."""
    at = 0 if language == "sv" else 1
    return tuple(
        TopicFact(
            topic.name,
            TITLES[topic.name][at],
            tuple(
                RuleFact(f"{topic.name}.{rule.name}", WHEN[f"{topic.name}.{rule.name}"][at],
                         _sentence(rule.sv if language == "sv" else rule.en, at))
                for rule in topic.rules
                if rule.sv
            ),
        )
        for topic in which
    )  # fmt: skip


def _sentence(template: str, at: int) -> SafeString:
    """A template with each blank as the word for what it is filled with; it begins as one says it.

    The sentences of a place begin with a capital, whatever word or blank comes first.
    """
    template = template if template.startswith("{") else template[:1].upper() + template[1:]

    def filled(match: re.Match[str]) -> str:
        word = BLANKS[match[1]][at]
        outer = " " if word.startswith(" ") else ""
        shown = word.strip() if match.start() else word[:1].upper() + word[1:]
        return f'{outer}<span class="blank">{escape(shown)}</span>'

    return mark_safe(BLANK.sub(filled, str(escape(template))))
