"""How place names bend in Swedish, and how they stand in a sentence in both languages."""

from __future__ import annotations

import re
from typing import Final

# Where one lives "på" and not "i": municipalities that are islands, and Öland.
ISLANDS: Final = frozenset(
    {"Gotland", "Öland", "Orust", "Tjörn", "Öckerö", "Lidingö", "Ekerö", "Värmdö", "Hammarö"}
)
# Sounds after which Swedish adds no s in the genitive.
SIBILANTS: Final = ("s", "x", "z")

KIND_WORDS: Final = {
    "deso": {"sv": "DeSO-området", "en": "the DeSO area"},
    "regso": {"sv": "området", "en": "the area"},
    "custom": {"sv": "området", "en": "the area"},
    "municipality": {"sv": "kommunen", "en": "the municipality"},
    "county": {"sv": "länet", "en": "the county"},
    "country": {"sv": "landet", "en": "the country"},
}


def short_name(name: str, kind: str) -> str:
    """The name as it stands in a sentence: large areas without what is added to tell them apart.

    "Vattlands län (påhittat)" is Vattlands län, and "Vattland, ett påhittat land" is Vattland.
    """
    if kind not in {"municipality", "county", "country"}:
        return name.strip()
    return re.sub(r"\s*\(.*\)\s*$", "", name).partition(",")[0].strip()


def genitive(name: str) -> str:
    """The Swedish genitive: Vattstads, but Västerås, Bromölla centrums, 1488A0010:s.

    What stands in brackets after a name is not bent: Kronogårdens (södra).
    """
    name = name.strip()
    head, bracket, tail = name.partition(" (")
    if bracket and tail.endswith(")"):
        return f"{genitive(head)} ({tail}"
    if not name or name.lower().endswith(SIBILANTS):
        return name
    return f"{name}s" if name[-1].isalpha() else f"{name}:s"


def in_place(name: str, kind: str, language: str) -> str:
    """Where something is: "i Vattstad", "på Gotland", "i området Sylte", "in the area Sylte"."""
    place = short_name(name, kind)
    if kind in {"deso", "regso", "custom"}:
        word = KIND_WORDS[kind][language]
        return f"i {word} {place}" if language == "sv" else f"in {word} {place}"
    if language == "sv":
        return f"{'på' if place in ISLANDS else 'i'} {place}"
    return f"{'on' if place in ISLANDS else 'in'} {english_name(place, kind)}"


def english_name(name: str, kind: str) -> str:
    """A name in English: "Dalarnas län" is Dalarna county. No county's own name ends in s."""
    place = short_name(name, kind)
    if kind == "country" and place in {"Sverige", "Riket"}:
        return "Sweden"
    if kind == "county" and place.endswith(" län"):
        return f"{place.removesuffix(' län').removesuffix('s')} county"
    return place


def named(name: str, kind: str, language: str) -> str:
    """A place's name by itself, in the language."""
    return english_name(name, kind) if language == "en" else short_name(name, kind)


def counted(number: int, one: str, many: str) -> str:
    """The noun that goes with a number: 1 område, 2 områden."""
    return one if number == 1 else many
