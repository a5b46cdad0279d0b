"""What a release holds: its sources, what they cover, what was found and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.publish.about import About
from samsyn.publish.numbers import number
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, LEVEL_NAMES, groupings, indicators
from samsyn.statistics.query import Release
from samsyn.statistics.release.manifest import fingerprint
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD

LEVELS: Final = ("country", "county", "municipality", "regso", "deso")
SEVERITIES: Final = {
    "error": gettext_lazy("fel"),
    "warning": gettext_lazy("varning"),
    "note": gettext_lazy("upplysning"),
}
# What the checks of a release look at; a check that is not named here shows its own name.
CHECKS: Final = {
    "absences": gettext_lazy("Områden som saknas"),
    "area": gettext_lazy("Områden"),
    "catalogue": gettext_lazy("Tabeller och kolumner"),
    "code": gettext_lazy("Områdeskoder"),
    "coverage": gettext_lazy("Täckning"),
    "custom": gettext_lazy("Egna områden"),
    "jumps": gettext_lazy("Språng mellan perioder"),
    "link": gettext_lazy("Kopplingar mellan områden"),
    "name": gettext_lazy("Områdens namn"),
    "parent": gettext_lazy("Vilket område som ligger i vilket"),
    "parts and whole": gettext_lazy("Delar och helhet"),
    "parts only": gettext_lazy("Bara en del av landet"),
    "shapes": gettext_lazy("Gränser"),
    "sources differ": gettext_lazy("Källor som säger olika"),
}


@dataclass(frozen=True)
class Publisher:
    """Who publishes sources of the release; `told` is false where no file says who it is."""

    name: str
    told: bool
    sources: tuple[Provenance, ...]


@dataclass(frozen=True)
class Cell:
    """How an indicator or a grouping is covered at a level: its periods, and the newest's areas."""

    level: str
    periods: str
    known: str
    areas: str

    @property
    def whole(self) -> bool:
        """Whether every area has a value in the newest period."""
        return self.known == self.areas

    @property
    def single(self) -> bool:
        """Whether there is only one area, the country."""
        return self.areas == "1"


@dataclass(frozen=True)
class Covered:
    """An indicator or a grouping with its cells; None at a level where it has no values."""

    subject: str
    name: str
    indicator: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Undrawn:
    """Areas of a level that have no borders in the release."""

    kind: str
    vintage: str
    areas: str
    drawn: str


@dataclass(frozen=True)
class Holdings:
    """All that the page about the figures tells of a release, in one language."""

    fingerprint: str
    publishers: tuple[Publisher, ...]
    levels: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, tuple[Covered, ...]], ...]
    undrawn: tuple[Undrawn, ...]
    absent: tuple[str, ...]
    unlicensed: int


@lru_cache(maxsize=8)
def holdings(release: Release, language: str) -> Holdings:
    """What there is to tell of a release; the same answer for as long as it is open."""
    coverage = release.coverage
    there = [level for level in LEVELS if level in set(coverage["kind"])]
    others = sorted(set(coverage["kind"]) - set(LEVELS))
    levels = (*there, *others)
    return Holdings(
        fingerprint=fingerprint(release.folder),
        publishers=_publishers(release.sources()),
        levels=tuple((level, LEVEL_NAMES.get(level, {}).get(language, level)) for level in levels),
        themes=_themes(release, levels, language),
        undrawn=_undrawn(release, language),
        absent=tuple(
            entry.name[language]
            for name, entry in indicators().items()
            if name not in release.indicators
        ),
        unlicensed=sum(source.licence is None for source in release.sources()),
    )


def _publishers(sources: list[Provenance]) -> tuple[Publisher, ...]:
    names = dict.fromkeys(source.origin for source in sources if source.origin != UNTOLD)
    if any(source.origin == UNTOLD for source in sources):
        names[UNTOLD] = None
    return tuple(
        Publisher(
            name if name != UNTOLD else _("Utgivaren framgår inte av filen"),
            name != UNTOLD,
            tuple(source for source in sources if source.origin == name),
        )
        for name in names
    )


