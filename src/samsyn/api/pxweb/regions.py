"""The regions of a release as tables name them: codes and names, and the sets of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from samsyn.api.pxweb.texts import TEXTS
from samsyn.publish.texts import said
from samsyn.statistics.areas.agency_codes import agency_code
from samsyn.statistics.indicators import LEVEL_NAMES
from samsyn.statistics.query import Release

KEPT: Final = 4  # releases
ORDER: Final = ("country", "county", "municipality", "regso", "deso", "custom")
BARE: Final = ("country", "county", "municipality")  # have their codes without a vintage


@dataclass(frozen=True, eq=False)
class Regions:
    """`codes` leads from key to code, `keys` back, `names` from code to name.

    `plain` is the vintage of each larger kind whose codes are written without it.
    """

    codes: Mapping[str, str]
    keys: Mapping[str, str]
    names: Mapping[str, str]
    plain: Mapping[str, str]

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """Keys from the country to the smallest areas, and of a kind by vintage and code."""
        return sorted(keys, key=lambda key: (ORDER.index(key.partition("/")[0]), key))


def regions(release: Release) -> Regions:
    """The regions of a release."""
    return _regions(release.folder, release)


def valueset(level: str) -> str:
    """The id of the code list of a kind and vintage: vs_deso_2018."""
    return f"vs_{level.replace('/', '_')}"


def levels_of(keys: Iterable[str]) -> list[str]:
    """The kinds with their vintages that keys are of, in their order."""
    return list(dict.fromkeys("/".join(key.split("/", 2)[:2]) for key in keys))


def level_name(level: str, language: str) -> str:
    """What the areas of a kind and vintage are called together."""
    kind, _, vintage = level.partition("/")
    name = LEVEL_NAMES[kind][language] if kind in LEVEL_NAMES else said(TEXTS, kind, language)
    return name if kind in BARE else f"{name} {vintage}"


@lru_cache(KEPT)
def _regions(folder: Path, release: Release) -> Regions:
    frame = release.areas().select("area", "kind", "vintage", "name")
    plain: dict[str, str] = {}
    for kind in BARE:
        # The newest that has values, as everywhere where a key is written without its vintage.
        first = frame.filter(kind=kind).get_column("area").head(1).to_list()
        if first:
            plain[kind] = release.area("/".join((kind, first[0].split("/", 2)[2]))).vintage
    keys = frame.get_column("area").to_list()
    names = frame.get_column("name").to_list()
    codes = {key: agency_code(key, plain) for key in keys}
    return Regions(
        codes,
        {code: key for key, code in codes.items()},
        {codes[key]: name or codes[key] for key, name in zip(keys, names, strict=True)},
        plain,
    )
