"""The types of areas in a place: with people, over time, and how near each is to a border."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.wording import people_by_type
from samsyn.statistics.derive.area_types import LIMITS
from samsyn.statistics.query import Release

KEPT = 64


def country(release: Release) -> str | None:
    """The key of the country; None where the release has none."""
    try:
        found = release.areas("country")
    except InputError:
        return None
    return str(found["area"][0]) if found.height else None


@lru_cache(8)
def periods(release: Release) -> tuple[str, ...]:
    """The periods in which areas have a type, from the oldest."""
    try:
        found = release.area_types()
    except InputError:
        return ()
    typed = found.filter(pl.coalesce("published", "computed").is_not_null())
    return tuple(typed["period"].unique().sort())


@lru_cache(KEPT)
def of_place(release: Release, within: str | None) -> pl.DataFrame:
    """The areas with a type in a place, in all periods.

    To the columns of `Release.area_types` come `type` (the published, else the computed),
    `is_published`, `people` (null where not known) and `municipality`. Empty without any.
    """
    place = within or country(release)
    people = pl.DataFrame() if place is None else people_by_type(release, place, None)
    try:
        found = release.area_types(within=within)
    except InputError:
        found = release.area_types().clear()
    kept = ("area", "period", "people")
    if people.is_empty() or not set(kept) <= set(people.columns):
        people = pl.DataFrame(schema=dict.fromkeys(kept[:2], pl.String) | {"people": pl.Float64})
    return (
        found.with_columns(
            type=pl.coalesce("published", "computed"),
            is_published=pl.col("published").is_not_null(),
        )
        .drop_nulls("type")
        .join(people.select(kept), on=["area", "period"], how="left")
        .join(
            release.areas("regso").select("area", "municipality", "county"), on="area", how="left"
        )
    )


def now(release: Release, within: str | None, period: str) -> pl.DataFrame:
    """The areas with a type in a place in a period."""
    return of_place(release, within).filter(pl.col("period") == period)


def near_a_border(frame: pl.DataFrame) -> pl.DataFrame:
    """The areas whose type is uncertain, the nearest to a border between types first.

    `distance` is how many standard deviations the index lies from it, and `other` the type on its
    other side.
    """
    unsure = frame.filter(pl.col("uncertain").fill_null(False)).drop_nulls("z")
    gaps = [(pl.col("z") - limit).abs() for limit in LIMITS]
    nearest = pl.concat_list(gaps).list.arg_min().cast(pl.Int8)
    # The border at place n lies between the types n + 1 and n + 2.
    return (
        unsure.with_columns(distance=pl.min_horizontal(gaps), upper=nearest + 1)
        .with_columns(
            other=pl.when(pl.col("computed") <= pl.col("upper"))
            .then(pl.col("upper") + 1)
            .otherwise(pl.col("upper"))
        )
        .drop("upper")
        .sort("distance", "area")
    )


def by_region(frame: pl.DataFrame, release: Release, kind: str) -> pl.DataFrame:
    """For each county or municipality people and areas in all, and the share at each end.

    The columns are `area`, `name`, `areas`, `first_areas`, `last_areas`, `people`, `first` and
    `last`; the last three are null where the people of an area are not known.
    """
    people, type_of = pl.col("people"), pl.col("type")
    counted = people.null_count() == 0
    whole = people.sum()

    def share(one: int) -> pl.Expr:
        return pl.when(counted & (whole > 0)).then(people.filter(type_of == one).sum() / whole)

    return (
        frame.drop_nulls(kind)
        .group_by(pl.col(kind).alias("area"))
        .agg(
            areas=pl.len().cast(pl.Int64),
            first_areas=(type_of == 1).sum().cast(pl.Int64),
            last_areas=(type_of == 5).sum().cast(pl.Int64),
            people=pl.when(counted).then(whole),
            first=share(1),
            last=share(5),
        )
        .join(release.areas(kind).select("area", "name"), on="area")
        .sort("name")
    )
