"""Where the units of a stack lie: points, land and shared borders, where all are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.derive.stacks import Stack

if TYPE_CHECKING:
    from samsyn.measure import Contiguity


@dataclass(frozen=True, eq=False)
class Placed:
    """The regions of a stack for which an input is complete, with the input."""

    stack: Stack
    given: dict[str, Any]


def with_points(stack: Stack) -> Placed:
    """The regions whose units all have a point."""
    inside = stack.of_regions(_complete(stack, pl.col("x").is_finite() & pl.col("y").is_finite()))
    return Placed(inside, {"xy": inside.rows.select("x", "y").to_numpy()})


def with_land(stack: Stack) -> Placed:
    """The regions whose units all have land."""
    inside = stack.of_regions(_complete(stack, pl.col("land_area") > 0))
    return Placed(inside, {"area": inside.rows["land_area"].to_numpy()})


def with_points_and_land(stack: Stack) -> Placed:
    """The regions whose units all have both."""
    points = with_points(stack).stack
    land = with_land(points)
    return Placed(land.stack, {"xy": land.stack.rows.select("x", "y").to_numpy(), **land.given})


def with_borders(stack: Stack, neighbours: pl.DataFrame | None) -> Placed:
    """The regions whose units all lie on the map and of which two at least share a border."""
    points = with_points(stack).stack
    pairs = _pairs(points, neighbours)
    touching = np.zeros(points.regions.height, dtype=bool)
    touching[points.region[pairs["i"].to_numpy()]] = True
    inside = points.of_regions(touching)
    if inside is not points:
        pairs = _pairs(inside, neighbours)
    return Placed(inside, {"contiguity": _contiguity(inside, pairs)})


def no_larger(stack: Stack, units: int) -> Stack:
    """The regions of at most that many units."""
    return stack.of_regions(np.bincount(stack.region, minlength=stack.regions.height) <= units)


def _complete(stack: Stack, known: pl.Expr) -> NDArray[np.bool_]:
    """Whether all units of each region (R,) are known."""
    per_unit = stack.rows.select(known.fill_null(False)).to_series().to_numpy()
    lacking = np.bincount(stack.region[~per_unit], minlength=stack.regions.height)
    complete: NDArray[np.bool_] = lacking == 0
    return complete


def _pairs(stack: Stack, neighbours: pl.DataFrame | None) -> pl.DataFrame:
    """Positions i and j of neighbours in the same region and period, with their border."""
    empty = {"i": pl.UInt32, "j": pl.UInt32, "border": pl.Float64}
    if neighbours is None or not stack.rows.height:
        return pl.DataFrame(schema=empty)
    unit = stack.rows.select("at", "area").with_row_index("i")
    other = unit.select("at", pl.col("i").alias("j"), pl.col("area").alias("neighbour"))
    return (
        unit.join(neighbours, on="area")
        .join(other, on=["at", "neighbour"])
        .select(list(empty))
        .sort("i", "j")
    )


def _contiguity(stack: Stack, pairs: pl.DataFrame) -> Contiguity:
    from samsyn.measure import Contiguity

    length = None if pairs["border"].null_count() else pairs["border"].to_numpy()
    return Contiguity.from_table(
        pairs["i"].to_numpy().astype(np.intp),
        pairs["j"].to_numpy().astype(np.intp),
        units=stack.rows.height,
        length=length,
    )
