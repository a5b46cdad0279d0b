"""The figures of places: every subject in every place and period, with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import polars as pl

from samsyn.explore.compare.selection import TYPE, Place
from samsyn.explore.compare.subjects import Subject
from samsyn.measure.errors import InputError
from samsyn.publish.intervals import Figure, with_intervals
from samsyn.statistics.query import Release
from samsyn.statistics.query.municipality_types import MEAN, municipalities_of, type_values

KEPT: Final = 256
INDEX_COLUMNS: Final = ("area", "period", "units", "value", "lower", "upper")


@dataclass(frozen=True)
class Cell:
    """One figure: its value with interval, the key of the area in its vintage, its counts.

    `mean` says that it is the mean of so many municipalities as `known`, of `number`, and not the
    figure of all their people together.
    """

    figure: Figure
    status: str = "ok"
    vintage: str = ""
    numerator: float | None = None
    denominator: float | None = None
    mean: bool = False
    known: int | None = None
    number: int | None = None


Cells = Mapping[str, Mapping[str, Cell]]  # by place and period


@dataclass(frozen=True)
class Figures:
    """The figures of one subject in the places, by the key of the place and by period.

    `frame` are the rows of the release that they come from, None of an index, and `sources` the
    numbers of their sources with how they came to be.
    """

    subject: Subject
    cells: Cells
    frame: pl.DataFrame | None
    sources: frozenset[tuple[int | None, str]] = frozenset()

    @property
    def periods(self) -> list[str]:
        """The periods with a known value in some place, in order."""
        return sorted(self._known())

    def newest(self) -> str | None:
        """The newest period that as many places as possible have a value in."""
        known = self._known()
        return max(known, key=lambda period: (known[period], period), default=None)

    def oldest(self) -> str | None:
        """The first period that as many places have a value in as in the newest."""
        known = self._known()
        most = max(known.values(), default=0)
        return min((period for period, number in known.items() if number == most), default=None)

    def cell(self, place: Place, period: str | None) -> Cell:
        """The figure of a place in a period; a missing one where there is none."""
        there = self.cells.get(place.key, {})
        if period is not None and period in there:
            return there[period]
        return Cell(Figure(None), "missing" if there else "not_applicable")

    def _known(self) -> dict[str, int]:
        known: dict[str, int] = {}
        for cells in self.cells.values():
            for period, cell in cells.items():
                if cell.figure.known:
                    known[period] = known.get(period, 0) + 1
        return known


def figures(
    release: Release, subjects: Sequence[Subject], places: Sequence[Place]
) -> list[Figures]:
    """The figures of the subjects in the places."""
    keys: dict[str, list[str]] = {}
    for place in places:
        for key in _vintages(release, place):
            keys.setdefault(key, []).append(place.key)
    types = [place.code for place in places if place.kind == TYPE]
    frames = {
        one.id: _values(release, one.id, tuple(keys)) for one in subjects if one.grouping is None
    }
    # Intervals of all at once: a call costs more than its rows.
    told = [frame for frame in frames.values() if frame is not None and frame.height]
    rows = with_intervals(pl.concat(told)).iter_rows(named=True) if told else ()
    by_subject: dict[str, dict[str, dict[str, Cell]]] = {one.id: {} for one in subjects}
    sources: dict[str, set[tuple[int | None, str]]] = {one.id: set() for one in subjects}
    for row in rows:
        sources[row["indicator"]].add((row["source"], row["method"]))
        for key in keys[row["area"]]:
            _put(by_subject[row["indicator"]].setdefault(key, {}), row["period"], row)
    for one in subjects:
        if one.grouping is not None:
            for told_row in _indices(release, one):
                for key in keys.get(told_row["area"], ()):
                    _put(by_subject[one.id].setdefault(key, {}), told_row["period"], told_row)
        for code in types:
            of_type = _of_type(release, one, code)
            if of_type:
                by_subject[one.id][f"{TYPE}/{code}"] = dict(of_type)
    return [
        Figures(one, by_subject[one.id], frames.get(one.id), frozenset(sources[one.id]))
        for one in subjects
    ]


def _put(cells: dict[str, Cell], period: str, row: Mapping[str, Any]) -> None:
    """Keep a row; of an area in two vintages in one period the newer stands."""
    vintage = row.get("units") or row["area"]
    if period in cells and cells[period].vintage > vintage:
        return
    cells[period] = Cell(
        Figure.of(row), row.get("status") or "ok", vintage,
        row.get("numerator"), row.get("denominator"),
    )  # fmt: skip


def _values(release: Release, name: str, keys: tuple[str, ...]) -> pl.DataFrame | None:
    if not keys:
        return None
    try:
        return release.values(name, areas=keys)
    except InputError:
        return None


@lru_cache(64)
def _indices(release: Release, subject: Subject) -> tuple[Mapping[str, Any], ...]:
    """An index in all regions and periods: some hundred rows, asked for again and again."""
    assert subject.grouping is not None
    assert subject.units is not None
    try:
        frame = release.indices(subject.grouping, subject.units, index=subject.index)
    except InputError:
        return ()
    group, against = pl.col("group"), pl.col("against")
    wanted = group.is_null() if subject.group is None else group == subject.group
    wanted &= against.is_null() if subject.against is None else against == subject.against
    rows = frame.filter(wanted).rename({"region": "area"}).select(INDEX_COLUMNS)
    return tuple(
        {**row, "status": "missing" if row["value"] is None else "ok"}
        for row in rows.iter_rows(named=True)
    )


@lru_cache(KEPT)
def _of_type(release: Release, subject: Subject, code: str) -> tuple[tuple[str, Cell], ...]:
    """The figures of a type of municipalities by period."""
    members = municipalities_of(release, code)["area"].to_list()
    if subject.grouping is None:
        found = _values(release, subject.id, tuple(members))
        if found is None:
            return ()
        values = found
    else:
        rows = [row for row in _indices(release, subject) if row["area"] in set(members)]
        values = pl.DataFrame(rows, schema_overrides={"value": pl.Float64})
    if values.is_empty():
        return ()
    told = type_values(values, len(members)).with_columns(
        unit=pl.lit(subject.unit, pl.String), status=pl.lit("ok")
    )
    return tuple(
        (
            row["period"],
            Cell(
                Figure.of(row), "missing" if row["value"] is None else "ok", "",
                row["numerator"], row["denominator"],
                row["how"] == MEAN, row["known"], row["number"],
            ),
        )
        for row in with_intervals(told).iter_rows(named=True)
    )  # fmt: skip


def _vintages(release: Release, place: Place) -> tuple[str, ...]:
    """The keys of a place in all vintages of its borders: areas of its kind and code.

    Only its own where the address asks for one vintage.
    """
    if place.area is None:
        return ()
    if place.key == place.area.area:
        return (place.key,)
    return _codes(release).get((place.area.kind, place.area.code), (place.area.area,))


@lru_cache(4)
def _codes(release: Release) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The keys of the areas that are there in more than one vintage."""
    several = (
        release.areas()
        .select("kind", "code", "area")
        .filter(pl.len().over("kind", "code") > 1)
        .group_by("kind", "code")
        .agg(pl.col("area"))
    )
    return {(kind, code): tuple(keys) for kind, code, keys in several.iter_rows()}


