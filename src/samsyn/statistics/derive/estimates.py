"""The numbers of a batch of indices: value, interval, and what chance alone would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from samsyn.statistics.derive.batches import CORRECTED, SAME, Batch

if TYPE_CHECKING:
    from samsyn.measure import Estimate
    from samsyn.measure._index import Index

REPLICATES: Final = 40
# A mean, such as that under no segregation, needs fewer draws than the ends of an interval.
MEAN_PART: Final = 3
NUMBERS: Final = ("value", "lower", "upper", "expected", "corrected")

# What there is of NUMBERS, each (R,) or (R, G).
Numbers: TypeAlias = dict[str, NDArray[np.float64]]


def estimates(
    batch: Batch, pair: dict[str, int], seed: np.random.SeedSequence, replicates: int
) -> dict[str, Numbers]:
    """The numbers of each index; `pair` is a group and the one that it is set against."""
    found = _drawn(batch, pair, seed, replicates) if batch.drawn else _values(batch, pair)
    found |= {name: found[other] for name, other in SAME.items() if other in found}
    for name, other in CORRECTED.items():
        if other in found:
            found[name] = {"value": found[other]["corrected"]}
    return found


def _values(batch: Batch, pair: dict[str, int]) -> dict[str, Numbers]:
    """Values alone; an index that can be said of no region is left out."""
    found = {index.name: _value(batch, index, pair) for index in batch.indices}
    return {name: {"value": value} for name, value in found.items() if value is not None}


def _value(batch: Batch, index: Index, pair: dict[str, int]) -> NDArray[np.float64] | None:
    from samsyn.measure import InputError

    stack, options = batch.placed.stack, batch.placed.given | pair
    given = {name: value for name, value in options.items() if name in index.takes}
    try:
        return index.function(stack.counts, stack.region, **given)
    except InputError:
        # Units so far apart that nobody is near anybody.
        if "scale" in given:
            return None
        raise


def _drawn(
    batch: Batch, pair: dict[str, int], seed: np.random.SeedSequence, replicates: int
) -> dict[str, Numbers]:
    """Values with their interval and with what chance alone would give."""
    from samsyn.measure import chance_corrected, estimate

    stack, options = batch.placed.stack, batch.placed.given | pair
    functions = [index.function for index in batch.indices]

    def drawn(number: int, **question: Any) -> dict[str, Estimate]:
        return estimate(
            functions,
            stack.counts,
            stack.region,
            replicates=number,
            seed=seed,
            **question,
            **options,
        )

    sure = drawn(replicates)
    chance = drawn(max(2, replicates // MEAN_PART), interval=None, null="evenness")
    found: dict[str, Numbers] = {}
    for index in batch.indices:
        # Estimates go by the names of functions, which are not always those of the catalogue.
        name = index.function.__name__
        value, expected = sure[name].value, chance[name].expected
        assert expected is not None
        lower, upper = _interval(sure[name], replicates)
        found[index.name] = {
            "value": value,
            "lower": lower,
            "upper": upper,
            "expected": expected,
            "corrected": chance_corrected(value, expected, index.maximum),
        }
    return found


def _interval(found: Estimate, replicates: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The bootstrap's normal interval: value - bias -+ t se, of 95 %.

    With few replicates their mean and deviation are surer than their outermost quantiles.
    """
    from scipy.special import stdtrit

    assert found.debiased is not None
    assert found.standard_error is not None
    reach = float(stdtrit(replicates - 1, 0.975)) * found.standard_error
    return found.debiased - reach, found.debiased + reach
