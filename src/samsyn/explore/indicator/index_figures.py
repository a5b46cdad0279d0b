"""The figures of an index: values with intervals, chance and ranks, and its course over time."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from samsyn.explore.indicator import figures
from samsyn.explore.indicator.index_choice import UNITS, Cell, Choice
from samsyn.measure.errors import InputError
from samsyn.publish.charts import with_ranks
from samsyn.statistics.query import Release

EMPTY = pl.DataFrame(schema={"area": pl.String, "name": pl.String, "period": pl.String})


def values(release: Release, grouping: str, choice: Choice) -> pl.DataFrame:
    """The index in the regions that are chosen, highest first, with ranks and `expected`."""
    return _ranked(release, grouping, choice.cell, choice.inside)


@lru_cache(128)
def _ranked(release: Release, grouping: str, cell: Cell, within: str | None) -> pl.DataFrame:
    found = _asked(release, grouping, cell, cell.units, cell.level, cell.period, within)
    return with_ranks(found)


def _asked(
    release: Release,
    grouping: str,
    cell: Cell,
    units: str,
    level: str,
    period: str | None,
    within: str | None,
) -> pl.DataFrame:
    """Rows of one index and group, as values of areas."""
    rows = release.indices(
        grouping, units, level=level, period=period, index=cell.index, within=within,
        group=cell.group,
    )  # fmt: skip
    return rows.filter(pl.col("against").eq_missing(pl.lit(cell.against, pl.String))).select(
        pl.col("region").alias("area"), pl.exclude("region"), pl.lit("index").alias("unit")
    )


@lru_cache(512)
def series(release: Release, grouping: str, cell: Cell, area: str) -> pl.DataFrame:
    """The index of a region over time, on units of the same kind; empty where it has none."""
    kind = area.partition("/")[0]
    try:
        found = _asked(release, grouping, cell, cell.kind, kind, None, area)
    except InputError:
        return EMPTY
    # In a period that has two vintages of borders the newer stands.
    once = found.sort("period", "units").unique("period", keep="last", maintain_order=True)
    moved = pl.col("units") != pl.col("units").shift()
    course = once.with_columns(
        pl.when(moved.fill_null(False)).then(pl.lit("borders")).alias("break")
    )
    return course if course["value"].null_count() < course.height else EMPTY


def followed(release: Release, grouping: str, choice: Choice) -> list[str]:
    """The regions whose course is drawn; without any the highest and the lowest."""
    keys = [
        *(place.area for place in choice.places), choice.inside, figures.country(release),
    ]  # fmt: skip
    there = [
        key
        for key in dict.fromkeys(filter(None, keys))
        if not series(release, grouping, choice.cell, key).is_empty()
    ]
    if there:
        return there[:5]
    known = values(release, grouping, choice).drop_nulls("value")
    ends = [known["area"][0], known["area"][-1]] if known.height else []
    return list(dict.fromkeys(ends))


def over_time(release: Release, grouping: str, choice: Choice) -> pl.DataFrame:
    """The course of the regions that are followed."""
    frames = [
        series(release, grouping, choice.cell, key) for key in followed(release, grouping, choice)
    ]
    return pl.concat(frames, how="diagonal") if frames else EMPTY


def beside(release: Release, grouping: str, choice: Choice) -> pl.DataFrame:
    """The index of the region that the regions lie in and of the country, in the period."""
    keys = [key for key in (choice.inside, figures.country(release)) if key is not None]
    frames = [
        series(release, grouping, choice.cell, key).filter(pl.col("period") == choice.period)
        for key in keys
        if key.partition("/")[0] != choice.cell.level
    ]
    there = [frame for frame in frames if frame.height]
    return pl.concat(there, how="diagonal") if there else EMPTY


@lru_cache(256)
def on_units(release: Release, grouping: str, cell: Cell, area: str) -> pl.DataFrame:
    """The index of one region on units of each size, in the period."""
    kind = area.partition("/")[0]
    frames = []
    for units in UNITS:
        try:
            found = _asked(release, grouping, cell, units, kind, cell.period, area)
        except InputError:
            continue  # none on these units
        newest = found.sort("units").tail(1).drop_nulls("value")
        if newest.height:
            frames.append(newest)
    return pl.concat(frames, how="diagonal") if frames else EMPTY


def every_period(release: Release, grouping: str, choice: Choice) -> pl.DataFrame:
    """The index in the regions that are chosen, in all periods."""
    cell = choice.cell
    return _asked(release, grouping, cell, cell.kind, cell.level, None, choice.inside)
