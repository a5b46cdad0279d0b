"""Which areas lie beside each other, and which areas of other vintages lie where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.explore.place.gathered.layout import Layout
from samsyn.statistics.query import Release


@dataclass(frozen=True)
class Borders:
    """Neighbours by position, and the areas of other vintages by key, each with its share."""

    starts: NDArray[np.int64]
    others: NDArray[np.int64]
    successors: Mapping[str, list[tuple[str, float]]]

    def neighbours(self, at: int) -> list[int]:
        """The areas that share a border with one, those with the longest border first."""
        found: list[int] = self.others[self.starts[at] : self.starts[at + 1]].tolist()
        return found


def borders(release: Release, layout: Layout) -> Borders:
    """The borders of a release, laid out once."""
    rows = release.neighbours()
    rows = (
        rows.with_columns(
            at=pl.col("area").replace_strict(layout.position, default=None, return_dtype=pl.Int64),
            other=pl.col("neighbour").replace_strict(
                layout.position, default=None, return_dtype=pl.Int64
            ),
        )
        .drop_nulls(["at", "other"])
        .sort("at", "border", "other", descending=[False, True, False])
    )
    at = rows.get_column("at").to_numpy()
    share = pl.coalesce("population_share", "area_share", pl.lit(0.0))
    crossed = release.crosswalk().with_columns(share=share).sort("share", descending=True)
    successors: dict[str, list[tuple[str, float]]] = {}
    for area, target, part in crossed.select("area", "target", "share").iter_rows():
        if target in layout.position:
            successors.setdefault(area, []).append((target, part))
    return Borders(
        starts=np.searchsorted(at, np.arange(len(layout.keys) + 1)),
        others=rows.get_column("other").to_numpy(),
        successors=successors,
    )
