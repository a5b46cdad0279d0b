"""The figures of an indicator: values with intervals and ranks, and its course over time."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from samsyn.explore.indicator.choices import Choice
from samsyn.measure.errors import InputError
from samsyn.publish.charts import with_ranks
from samsyn.publish.intervals import with_intervals
from samsyn.publish.wording import inequality
from samsyn.statistics.query import Release

INEQUALITY = "inequality_index"
# Answers that are kept: of all areas of the country a megabyte each, of others little.
KEPT = 48


def values(release: Release, name: str, choice: Choice) -> pl.DataFrame:
    """The values of the areas that are chosen, with `lower`, `upper` and ranks, highest first.

    Where there is an interval it is of 95 %: of a share from its counts, of the inequality index
    as the release has it.
    """
    return _ranked(release, name, choice.level.key, choice.period, choice.inside)


@lru_cache(KEPT)
def _ranked(
    release: Release, name: str, level: str, period: str, within: str | None
) -> pl.DataFrame:
    found = with_intervals(release.values(name, level=level, within=within, period=period))
    if name == INEQUALITY:
        ends = _inequality(release, level.partition("/")[0]).filter(pl.col("period") == period)
        found = found.drop("lower", "upper").join(
            ends.select("area", "lower", "upper", "expected"), on="area", how="left",
            maintain_order="left",
        )  # fmt: skip
    return with_ranks(found)


@lru_cache(8)
def _inequality(release: Release, kind: str) -> pl.DataFrame:
    return inequality(release, kind)


@lru_cache(512)
def series(release: Release, name: str, area: str) -> pl.DataFrame:
    """The values of a place over time with its breaks; empty where it has none."""
    try:
        found = with_intervals(release.series(name, area))
    except InputError:
        return pl.DataFrame()
    if name == INEQUALITY and found.height:
        ends = _inequality(release, found["area"][0].partition("/")[0])
        found = found.drop("lower", "upper").join(
            ends.select("area", "period", "lower", "upper"), on=["area", "period"], how="left",
            maintain_order="left",
        )  # fmt: skip
    return found if found["value"].null_count() < found.height else found.clear()


def country(release: Release) -> str | None:
    """The key of the country; None where the release has none."""
    found = release.areas("country") if "country" in _kinds(release) else None
    return None if found is None or found.is_empty() else str(found["area"][0])


@lru_cache(8)
def _kinds(release: Release) -> frozenset[str]:
    return frozenset(release.areas()["kind"].unique())


def beside(release: Release, name: str, choice: Choice) -> pl.DataFrame:
    """The figures to set the areas beside: of what they lie in and of the country, that period."""
    keys = [key for key in (choice.inside, country(release)) if key is not None]
    keys = [key for key in keys if key.partition("/")[0] != choice.level.kind]
    frames = [series(release, name, key) for key in keys]
    there = [
        frame.filter(pl.col("period") == choice.period) for frame in frames if not frame.is_empty()
    ]
    there = [frame for frame in there if not frame.is_empty()]
    return pl.concat(there, how="diagonal") if there else pl.DataFrame()


def followed(release: Release, name: str, choice: Choice) -> list[str]:
    """The places whose course is drawn: those chosen, what is shown within, and the country.

    Where none of these has a value, the highest and the lowest of the ranking are.
    """
    keys = [*(area.area for area in choice.places), choice.inside, country(release)]
    there = [
        key
        for key in dict.fromkeys(filter(None, keys))
        if not series(release, name, key).is_empty()
    ]
    if there:
        return there[:5]
    known = values(release, name, choice).drop_nulls("value")
    ends = [known["area"][0], known["area"][-1]] if known.height else []
    return list(dict.fromkeys(ends))


def over_time(release: Release, name: str, choice: Choice) -> pl.DataFrame:
    """The course of the places that are followed, from the first place to the country."""
    frames = [series(release, name, key) for key in followed(release, name, choice)]
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
