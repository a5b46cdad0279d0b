"""The municipalities that there are in Sweden, so that a part of it is not taken for the whole.

Codes by Statistics Sweden's classification, unchanged since Heby moved to Uppsala county in 2007.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import polars as pl

from samsyn.statistics.areas.keys import COUNTRY

# By county, what follows the county's two digits.
_BY_COUNTY: Final = {
    "01": "14 15 17 20 23 25 26 27 28 36 38 39 40 60 62 63 80 81 82 83 84 86 87 88 91 92",
    "03": "05 19 30 31 60 80 81 82",
    "04": "28 61 80 81 82 83 84 86 88",
    "05": "09 12 13 60 61 62 63 80 81 82 83 84 86",
    "06": "04 17 42 43 62 65 80 82 83 84 85 86 87",
    "07": "60 61 63 64 65 67 80 81",
    "08": "21 34 40 60 61 62 80 81 82 83 84 85",
    "09": "80",
    "10": "60 80 81 82 83",
    "12": (
        "14 30 31 33 56 57 60 61 62 63 64 65 66 67 70 72 73 75 76 77 78 80 81 82 83 84 85 86 "
        "87 90 91 92 93"
    ),
    "13": "15 80 81 82 83 84",
    "14": (
        "01 02 07 15 19 21 27 30 35 38 39 40 41 42 43 44 45 46 47 52 60 61 62 63 65 66 70 71 "
        "72 73 80 81 82 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99"
    ),
    "17": "15 30 37 60 61 62 63 64 65 66 80 81 82 83 84 85",
    "18": "14 60 61 62 63 64 80 81 82 83 84 85",
    "19": "04 07 60 61 62 80 81 82 83 84",
    "20": "21 23 26 29 31 34 39 61 62 80 81 82 83 84 85",
    "21": "01 04 21 32 61 80 81 82 83 84",
    "22": "60 62 80 81 82 83 84",
    "23": "03 05 09 13 21 26 61 80",
    "24": "01 03 04 09 17 18 21 22 25 60 62 63 80 81 82",
    "25": "05 06 10 13 14 18 21 23 60 80 81 82 83 84",
}
MUNICIPALITIES: Final[Mapping[str, frozenset[str]]] = {
    county: frozenset(county + rest for rest in codes.split())
    for county, codes in _BY_COUNTY.items()
}


def partly_there(areas: pl.DataFrame) -> list[str]:
    """The keys of counties, and of the country, of which only a part is among the areas.

    A county is a part where some of its municipalities are there and others are not; the country
    where some counties are. Made-up places, whose codes no municipality has, are whole as they are.
    """
    found = [
        f"county/2025/{county}"
        for county in MUNICIPALITIES
        if _is_part(_codes(areas, "municipality"), MUNICIPALITIES[county])
    ]
    if _is_part(_codes(areas, "county"), MUNICIPALITIES.keys()) and _real(areas):
        found.append(str(COUNTRY))
    return found


def lacking_beside(municipalities: Collection[str]) -> list[str]:
    """The municipalities that are lacking beside these codes.

    Of the country where at least half of all are there, or else of the counties of which at least
    half are.
    """
    there = set(municipalities)
    every = frozenset().union(*MUNICIPALITIES.values())
    if 2 * len(every & there) >= len(every):
        return sorted(every - there)
    mostly = [codes for codes in MUNICIPALITIES.values() if 2 * len(codes & there) >= len(codes)]
    return sorted(frozenset().union(*mostly) - there)


def strange_municipalities(areas: pl.DataFrame) -> list[str]:
    """Codes of municipalities that Sweden does not have, where at least half are ones it has."""
    there = _codes(areas, "municipality")
    strange = there.difference(*MUNICIPALITIES.values())
    return sorted(strange) if 2 * len(strange) <= len(there) else []


def _codes(areas: pl.DataFrame, kind: str) -> set[str]:
    of_kind = areas.filter(pl.col("area").str.starts_with(f"{kind}/"))
    return set(of_kind.get_column("area").str.split("/").list.last().to_list())


def _is_part(there: Collection[str], every: Collection[str]) -> bool:
    known = len(set(every) & set(there))
    return 0 < known < len(every)


def _real(areas: pl.DataFrame) -> bool:
    """Whether there are real municipalities, or none: the counties' codes alone are then meant."""
    there = _codes(areas, "municipality")
    return not there or any(there & codes for codes in MUNICIPALITIES.values())
