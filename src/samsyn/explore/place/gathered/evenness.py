"""How unevenly people live in every region: the first index of each grouping, as arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.publish.first_index import UNITS, rows_of
from samsyn.publish.intervals import Figure
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release

MEASURES: Final = ("value", "lower", "upper", "expected")


@dataclass(frozen=True)
class Spread:
    """One index over areas of one kind in all regions of a level: arrays by period and region.

    `units` says, for each period, in which vintage of the areas people were counted.
    """

    index: str
    periods: tuple[str, ...]
    units: tuple[str, ...]
    regions: tuple[str, ...]
    at: Mapping[str, int]
    value: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    expected: NDArray[np.float64]

    def figure(self, period: int, region: str) -> Figure:
        """The index of a region with its interval."""
        at = self.at.get(region)
        if at is None:
            return Figure(None)
        value, lower, upper = self.value[period, at], self.lower[period, at], self.upper[period, at]
        return Figure(_known(value), _known(lower), _known(upper))

    def by_chance(self, period: int, region: str) -> float | None:
        """What chance alone would give in a region; None where that is not known."""
        return _known(self.expected[period, self.at[region]])

    def newest(self, region: str) -> int | None:
        """The position of the newest period in which a region has a value."""
        at = self.at.get(region)
        return None if at is None else self._newest[at]

    @cached_property
    def _newest(self) -> list[int | None]:
        known = ~np.isnan(self.value)
        last = len(known) - 1 - np.argmax(known[::-1], axis=0)
        ever: NDArray[np.bool_] = np.any(known, axis=0)
        return [int(at) if there else None for at, there in zip(last, ever, strict=True)]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def spreads(release: Release) -> Mapping[tuple[str, str, str], Spread]:
    """The spread of each grouping, over units of each kind, in the regions of each level."""
    found = {}
    for name, grouping in groupings().items():
        if name not in release.groupings or grouping.first_index is None:
            continue
        for kind in UNITS:
            rows = rows_of(release, grouping, kind)
            if rows is None:
                continue
            level = pl.col("region").str.split("/").list.get(0)
            for (of,), part in rows.with_columns(level=level).group_by("level"):
                found[name, kind, str(of)] = _spread(grouping.first_index, part)
    return found


def _spread(index: str, rows: pl.DataFrame) -> Spread:
    periods = sorted(rows.get_column("period").unique())
    regions = sorted(rows.get_column("region").unique())
    there, at = ({one: n for n, one in enumerate(them)} for them in (periods, regions))
    shape = (len(periods), len(regions))
    place = (
        rows.get_column("period").replace_strict(there, return_dtype=pl.Int64).to_numpy(),
        rows.get_column("region").replace_strict(at, return_dtype=pl.Int64).to_numpy(),
    )
    arrays = {}
    for measure in MEASURES:
        arrays[measure] = np.full(shape, np.nan)
        arrays[measure][place] = rows.get_column(measure).fill_null(np.nan).to_numpy()
    counted = dict(rows.group_by("period").agg(pl.col("units").max()).iter_rows())
    return Spread(
        index=index,
        periods=tuple(periods),
        units=tuple(counted[period] for period in periods),
        regions=tuple(regions),
        at=at,
        **arrays,
    )


def shares(release: Release) -> dict[tuple[str, str], tuple[tuple[str, str, float], ...]]:
    """Between areas of which size the unevenness of a region lies, by grouping and region.

    Each part says between areas of which kind, within those of which kind, and its share of
    Theil's H in the newest period, from the largest areas to the smallest.
    """
    found: dict[tuple[str, str], list[tuple[str, str, float]]] = {}
    order = {"county": 0, "municipality": 1, "regso": 2, "deso": 3}
    for name in groupings():
        try:
            rows = release.decomposition(name, "deso")
        except InputError:
            continue
        rows = (
            rows.filter(pl.col("index") == "multigroup_theil_h")
            .drop_nulls("share")
            .filter(pl.col("period") == pl.col("period").max().over("region"))
            .unique(["region", "between", "within"], keep="last")
        )
        for region, between, within, share in rows.select(
            "region", "between", "within", "share"
        ).iter_rows():
            found.setdefault((name, region), []).append((between, within, share))
    return {
        key: tuple(sorted(parts, key=lambda part: order.get(part[0], 9)))
        for key, parts in found.items()
    }
