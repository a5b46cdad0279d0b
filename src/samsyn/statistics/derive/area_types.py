"""The socioeconomic index of areas, their types, and how these compare with the published ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.derive.composition import observations_of
from samsyn.statistics.release.schema import AREA_TYPES

SOCIOECONOMIC_INDEX: Final = "socioeconomic_index"
PUBLISHED: Final = "area_type"
FIRST: Final = "low_economic_standard_share"
SECOND: Final = "pre_upper_secondary_share"
# The third component as it is defined, and what stands in where it is not published.
THIRD: Final = ("long_term_assistance_or_unemployment_share", "unemployment_rate")

# Deviations from the mean at which the types change; type 1 has the highest index.
LIMITS: Final = (2.0, 1.0, 0.0, -1.0)
# A type is uncertain where it would be another in more than this part of the draws.
UNCERTAIN: Final = 0.05
REPLICATES: Final = 400
# Of fewer areas than this no mean and deviation is made.
FEWEST: Final = 30


@dataclass(frozen=True)
class Agreement:
    """How well computed types and published ones agree.

    `areas` have both, `share` of them have the same type, and `neighbouring` the same or the next.
    `confusion` has a row for each pair of types that occurs: published, computed and areas.
    """

    areas: int
    share: float
    neighbouring: float
    confusion: pl.DataFrame


def socioeconomic_index(values: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The mean of three shares for every RegSO and DeSO, observations of `socioeconomic_index`.

    `values` are observations of the components: low economic standard, pre-upper-secondary
    education, and assistance or unemployment over a long time, for which the unemployed share
    stands in in the periods that lack it. An area that lacks a component has no index.
    """
    table = _components(values, areas, ("regso", "deso"))
    return observations_of(
        table.select(
            pl.lit(SOCIOECONOMIC_INDEX).alias("indicator"),
            "area",
            "period",
            pl.col("index").alias("value"),
            pl.when(pl.col("index").is_null())
            .then(pl.lit("missing"))
            .otherwise(pl.lit("ok"))
            .alias("status"),
        )
    )


def area_types(
    values: pl.DataFrame, areas: pl.DataFrame, *, seed: int = 1, replicates: int = REPLICATES
) -> pl.DataFrame:
    """The type of every RegSO in each period and vintage, of the schema AREA_TYPES.

    `values` are observations of the components with numerators and denominators, and of the
    published `area_type`, which stands beside. `z` is how many standard deviations the index lies
    from the mean of all RegSO, which weigh alike; the type follows from `LIMITS`. A type is
    uncertain where another comes out in more than `UNCERTAIN` of the draws of
    `measure.type_uncertainty`, null where people behind a component are not known. Fewer than
    `FEWEST` areas with an index get neither z nor type.
    """
    table = _components(values, areas, ("regso",))
    published = _of(values, PUBLISHED).select("area", "period", pl.col("value").alias("published"))
    found = [
        _typed(part.sort("area"), np.random.SeedSequence([seed, at]), replicates)
        for at, (_, part) in enumerate(
            sorted(table.partition_by("vintage", "period", as_dict=True).items())
        )
    ]
    if not found:
        return pl.DataFrame(schema=AREA_TYPES)
    return (
        pl.concat(found)
        .join(published, on=["area", "period"], how="left")
        .select(pl.col(name).cast(kind) for name, kind in AREA_TYPES.items())
        .sort("area", "period")
    )


def agreement(types: pl.DataFrame) -> Agreement | None:
    """How well the types of a frame AREA_TYPES agree; None where no area has both."""
    both = types.drop_nulls(["computed", "published"])
    if not both.height:
        return None
    apart = (both["computed"] - both["published"]).abs().to_numpy()
    return Agreement(
        both.height,
        float(np.mean(apart == 0)),
        float(np.mean(apart <= 1)),
        both.group_by("published", "computed").agg(areas=pl.len()).sort("published", "computed"),
    )


def disagreements(types: pl.DataFrame) -> pl.DataFrame:
    """The areas of a frame AREA_TYPES whose published type is another, the surest first.

    With `distance`, how many standard deviations the index lies from the nearer limit of the
    published type: where it is small, a little of the third component explains the difference.
    """
    edges = np.array([np.inf, *LIMITS, -np.inf])
    apart = types.filter(pl.col("computed") != pl.col("published"))
    z, place = apart["z"].to_numpy(), apart["published"].to_numpy().astype(np.intp)
    distance = np.maximum(z - edges[place - 1], edges[place] - z)
    return apart.with_columns(distance=pl.Series(distance, dtype=pl.Float64)).sort(
        "distance", "area", "period", descending=[True, False, False]
    )


