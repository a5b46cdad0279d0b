"""The codes that an indicator's entry uses, with what they are called in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("sv", "en")
Text = Mapping[str, str]

FOCUS_AREAS: Final = ("housing", "education", "labour", "democracy", "crime", "health")
# `other` holds users' own indicators that belong to none of the areas.
OTHER: Final = "other"
FOCUS_AREA_NAMES: Final[Mapping[str, Text]] = {
    "housing": {"sv": "Boende", "en": "Housing"},
    "education": {"sv": "Utbildning", "en": "Education"},
    "labour": {"sv": "Arbetsmarknad", "en": "Labour market"},
    "democracy": {"sv": "Demokrati och civilsamhälle", "en": "Democracy and civil society"},
    "crime": {"sv": "Brottslighet", "en": "Crime"},
    "health": {"sv": "Hälsa", "en": "Health"},
    OTHER: {"sv": "Övriga områden", "en": "Other areas"},
}
PERSPECTIVES: Final[Mapping[str, Text]] = {
    "human_rights": {"sv": "Mänskliga rättigheter", "en": "Human rights"},
    "non_discrimination": {"sv": "Icke-diskriminering", "en": "Non-discrimination"},
    "child_and_youth": {"sv": "Barnrätt och unga", "en": "Rights of the child, and youth"},
    "gender_equality": {
        "sv": "Jämställdhet och jämlikhet",
        "en": "Gender equality and equality",
    },
    "agenda_2030": {"sv": "Agenda 2030", "en": "Agenda 2030"},
}
UNITS: Final = {
    # code: Swedish, English, and how a number is written
    "persons": ("personer", "persons", "0"),
    "share": ("procent", "per cent", "0.0%"),
    "index": ("index", "index", "0.000"),
    "tkr": ("tusen kronor", "SEK thousand", "0.0"),
    "per_100000": ("per 100 000 invånare", "per 100,000 inhabitants", "0"),
    "days": ("dagar", "days", "0.0"),
    "years": ("år", "years", "0.0"),
    "class": ("områdestyp", "area type", "0"),
}
BETTER: Final[Mapping[str, Text]] = {
    "higher": {"sv": "högre är bättre", "en": "higher is better"},
    "lower": {"sv": "lägre är bättre", "en": "lower is better"},
    "neither": {"sv": "varken högre eller lägre är bättre", "en": "neither is better"},
}
LEVEL_NAMES: Final[Mapping[str, Text]] = {
    "deso": {"sv": "DeSO", "en": "DeSO"},
    "regso": {"sv": "RegSO", "en": "RegSO"},
    "municipality": {"sv": "kommun", "en": "municipality"},
    "county": {"sv": "län", "en": "county"},
    "country": {"sv": "riket", "en": "the country"},
}
