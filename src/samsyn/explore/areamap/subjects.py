"""What a map can show: the area types, an indicator, or an index of segregation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.index_names import index_name, index_reading
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release

KINDS: Final[tuple[str, ...]] = ("country", "county", "municipality", "regso", "deso")
TYPES: Final = "area_type"
UNITS: Final = ("deso", "regso", "municipality")
KEPT: Final = 32
# Indicators whose values have a middle that means something; colours go out from it.
MIDDLES: Final = {"concentration_at_extremes": 0.0}
INDEX_UNIT: Final = "index"


@dataclass(frozen=True)
class Subject:
    """What is shown: an indicator by its id, or an index of a grouping's groups over units.

    `group` is empty where the index is of all groups together.
    """

    name: str
    grouping: str = ""
    units: str = ""
    group: str = ""

    @property
    def types(self) -> bool:
        """Whether it is the area types."""
        return self.name == TYPES and not self.grouping

    @property
    def parameters(self) -> dict[str, str]:
        """What an address asks for it with."""
        if not self.grouping:
            return {"indicator": self.name}
        told = {"index": self.name, "grouping": self.grouping, "units": self.units}
        return {**told, "group": self.group} if self.group else told

    @property
    def middle(self) -> float | None:
        """The value that colours go out from; None for most."""
        return None if self.grouping else MIDDLES.get(self.name)


@dataclass(frozen=True)
class Asked:
    """A subject in a release; two of the same folder are the same."""

    folder: str
    subject: Subject
    release: Release = field(compare=False, repr=False)


def title(release: Release, subject: Subject, language: str) -> str:
    """What the subject is called."""
    if not subject.grouping:
        told = release.indicator(subject.name)
        return told.name[language] if told is not None else subject.name
    grouping = groupings()[subject.grouping]
    about = grouping.name[language]
    if subject.group:
        about = f"{about} ({grouping.labels[subject.group][language].lower()})"
    return f"{index_name(subject.name, language)}: {about}"


def explanation(release: Release, subject: Subject, language: str) -> str:
    """What the subject means, in a sentence or two."""
    if subject.grouping:
        return index_reading(subject.name, language)
    told = release.indicator(subject.name)
    return told.explanation[language] if told is not None else ""


def unit(release: Release, subject: Subject) -> str | None:
    """The unit of the values."""
    if subject.grouping:
        return INDEX_UNIT
    told = release.indicator(subject.name)
    return None if told is None else told.unit


@lru_cache(KEPT)
def levels(asked: Asked) -> Mapping[str, tuple[str, ...]]:
    """The levels that a subject has figures on (regso/2020), each with its periods.

    The largest areas come first, and the newest borders of a kind before the older.
    """
    if asked.subject.types:
        found = _typed(asked).select(_kind(), _vintage(), "period").unique()
    elif asked.subject.grouping:
        rows = regions(asked).rename({"region": "area"})
        found = rows.select(_kind(), _vintage(), "period").unique()
    else:
        known = asked.release.coverage.filter(
            pl.col("subject") == asked.subject.name, pl.col("known") > 0
        )
        found = known.select("kind", "vintage", "period").unique()
    grouped = found.group_by("kind", "vintage").agg(pl.col("period").sort())
    ordered = sorted(
        (row for row in grouped.iter_rows() if row[0] in KINDS),
        key=lambda row: (KINDS.index(row[0]), -_number(row[1])),
    )
    return {f"{kind}/{vintage}": tuple(periods) for kind, vintage, periods in ordered}


def values(asked: Asked, level: str, period: str) -> pl.DataFrame:
    """The figures of a level in a period: `area`, `period`, `value`, `status` and `unit`.

    With them `source` and `method` where they tell where a figure comes from; of area types
    `uncertain` and the socioeconomic `index`, of indices `lower`, `upper` and `expected`.
    """
    if asked.subject.types:
        rows = _typed(asked).filter(pl.col("period") == period, _on(level))
        return rows.with_columns(
            value=pl.coalesce("published", "computed").cast(pl.Float64),
            status=pl.lit("ok"),
            unit=pl.lit("class"),
        )
    if asked.subject.grouping:
        rows = regions(asked).rename({"region": "area"}).filter(pl.col("period") == period)
        status = pl.when(pl.col("value").is_nan() | pl.col("value").is_null())
        return rows.filter(_on(level)).with_columns(
            value=pl.col("value").fill_nan(None),
            status=status.then(pl.lit("missing")).otherwise(pl.lit("ok")),
            unit=pl.lit(INDEX_UNIT),
        )
    return asked.release.values(asked.subject.name, level=level, period=period)


@lru_cache(KEPT)
def regions(asked: Asked) -> pl.DataFrame:
    """All that a release has of an index, in every region and period."""
    subject = asked.subject
    rows = asked.release.indices(subject.grouping, subject.units, index=subject.name)
    rows = rows.filter(pl.col("region").str.split("/").list.first() != "country")
    if not subject.group:
        return rows.filter(pl.col("group").is_null())
    rows = rows.filter(pl.col("group") == subject.group)
    entry = groupings()[subject.grouping]
    if subject.group == entry.first_group and entry.first_against:
        first = rows.filter(pl.col("against") == entry.first_against)
        rows = first if first.height else rows
    alone = rows.filter(pl.col("against").is_null())
    return alone if alone.height else rows


@lru_cache(KEPT)
def offered_units(asked: Asked) -> tuple[str, ...]:
    """The kinds of areas that an index is computed over, those with the newest figures first."""
    found = []
    for kind in UNITS:
        subject = Subject(asked.subject.name, asked.subject.grouping, kind, asked.subject.group)
        try:
            rows = regions(Asked(asked.folder, subject, asked.release))
        except InputError:
            continue
        if rows.height:
            found.append((str(rows["period"].max()), kind))
    return tuple(kind for _, kind in sorted(found, key=lambda one: -_number(one[0])))


@lru_cache(KEPT)
def offered_groups(asked: Asked) -> tuple[str, ...]:
    """The groups whose index there is; none where it is of all groups together."""
    for kind in UNITS:
        try:
            rows = asked.release.indices(asked.subject.grouping, kind, index=asked.subject.name)
        except InputError:
            continue
        there = set(rows.get_column("group").drop_nulls())
        entry = groupings()[asked.subject.grouping]
        return tuple(group for group in entry.groups if group in there)
    return ()


def _typed(asked: Asked) -> pl.DataFrame:
    """The areas with their types; none where the release has none."""
    try:
        return asked.release.area_types(None)
    except InputError:
        schema = {"area": pl.String, "period": pl.String}
        return pl.DataFrame(schema=schema)


def _kind() -> pl.Expr:
    return pl.col("area").str.split("/").list.get(0).alias("kind")


def _vintage() -> pl.Expr:
    return pl.col("area").str.split("/").list.get(1).alias("vintage")


def _on(level: str) -> pl.Expr:
    return pl.col("area").str.starts_with(f"{level}/")


def _number(text: str) -> int:
    return int(text[:4]) if text[:4].isdigit() else 0