def _themes(
    release: Release, levels: tuple[str, ...], language: str
) -> tuple[tuple[str, tuple[Covered, ...]], ...]:
    cells = _cells(release.coverage, language)

    def covered(subject: str, name: str, indicator: bool) -> Covered:
        return Covered(
            subject, name, indicator, tuple(cells.get((subject, level)) for level in levels)
        )

    themes: dict[str, list[Covered]] = {}
    for subject in sorted(release.indicators, key=_order()):
        entry = release.indicator(subject)
        area = entry.focus_area if entry is not None else "other"
        name = entry.name[language] if entry is not None else subject
        themes.setdefault(FOCUS_AREA_NAMES[area][language], []).append(
            covered(subject, name, indicator=True)
        )
    counted = [
        covered(subject, groupings()[subject].name[language], indicator=False)
        for subject in release.groupings
        if subject in groupings()
    ]
    if counted:
        themes[_("Indelningar som segregationen mäts i")] = counted
    return tuple((theme, tuple(rows)) for theme, rows in themes.items())


def _order() -> _Order:
    return _Order({name: at for at, name in enumerate(indicators())})


@dataclass(frozen=True)
class _Order:
    """The order of the catalogue; users' own indicators come last, by id."""

    places: Mapping[str, int]

    def __call__(self, name: str) -> tuple[int, str]:
        return self.places.get(name, len(self.places)), name


def _cells(coverage: pl.DataFrame, language: str) -> dict[tuple[str, str], Cell]:
    """The coverage of each subject at each level, from the periods that have any value."""
    known = coverage.filter(pl.col("known") > 0).sort("period", "vintage")
    found = known.group_by("subject", "kind", maintain_order=True).agg(
        pl.col("period").first().alias("first"),
        pl.col("period").last().alias("last"),
        pl.col("known").last(),
        pl.col("areas").last(),
    )
    return {
        (subject, kind): Cell(
            kind,
            first if first == last else f"{first}–{last}",
            number(known, "persons", language),
            number(areas, "persons", language),
        )
        for subject, kind, first, last, known, areas in found.iter_rows()
    }


def _undrawn(release: Release, language: str) -> tuple[Undrawn, ...]:
    """Levels with values of which some areas have no borders of their own vintage."""
    valued = release.coverage.filter(pl.col("known") > 0).select("kind", "vintage").unique()
    areas = release.areas().join(valued, on=["kind", "vintage"])
    counted = areas.group_by("kind", "vintage").agg(
        pl.len().alias("areas"), pl.col("west").is_not_null().sum().alias("drawn")
    )
    lacking = counted.filter(pl.col("drawn") < pl.col("areas")).sort("kind", "vintage")
    return tuple(
        Undrawn(
            LEVEL_NAMES.get(kind, {}).get(language, kind),
            vintage,
            *(number(one, "persons", language) for one in (areas, drawn)),
        )
        for kind, vintage, areas, drawn in lacking.iter_rows()
    )


# --- the same as tables, to take home ------------------------------------------------------------


def sources_table(release: Release) -> pl.DataFrame:
    """A row for each source, as the manifest has it."""
    rows = [
        (
            number, source.origin, source.table, source.title, source.file, source.sheet,
            source.licence, source.updated, source.retrieved, source.address, source.sha256,
        )
        for number, source in enumerate(release.sources())
    ]  # fmt: skip
    names = (
        "source", "publisher", "table", "title", "file", "sheet", "licence", "updated",
        "retrieved", "address", "sha256",
    )  # fmt: skip
    return pl.DataFrame(
        rows, schema={name: pl.Int32 if name == "source" else pl.String for name in names},
        orient="row",
    )  # fmt: skip


def coverage_table(release: Release) -> pl.DataFrame:
    """For each indicator and grouping, level and period: areas, and areas with a value.

    An indicator and a grouping of the same name (population) cover the same: they are told once.
    """
    key = ["indicator", "units", "period"]
    told = release.coverage.select(
        pl.col("subject").alias("indicator"),
        pl.concat_str("kind", "vintage", separator="/").alias("units"),
        "period", "areas", "known", "share",
    )  # fmt: skip
    return told.unique(key, keep="first", maintain_order=True)


def told(release: Release, language: str, title: str) -> About:
    """What goes with a table about the release itself."""
    manifest = release.manifest
    return About(
        title, language, release.name, manifest.created, manifest.version,
        tuple(release.sources()), derived=False,
    )  # fmt: skip
