"""The areas of a release by position: which there are, and which are the parts of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.query import Area, Release

Positions: TypeAlias = NDArray[np.intp]

NONE: Final[Positions] = np.array([], dtype=np.intp)
# The parts of each kind of place, and the column of the areas that says in which place they lie.
# A municipality has both: RegSO are its parts, and DeSO are counted where RegSO are too large.
PARTS: Final = {
    "municipality": (("regso", "municipality"), ("deso", "municipality")),
    "county": (("municipality", "county"), ("regso", "county")),
    "regso": (("deso", "parent"),),
}


@dataclass(frozen=True)
class Layout:
    """Where each area stands in the arrays of figures, and what is known of it by position.

    `covered` are the levels (`regso/2020`) with values of each kind, the newest first; `preferred`
    the vintages of each kind, those with values and the newest first; `vintages` all vintages of an
    area that has several, by kind and code; `same_type` the municipalities of each type.
    """

    position: Mapping[str, int]
    keys: list[str]
    names: list[str]
    municipalities: list[str | None]
    levels: Mapping[str, Positions]
    inside: Mapping[tuple[str, str], Positions]
    covered: Mapping[str, tuple[str, ...]]
    preferred: Mapping[str, tuple[str, ...]]
    vintages: Mapping[tuple[str, str], tuple[str, ...]]
    same_type: Mapping[str, tuple[str, ...]]
    country: str

    def parts(self, area: str, level: str) -> Positions:
        """The areas of a level that lie in an area; of the country all of the level."""
        if area == self.country:
            return self.levels.get(level, NONE)
        return self.inside.get((area, level), NONE)

    def level_of(self, kind: str) -> str | None:
        """The newest level of a kind that has values; None where none has."""
        there = self.covered.get(kind, ())
        return there[0] if there else None

    def vintage(self, kind: str, code: str) -> str | None:
        """The vintage of an area that is shown without being asked for: the newest with values."""
        for vintage in self.preferred.get(kind, ()):
            if f"{kind}/{vintage}/{code}" in self.position:
                return vintage
        return None

    def name(self, key: str | None) -> str:
        """What an area is called; nothing where there is none."""
        at = self.position.get(key or "")
        return "" if at is None else self.names[at]

    def parts_level(self, area: Area) -> str | None:
        """The level of an area's parts as its page shows them; None where it has none.

        The parts of an area of one vintage are of the vintage that was made with it.
        """
        if area.kind in {"country", "county"}:
            return self.level_of("municipality")
        if area.kind == "municipality":
            return self.level_of("regso")
        return next((level for level in self.levels if (area.area, level) in self.inside), None)


def layout(release: Release) -> Layout:
    """The areas of a release, laid out once."""
    frame = release.areas().with_columns(level=pl.format("{}/{}", "kind", "vintage"))
    keys = frame.get_column("area").to_list()
    position = {key: at for at, key in enumerate(keys)}
    numbered = frame.with_row_index("at")
    levels = {
        str(level): _positions(rows)
        for (level,), rows in numbered.group_by("level", maintain_order=True)
    }
    inside: dict[tuple[str, str], Positions] = {}
    for kinds in PARTS.values():
        for kind, column in kinds:
            of_kind = numbered.filter(pl.col("kind") == kind).drop_nulls(column)
            for (place, level), rows in of_kind.group_by(column, "level", maintain_order=True):
                inside[str(place), str(level)] = _positions(rows)
    members: dict[tuple[str, str], list[int]] = {}
    for area, member in release.members().select("area", "member").iter_rows():
        if member in position:
            level = member.rpartition("/")[0]
            members.setdefault((area, level), []).append(position[member])
    inside.update({key: np.array(at, dtype=np.intp) for key, at in members.items()})
    covered = _covered(release)
    country = frame.filter(pl.col("kind") == "country").get_column("area")
    return Layout(
        position=position,
        keys=keys,
        names=[name or key.rpartition("/")[2] for key, name in frame.select("area", "name").rows()],
        municipalities=frame.get_column("municipality").to_list(),
        levels=levels,
        inside=inside,
        covered=covered,
        preferred=_preferred(levels, covered),
        vintages=_vintages(frame),
        same_type={
            str(group): tuple(keys)
            for group, keys in frame.filter(pl.col("kind") == "municipality")
            .drop_nulls("type_group")
            .group_by("type_group")
            .agg("area")
            .iter_rows()
        },
        country=str(country[0]) if country.len() else "",
    )


def _positions(rows: pl.DataFrame) -> Positions:
    return rows.get_column("at").to_numpy().astype(np.intp)


def _covered(release: Release) -> dict[str, tuple[str, ...]]:
    known = release.coverage.filter(pl.col("known") > 0).select("kind", "vintage").unique()
    found: dict[str, list[str]] = {}
    for kind, vintage in known.sort("kind", "vintage", descending=[False, True]).iter_rows():
        found.setdefault(kind, []).append(f"{kind}/{vintage}")
    return {kind: tuple(there) for kind, there in found.items()}


def _preferred(
    levels: Mapping[str, Positions], covered: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with_values = [level for there in covered.values() for level in there]
    for level in dict.fromkeys([*with_values, *sorted(levels, reverse=True)]):
        kind, _, vintage = level.partition("/")
        found.setdefault(kind, []).append(vintage)
    return {kind: tuple(there) for kind, there in found.items()}


def _vintages(frame: pl.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    several = (
        frame.group_by("kind", "code").agg(pl.col("vintage").sort()).filter(
            pl.col("vintage").list.len() > 1
        )
    )  # fmt: skip
    return {(kind, code): tuple(there) for kind, code, there in several.iter_rows()}
