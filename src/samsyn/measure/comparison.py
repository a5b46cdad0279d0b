"""Compare two regions, or the same regions at two times: difference, interval and p value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._measures import Index
from samsyn.measure._numbers import Floats
from samsyn.measure._problem import Problem
from samsyn.measure._regions import Regions
from samsyn.measure._replication import Progress, Seed, part, replicate, seed_sequence, streams
from samsyn.measure.errors import InputError
from samsyn.measure.inference import Resample
from samsyn.measure.intervals import Interval, bounds, check_interval
from samsyn.measure.resampling import permutation
from samsyn.measure.significance import known_deviation, p_value


@dataclass(frozen=True)
class Difference:
    """The difference of two values of an index, (R,) or (R, G), or (P,) or (P, G) by pair.

    `p` is two-sided: the chance of a difference as far from 0 where there is none.
    """

    value: Floats
    lower: Floats
    upper: Floats
    standard_error: Floats
    p: Floats


def compare(
    index: Index,
    before: ArrayLike,
    after: ArrayLike,
    region_before: ArrayLike | None = None,
    region_after: ArrayLike | None = None,
    *,
    test: Literal["bootstrap", "labels"] = "bootstrap",
    interval: Interval = "basic",
    level: float = 0.95,
    replicates: int = 500,
    seed: Seed = None,
    resample: Resample = "people",
    block: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Difference:
    """Difference of an index between two tables, `after` less `before`, region by region.

    Both tables have the same groups; their units may differ. `region_after` is `region_before`
    where it is None. The interval is that of the difference of independent bootstrap replicates.
    The p value comes

    - with "bootstrap" from the same replicates: the smallest 1 - level at which the basic
      interval leaves out 0;
    - with "labels" from shuffling which units of a region belong to which table, which says
      whether the two sets of units could be one: not for the same units at two times, and not
      where units have places.

    A region that only one table has is nan. An option by unit, such as an environment, needs the
    same units in both tables. Errors as in `bootstrap`.
    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, chapters 4 and 5;
    shuffled labels as Rey, Cortes and Knaap (2021), Spatial Demography 9, 31-56.
    """
    check_interval(interval, level)
    if test not in {"bootstrap", "labels"}:
        raise InputError(f"test is {test!r}: choose bootstrap or labels")
    if region_after is None:
        region_after = region_before
    root = seed_sequence(seed)
    sides = [
        Problem.of(index, before, region_before, options),
        Problem.of(index, after, region_after, options),
    ]
    if sides[0].counts.shape[1] != sides[1].counts.shape[1]:
        raise InputError("the two tables have different groups: compare the same groups")
    passes = 2 + (test == "labels")
    values, drawn = [], []
    for side, problem in enumerate(sides):
        own = np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, side))
        report = part(progress, side, passes)
        values.append(problem.only(problem.values()))
        drawn.append(problem.only(problem.bootstrap(resample, replicates, own, block, report)))
    value = _subtract(values[0], values[1], axis=0)
    apart = _subtract(drawn[0], drawn[1], axis=1)
    p = None
    if test == "labels":
        p = _shuffled(sides, value, replicates, root, block, part(progress, 2, passes))
    return _difference(value, apart, interval, level, p)


def compare_regions(
    index: Index,
    counts: ArrayLike,
    region: ArrayLike,
    pairs: ArrayLike,
    *,
    interval: Interval = "basic",
    level: float = 0.95,
    replicates: int = 500,
    seed: Seed = None,
    resample: Resample = "people",
    block: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Difference:
    """Difference of an index between regions: for each of the `pairs` (P, 2) second less first.

    Interval and p value come from the bootstrap, as in `compare`; all regions are drawn once.
    Raises InputError for a region that does not exist; other errors as in `bootstrap`.
    """
    check_interval(interval, level)
    problem = Problem.of(index, counts, region, options)
    chosen = np.asarray(pairs)
    if chosen.ndim != 2 or chosen.shape[1] != 2 or chosen.dtype.kind not in "iu":
        raise InputError(f"pairs have shape {chosen.shape}: give two region numbers a pair")
    wrong = (chosen < 0) | (chosen >= problem.regions.size)
    if wrong.any():
        row = int(np.argmax(wrong.any(axis=1)))
        raise InputError(
            f"pairs[{row}] is {chosen[row].tolist()} and there are {problem.regions.size} "
            "regions, numbered from 0"
        )
    value = problem.only(problem.values())
    drawn = problem.only(problem.bootstrap(resample, replicates, seed, block, progress))
    return _difference(
        value[chosen[:, 1]] - value[chosen[:, 0]],
        drawn[:, chosen[:, 1]] - drawn[:, chosen[:, 0]],
        interval,
        level,
    )


def _difference(
    value: Floats, apart: Floats, interval: Interval, level: float, p: Floats | None = None
) -> Difference:
    """What the replicates `apart` (B, ...) of a difference say of it."""
    lower, upper = bounds(interval, value, apart, level)
    if p is None:
        # Replicates around the difference, moved to 0, show what chance gives without one.
        p = p_value(value, apart - value, "two-sided")
    error = np.where(np.isnan(value), np.nan, known_deviation(apart))
    return Difference(value, lower, upper, error, p)


def _subtract(before: Floats, after: Floats, axis: int) -> Floats:
    """After less before by region; nan for the regions that only one of them has."""
    regions = max(before.shape[axis], after.shape[axis])
    return _padded(after, regions, axis) - _padded(before, regions, axis)


def _padded(values: Floats, regions: int, axis: int) -> Floats:
    """Values with nan for the regions that they lack."""
    missing = [(0, 0)] * values.ndim
    missing[axis] = (0, regions - values.shape[axis])
    return np.pad(values, missing, constant_values=np.nan)


def _shuffled(
    sides: list[Problem],
    value: Floats,
    replicates: int,
    seed: np.random.SeedSequence,
    block: int | None,
    progress: Progress | None,
) -> Floats:
    """P value of a difference where the units of a region change tables at random."""
    size = max(problem.regions.size for problem in sides)
    counts = np.concatenate([problem.counts for problem in sides])
    region = np.concatenate([p.regions.restored(p.regions.index) for p in sides])
    table = np.repeat([0, 1], [problem.counts.shape[0] for problem in sides])
    draw = permutation(counts, Regions.of(region, region.size))
    stream = streams(seed, 1)
    regions = Regions.of(region + size * table, region.size)
    found = sides[0].measures
    name = found.each[0].name
    shape = (counts.shape[0], counts.shape[1])
    values = replicate(
        found, lambda b: draw(stream(b)), regions, shape, replicates, block, progress
    )[name]
    values = _padded(values, 2 * size, axis=1)
    return p_value(value, values[:, size:] - values[:, :size], "two-sided")
