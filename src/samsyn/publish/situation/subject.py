"""What a report is about: the place, its parts, and what it is set beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.situation.choice import Choice
from samsyn.publish.texts import Texts, said
from samsyn.publish.wording import named
from samsyn.statistics.query import Area, Release
from samsyn.statistics.query.remembering import remembered

# The parts of each kind of place, the first that has figures; of municipalities also those that
# are smaller.
PARTS: Final = {
    "country": ("municipality",),
    "county": ("municipality",),
    "municipality": ("regso", "deso"),
    "regso": ("deso",),
}
SIMILAR: Final = 10  # so many of the most similar places

TEXTS: Final[Texts] = {
    "similar": {"sv": "Liknande (median)", "en": "Similar (median)"},
}


@dataclass(frozen=True)
class Beside:
    """A place that this one is set beside: what it is called and its key."""

    label: str
    area: str


@dataclass(frozen=True)
class Subject:
    """The place of a report with what all its sections ask of it."""

    release: Release
    choice: Choice
    area: Area

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.choice.language

    @property
    def name(self) -> str:
        """What the place is called in the language of the report."""
        return self.called(self.area)

    def called(self, area: Area) -> str:
        """What an area is called in the language of the report."""
        return named(area.name or area.code, area.kind, self.language)

    @property
    def level(self) -> str:
        """The kind and vintage of the place."""
        return f"{self.area.kind}/{self.area.vintage}"

    @cached_property
    def parts_level(self) -> str | None:
        """The kind and vintage of its parts that have figures; None where it has none."""
        kinds = PARTS.get(self.area.kind, ())
        for kind in kinds:
            for level in levels(self.release, kind, self.choice.period):
                if not self._parts(level).is_empty():
                    return level
        if self.area.kind == "custom":
            members = self.release.members(self.area.area).get_column("member").to_list()
            return members[0].rpartition("/")[0] if members else None
        return None

    @cached_property
    def parts(self) -> pl.DataFrame:
        """Its parts: `area` and `name`, by key."""
        if self.parts_level is None:
            return pl.DataFrame(schema={"area": pl.String, "name": pl.String})
        return self._parts(self.parts_level)

    def _parts(self, level: str) -> pl.DataFrame:
        if self.area.kind == "custom":
            keys = self.release.members(self.area.area).get_column("member").implode()
            there = self.release.areas(level).filter(pl.col("area").is_in(keys))
        else:
            there = self.release.areas(level, within=self.area.area)
        return there.select("area", pl.coalesce("name", "code").alias("name")).sort("area")

    @cached_property
    def mappable(self) -> bool:
        """Whether the release has borders of its parts."""
        keys = self.parts["area"].to_list()
        return bool(keys) and not self.release.shapes(resolution="coarse", areas=keys).is_empty()

    @cached_property
    def beside(self) -> tuple[Beside, ...]:
        """The larger places that it lies in and is set beside, as far as that is chosen."""
        found = []
        if self.choice.has_comparison("county") and self.area.kind in {
            "municipality", "regso", "deso", "custom",
        }:  # fmt: skip
            found.append(self.area.county)
        if self.choice.has_comparison("country") and self.area.kind != "country":
            found.append(country(self.release))
        if self.choice.compare and self.area.kind in {"regso", "deso"} and self.area.municipality:
            found.insert(0, self.area.municipality)
        return tuple(
            Beside(self.called(self.release.area(key)), key) for key in found if key is not None
        )

    @cached_property
    def similar(self) -> tuple[Beside, ...]:
        """The places that are most like it, the nearest first; none where too few are known."""
        if not self.choice.has_comparison("similar"):
            return ()
        try:
            found = self.release.similar(self.area.area, limit=SIMILAR)
        except InputError:
            return ()
        rows = found.places.select("name", "area").iter_rows()
        return tuple(Beside(name, area) for name, area in rows)

    @property
    def told_as(self) -> str:
        """What the place is asked for as: kind and code, with the vintage where that is needed."""
        short = f"{self.area.kind}/{self.area.code}"
        return short if self.release.area(short).area == self.area.area else self.area.area

    @property
    def peers(self) -> tuple[str, ...] | None:
        """The keys of the places like it; none where they are not asked for.

        None, where too few are known, leaves it to whoever compares to find some.
        """
        if not self.choice.has_comparison("similar"):
            return ()
        return tuple(one.area for one in self.similar) or None

    def period(self, subject: str, level: str | None = None) -> str | None:
        """The newest period that may be shown in which places of a level have a figure."""
        there = periods(self.release).get((subject, level or self.level), ())
        latest = self.choice.period
        return next((one for one in there if latest is None or one <= latest), None)

    def about(self, title: str, *frames: pl.DataFrame, subjects: tuple[str, ...] = ()) -> About:
        """What goes with a chart, a map or a table of these frames."""
        return about(
            self.release, title, self.language, frames=list(frames), subjects=list(subjects)
        )

    def said(self, texts: Texts, name: str, /, **values: object) -> str:
        """A text in the language of the report."""
        return said(texts, name, self.language, **values)


@remembered(4)
def periods(release: Release) -> dict[tuple[str, str], tuple[str, ...]]:
    """The periods with figures of each indicator and grouping on each level, the newest first."""
    known = release.coverage.filter(pl.col("known") > 0).sort("period", descending=True)
    found: dict[tuple[str, str], list[str]] = {}
    for subject, kind, vintage, period in known.select(
        "subject", "kind", "vintage", "period"
    ).iter_rows():
        found.setdefault((subject, f"{kind}/{vintage}"), []).append(period)
    return {key: tuple(dict.fromkeys(there)) for key, there in found.items()}


@remembered(4)
def country(release: Release) -> str | None:
    """The key of the country; None where the release has none."""
    keys = release.areas("country").get_column("area")
    return str(keys[-1]) if keys.len() else None


def levels(release: Release, kind: str, until: str | None = None) -> list[str]:
    """The vintages of a kind that have figures, as `regso/2020`, the newest first.

    Borders change: figures until an earlier period are those of the borders of that time.
    """
    there = {
        level
        for (_, level), known in periods(release).items()
        if level.partition("/")[0] == kind and (until is None or known[-1] <= until)
    }
    return sorted(there, reverse=True)
