"""The same work by Samsyn, each piece in a fresh interpreter."""

from __future__ import annotations

import numpy as np

from benchmarks.inputs import DISTANCES, NEIGHBOURS, YEARS, national, points
from benchmarks.timing import Work, in_new_process

ASPATIAL = [
    "dissimilarity",
    "gini",
    "atkinson",
    "theil_h",
    "minmax",
    "isolation",
    "interaction",
    "correlation_ratio",
    "multigroup_dissimilarity",
    "multigroup_gini",
    "multigroup_theil_h",
    "mutual_information",
    "relative_diversity",
    "squared_coefficient_of_variation",
    "normalised_exposure",
    "divergence",
    "simpson_concentration",
    "simpson_interaction",
]


def import_package() -> Work:
    """Import the package in a fresh interpreter, whose start is part of the time."""
    return in_new_process("import samsyn.measure")


def first_gini() -> Work:
    """The first Gini index of a process, start and import included."""
    return in_new_process(
        "from benchmarks.inputs import national; from samsyn.measure import gini;"
        "counts, region = national(2); gini(counts[0], region, group=0)"
    )


def aspatial() -> Work:
    """Every index without space that PySAL has too: all regions, groups and years."""
    from samsyn import measure

    counts, region = national(years=YEARS)

    def call() -> None:
        table = measure.tabulate(counts, region)
        for name in ASPATIAL:
            getattr(measure, name)(table)

    return Work(call, repeat=5)


def dissimilarity() -> Work:
    """Dissimilarity of two groups, all regions."""
    from samsyn.measure import dissimilarity

    counts, region = national(2)
    return Work(lambda: dissimilarity(counts[0], region, group=0), repeat=200)


def within() -> Work:
    """M and H within each region."""
    from samsyn.measure import multigroup_theil_h, mutual_information

    counts, region = national()

    def call() -> None:
        mutual_information(counts[0], region)
        multigroup_theil_h(counts[0], region)

    return Work(call, repeat=50)


def bootstrap_units() -> Work:
    """500 replicates of D, M and H for each region, over units, as PySAL draws them."""
    return _bootstrap("units")


def bootstrap_table() -> Work:
    """500 replicates of D, M and H for each region, over the table's cells, as R draws them."""
    return _bootstrap("table")


def _bootstrap(resample: str) -> Work:
    from samsyn.measure import bootstrap

    counts, region = national()
    names = ["dissimilarity", "mutual_information", "multigroup_theil_h"]

    def call() -> None:
        bootstrap(names, counts[0], region, resample=resample, seed=1, group=0)

    return Work(call, repeat=1)


def bias_corrected() -> Work:
    """Bootstrap bias-corrected dissimilarity with 500 resamples, all regions."""
    from samsyn.measure import bias_corrected_dissimilarity

    counts, region = national(2)

    def call() -> None:
        bias_corrected_dissimilarity(
            counts[0], region, group=0, method="bootstrap", replicates=500, seed=1
        )

    return Work(call, repeat=2)


def _smoothed(units: int, distances: tuple[int, ...] = DISTANCES, repeat: int = 3) -> Work:
    from samsyn.measure import multigroup_theil_h, segregation_profile

    counts, xy = points(units)

    def call() -> None:
        segregation_profile(
            multigroup_theil_h, counts, xy=xy, bandwidths=distances, kernel="triangular"
        )

    return Work(call, repeat=repeat)


def smoothed_6160() -> Work:
    """Smoothed H at five distances."""
    return _smoothed(6_160)


def smoothed_20000() -> Work:
    """Smoothed H at five distances."""
    return _smoothed(20_000)


def smoothed_100000() -> Work:
    """Smoothed H at one distance."""
    return _smoothed(100_000, (2_000,), 1)


def smoothed_1000000() -> Work:
    """Smoothed H of a million points at 2 km."""
    return _smoothed(1_000_000, (2_000,), 0)


def clustering() -> Work:
    """Clustering, spatial proximity and distance decay of 100,000 units in one region."""
    from samsyn.measure import absolute_clustering, distance_decay_isolation, spatial_proximity

    counts, xy = points(100_000, groups=2)

    def call() -> None:
        for index in (absolute_clustering, spatial_proximity, distance_decay_isolation):
            index(counts, xy=xy / 1_000, group=0)

    return Work(call)


def distortion() -> Work:
    """Local distortion of 6,160 units."""
    from samsyn.measure import local_distortion

    counts, xy = points(6_160)
    return Work(lambda: local_distortion(counts, xy=xy), repeat=1)


def _neighbours(cells: int) -> Work:
    from benchmarks.population import national_cells
    from samsyn.measure import nearest_neighbours

    xy, counts = national_cells(cells, seed=1)
    return Work(
        lambda: nearest_neighbours(counts, xy, k=NEIGHBOURS), note=f"{counts.sum():,.0f} people"
    )


def neighbours_250000() -> Work:
    """Ten k from 100 to 51,200 around each of 250,000 cells."""
    return _neighbours(250_000)


def neighbours_500000() -> Work:
    """Ten k from 100 to 51,200 around each of 500,000 cells."""
    return _neighbours(500_000)


def neighbours_1000000() -> Work:
    """Ten k from 100 to 51,200 around each of 1,000,000 cells."""
    return _neighbours(1_000_000)


def change() -> Work:
    """Shapley decomposition of change, with iterative proportional fitting."""
    from samsyn.measure import change_decomposition

    counts, region = national(years=2)
    kept = region < 284
    before, after = counts[:, kept]
    # Growth that differs between groups and units, so that margins and structure both move.
    rng = np.random.default_rng(3)
    after = np.round(after * rng.uniform(0.7, 1.4, after.shape[1]))
    return Work(lambda: change_decomposition(before, after, region[kept]), repeat=1)
