"""The area type of every RegSO, in each vintage of their borders the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.explore.place.gathered.layout import Layout
from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release


@dataclass(frozen=True)
class Types:
    """By position: the type (0 where there is none), as it was published and as it is computed.

    `type` is the published one, else the computed. `z` is how many standard deviations the index
    lies from the mean, nan where that is not known; `people` of the same period.
    """

    type: NDArray[np.int8]
    published: NDArray[np.int8]
    computed: NDArray[np.int8]
    uncertain: NDArray[np.bool_]
    stand_in: NDArray[np.bool_]
    z: NDArray[np.float64]
    index: NDArray[np.float64]
    people: NDArray[np.float64]
    period: dict[str, str]


def types(release: Release, layout: Layout) -> Types:
    """The newest types of each vintage; all are 0 where the release has none."""
    size = len(layout.keys)
    found = Types(
        type=np.zeros(size, dtype=np.int8),
        published=np.zeros(size, dtype=np.int8),
        computed=np.zeros(size, dtype=np.int8),
        uncertain=np.zeros(size, dtype=np.bool_),
        stand_in=np.zeros(size, dtype=np.bool_),
        z=np.full(size, np.nan),
        index=np.full(size, np.nan),
        people=np.full(size, np.nan),
        period={},
    )
    try:
        rows = release.area_types()
    except InputError:
        return found
    level = pl.col("area").str.split("/").list.head(2).list.join("/")
    rows = rows.with_columns(level=level).filter(
        pl.col("period") == pl.col("period").max().over("level")
    )
    rows = rows.join(_people(release, rows), on=["area", "period"], how="left")
    at = rows.get_column("area").replace_strict(layout.position, return_dtype=pl.Int64).to_numpy()

    def put(array: NDArray[Any], told: pl.Series, empty: float) -> None:
        array[at] = told.fill_null(empty).to_numpy()

    put(found.published, rows["published"], 0)
    put(found.computed, rows["computed"], 0)
    put(found.uncertain, rows["uncertain"], False)
    put(found.stand_in, rows["third_component"] == "unemployment_rate", False)
    put(found.z, rows["z"], np.nan)
    put(found.index, rows["index"], np.nan)
    put(found.people, rows["people"], np.nan)
    found.type[:] = np.where(found.published > 0, found.published, found.computed)
    found.period.update(rows.select("level", "period").unique().iter_rows())
    return found


def _people(release: Release, rows: pl.DataFrame) -> pl.DataFrame:
    schema = {"area": pl.String, "period": pl.String, "people": pl.Float64}
    try:
        values = release.values("population", level="regso", period=sorted(rows["period"].unique()))
    except InputError:
        return pl.DataFrame(schema=schema)
    return values.select("area", "period", people="value").unique(["area", "period"])
