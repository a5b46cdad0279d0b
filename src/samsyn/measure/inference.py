"""How sure an index is: bootstrap, chance without segregation, and both in one estimate.

`index` is a public index, by name ("dissimilarity") or as the function, a function of one's own
(counts (B, U, G), region) -> (B, R), or a list of these: the counts are then drawn once and every
index is computed on them, and the answer is a dictionary by the indices' names. `options` are the
index's own keywords (group, against, shape, xy, ...); with several indices each takes those that
it knows. `environment` is an array (U, G) or a function that gives the surroundings of counts
(B, U, G), so that they follow the replicate.

Replicates come first: (B, R), or (B, R, G) where every group is measured in turn. `seed` is a
whole number, a SeedSequence or a Generator; the same seed gives the same replicates, whatever the
size of a `block` and the number of cores. `progress` is called with replicates done and in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._measures import Index
from samsyn.measure._numbers import Floats
from samsyn.measure._problem import Problem
from samsyn.measure._replication import Progress, Seed, part, seed_sequence
from samsyn.measure.intervals import Interval, bounds, check_interval
from samsyn.measure.significance import (
    Alternative,
    chance_corrected,
    check_alternative,
    known_deviation,
    known_mean,
    p_value,
)

Resample = Literal["people", "units", "table", "groups"]
Null = Literal["systematic", "evenness", "margins", "permutation"]


@overload
def bootstrap(
    index: Index, counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> Floats: ...
@overload
def bootstrap(
    index: Sequence[Index], counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> dict[str, Floats]: ...
def bootstrap(
    index: Index | Sequence[Index],
    counts: ArrayLike,
    region: ArrayLike | None = None,
    *,
    replicates: int = 500,
    seed: Seed = None,
    resample: Resample = "people",
    block: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Floats | dict[str, Floats]:
    """Bootstrap replicates of an index for every region, (B, R) or (B, R, G).

    What is drawn anew says what the counts are a sample of:

    - "people": each unit's people, multinomial with the unit's own shares; unit totals stay;
    - "units": populated units with replacement within the region; for indices that are sums over
      units, not for those that need the units' places;
    - "table": the region's people, multinomial over all its cells; the region's total stays;
    - "groups": each group's people, multinomial over the region's units; group totals stay.

    Fractional totals are rounded to whole people for drawing and scaled back.
    Raises InputError for an unknown index, option or resample, and for "units" with places.
    Source: Efron (1979), Annals of Statistics 7, 1-26; "groups" as Allen et al. (2015),
    Econometrics Journal 18, 40-66; "table" as the R package segregation (Elbers 2021).
    """
    problem = Problem.of(index, counts, region, options)
    found = problem.bootstrap(resample, replicates, seed, block, progress)
    return problem.answer(found)


@overload
def randomise(
    index: Index, counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> Floats: ...
@overload
def randomise(
    index: Sequence[Index], counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> dict[str, Floats]: ...
def randomise(
    index: Index | Sequence[Index],
    counts: ArrayLike,
    region: ArrayLike | None = None,
    *,
    null: Null = "evenness",
    replicates: int = 500,
    seed: Seed = None,
    block: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Floats | dict[str, Floats]:
    """Values of an index by chance alone, in regions without segregation, (B, R) or (B, R, G).

    What chance leaves as it is:

    - "evenness": unit totals; each unit's people are multinomial with the region's shares;
    - "systematic": group totals; each group's people are multinomial over the region's units by
      the units' shares of all people;
    - "margins": both; the region's people are shuffled over its places, a random table with both
      margins fixed (multivariate hypergeometric). Fractional cells are rounded;
    - "permutation": every unit's people; whole units change places within their region. It tests
      where units lie: an index without space does not change.

    Raises InputError for an unknown index, option or null.
    Source: Carrington and Troske (1997), Journal of Business & Economic Statistics 15, 402-409
    (evenness); Allen et al. (2015), Econometrics Journal 18, 40-66 (systematic).
    """
    problem = Problem.of(index, counts, region, options)
    found = problem.randomise(null, replicates, seed, block, progress)
    return problem.answer(found)


@dataclass(frozen=True)
class Estimate:
    """An index with what chance can do to it; (R,) or (R, G), None for what was not asked for.

    `lower` and `upper` bound the interval, `standard_error` is the standard deviation of the
    bootstrap replicates and `bias` their mean less the value. `expected` is the mean under no
    segregation, `corrected` the value on a scale where that mean is 0 (see `chance_corrected`),
    and `p` the chance of a value as far out.
    """

    value: Floats
    lower: Floats | None = None
    upper: Floats | None = None
    standard_error: Floats | None = None
    bias: Floats | None = None
    expected: Floats | None = None
    corrected: Floats | None = None
    p: Floats | None = None

    @property
    def debiased(self) -> Floats | None:
        """The value less its bootstrap bias."""
        return None if self.bias is None else self.value - self.bias


@overload
def estimate(
    index: Index, counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> Estimate: ...
@overload
def estimate(
    index: Sequence[Index], counts: ArrayLike, region: ArrayLike | None = ..., **options: Any
) -> dict[str, Estimate]: ...
def estimate(
    index: Index | Sequence[Index],
    counts: ArrayLike,
    region: ArrayLike | None = None,
    *,
    interval: Interval | None = "basic",
    level: float = 0.95,
    null: Null | None = None,
    alternative: Alternative = "greater",
    maximum: float | None = 1.0,
    replicates: int = 500,
    seed: Seed = None,
    resample: Resample = "people",
    block: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Estimate | dict[str, Estimate]:
    """An index with interval, standard error and bias, and with what chance alone would give.

    `interval` None leaves out the bootstrap, `null` None the comparison with chance. `maximum` is
    the index's largest value, 1 for most; None for an index that has no limit, such as mutual
    information: `corrected` is then the value less the expected one. For a BCa interval of
    resampled units the acceleration comes from a jackknife over the units (in at most 200 parts
    of a region); for resampled people it is 0, since it falls with the square root of the number
    of people. Errors as in `bootstrap` and `randomise`.
    """
    if interval is not None:
        check_interval(interval, level)
    check_alternative(alternative)
    problem = Problem.of(index, counts, region, options)
    root = seed_sequence(seed)
    passes = (interval is not None) + (null is not None)
    found = {name: {"value": value} for name, value in problem.values().items()}
    if interval is not None:
        drawn = problem.bootstrap(resample, replicates, root, block, part(progress, 0, passes))
        jackknifed = interval == "bca" and resample == "units"
        rates = problem.acceleration() if jackknifed else dict.fromkeys(found, 0.0)
        for name, parts in found.items():
            value, values = parts["value"], drawn[name]
            parts["lower"], parts["upper"] = bounds(interval, value, values, level, rates[name])
            parts["standard_error"] = np.where(np.isnan(value), np.nan, known_deviation(values))
            parts["bias"] = known_mean(values) - value
    if null is not None:
        report = part(progress, passes - 1, passes)
        chance = problem.randomise(null, replicates, root, block, report)
        for name, parts in found.items():
            value, values = parts["value"], chance[name]
            parts["expected"] = np.where(np.isnan(value), np.nan, known_mean(values))
            parts["corrected"] = chance_corrected(value, parts["expected"], maximum)
            parts["p"] = p_value(value, values, alternative)
    return problem.answer({name: Estimate(**parts) for name, parts in found.items()})
