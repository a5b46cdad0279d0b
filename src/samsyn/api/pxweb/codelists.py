"""Code lists: the regions of one kind and vintage, such as vs_municipality_2025."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from samsyn.api.asking import Asked
from samsyn.api.problems import ProblemError
from samsyn.api.pxweb.regions import level_name, regions, valueset
from samsyn.api.pxweb.tables import Dimension
from samsyn.publish.texts import capital
from samsyn.statistics.indicators import LANGUAGES
from samsyn.statistics.query import Release
from samsyn.statistics.query.said import near

KEPT: Final = 4  # releases
DIMENSIONS: Final = 32  # lists as dimensions


@dataclass(frozen=True, eq=False)
class Codelist:
    """A list of regions of one level, by their codes in order."""

    id: str
    level: str
    codes: tuple[str, ...]


def codelists(release: Release) -> dict[str, Codelist]:
    """The code lists of a release by their ids."""
    return _codelists(release.folder, release)


def codelist(release: Release, dimension: Dimension, name: str) -> Dimension:
    """The dimension with the codes of a list instead of its own.

    The list may have regions of which the table tells nothing: their cells are empty.
    """
    found = named(release, name)
    if dimension.code != "Region":
        raise ProblemError(400, f"{found.id} is a list of regions, and {dimension.code} has none")
    return _listed(release, found, dimension.label)


@lru_cache(DIMENSIONS)
def _listed(release: Release, found: Codelist, label: str) -> Dimension:
    names = regions(release).names
    return Dimension(
        "Region", label, {code: names[code] for code in found.codes}, None, "code_value"
    )


def named(release: Release, name: str, status: int = 400) -> Codelist:
    """The list of an id. Raises ProblemError that suggests others."""
    there = codelists(release)
    found = there.get(name) or there.get(name.lower())
    if found is None:
        close = near(name, there) or list(there)
        raise ProblemError(
            status, f'There is no code list "{name[:80]}". There is {", ".join(close)}'
        )
    return found


def told(asked: Asked, name: str) -> dict[str, Any]:
    """A code list as the API answers it."""
    found = named(asked.release, name, 404)
    names = regions(asked.release).names
    path = f"/v2/codelists/{found.id}"
    others = [one for one in LANGUAGES if one != asked.language]
    return {
        "id": found.id,
        "label": capital(level_name(found.level, asked.language)),
        "language": asked.language,
        "languages": list(LANGUAGES),
        "elimination": False,
        "type": "Valueset",
        "values": [
            {"code": code, "label": names[code], "valueMap": [code]} for code in found.codes
        ],
        "links": [
            link(asked, "self", asked.language, path),
            *(link(asked, "alternate", one, path) for one in others),
        ],
    }


def referred(asked: Asked, dimension: Dimension) -> list[dict[str, Any]]:
    """The code lists of a dimension as its metadata name them."""
    return [
        {
            "id": name,
            "label": label,
            "type": "Valueset",
            "links": [link(asked, "metadata", asked.language, f"/v2/codelists/{name}")],
        }
        for name, label in dimension.codelists.items()
    ]


def link(asked: Asked, rel: str, language: str, path: str, **more: str) -> dict[str, str]:
    """A link as the standard writes it."""
    return {
        "rel": rel, "hreflang": language, "href": asked.address(path, lang=language, **more),
    }  # fmt: skip


@lru_cache(KEPT)
def _codelists(folder: Path, release: Release) -> dict[str, Codelist]:
    known = regions(release)
    by_level: dict[str, list[str]] = {}
    for key in known.ordered(known.codes):
        by_level.setdefault("/".join(key.split("/", 2)[:2]), []).append(known.codes[key])
    return {
        valueset(level): Codelist(valueset(level), level, tuple(codes))
        for level, codes in by_level.items()
    }
