"""The made-up county of Vattland: what is in it, and what is known to have happened there.

Everything is fictional, and says so: the county, its places and its figures. It lies in the sea,
where no one lives, so that nobody takes it for a place that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FIRST_YEAR: Final = 2012
LAST_YEAR: Final = 2024
# From this year the figures are published for the borders of 2025.
NEW_BORDERS: Final = 2024
# The middle of the first county, in SWEREF 99 TM (metres): the Bothnian Sea.
MIDDLE: Final = (790_000.0, 6_870_000.0)
APART: Final = 120_000.0  # between the middles of several counties
FICTIONAL: Final = {"sv": "påhittat", "en": "fictional"}


@dataclass(frozen=True)
class Municipality:
    """A municipality: where its town lies (km from the county's middle) and how it develops.

    `spread` is how much further apart its areas are in 2024 than in 2012: 0.4 is 40 per cent.
    `group` is its type by the classification of Sweden's municipalities.
    """

    name: str
    x: float
    y: float
    regso: int
    deso: int
    group: str
    spread: float = 0.0


MUNICIPALITIES: Final = (
    Municipality("Vattstad", 2, -3, 20, 60, "B3", spread=0.45),
    Municipality("Lindsunda", -22, 8, 12, 34, "B4", spread=0.35),
    Municipality("Hällmora", 20, 16, 9, 26, "C6", spread=-0.35),
    Municipality("Norrvattna", -6, 27, 8, 22, "C6"),
    Municipality("Kvarnfors", 24, -14, 7, 18, "C7"),
    Municipality("Ekvattna", -20, -19, 6, 16, "B5"),
    Municipality("Granudden", 4, -29, 5, 12, "C8"),
    Municipality("Skärlösa", 36, 2, 4, 12, "C9"),
)

GROUPS: Final = {
    "B3": "Större stad",
    "B4": "Pendlingskommun nära större stad",
    "B5": "Lågpendlingskommun nära större stad",
    "C6": "Mindre stad/tätort",
    "C7": "Pendlingskommun nära mindre stad/tätort",
    "C8": "Landsbygdskommun",
    "C9": "Landsbygdskommun med besöksnäring",
}
MAIN_GROUPS: Final = {
    "B": "Större städer och kommuner nära större stad",
    "C": "Mindre städer/tätorter och landsbygdskommuner",
}

TOWN_NAMES: Final = (
    "Centrum", "Hamnen", "Kvarnbacken", "Stationen", "Ekängen", "Solhöjden", "Björklunda",
    "Tallbacken", "Lindängen", "Strandvik", "Rosendal", "Fågelsången", "Granliden", "Ängsbacken",
    "Norrport",
)  # fmt: skip
COUNTRY_NAMES: Final = (
    "Kyrkbyn", "Åkerby", "Sörgården", "Mossebo", "Bruket", "Torpa", "Skogshagen", "Hagby",
    "Västerskog", "Östra byarna",
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What an intervention did: a step of `points` (shares) in the areas of a RegSO from a year.

    `group` of `grouping` grows by it, at the cost of the other groups in proportion.
    """

    name: str
    english: str
    municipality: str
    regso: str
    indicator: str
    grouping: str
    group: str
    first_year: int
    points: float


EFFECTS: Final = (
    Effect(
        "Jobb nära hemmet", "Jobs close to home", "Vattstad", "Kvarnbacken",
        "employment_rate", "labour_status", "employed", 2019, 0.04,
    ),
    Effect(
        "Studieväg Hamnen", "Study path Hamnen", "Hällmora", "Hamnen",
        "pre_upper_secondary_share", "education", "pre_upper_secondary", 2020, -0.03,
    ),
)  # fmt: skip