def breaks(
    release: Release, figures: Figures, place: Place, periods: Iterable[str]
) -> dict[str, str]:
    """The periods at which a place's series breaks, each with what did: borders or definition.

    `periods` are those looked at, in order: a break is told at the first of them after it.
    """
    cells = figures.cells.get(place.key, {})
    shown = [period for period in periods if period in cells and cells[period].figure.known]
    found: dict[str, str] = {}
    vintages = [cells[period].vintage for period in shown]
    moved = dict(_told(release, figures.subject, place, vintages))
    told = release.indicator(figures.subject.id) if figures.subject.grouping is None else None
    defined = [period for period, _ in told.breaks] if told is not None else []
    for before, period in pairwise(shown):
        other = any("borders" in kind for at, kind in moved.items() if before < at <= period)
        redefined = any(before < at <= period for at in defined)
        if other or redefined:
            kinds = [*(["borders"] * other), *(["definition"] * redefined)]
            found[period] = ", ".join(kinds)
    return found


def _told(
    release: Release, subject: Subject, place: Place, vintages: Sequence[str]
) -> list[tuple[str, str]]:
    """Where the borders of a place, or of the units in it, became others."""
    if len(set(vintages)) < 2 or place.area is None:
        return []
    if subject.grouping is not None:
        cells = {row["period"]: row["units"] for row in _indices(release, subject)}
        there = sorted(cells)
        return [
            (period, "borders")
            for before, period in pairwise(there)
            if cells[before] != cells[period]
        ]
    series = release.series(subject.id, place.area.area).drop_nulls("break")
    return list(series.select("period", "break").iter_rows())
