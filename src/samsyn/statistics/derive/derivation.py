"""Everything derived of a release, grouping by grouping."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Final

import polars as pl

from samsyn.statistics.derive.area_types import area_types, socioeconomic_index
from samsyn.statistics.derive.composition import (
    concentration_at_extremes,
    inequality_index,
    tenure_mix,
)
from samsyn.statistics.derive.decomposition import decompose
from samsyn.statistics.derive.estimates import REPLICATES
from samsyn.statistics.derive.indices import Report, derive_indices
from samsyn.statistics.derive.quotients import derive_quotients
from samsyn.statistics.indicators.groupings import Grouping

# Of which groupings there are indicators besides the indices.
INCOME: Final = "economic_standard"
TENURE: Final = "tenure"
# Two groupings at a time: while one prepares or collects, the other computes.
AT_ONCE: Final = 2


@dataclass(frozen=True)
class Derived:
    """What is derived of one grouping: frames of the schemas that their names say."""

    grouping: str
    indices: pl.DataFrame
    decomposition: pl.DataFrame
    quotients: pl.DataFrame
    observations: pl.DataFrame


@dataclass(frozen=True)
class TypesOfAreas:
    """Area types and the observations of the index behind them."""

    types: pl.DataFrame
    observations: pl.DataFrame


@dataclass(frozen=True)
class Derivation:
    """Derives what a release stores beside its counts and values.

    `areas` and `neighbours` are the frames of the release; `replicates` how many tables are drawn
    for an interval. The same data and seed give the same numbers.
    """

    areas: pl.DataFrame
    neighbours: pl.DataFrame | None = None
    seed: int = 1
    replicates: int = REPLICATES

    def of_grouping(
        self, grouping: Grouping, counts: pl.DataFrame, progress: Report | None = None
    ) -> Derived:
        """What is derived of the counts (schema COUNTS) of a grouping, all areas and periods."""
        indices = derive_indices(
            grouping,
            counts,
            self.areas,
            self.neighbours,
            seed=self.seed,
            replicates=self.replicates,
            progress=progress,
        )
        observations = []
        if grouping.id == INCOME:
            observations = [
                inequality_index(indices, grouping),
                concentration_at_extremes(grouping, counts),
            ]
        if grouping.id == TENURE:
            observations = [tenure_mix(grouping, counts)]
        return Derived(
            grouping.id,
            indices,
            decompose(grouping, counts, self.areas),
            derive_quotients(grouping, counts, self.areas),
            pl.concat(observations) if observations else pl.DataFrame(schema=self._observations),
        )

    def of_groupings(
        self,
        groupings: Mapping[str, Grouping],
        counts: Mapping[str, pl.DataFrame],
        progress: Report | None = None,
    ) -> Iterator[Derived]:
        """What is derived of each grouping that has counts, in the order of the groupings.

        No more than `AT_ONCE` are held at a time, so take each as it comes.
        """
        every = [g for name, g in groupings.items() if name in counts and len(g.groups) > 1]
        told = _Progress({g.id: counts[g.id].height for g in every}, progress)
        running: deque[Future[Derived]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for grouping in every:
                    if len(running) == AT_ONCE:
                        yield running.popleft().result()
                    running.append(
                        pool.submit(
                            self.of_grouping, grouping, counts[grouping.id], told.of(grouping.id)
                        )
                    )
                while running:
                    yield running.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def of_values(self, values: pl.DataFrame) -> TypesOfAreas:
        """Area types and socioeconomic index from observations (schema OBSERVATIONS)."""
        return TypesOfAreas(
            area_types(values, self.areas, seed=self.seed),
            socioeconomic_index(values, self.areas),
        )

    @cached_property
    def _observations(self) -> pl.Schema:
        from samsyn.statistics.release.schema import OBSERVATIONS

        return pl.Schema(OBSERVATIONS)


class _Progress:
    """Progress of several groupings at once, told as one; each weighs by its counts."""

    def __init__(self, weights: Mapping[str, int], report: Report | None) -> None:
        self.weights, self.report = weights, report
        self.done = dict.fromkeys(weights, 0.0)
        self.lock = Lock()

    def of(self, name: str) -> Report | None:
        """What a grouping reports to."""
        if self.report is None:
            return None
        report, whole = self.report, sum(self.weights.values()) or 1

        def tell(share: float, what: str) -> None:
            with self.lock:
                self.done[name] = share
                total = sum(self.done[n] * weight for n, weight in self.weights.items())
                report(total / whole, f"{name}, {what}" if what else name)

        return tell
