"""Which of Statistics Sweden's region codes are which areas, and the years that each is for.

One table holds areas of two vintages side by side. Where a code is not in force a table can say 0
instead of nothing, so that a code must not be asked for in years that are not its own: DeSO 2018
and RegSO 2020 are published to 2023, DeSO 2025 and RegSO 2025 from 2024.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.agency_codes import key_of_agency_code
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.services.selection import year_of


@dataclass(frozen=True)
class RegionKind:
    """Codes of one kind and vintage, and the first and last year that they are for."""

    kind: str
    pattern: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Levels:
    """Which periods a table has for each kind and vintage of areas, as another Samsyn tells it.

    `plain` is the vintage of the larger kinds whose codes do not tell it.
    """

    periods: Mapping[str, Sequence[str]]
    plain: Mapping[str, str]


_SUFFIXED = {"deso": "_DeSO2025", "regso": "_RegSO2025"}
REGIONS: Final = (
    *(RegionKind(kind, KINDS[kind].pattern, last=2023) for kind in _SUFFIXED),
    *(
        RegionKind(kind, f"{KINDS[kind].pattern}{suffix}", first=2024)
        for kind, suffix in _SUFFIXED.items()
    ),
    RegionKind("country", KINDS["country"].pattern),
    RegionKind("county", KINDS["county"].pattern),
    RegionKind("municipality", KINDS["municipality"].pattern),
)
LEVELS: Final = tuple(dict.fromkeys(region.kind for region in REGIONS))


def by_vintage(
    codes: Sequence[str], periods: Sequence[str], levels: Sequence[str] = ()
) -> list[tuple[list[str], list[str]]]:
    """The codes of each vintage with the periods that they are for, as few groups as there can be.

    `levels` keeps areas of these kinds only. A table with one vintage of a kind is taken to have it
    for all its years. Raises InputError for an unknown level.
    """
    _require(levels)
    kinds = [_kind(code) for code in codes]
    there = set(kinds)
    mixed = {
        kind for kind in there if kind and any(o and o.kind == kind.kind for o in there - {kind})
    }
    own = {
        kind: tuple(p for p in periods if kind not in mixed or _in_force(kind, p)) for kind in there
    }
    groups: dict[tuple[str, ...], list[str]] = {}
    for code, kind in zip(codes, kinds, strict=True):
        wanted = not levels or (kind is not None and kind.kind in levels)
        if wanted and own[kind]:
            groups.setdefault(own[kind], []).append(code)
    return [(chosen, list(periods)) for periods, chosen in groups.items()]


def by_level(
    codes: Sequence[str], periods: Sequence[str], told: Levels, levels: Sequence[str] = ()
) -> list[tuple[list[str], list[str]]]:
    """The codes with the periods that there are for them, as few groups as there can be.

    `levels` keeps areas of these kinds only. Raises InputError for an unknown level.
    """
    _require(levels)
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in codes:
        key = key_of_agency_code(code, told.plain)
        if key is None or (levels and key.kind not in levels):
            continue
        there = set(told.periods.get(f"{key.kind}/{key.vintage}", ()))
        own = tuple(period for period in periods if period in there)
        if own:
            groups.setdefault(own, []).append(code)
    return [(chosen, list(own)) for own, chosen in groups.items()]


def _require(levels: Sequence[str]) -> None:
    for level in levels:
        if level not in LEVELS:
            raise InputError(f'"{level}" is not a level: choose among {", ".join(LEVELS)}')


def _kind(code: str) -> RegionKind | None:
    return next((kind for kind in REGIONS if re.fullmatch(kind.pattern, code)), None)


def _in_force(kind: RegionKind | None, period: str) -> bool:
    year = year_of(period)
    if kind is None or year is None:
        return True
    return (kind.first is None or year >= kind.first) and (kind.last is None or year <= kind.last)
