"""The same work by the packages that people use today, run in an environment of its own."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from benchmarks.inputs import DISTANCES, GROUPS, NEIGHBOURS, REGIONS, YEARS, national, points
from benchmarks.timing import Work, in_new_process

warnings.filterwarnings("ignore")


def import_package() -> Work:
    """Import PySAL segregation in a fresh interpreter, whose start is part of the time."""
    return in_new_process("import segregation")


def first_gini() -> Work:
    """The first Gini index of a process: start, import and compilation included."""
    return in_new_process(
        "from benchmarks.peers import frames; from segregation.singlegroup import Gini;"
        "Gini(frames(2)[0], 'g0', 'total')"
    )


def frames(groups: int) -> list[pd.DataFrame]:
    """One frame for each region, as PySAL wants it."""
    counts, region = national(groups)
    names = [f"g{g}" for g in range(groups)]
    table = pd.DataFrame(counts[0], columns=names)
    table["total"] = table.sum(axis=1)
    return [part.reset_index(drop=True) for _, part in table.groupby(region)]


def aspatial() -> Work:
    """Every index without space that both packages have."""
    from segregation import multigroup as multi
    from segregation import singlegroup as single

    one = [single.Dissim, single.Gini, single.Atkinson, single.Entropy, single.MinMax]
    one += [single.Isolation, single.Interaction, single.CorrelationR]
    many = [multi.MultiDissim, multi.MultiGini, multi.MultiInfoTheory, multi.MultiDiversity]
    many += [multi.MultiRelativeDiversity, multi.MultiSquaredCoefVar, multi.MultiNormExposure]
    many += [multi.MultiDivergence, multi.SimpsonsConcentration, multi.SimpsonsInteraction]
    names = [f"g{g}" for g in range(GROUPS)]
    parts = frames(GROUPS)
    one[1](parts[0], "g0", "total")  # Gini compiles when it is first called
    sample = parts[::15]

    def call() -> None:
        for part in sample:
            for index in one:
                for name in names:
                    index(part, name, "total")
            for index in many:
                index(part, names)

    note = f"{len(sample)} of {REGIONS} regions and 1 of {YEARS} years"
    return Work(call, share=len(sample) / REGIONS / YEARS, note=note)


def dissimilarity() -> Work:
    """Dissimilarity of two groups, region by region."""
    from segregation.singlegroup import Dissim

    parts = frames(2)

    def call() -> None:
        for part in parts:
            Dissim(part, "g0", "total")

    return Work(call, repeat=2)


def bootstrap() -> Work:
    """500 bootstrap replicates of D, M and H, region by region."""
    from segregation.inference import SingleValueTest
    from segregation.multigroup import MultiDivergence, MultiInfoTheory
    from segregation.singlegroup import Dissim

    names = [f"g{g}" for g in range(GROUPS)]
    sample = frames(GROUPS)[::97]

    def call() -> None:
        for part in sample:
            fitted = [
                Dissim(part, "g0", "total"),
                MultiInfoTheory(part, names),
                MultiDivergence(part, names),
            ]
            for index in fitted:
                SingleValueTest(
                    index, iterations_under_null=500, null_approach="bootstrap", n_jobs=1
                )

    return Work(call, share=len(sample) / REGIONS, note=f"{len(sample)} of {REGIONS} regions")


def bias_corrected() -> Work:
    """Bootstrap bias-corrected dissimilarity with 500 resamples."""
    from segregation.singlegroup import BiasCorrectedDissim

    sample = frames(2)[::10]

    def call() -> None:
        for part in sample:
            BiasCorrectedDissim(part, "g0", "total", B=500)

    return Work(call, share=len(sample) / REGIONS, note=f"{len(sample)} of {REGIONS} regions")


def _place(units: int) -> tuple[object, list[str]]:
    import geopandas

    counts, xy = points(units)
    names = [f"g{g}" for g in range(counts.shape[1])]
    frame = pd.DataFrame(counts, columns=names)
    frame["total"] = frame.sum(axis=1)
    geometry = geopandas.points_from_xy(xy[:, 0], xy[:, 1])
    return geopandas.GeoDataFrame(frame, geometry=geometry, crs="EPSG:3006"), names


def _smoothed(units: int) -> Work:
    from segregation.multigroup import MultiInfoTheory

    frame, names = _place(units)

    def call() -> None:
        for distance in DISTANCES:
            MultiInfoTheory(frame, names, distance=distance)

    return Work(call)


def smoothed_6160() -> Work:
    """Smoothed H at five distances."""
    return _smoothed(6_160)


def smoothed_20000() -> Work:
    """Smoothed H at five distances."""
    return _smoothed(20_000)


def clustering() -> Work:
    """Spatial proximity of 100,000 units: a dense matrix of all distances."""
    from segregation.singlegroup import SpatialProximity

    frame, _ = _place(100_000)
    return Work(lambda: SpatialProximity(frame, "g0", "total"))


def distortion() -> Work:
    """Local distortion of 6,160 units."""
    from segregation.local import LocalDistortion

    frame, names = _place(6_160)
    return Work(lambda: LocalDistortion(frame, names))


def _cells(units: int) -> tuple[np.ndarray, np.ndarray]:
    from benchmarks.population import national_cells

    xy, counts = national_cells(units, seed=1)
    return xy, counts


def equipop() -> Work:
    """Ten k to 51,200 around a sample of 500,000 cells; the population is whole."""
    from equipop import run_knn_counts

    xy, counts = _cells(500_000)
    cells = equipop_cells(xy, counts)
    origins = np.sort(np.random.default_rng(0).choice(len(xy), 10_000, replace=False))

    def call() -> None:
        run_knn_counts(cells, NEIGHBOURS, origins=origins, report=False)

    return Work(call, share=10_000 / len(xy), note="10,000 of 500,000 origins")


def equipop_cells(xy: np.ndarray, counts: np.ndarray) -> object:
    """Cells with their people by group, in equipop's own form."""
    from equipop import build_cells

    people = counts.sum(axis=1).astype(int)
    rows = np.repeat(np.arange(len(xy)), people)
    groups = counts.shape[1]
    kind = np.concatenate([np.repeat(np.arange(groups), row.astype(int)) for row in counts])
    table = {"E": xy[rows, 0], "N": xy[rows, 1]}
    table |= {f"g{g}": (kind == g).astype(np.int8) for g in range(groups)}
    return build_cells(
        pd.DataFrame(table), "E", "N", binary_vars=[f"g{g}" for g in range(groups)], snap=False
    )


def kd_tree() -> Work:
    """Ten k by SciPy's k-d tree, chunked: enough nearest cells, sorted, and cumulated."""
    from scipy.spatial import cKDTree

    xy, counts = _cells(500_000)
    people = counts.sum(axis=1)
    tree = cKDTree(xy)
    origins = np.random.default_rng(0).choice(len(xy), 4_000, replace=False)

    def call() -> None:
        for chunk in np.array_split(origins, 40):
            cells, waiting = 1_024, chunk
            while waiting.size:
                _, near = tree.query(xy[waiting], k=min(cells, len(xy)), workers=2)
                reached = np.cumsum(people[near], axis=1)
                done = reached[:, -1] >= NEIGHBOURS[-1]
                cumulated = np.cumsum(counts[near[done]], axis=1)
                for k in NEIGHBOURS:
                    at = (reached[done] < k).sum(axis=1)
                    np.take_along_axis(cumulated, at[:, None, None], axis=1)
                waiting, cells = waiting[~done], 2 * cells

    return Work(call, share=4_000 / len(xy), note="4,000 of 500,000 origins")