def _of(values: pl.DataFrame, indicator: str) -> pl.DataFrame:
    return values.filter(
        pl.col("indicator") == indicator, pl.col("sex") == "total", pl.col("age") == "total"
    )


def _components(values: pl.DataFrame, areas: pl.DataFrame, kinds: tuple[str, ...]) -> pl.DataFrame:
    """A row for each area and period with an area's components, its index and its vintage."""
    places = areas.filter(pl.col("kind").is_in(kinds)).select("area", "vintage")

    def component(indicator: str, name: str) -> pl.DataFrame:
        return (
            _of(values, indicator)
            .join(places.select("area"), on="area", how="semi")
            .select(
                "area",
                "period",
                pl.col("value").alias(name),
                pl.col("numerator").alias(f"{name}:numerator"),
                pl.col("denominator").alias(f"{name}:denominator"),
            )
        )

    third = component(THIRD[0], "third").with_columns(third_component=pl.lit(THIRD[0]))
    told = third.drop_nulls("third").select("period").unique()
    stand_in = component(THIRD[1], "third").with_columns(third_component=pl.lit(THIRD[1]))
    thirds = pl.concat(
        [third.join(told, on="period", how="semi"), stand_in.join(told, on="period", how="anti")]
    )
    parts = ["low_economic_standard", "pre_upper_secondary", "third"]
    joined = component(FIRST, parts[0]).join(
        component(SECOND, parts[1]), on=["area", "period"], how="full", coalesce=True
    )
    return (
        # Where a component is not there in a period at all, there is no index to be had.
        joined.join(thirds, on=["area", "period"], how="full", coalesce=True)
        .filter(pl.all_horizontal(pl.col(p).is_not_null().any().over("period") for p in parts))
        .join(places, on="area")
        .with_columns(index=_mean(parts))
        .sort("area", "period")
    )


def _mean(parts: list[str]) -> pl.Expr:
    """The mean of the components, null where one is."""
    total = pl.sum_horizontal(parts, ignore_nulls=False)
    return total / len(parts)


def _typed(part: pl.DataFrame, seed: np.random.SeedSequence, replicates: int) -> pl.DataFrame:
    """Areas of one vintage and period with z, type and whether it is uncertain."""
    from samsyn.measure import area_types as types_of
    from samsyn.measure import standardise

    index = _numbers(part, ["index"])
    types = types_of(index[:, 0], limits=LIMITS)
    # Areas that are all alike have no types either.
    if np.count_nonzero(types) < FEWEST:
        lacking = {"z": pl.Float64, "computed": pl.Int8, "uncertain": pl.Boolean}
        return part.with_columns(pl.lit(None, kind).alias(name) for name, kind in lacking.items())
    computed = pl.Series("computed", types, dtype=pl.Int64)
    return part.with_columns(
        pl.Series("z", standardise(index)[:, 0], dtype=pl.Float64).fill_nan(None),
        pl.when(computed > 0).then(computed).cast(pl.Int8).alias("computed"),
        _uncertain(part, types, seed, replicates),
    )


def _uncertain(
    part: pl.DataFrame, types: NDArray[np.int64], seed: np.random.SeedSequence, replicates: int
) -> pl.Series:
    """Whether each area's type is uncertain; null where a component's people are not known."""
    from samsyn.measure import type_uncertainty

    names = ["low_economic_standard", "pre_upper_secondary", "third"]
    top = _numbers(part, [f"{name}:numerator" for name in names])
    people = _numbers(part, [f"{name}:denominator" for name in names])
    known = ~np.isnan(top + people).any(axis=1) & (people > 0).all(axis=1) & (types > 0)
    change = np.full(types.size, np.nan)
    if known.sum() >= FEWEST:
        # A share of all people that is computed from per cent can lie above 1 by rounding.
        found = type_uncertainty(
            np.minimum(top[known], people[known]),
            people[known],
            limits=LIMITS,
            replicates=replicates,
            seed=seed,
        )
        change[known] = found.change
    change_of = pl.Series("uncertain", change).fill_nan(None)
    return change_of > UNCERTAIN


def _numbers(frame: pl.DataFrame, columns: list[str]) -> NDArray[np.float64]:
    """Columns as numbers (A, C), nan where null."""
    return frame.select(pl.col(columns).cast(pl.Float64).fill_null(np.nan)).to_numpy()
